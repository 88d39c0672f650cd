"""A ZIP that is sent while it is made: of what it holds, one piece is in memory at a time."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the ZIP: its name there, its bytes piece by piece (asked for when its turn comes)."""

    name: str
    chunks: Iterable[bytes]


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """A file from where it stands, closed at the end."""
    with file:
        while chunk := file.read(CHUNK):
            yield chunk


class _Sink(io.RawIOBase):
    """What was written and not yet sent. It cannot be sought in, so that ZipFile writes sizes behind the bytes."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._held += data
        return len(data)

    def taken(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


@dataclass(slots=True)
class Zipped:
    """`sums`: name → (SHA-256, size) of every member sent so far, for the manifest that comes last."""

    at: datetime
    sums: dict[str, tuple[str, int]] = field(default_factory=dict)

    def sent(self, members: Iterable[Member]) -> Iterator[bytes]:
        sink = _Sink()
        with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
            for member in members:
                yield from self._member(archive, sink, member)
        yield sink.taken()

    def _member(self, archive: ZipFile, sink: _Sink, member: Member) -> Iterator[bytes]:
        info = ZipInfo(member.name, timezone.localtime(self.at).timetuple()[:6])
        info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
        sha256, size = hashlib.sha256(), 0
        with archive.open(info, "w", force_zip64=True) as inside:
            for chunk in member.chunks:
                sha256.update(chunk)
                size += len(chunk)
                inside.write(chunk)
                if held := sink.taken():
                    yield held
        self.sums[member.name] = (sha256.hexdigest(), size)
