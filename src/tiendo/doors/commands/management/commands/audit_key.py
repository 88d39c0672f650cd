"""`tiendo audit-key`: the key that seals the audit; a new one, or what to say of one that is lost."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.config.environment import new_key
from tiendo.doors.commands import lock
from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.audit.actions.keys import replace
from tiendo.foundation.audit.queries import keys_given_up, keys_in_use
from tiendo.foundation.audit.rules import key_name

ACTOR = "shell:audit-key"


class Command(HouseCommand):
    help = "Xem khóa nhật ký, đổi sang khóa mới, hoặc khai báo khóa đã mất."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--new", action="store_true", help="tạo khóa mới; khóa cũ được giữ để kiểm tra phần đã ghi")
        what.add_argument("--lost", action="store_true", help="ghi vào nhật ký rằng khóa cũ đã mất hẳn")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["new"]:
            self._renew()
        elif options["lost"]:
            self._declare()
        else:
            self._show()

    def _show(self) -> None:
        used = keys_in_use()
        for name in dict.fromkeys([*used, *map(key_name, settings.AUDIT_KEYS)]):
            where = "có trên máy này" if name in map(key_name, settings.AUDIT_KEYS) else "KHÔNG có trên máy này"
            self.say(f"{name}: {where}, {used.get(name, 0)} sự kiện.")
        self.say(f"Đang dùng: {key_name(settings.AUDIT_KEYS[-1])}.")
        self.say("Hãy giữ một bản của khóa ở nơi an toàn, tách khỏi bản sao lưu.")

    def _renew(self) -> None:
        """Nobody may go on sealing with the former key while the file changes."""
        if os.environ.get("TIENDO_AUDIT_KEY", "").strip():
            raise ShellError("Khóa do biến TIENDO_AUDIT_KEY đặt: hãy ghi thêm khóa mới vào cuối biến này, giữ khóa cũ.")
        data = Path(settings.DATA).resolve()
        with lock.alone(data, "đổi khóa"):
            settings.AUDIT_KEYS = (*settings.AUDIT_KEYS, new_key())
            _write(data / "audit_key", settings.AUDIT_KEYS)
            replace(former=[], by=ACTOR, at=timezone.now())
        self.say(
            f"Nhật ký từ nay mang dấu của khóa {key_name(settings.AUDIT_KEYS[-1])}; khóa cũ vẫn ở trong audit_key."
        )

    def _declare(self) -> None:
        here = {key_name(key) for key in settings.AUDIT_KEYS} | keys_given_up()
        lost = {name: count for name, count in keys_in_use().items() if name not in here}
        if not lost:
            raise ShellError("Không có khóa nào bị mất: mọi khóa đã dùng đều có trên máy này.")
        replace(former=list(lost), by=ACTOR, at=timezone.now())
        self.say(f"Đã ghi vào nhật ký: mất khóa {', '.join(lost)} ({sum(lost.values())} sự kiện).")


def _write(path: Path, keys: tuple[str, ...]) -> None:
    """Whole or not at all, for its owner only. Raises OSError."""
    part = path.with_name(f".{path.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write("".join(f"{key}\n" for key in keys))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
