"""`tiendo backup FILE.tar`: while the system serves, files included, checked."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from tiendo.doors.commands import archive
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.doors.commands.troubles import told
from tiendo.work.directives import storage
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Evidence

Originals = dict[tuple[int, str], str]
"""Office and SHA-256 → what names it, in words."""
COPY = "backup"
KEY_IN = (
    "Bản sao lưu này có cả khóa nhật ký: ai cầm bản này làm lại được nhật ký. Hãy giữ bản này riêng, có mã hóa, "
    "và đừng để chung nơi với các điểm cuối hằng ngày."
)
KEY_OUT = (
    "Khóa nhật ký (audit_key) không nằm trong bản sao lưu. Hãy giữ một bản của khóa ở nơi khác: mất khóa thì không "
    "chứng minh được ai đã ghi phần nhật ký cũ."
)
NOT_WHOLE = 3
"""Exit code: the archive is written and good, but originals are missing in it."""


class Command(HouseCommand):
    help = "Sao lưu cơ sở dữ liệu và các tệp gốc vào một tệp .tar, trong khi hệ thống vẫn chạy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="thay bản sao lưu cũ cùng tên")
        parser.add_argument(
            "--with-audit-key",
            action="store_true",
            help="kèm cả khóa nhật ký: ai có bản sao lưu ấy làm lại được nhật ký mà khóa không phát hiện được",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        target: Path = options["file"]
        database = database_path()
        _may_be_written(target, replace=options["replace"])
        if not database.exists():
            raise ShellError("Chưa có dữ liệu để sao lưu.")
        try:
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
                # First the heads, then the database: none of them may speak of an event that is not in the copy.
                beside = _beside(Path(folder), with_key=options["with_audit_key"])
                copy = Path(folder) / archive.DATABASE
                archive.copy_database(database, copy)
                with asked(copy) as alias:
                    originals, unread = _named(alias)
                files = chain(beside, (_kept(office, sha256) for office, sha256 in sorted(originals)))
                written = archive.write(target, database=copy, files=files, left_out=unread, at=timezone.now())
        except OSError as error:
            raise ShellError(f"Không ghi được bản sao lưu {target}: {why(error)}.") from error
        except sqlite3.Error as error:
            raise ShellError(f"Chưa sao lưu vào {target}. {told(error)}") from error
        saved = written.originals - len(beside)
        self.say(f"Đã sao lưu cơ sở dữ liệu và {saved} tệp gốc vào {target} (đã kiểm tra lại từng tệp).")
        self.say(KEY_IN if options["with_audit_key"] else KEY_OUT)
        if unread:
            self.say(
                f"{unread} tệp chưa được đọc lần nào (đang chờ đọc, hoặc máy chưa đọc được) không nằm trong bản sao "
                "lưu, vì có thể mang dấu chỉ độ mật; hãy sao lưu lại sau khi đọc xong."
            )
        if written.missing:
            self._tell_missing(target, written.missing, originals)

    def _tell_missing(self, target: Path, missing: dict[str, str], originals: Originals) -> None:
        for name, reason in missing.items():
            office, _, sha256 = name.split("/")[1:]
            self.say(f"Thiếu {name}, tệp gốc của {originals[int(office), sha256]}: {reason}.")
        raise ShellError(
            f"Bản sao lưu {target} đã ghi xong nhưng không đầy đủ: thiếu {len(missing)} tệp gốc nêu trên, mọi thứ khác "
            "đều có. Hãy giữ các bản sao lưu cũ còn những tệp này, hoặc gửi lại tệp.",
            returncode=NOT_WHOLE,
        )


def _may_be_written(target: Path, *, replace: bool) -> None:
    """Raises ShellError: the finished archive takes the place of whatever has its name."""
    if target.resolve().is_relative_to(Path(settings.DATA).resolve()):
        raise ShellError(f"Không sao lưu vào chính thư mục dữ liệu ({settings.DATA}). Hãy chọn thư mục khác.")
    if (target.exists() or target.is_symlink()) and not target.is_file():
        raise ShellError(f"{target} không phải là tệp thường nên không được thay. Hãy chọn tên khác.")
    if target.exists() and not replace:
        raise ShellError(f"Đã có {target}. Hãy chọn tên khác, hoặc thêm --replace để thay bản cũ.")


def _beside(folder: Path, *, with_key: bool) -> list[archive.Kept]:
    """Copies of what the audit keeps outside the database: the heads where they lie in the data folder, and the key."""
    data, heads = Path(settings.DATA), Path(settings.AUDIT_HEADS)
    wanted = sorted(heads.glob("*.txt")) if heads.is_relative_to(data) else []
    found: list[archive.Kept] = []
    if with_key and not (data / "audit_key").exists():
        raise ShellError(
            "Khóa nhật ký do biến TIENDO_AUDIT_KEY đặt, không ở trong thư mục dữ liệu: hãy tự giữ khóa ấy."
        )
    for path in [*wanted, *([data / "audit_key"] if with_key else [])]:
        copy = folder / f"{len(found)}-{path.name}"
        shutil.copyfile(path, copy)
        sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
        found.append(archive.Kept(path.relative_to(data).as_posix(), copy, sha256))
    return found


def database_path() -> Path:
    """Where the SQLite database lies. Raises ShellError on another database, which brings its own tools."""
    if connection.vendor != "sqlite":
        raise ShellError("Lệnh này dành cho SQLite. Với PostgreSQL hãy dùng công cụ sao lưu của PostgreSQL.")
    return Path(settings.DATA) / archive.DATABASE


@contextmanager
def asked(copy: Path) -> Iterator[str]:
    """The copied database as one that models can be asked of: what it names is what belongs in the archive."""
    other = connections["default"].copy(COPY)
    other.settings_dict["NAME"] = copy
    other.settings_dict["OPTIONS"] = {}  # no journal of its own: the copy stays one file
    connections[COPY] = other
    try:
        yield COPY
    finally:
        other.close()
        del connections[COPY]


def _named(alias: str) -> tuple[Originals, int]:
    """The originals that were read or attached, each once, with what names them; how many were never read."""
    documents = Document.objects.using(alias).exclude(sha256="")
    read = documents.filter(readings__isnull=False).values_list("office_id", "sha256", "pk").order_by("-pk")
    attached = Evidence.objects.using(alias).exclude(sha256="").order_by("-pk")
    places = attached.values_list("kept_by_id", "sha256", "answer__report_id")
    waiting = {(office, sha256) for office, sha256, _ in places if _in_quarantine(office, sha256)}
    originals = {(office, sha256): f"báo cáo #{report}" for office, sha256, report in places}
    originals = {place: what for place, what in originals.items() if place not in waiting}
    originals |= {(office, sha256): f"văn bản #{pk}" for office, sha256, pk in read}
    unread = waiting | set(documents.filter(readings__isnull=True).values_list("office_id", "sha256"))
    return originals, len(unread - set(originals))


def _in_quarantine(office: int, sha256: str) -> bool:
    path = storage.find(sha256, office=office)
    return path == storage.stored(sha256, office=office, quarantined=True)


def _kept(office: int, sha256: str) -> archive.Kept:
    path = storage.find(sha256, office=office) or storage.stored(sha256, office=office, quarantined=False)
    return archive.Kept(path.relative_to(settings.DATA).as_posix(), path, sha256)
