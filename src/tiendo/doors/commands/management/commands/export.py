"""`tiendo export PROGRAMME --xlsx FILE [--reconciliation]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.doors.commands import lookups
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.work.directives.exports import reconciliation_xlsx
from tiendo.work.programmes.exports import programme_xlsx


class Command(HouseCommand):
    help = "Xuất các nhiệm vụ của một chương trình, hoặc bảng đối chiếu với văn bản, ra tệp Excel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", help="số thứ tự trong hệ thống, hoặc số, ký hiệu văn bản")
        parser.add_argument("--xlsx", type=Path, required=True, metavar="FILE")
        parser.add_argument("--on", type=lookups.day, metavar="DAY", help="tình trạng vào ngày (mặc định: hôm nay)")
        parser.add_argument(
            "--reconciliation", action="store_true", help="bảng đối chiếu hai chiều giữa văn bản và các dòng đã mở"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        programme = lookups.programme(options["programme"])
        if options["reconciliation"]:
            content = reconciliation_xlsx(programme.document)
        else:
            content = programme_xlsx(programme, options["on"] or timezone.localdate())
        try:
            options["xlsx"].write_bytes(content)
        except OSError as error:
            raise ShellError(f"Không ghi được tệp {options['xlsx']}: {why(error)}.") from error
        self.say(f"Đã ghi {options['xlsx']}.")
