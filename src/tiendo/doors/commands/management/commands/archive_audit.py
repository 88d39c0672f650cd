"""`tiendo archive-audit FILE.jsonl.gz [--before DAY]`: a signed copy of the older events. Nothing is deleted."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.doors.commands import lookups
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.foundation.audit.actions.archives import archive

ACTOR = "shell:archive-audit"


class Command(HouseCommand):
    help = "Ghi các sự kiện cũ của nhật ký ra một tệp có chữ ký để lưu ở nơi khác; không xóa gì trong hệ thống."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--before", type=lookups.day, metavar="DAY", help="các sự kiện trước ngày này (mặc định: 12 tháng trước)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        now, path = timezone.now(), options["file"]
        if path.exists():
            raise ShellError(f"Đã có {path}. Hãy chọn tên khác.")
        try:
            made = archive(path=path, before=_moment(options["before"], now), by=ACTOR, at=now)
        except OSError as error:
            raise ShellError(f"Không ghi được tệp {path}: {why(error)}.") from error
        if made is None:
            self.say("Chưa có sự kiện nào cũ như vậy; không ghi tệp nào.")
            return
        self.say(f"Đã ghi sự kiện 1 đến {made.data['count']} vào {path}; mọi sự kiện vẫn còn trong hệ thống.")
        self.say(f"Kiểm tra: tiendo verify-audit --archive {path}")


def _moment(day: Any, now: datetime) -> datetime:
    """Midnight in Vietnam at the beginning of this day; without one, twelve months ago."""
    if day:
        return timezone.make_aware(datetime.combine(day, time.min))
    try:
        return now.replace(year=now.year - 1)
    except ValueError:  # 29 February
        return now.replace(year=now.year - 1, day=28)
