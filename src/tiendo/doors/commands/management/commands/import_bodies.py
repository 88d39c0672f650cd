"""`tiendo import-bodies FILE [--dry-run] [--change] [--renamed-on DAY] [--looked-at] [--as USER]`: all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.doors.commands import lookups
from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.bodies import book, changes, doubts, refusals, summary
from tiendo.foundation.organisations.actions import importing
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.rules.sheets import BODIES


class Command(HouseCommand):
    help = (
        f"Nạp danh bạ cơ quan từ tệp CSV có các cột {', '.join(one.name for one in BODIES.written)} "
        "(ba cột đầu bắt buộc), tệp nén ZIP các tệp CSV, hoặc bảng tính .xlsx như “tiendo export-bodies” xuất ra. "
        "Bỏ trống parent: trực thuộc gốc; "
        "abbreviations cách nhau bằng dấu “|”. Một dòng sai thì không ghi gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="chỉ cho xem sẽ thêm, sửa gì; không ghi")
        parser.add_argument("--change", action="store_true", help="cho phép sửa cơ quan đã có trong danh bạ")
        parser.add_argument(
            "--renamed-on",
            type=date.fromisoformat,
            metavar="NĂM-THÁNG-NGÀY",
            help="ngày từ đó các tên đã đổi được dùng; không ghi thì tên đổi là sửa lỗi gõ, tên cũ không được giữ",
        )
        parser.add_argument(
            "--looked-at", action="store_true", help="đã xem các dòng cần xem lại (sau “?”), đúng như tệp ghi"
        )
        parser.add_argument("--as", dest="user", help="tên đăng nhập của người chịu trách nhiệm (mặc định: dòng lệnh)")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        registrar = lookups.person(options["user"]) if options["user"] else None
        held = book(options["file"])
        plan = preview(held, registrar=registrar, at=now, renamed_on=options["renamed_on"])
        for note in plan.notes:
            self.say(note)
        if found := refusals(plan, change=options["change"]):
            raise ShellError("\n".join(["chưa thêm cơ quan nào, vì:", *found]))
        for line in changes(plan):
            self.say(line)
        if options["dry_run"]:
            self.say(f"Chưa ghi gì. Nếu ghi: {summary(plan)}.")
            return
        if found := doubts(plan, looked_at=options["looked_at"]):
            raise ShellError("\n".join(["chưa thêm cơ quan nào, vì còn dòng cần xem lại:", *found]))
        by = registrar.actor if registrar else "shell:import-bodies"
        told = {"renamed_on": options["renamed_on"], "looked_at": options["looked_at"]}
        importing.write(book=held, digest=plan.digest, registrar=registrar, by=by, at=now, **told)
        self.say(f"Đã {summary(plan)}.")
