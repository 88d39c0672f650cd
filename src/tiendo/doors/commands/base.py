"""What every command does alike: one clear Vietnamese line and exit code 1 where something of the house went wrong."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.db.utils import OperationalError, ProgrammingError

from tiendo.config.environment import why as why  # noqa: PLC0414 (commands say with it why a file cannot be used)
from tiendo.foundation.audit.errors import TiendoError


class ShellError(CommandError):
    """Something the person at the shell can be told."""


# Django prints the class's name before the message.
ShellError.__name__ = "Lỗi"

NO_DATABASE = (
    "Cơ sở dữ liệu chưa được tạo hoặc chưa cập nhật. Hãy chạy “tiendo init” (cơ quan thật), “tiendo demo” "
    "(dữ liệu mẫu) hoặc “tiendo migrate” (sau khi nâng cấp)."
)


class HouseCommand(BaseCommand):
    """Parses arguments and calls actions."""

    requires_system_checks: ClassVar[list[str]] = []  # type: ignore[misc]

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except TiendoError as error:
            raise ShellError(error.message) from error
        except (OperationalError, ProgrammingError) as error:
            if "no such table" in str(error) or "does not exist" in str(error) or "no such column" in str(error):
                raise ShellError(NO_DATABASE) from error
            raise

    def say(self, text: str = "") -> None:
        self.stdout.write(text)
