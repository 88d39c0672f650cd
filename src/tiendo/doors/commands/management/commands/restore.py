"""`tiendo restore FILE.tar [--replace]`: unpacked beside, checked, then swapped in whole."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from tiendo.doors.commands import archive, lock
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.doors.commands.management.commands.backup import database_path

STAYS = ("secret_key", "audit_key", "static")
"""What belongs to the machine, not to the data."""
SHOWN = 5
"""So many names are told of what is in the way."""


class Command(HouseCommand):
    help = "Khôi phục từ một bản sao lưu. Dữ liệu đang có chỉ bị thay khi có --replace, và được giữ lại bên cạnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="thay dữ liệu đang có (dữ liệu cũ được giữ bên cạnh)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        database_path()
        data = Path(settings.DATA).resolve()
        source: Path = options["file"]
        _may_be_moved(data, source)
        if (there := _holds(data)) and not options["replace"]:
            raise ShellError(
                f"Thư mục {data} đang có dữ liệu ({', '.join(there[:SHOWN])}). Muốn thay, hãy thêm --replace: những gì "
                "đang có được giữ lại ở một thư mục bên cạnh."
            )
        try:
            with lock.alone(data):
                self._clear(data)
                fresh = Path(tempfile.mkdtemp(dir=data.parent, prefix=f".{data.name}.restore-"))
                try:
                    manifest = _unpacked(source, fresh)
                    _keep_keys(data, fresh)
                    connections.close_all()
                    former = _swap(data, fresh)
                finally:
                    shutil.rmtree(fresh, ignore_errors=True)
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise ShellError(
                f"Không khôi phục được: {why(error)}{where}. Dữ liệu đang có không bị thay đổi."
            ) from error
        self._tell(data, manifest, former)

    def _clear(self, data: Path) -> None:
        """Of a restore that was killed there stays a folder with a name of ours; nobody else is at work here."""
        for left in data.parent.glob(f".{data.name}.restore-*"):
            shutil.rmtree(left)
            self.say(f"Đã xóa phần còn lại của một lần khôi phục bị ngắt giữa chừng: {left}.")

    def _tell(self, data: Path, manifest: dict[str, Any], former: Path | None) -> None:
        made_at = timezone.localtime(datetime.fromisoformat(manifest["made_at"]))
        self.say(f"Đã khôi phục bản sao lưu lúc {made_at:%H:%M ngày %d/%m/%Y} vào {data}.")
        if missing := manifest.get("missing"):
            self.say(f"{len(missing)} tệp gốc không có trong bản sao lưu này vì đã thiếu từ lúc sao lưu:")
            for name, reason in missing.items():
                self.say(f"  {name}: {reason}")
        if former:
            self.say(f"Dữ liệu trước đó còn ở {former}; khi chắc chắn không cần nữa hãy xóa thư mục này.")


def _may_be_moved(data: Path, source: Path) -> None:
    """Raises ShellError: the folder is moved away whole, and what lies in it goes with it."""
    if source.resolve().is_relative_to(data):
        raise ShellError(
            f"Bản sao lưu nằm trong chính thư mục dữ liệu {data}, mà khôi phục sẽ chuyển cả thư mục này đi. Hãy chép "
            "bản sao lưu ra ngoài rồi chạy lại."
        )
    if any(Path(place).resolve().is_relative_to(data) for place in (settings.ROOT, sys.prefix)):
        raise ShellError(
            f"Chương trình nằm trong chính thư mục dữ liệu {data}, mà khôi phục sẽ chuyển cả thư mục này đi. Hãy đặt "
            "TIENDO_DATA là một thư mục riêng, ví dụ /srv/tiendo/data/current."
        )


def _holds(folder: Path) -> list[str]:
    """Names of what lies in it, but for the machine's own and for folders without a file."""
    return sorted(
        path.name
        for path in (folder.iterdir() if folder.exists() else ())
        if path.name not in STAYS
        and (path.is_symlink() or not path.is_dir() or any(not below.is_dir() for below in path.rglob("*")))
    )


def _unpacked(source: Path, fresh: Path) -> dict[str, Any]:
    manifest = archive.unpack(source, fresh)
    if not archive.sound(fresh / archive.DATABASE):
        raise ShellError("Cơ sở dữ liệu trong bản sao lưu bị hỏng.")
    return manifest


def _keep_keys(data: Path, fresh: Path) -> None:
    """A key of the audit that came with the backup is put before the machine's own, which goes on sealing."""
    came, here = fresh / "audit_key", data / "audit_key"
    if not came.exists():
        return
    keys = dict.fromkeys([*came.read_text().split(), *(here.read_text().split() if here.exists() else [])])
    here.touch(mode=0o600)
    here.write_text("".join(f"{key}\n" for key in keys))
    came.unlink()


def _swap(data: Path, fresh: Path) -> Path | None:
    """Two renames; whatever fails is taken back. Returns where the former data lie, when there were any."""
    former = data.with_name(f"{data.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
    data.rename(former)
    try:
        fresh.rename(data)
    except OSError as error:
        try:
            former.rename(data)
        except OSError:
            raise ShellError(
                f"Không khôi phục được: {why(error)}. Dữ liệu trước đó còn nguyên ở {former}; hãy chuyển thư mục này "
                f"về {data} bằng tay."
            ) from error
        raise
    for name in STAYS:
        if (former / name).exists():
            (former / name).rename(data / name)
    if _holds(former):
        return former
    for empty in sorted(former.rglob("*"), reverse=True):
        empty.rmdir()
    former.rmdir()
    return None
