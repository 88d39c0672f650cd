"""The ends of the chain, kept day by day in a file outside the database: who can write the database cannot change it.

One line a day: day, number, digest, seal (rules.head_line). The file is only appended to; a copy on another machine is
what finds a chain that was cut or made anew by somebody who has the whole of this machine, the key included.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from tiendo.foundation.audit.errors import HeadsUnsoundError
from tiendo.foundation.audit.rules import head_line, key_name, same

NAME = "heads.txt"
LINE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{1,18}) ([0-9a-f]{64}) ([0-9a-f]{12}):[0-9a-f]{64}")


def read(folder: Path, keys: Sequence[str]) -> dict[int, set[str]]:
    """Number → digests, of every head in every `*.txt` there (a copy from elsewhere may be laid beside ours).

    Raises HeadsUnsoundError at the first line that is none, or whose seal was not made by the key it names; a line of a
    key that is not known here still counts: it can only make the check stricter. Raises OSError.
    """
    found: dict[int, set[str]] = {}
    named = {key_name(key): key for key in keys}
    for path in sorted(folder.glob("*.txt")):
        for number, line in _lines(path):
            match = LINE.fullmatch(line)
            if match is None or not _genuine(match, named):
                raise HeadsUnsoundError(file=path, line=number)
            found.setdefault(int(match[2]), set()).add(match[3])
    return found


def last(folder: Path) -> tuple[int, str] | None:
    """Number and digest of the newest head of our own file. Raises OSError."""
    match = _newest(folder)
    return (int(match[2]), match[3]) if match else None


def last_day(folder: Path) -> str:
    """The day (ISO) of the newest head of our own file; empty where there is none. Raises OSError."""
    match = _newest(folder)
    return match[1] if match else ""


def _newest(folder: Path) -> re.Match[str] | None:
    lines = [line for _, line in _lines(folder / NAME)] if (folder / NAME).exists() else []
    return LINE.fullmatch(lines[-1]) if lines else None


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _genuine(match: re.Match[str], keys: dict[str, str]) -> bool:
    key = keys.get(match[4])
    return key is None or same(match[0], head_line(day=match[1], sequence=int(match[2]), digest=match[3], key=key))
