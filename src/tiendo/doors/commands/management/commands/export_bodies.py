"""`tiendo export-bodies FILE`: .csv (the bodies alone), .zip (every sheet as CSV) or .xlsx (every sheet)."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.foundation.organisations.exports import bodies_csv, register_xlsx, register_zip
from tiendo.foundation.organisations.snapshot import Register, choices, register

FORMS: dict[str, Callable[[Register], bytes]] = {
    ".csv": bodies_csv,
    ".zip": register_zip,
    ".xlsx": lambda found: register_xlsx(found, choices()),
}


class Command(HouseCommand):
    help = (
        "Xuất danh bạ cơ quan: .xlsx hoặc .zip gồm cơ quan, tên gọi, vị trí trong các cây, việc sắp xếp và kế thừa; "
        ".csv chỉ gồm cơ quan. “tiendo import-bodies” nạp lại đúng như vậy."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        path = options["file"]
        if (form := FORMS.get(path.suffix.lower())) is None:
            raise ShellError(f"Tên tệp phải kết thúc bằng {', '.join(FORMS)}.")
        found = register()
        try:
            path.write_bytes(form(found))
        except OSError as error:
            raise ShellError(f"Không ghi được tệp {path}: {why(error)}.") from error
        self.say(f"Đã ghi {path}: {len(found.bodies)} cơ quan, {len(found.successions)} việc sắp xếp.")
