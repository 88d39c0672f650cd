"""`tiendo demo`: an invented province at work, made through the same acts as real work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.organisations import seeds as bodies
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.directives import seeds as directives
from tiendo.work.programmes import seeds as programmes

SHOWN = 8
"""Accounts that are printed with their role; of the other bodies only the names."""


class Command(HouseCommand):
    help = "Tạo dữ liệu mẫu: một tỉnh giả định, một chương trình đang thực hiện, một kế hoạch chờ xác nhận."

    def handle(self, *_args: Any, **_options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists() or User.objects.exists():
            self.say("Đã có dữ liệu, không tạo dữ liệu mẫu.")
        else:
            self._sow()
        if Organisation.objects.filter(parent=None, name=bodies.PROVINCE).exists():
            for line in _accounts():
                self.say(line)

    @transaction.atomic
    def _sow(self) -> None:
        """All of it or nothing."""
        self.say("Đang tạo dữ liệu mẫu (chừng nửa phút) …")
        self.stdout.flush()
        today = timezone.localdate()
        starts = today - timedelta(days=directives.AGE + 30)
        bodies.sow(starts=starts, at=directives.at(starts))
        document = directives.sow(today=today)
        programme = programmes.sow(document=document, today=today)
        directives.sow_waiting(today=today)
        self.say(f"Đã tạo dữ liệu mẫu: {Organisation.objects.count()} cơ quan, chương trình {programme.symbol} với")
        self.say(
            f"{programme.tasks.count()} nhiệm vụ, {programme.reports.count()} báo cáo; mọi tên và số liệu là giả định."
        )


def _accounts() -> Iterator[str]:
    posts = list(Post.objects.select_related("user", "organisation").order_by("pk"))
    yield f"Tài khoản mẫu (mật khẩu chung: {bodies.PASSWORD}):"
    for post in posts[:SHOWN]:
        yield f"  {post.user.username:<18} {role_names()[post.role]}, {post.organisation.name}"
    others = ", ".join(post.user.username for post in posts[SHOWN:])
    yield f"  và người đứng đầu các cơ quan khác: {others}"
