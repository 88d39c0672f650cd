"""`tiendo init`: a real, empty office, its first administrator, and its first office head, who keeps the register."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.secret import passwords
from tiendo.foundation.accounts.actions import policy, users
from tiendo.foundation.accounts.models import Policy, User
from tiendo.foundation.audit.actions import heads
from tiendo.foundation.organisations.actions import organisations, posts
from tiendo.foundation.organisations.models import Kind, Organisation

ACTOR = "shell:init"
QUESTIONS = {
    "province_name": "Tên cơ quan, địa phương ở gốc cây tổ chức (ví dụ: Tỉnh An Khê)",
    "office_code": "Mã của cơ quan sử dụng (ví dụ: VPTU)",
    "office_name": "Tên cơ quan sử dụng (ví dụ: Văn phòng Tỉnh ủy)",
    "admin": "Tên đăng nhập của người quản trị",
    "admin_name": "Họ và tên người quản trị",
}


class Command(HouseCommand):
    help = (
        "Tạo một cơ quan thật, còn trống, với người quản trị, lãnh đạo Văn phòng và người quản lý danh bạ cơ quan "
        "đầu tiên."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument("--province-code", default="T", help="mã ở gốc cây tổ chức (mặc định: T)")
        parser.add_argument("--office-kind", default=Kind.PARTY_ADVISORY, choices=Kind.values)
        parser.add_argument(
            "--head", help="tên đăng nhập của lãnh đạo Văn phòng; bỏ trống: chính người quản trị giữ vai này"
        )
        parser.add_argument("--head-name", help="họ và tên lãnh đạo Văn phòng")
        parser.add_argument(
            "--registrar",
            help="tên đăng nhập của người quản lý danh bạ cơ quan; bỏ trống: lãnh đạo Văn phòng giữ vai này",
        )
        parser.add_argument("--registrar-name", help="họ và tên người quản lý danh bạ cơ quan")
        parser.add_argument(
            "--second-factor",
            default=Policy.SecondFactor.ROLES,
            choices=Policy.SecondFactor.values,
            help="ai phải có bước xác thực thứ hai: off, roles (vai trò quyết định, mặc định) hoặc all",
        )
        parser.add_argument(
            "--password-stdin",
            action="store_true",
            help="đọc mật khẩu từ đầu vào chuẩn: dòng 1 của người quản trị, sau đó mỗi người một dòng: lãnh đạo Văn "
            "phòng, người quản lý danh bạ (nếu không: biến TIENDO_PASSWORD, hoặc hỏi)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists() or User.objects.exists():
            raise ShellError("Hệ thống đã được khởi tạo. Dùng “tiendo add-body”, “tiendo add-user” để thêm.")
        given = {name: options[name] or self._ask(name) for name in QUESTIONS}
        for other in ("head", "registrar"):
            if bool(options[other]) != bool(options[f"{other}_name"]):
                raise ShellError(f"Hãy ghi cả --{other} và --{other}-name, hoặc bỏ cả hai.")
        secrets = passwords(stdin=options["password_stdin"], variable="TIENDO_PASSWORD", prompt="Mật khẩu")
        with transaction.atomic():
            policy.set_second_factor(wanted=options["second_factor"], by=ACTOR, at=timezone.now())
            office = self._bodies(given, options)
            own = next(secrets)
            admin = users.add(
                username=given["admin"],
                full_name=given["admin_name"],
                password=own,
                given=False,
                by=ACTOR,
                at=timezone.now(),
            )
            self._post(admin, office, "administrator")
            head = self._person(options, "head", secrets, admin)
            self._post(head, office, "office_head")
            registrar = self._person(options, "registrar", secrets, head)
            self._post(registrar, office, "registrar")
        self.say(f"Đã khởi tạo {office.name} ({office.code}).")
        self.say(
            f"Quản trị: {admin.username}. Lãnh đạo Văn phòng: {head.username}. "
            f"Quản lý danh bạ cơ quan: {registrar.username}."
        )
        if admin in (head, registrar):
            self.say(
                "Người quản trị giữ cả vai trò khác nên thấy cả nội dung công việc. Muốn tách riêng, hãy giao các vai "
                "trò ấy cho người khác ở trang Tài khoản."
            )
        if options["second_factor"] != Policy.SecondFactor.OFF:
            self.say("Lần đăng nhập đầu, người có vai trò quyết định được dẫn đi thiết lập bước xác thực thứ hai.")
        self.say(
            "Tiếp theo: chạy “tiendo serve” và đăng nhập; trang Việc của tôi dẫn từng bước: danh bạ cơ quan, người "
            "dùng, chương trình đầu tiên. (Từ dòng lệnh: “tiendo import-bodies TỆP.csv”, “tiendo add-user”.)"
        )
        heads.export(folder=settings.AUDIT_HEADS, at=timezone.now())

    def _ask(self, name: str) -> str:
        if not sys.stdin.isatty():
            missing = ", ".join(f"--{each.replace('_', '-')}" for each in QUESTIONS)
            raise ShellError(f"Thiếu --{name.replace('_', '-')}. Khi không có người trả lời, cần đủ: {missing}.")
        return input(f"{QUESTIONS[name]}: ").strip() or self._ask(name)

    def _bodies(self, given: dict[str, str], options: dict[str, Any]) -> Organisation:
        now = timezone.now()
        root = organisations.add(
            code=options["province_code"], name=given["province_name"], kind=Kind.ROOT, by=ACTOR, at=now
        )
        return organisations.add(
            code=given["office_code"],
            name=given["office_name"],
            kind=options["office_kind"],
            parent=root,
            by=ACTOR,
            at=now,
        )

    def _person(self, options: dict[str, Any], which: str, secrets: Iterator[str], otherwise: User) -> User:
        """Somebody of their own, else whoever has the post before."""
        if not options[which]:
            return otherwise
        name = options[f"{which}_name"]
        return users.add(username=options[which], full_name=name, password=next(secrets), by=ACTOR, at=timezone.now())

    def _post(self, user: User, office: Organisation, role: str) -> None:
        now = timezone.now()
        posts.appoint(user=user, organisation=office, role=role, starts=timezone.localdate(now), by=ACTOR, at=now)
