"""`tiendo backup FILE.tar`: while the system serves, files included, checked."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from tiendo.doors.commands import archive
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.work.directives import storage
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Evidence


class Command(HouseCommand):
    help = "Sao lưu cơ sở dữ liệu và các tệp gốc vào một tệp .tar, trong khi hệ thống vẫn chạy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="thay bản sao lưu cũ cùng tên")

    def handle(self, *_args: Any, **options: Any) -> None:
        target: Path = options["file"]
        database = database_path()
        _may_be_written(target, replace=options["replace"])
        if not database.exists():
            raise ShellError("Chưa có dữ liệu để sao lưu.")
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
                copy = Path(folder) / archive.DATABASE
                archive.copy_database(database, copy)
                unread = Document.objects.filter(state=Document.State.QUARANTINED).count()
                count = archive.write(target, database=copy, files=_originals(), left_out=unread, at=timezone.now())
        except OSError as error:
            raise ShellError(f"Không ghi được bản sao lưu {target}: {why(error)}.") from error
        self.say(f"Đã sao lưu cơ sở dữ liệu và {count} tệp gốc vào {target} (đã kiểm tra lại từng tệp).")
        if unread:
            self.say(
                f"{unread} tệp đang chờ đọc lần đầu không nằm trong bản sao lưu; hãy sao lưu lại sau khi đọc xong."
            )


def _may_be_written(target: Path, *, replace: bool) -> None:
    """Raises ShellError: the finished archive takes the place of whatever has its name."""
    if target.resolve().is_relative_to(Path(settings.DATA).resolve()):
        raise ShellError(f"Không sao lưu vào chính thư mục dữ liệu ({settings.DATA}). Hãy chọn thư mục khác.")
    if (target.exists() or target.is_symlink()) and not target.is_file():
        raise ShellError(f"{target} không phải là tệp thường nên không được thay. Hãy chọn tên khác.")
    if target.exists() and not replace:
        raise ShellError(f"Đã có {target}. Hãy chọn tên khác, hoặc thêm --replace để thay bản cũ.")


def database_path() -> Path:
    """Where the SQLite database lies. Raises ShellError on another database, which brings its own tools."""
    if connection.vendor != "sqlite":
        raise ShellError("Lệnh này dành cho SQLite. Với PostgreSQL hãy dùng công cụ sao lưu của PostgreSQL.")
    return Path(settings.DATA) / archive.DATABASE


def _originals() -> Iterator[archive.Kept]:
    """Everything that was read or attached, once; asked after the database was copied, so nothing is missing."""
    held = Document.objects.exclude(state=Document.State.QUARANTINED).exclude(sha256="")
    attached = Evidence.objects.exclude(sha256="")
    wanted = set(held.values_list("office_id", "sha256"))
    wanted |= set(attached.values_list("answer__report__organisation_id", "sha256"))
    data = Path(settings.DATA)
    for office, sha256 in sorted(wanted):
        path = storage.find(sha256, office=office)
        if path is None:
            raise ShellError(f"Thiếu tệp gốc {sha256} trong kho của cơ quan #{office}. Chưa sao lưu.")
        yield archive.Kept(path.relative_to(data).as_posix(), path, sha256)
