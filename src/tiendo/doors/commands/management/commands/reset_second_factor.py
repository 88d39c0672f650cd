"""`tiendo reset-second-factor USERNAME`: for one who lost the phone or the key."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.doors.commands.lookups import person
from tiendo.foundation.accounts.actions import factors

ACTOR = "shell:reset-second-factor"


class Command(HouseCommand):
    help = "Gỡ bước xác thực thứ hai của người mất thiết bị. Mọi phiên đăng nhập của người đó kết thúc."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = person(options["username"])
        count = factors.reset(user=user, by=ACTOR, at=timezone.now())
        self.say(f"Đã gỡ {count} cách xác thực của {user.full_name} ({user.username}).")
        self.say("Nếu thiết bị rơi vào tay người khác, hãy đặt cả mật khẩu mới (trang Tài khoản).")
