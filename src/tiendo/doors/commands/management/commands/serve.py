"""`tiendo serve`: brings the database up to date and serves. What `make run` uses."""

from __future__ import annotations

import os
import re
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from tiendo.doors.commands import lock
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.foundation.organisations.models import Organisation

HIGHEST = 65535


class Command(HouseCommand):
    help = "Cập nhật cơ sở dữ liệu rồi chạy hệ thống. Dừng bằng Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ của máy này (mặc định: chỉ máy này dùng được)")
        parser.add_argument("--port", type=_port, default=8000, help="cổng (mặc định: 8000)")
        parser.add_argument("--demo", action="store_true", help="tạo dữ liệu mẫu khi cơ sở dữ liệu còn trống")

    def handle(self, *_args: Any, **options: Any) -> None:
        # Inherited by the server, and so held as long as it lives.
        held = lock.hold(Path(settings.DATA).resolve())
        os.set_inheritable(held, True)
        _ask_for(options["host"], options["port"])
        call_command("migrate", verbosity=0)
        _lay_out_static_files()
        if options["demo"] and not Organisation.objects.exists():
            call_command("demo", stdout=self.stdout)
        call_command("raise_due", stdout=self.stdout)
        host = options["host"].strip("[]")
        bind = f"[{host}]:{options['port']}" if ":" in host else f"{host}:{options['port']}"
        self.say(f"Tiến Độ đang chạy ở http://{bind}/ (dừng: Ctrl-C)")
        self.stdout.flush()
        arguments = ["-m", "gunicorn", "--config", "python:tiendo.config.gunicorn", "--bind", bind]
        os.execv(sys.executable, [sys.executable, *arguments])  # noqa: S606 (our own interpreter, no shell)


def _port(said: str) -> int:
    """Raises ArgumentTypeError."""
    if not re.fullmatch("[0-9]{1,5}", said) or not 0 < int(said) <= HIGHEST:
        raise ArgumentTypeError(f"không có cổng {said}: hãy ghi một số từ 1 đến {HIGHEST}")
    return int(said)


def _ask_for(host: str, port: int) -> None:
    """Raises ShellError where the port cannot be had: the server itself would only say so after trying for seconds."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host.strip("[]"), port))
    except (socket.gaierror, UnicodeError) as error:
        raise ShellError(f"Không có máy nào tên “{host}”. Hãy ghi --host là một địa chỉ của máy này.") from error
    except OSError as error:
        raise ShellError(
            f"Không mở được cổng {port} ở {host} ({why(error)}). Có thể một chương trình khác đang dùng cổng này: hãy "
            "dừng chương trình đó, hoặc chọn cổng khác bằng --port."
        ) from error


def _lay_out_static_files() -> None:
    """A data folder that `make setup` did not know of has none, and every page would fail."""
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, clear=True, verbosity=0)
