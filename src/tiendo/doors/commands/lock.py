"""Whoever serves holds the data folder; whoever restores must hold it alone.

The folder itself is locked: no file of its own is needed, and a restore, which moves the folder away, moves no lock.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tiendo.doors.commands.base import ShellError


def hold(data: Path) -> int:
    """Share the folder with others who serve, as long as the descriptor returned stays open. Raises OSError."""
    return _lock(data, fcntl.LOCK_SH)


@contextmanager
def alone(data: Path, what: str = "khôi phục") -> Iterator[None]:
    """Raises ShellError while somebody serves from this folder (`what` has to wait), OSError."""
    try:
        held = _lock(data, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ShellError(f"Hệ thống đang chạy trên thư mục dữ liệu này. Hãy dừng hệ thống rồi {what}.") from error
    try:
        yield
    finally:
        os.close(held)


def _lock(data: Path, how: int) -> int:
    while True:
        data.mkdir(parents=True, exist_ok=True)
        held = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(held, how)
        except OSError:
            os.close(held)
            raise
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(held), data.stat()):
                return held
        os.close(held)  # while this one waited, a restore put another folder in its place
