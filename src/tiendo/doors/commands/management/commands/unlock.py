"""`tiendo unlock USERNAME`: for one who typed too many wrong passwords or codes."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.doors.commands.lookups import person
from tiendo.foundation.accounts.actions import sessions

ACTOR = "shell:unlock"


class Command(HouseCommand):
    help = "Cho một người đăng nhập lại ngay sau nhiều lần nhập sai mật khẩu hoặc mã xác thực."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = person(options["username"])
        sessions.forget_tries(user=user, by=ACTOR, at=timezone.now())
        self.say(f"{user.full_name} ({user.username}) đăng nhập lại được ngay.")
