"""`tiendo import-bodies CSV`: all or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.doors.commands.bodies import COLUMNS, add_all, parse, problems


class Command(HouseCommand):
    help = (
        f"Thêm các cơ quan từ tệp CSV (UTF-8) có các cột {', '.join(COLUMNS)}. Bỏ trống parent: trực thuộc gốc; "
        "abbreviations cách nhau bằng dấu “|”. Một dòng sai thì không dòng nào được thêm."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            rows = parse(options["file"].read_text(encoding="utf-8-sig"))
        except OSError as error:
            raise ShellError(f"Không mở được tệp {options['file']}: {why(error)}.") from error
        except UnicodeDecodeError as error:
            raise ShellError("Tệp không ở bảng mã UTF-8. Hãy lưu lại dưới dạng “CSV UTF-8”.") from error
        if found := problems(rows):
            raise ShellError("\n".join(["chưa thêm cơ quan nào, vì:", *found]))
        add_all(rows, by="shell:import-bodies", at=timezone.now())
        self.say(f"Đã thêm {len(rows)} cơ quan.")
