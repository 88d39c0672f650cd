"""`tiendo add-user USERNAME "HỌ TÊN" --role ROLE --body CODE [--scope CODE]`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.secret import passwords
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.permissions import looking_after, role_names, whole_tree
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Organisation
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
        parser.add_argument(
            "--scope",
            metavar="CODE",
            help="mã cơ quan mà vai trò này xem (hoặc quản lý) từ đó trở xuống, là chính cơ quan hoặc cấp trên của nó; "
            f"dùng cho: {_told(looking_after())}",
        )
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
        scope = _scope(options["scope"], options["role"], body)
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
                scope=scope,
                starts=timezone.localdate(now),
                by=ACTOR,
                at=now,
            )
        reach = f", xem từ {scope.name} trở xuống" if scope else ""
        self.say(f"Đã thêm {user.full_name} ({user.username}): {role_names()[options['role']]}, {body.name}{reach}.")
        self.say("Người này phải đổi mật khẩu ở lần đăng nhập đầu.")


def _scope(code: str | None, role: str, body: Organisation) -> Organisation | None:
    """What the role looks after. Raises ShellError where it takes none, or would see nothing without one."""
    named = role_names()[role]
    if code is None:
        if role in looking_after() - whole_tree() and not body.children.exists():
            raise ShellError(
                f"Vai trò “{named}” cần --scope: {body.name} không có cơ quan cấp dưới, nên nếu không nêu phạm vi thì "
                "người này không xem được việc của ai khác. Hãy ghi mã cơ quan cấp trên mà người này xem từ đó trở "
                f"xuống, ví dụ: --scope {Organisation.objects.get(pk=body.path.split('/')[1]).code}"
            )
        return None
    if role not in looking_after():
        raise ShellError(
            f"Vai trò “{named}” không có phạm vi phụ trách: hãy bỏ --scope. Chỉ dùng cho: {_told(looking_after())}."
        )
    return by_code(code)


def _told(roles: Iterable[str]) -> str:
    return ", ".join(name for code, name in role_names().items() if code in roles)


def _whole(email: str, title: str) -> None:
    """What a page's form would refuse. Raises ShellError."""
    try:
        if email:
            validate_email(email)
    except ValidationError as error:
        raise ShellError(f"“{email}” không phải là địa chỉ thư điện tử.") from error
    if len(title) > LONGEST_TITLE:
        raise ShellError(f"Chức vụ dài {len(title)} ký tự; dài nhất là {LONGEST_TITLE}.")
