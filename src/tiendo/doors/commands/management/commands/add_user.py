"""`tiendo add-user USERNAME "HỌ TÊN" --role ROLE --body CODE`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.secret import passwords
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.queries import by_code

ACTOR = "shell:add-user"
LONGEST_TITLE = 120


class Command(HouseCommand):
    help = "Thêm một người dùng và giao vai trò ở một cơ quan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("name", help="họ và tên")
        roles = "; ".join(f"{code}: {name}" for code, name in role_names().items())
        parser.add_argument("--role", required=True, choices=list(role_names()), help=roles)
        parser.add_argument("--body", required=True, metavar="CODE", help="mã cơ quan")
        parser.add_argument("--title", default="", help="chức vụ")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="đọc mật khẩu từ đầu vào chuẩn (nếu không: biến TIENDO_PASSWORD, hoặc hỏi)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        _whole(options["email"], options["title"])
        body = by_code(options["body"])
        secrets = passwords(stdin=options["password_stdin"], variable="TIENDO_PASSWORD", prompt="Mật khẩu")
        with transaction.atomic():
            user = users.add(
                username=options["username"],
                full_name=options["name"],
                password=next(secrets),
                email=options["email"],
                by=ACTOR,
                at=now,
            )
            posts.appoint(
                user=user,
                organisation=body,
                role=options["role"],
                title=options["title"],
                starts=timezone.localdate(now),
                by=ACTOR,
                at=now,
            )
        self.say(f"Đã thêm {user.full_name} ({user.username}): {role_names()[options['role']]}, {body.name}.")


def _whole(email: str, title: str) -> None:
    """What a page's form would refuse. Raises ShellError."""
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise ShellError(f"“{email}” không phải là địa chỉ thư điện tử.") from error
    if len(title) > LONGEST_TITLE:
        raise ShellError(f"Chức vụ dài {len(title)} ký tự; dài nhất là {LONGEST_TITLE}.")
