"""What every command does alike: one clear Vietnamese line and exit code 1 where something of the house went wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error
from django.utils import timezone

from tiendo.config.environment import why as why  # noqa: PLC0414 (commands say with it why a file cannot be used)
from tiendo.doors.commands.troubles import told
from tiendo.foundation.audit.door import through
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.audit.queries import ahead

CLOCK = (
    "Chú ý: đồng hồ máy đang chỉ {now:%H:%M ngày %d/%m/%Y}, trong khi nhật ký đã ghi việc lúc {latest:%H:%M ngày "
    "%d/%m/%Y}. Hãy kiểm tra giờ của máy: ngày gửi, ngày xác nhận, hạn và đôn đốc đều tính theo giờ này. Không có việc "
    "nào bị mở hoặc báo hai lần."
)


class ShellError(CommandError):
    """Something the person at the shell can be told."""


# Django prints the class's name before the message.
ShellError.__name__ = "Lỗi"


class HouseCommand(BaseCommand):
    """Parses arguments and calls actions."""

    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]
    suppressed_base_arguments: ClassVar[set[str]] = {  # type: ignore[misc]
        *("--version", "--verbosity", "--settings", "--pythonpath", "--traceback"),
        *("--no-color", "--force-color", "--skip-checks"),
    }

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        return super().create_parser(prog_name, subcommand.replace("_", "-"), **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            with through("shell"):
                return super().execute(*args, **options)
        except TiendoError as error:
            raise ShellError(error.message) from error
        except BrokenPipeError:
            raise
        except (Error, sqlite3.Error, OSError) as error:
            raise ShellError(told(error)) from error

    def warn_of_the_clock(self, now: datetime) -> None:
        """Days are taken from the machine's clock: one that was set back, or had been ahead, is said."""
        if (latest := ahead(now)) is not None:
            shown = {"now": timezone.localtime(now), "latest": timezone.localtime(latest)}
            self.stderr.write(CLOCK.format(**shown))

    def name_failed(self, failed: Iterable[tuple[object, str]]) -> None:
        """Programmes of which nothing could be raised."""
        for programme, said in failed:
            self.stderr.write(f"{programme}: {said}")

    def say(self, text: str = "") -> None:
        self.stdout.write(text)
