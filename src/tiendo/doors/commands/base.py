"""What every command does alike: one clear Vietnamese line and exit code 1 where something of the house went wrong."""

from __future__ import annotations

import sqlite3
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error

from tiendo.config.environment import why as why  # noqa: PLC0414 (commands say with it why a file cannot be used)
from tiendo.doors.commands.troubles import told
from tiendo.foundation.audit.door import through
from tiendo.foundation.audit.errors import TiendoError


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

    def say(self, text: str = "") -> None:
        self.stdout.write(text)
