"""Keeping the end of the chain outside the database."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tiendo.foundation.audit import heads
from tiendo.foundation.audit.queries import end
from tiendo.foundation.audit.rules import head_line


def export(*, folder: Path, at: datetime) -> tuple[int, str] | None:
    """Append today's number and digest to the file of heads, synced to disk; None when nothing was recorded since.

    Changes nothing in the database, so leaves no event. Raises OSError.
    """
    sequence, digest = end()
    if sequence == 0 or heads.last(folder) == (sequence, digest):
        return None
    day = timezone.localdate(at).isoformat()
    line = head_line(day=day, sequence=sequence, digest=digest, key=settings.AUDIT_KEYS[-1])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(folder / heads.NAME, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b") as file:
        whole = file.seek(0, os.SEEK_END) == 0 or _ends_a_line(file.fileno())
        file.write(("" if whole else "\n").encode() + f"{line}\n".encode())
        file.flush()
        os.fsync(file.fileno())
    return sequence, digest


def _ends_a_line(file: int) -> bool:
    """A line that was cut off (the disk was full) is closed first, so that it spoils no other."""
    return os.pread(file, 1, os.fstat(file).st_size - 1) == b"\n"
