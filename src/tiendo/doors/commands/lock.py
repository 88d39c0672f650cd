"""Whoever serves holds the data folder; whoever restores must hold it alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tiendo.doors.commands.base import ShellError


def hold(data: Path) -> IO[str]:
    """Share the folder with others who serve, as long as the file returned stays open."""
    return _lock(data, fcntl.LOCK_SH)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Raises ShellError while somebody serves from this folder."""
    try:
        file = _lock(data, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ShellError("Hệ thống đang chạy trên thư mục dữ liệu này. Hãy dừng hệ thống rồi khôi phục.") from error
    with file:
        yield


def _lock(data: Path, how: int) -> IO[str]:
    data.mkdir(parents=True, exist_ok=True)
    # Beside the folder, not in it: a restore moves the folder away.
    file = data.with_name(f".{data.name}.lock").open("w")
    try:
        fcntl.flock(file, how)
    except BlockingIOError:
        file.close()
        raise
    return file
