"""`tiendo restore FILE.tar [--replace]`: unpacked beside, checked, then swapped in whole."""

from __future__ import annotations

import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections
from django.utils import timezone

from tiendo.doors.commands import archive, lock
from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.management.commands.backup import database_path

STAYS = ("secret_key", "static")
"""What belongs to the machine, not to the data."""


class Command(HouseCommand):
    help = "Khôi phục từ một bản sao lưu. Dữ liệu đang có chỉ bị thay khi có --replace, và được giữ lại bên cạnh."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="thay dữ liệu đang có (dữ liệu cũ được giữ bên cạnh)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        data = Path(settings.DATA).resolve()
        if database_path().exists() and not options["replace"]:
            raise ShellError(f"Thư mục {data} đã có dữ liệu. Muốn thay, hãy thêm --replace.")
        with lock.alone(data):
            fresh = Path(tempfile.mkdtemp(dir=data.parent, prefix=f".{data.name}.restore-"))
            try:
                made_at = self._unpack(options["file"], fresh)
                connections.close_all()
                former = _swap(data, fresh)
            except OSError as error:
                raise ShellError(f"Không khôi phục được: {error}. Dữ liệu đang có không bị thay đổi.") from error
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
        self.say(f"Đã khôi phục bản sao lưu lúc {made_at} vào {data}.")
        if former:
            self.say(f"Dữ liệu trước đó còn ở {former}; khi chắc chắn không cần nữa hãy xóa thư mục này.")

    def _unpack(self, source: Path, fresh: Path) -> str:
        manifest = archive.unpack(source, fresh)
        if not archive.sound(fresh / archive.DATABASE):
            raise ShellError("Cơ sở dữ liệu trong bản sao lưu bị hỏng.")
        return str(manifest["made_at"])


def _swap(data: Path, fresh: Path) -> Path | None:
    """Two renames; whatever fails is taken back. Returns where the former data lie, when there were any."""
    had_data = (data / archive.DATABASE).exists()
    former = data.with_name(f"{data.name}.before-{timezone.localtime():%Y%m%d-%H%M%S}")
    data.rename(former)
    try:
        fresh.rename(data)
    except OSError:
        former.rename(data)
        raise
    for name in STAYS:
        if (former / name).exists():
            (former / name).rename(data / name)
    if had_data:
        return former
    shutil.rmtree(former)
    return None
