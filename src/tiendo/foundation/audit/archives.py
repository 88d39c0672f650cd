"""A copy of the chain in one file that proves itself. Nothing is taken out of the database.

Lines of JSON, gzipped: `{"format": "tiendo.audit/1", "made_at": …}`; a list of FIELDS for each event, from the first;
`{"last": n, "digest": …, "sha256": of all lines before, "signature": key:HMAC of that}`.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from tiendo.foundation.audit.chain import Break, Walk
from tiendo.foundation.audit.errors import ArchiveUnsoundError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import key_name, same, signature

FORMAT = "tiendo.audit/1"
FIELDS = ("sequence", "at", "actor", "verb", "subject", "office", "data", "previous", "digest", "seal")


@dataclass(frozen=True, slots=True)
class Archived:
    """Number and digest of the last event in a file; where its chain breaks, or the table does not go on from it."""

    last: int
    digest: str
    broken: Break | None = None


class _Lines:
    """What is written or read, hashed line by line."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def seen(self, line: bytes) -> bytes:
        self.sha256.update(line)
        return line


def write(out: IO[bytes], events: Iterable[Event], *, at: datetime, key: str) -> Archived:
    """These events, which begin with the first. Raises OSError."""
    lines, number, digest = _Lines(), 0, ""
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as packed:
        packed.write(lines.seen(_json({"format": FORMAT, "made_at": at.isoformat()})))
        for event in events:
            packed.write(lines.seen(_json([_plain(getattr(event, name)) for name in FIELDS])))
            number, digest = event.sequence, event.digest
        whole = lines.sha256.hexdigest()
        packed.write(_json({"last": number, "digest": digest, "sha256": whole, "signature": signature(whole, key)}))
    return Archived(number, digest)


def check(path: Path, keys: Sequence[str], heads: Mapping[int, set[str]]) -> Archived:
    """The file's signature, its chain, its seals, the heads that fall into it; and that the table holds the same event
    as its last. Raises ArchiveUnsoundError where it is not a whole file of ours, OSError.
    """
    try:
        with gzip.open(path, "rb") as packed:
            walk, told = Walk(keys, heads), _Told(packed)
            if broken := walk.over(told) or walk.ended():
                return Archived(walk.expected - 1, walk.previous, broken)
        end = told.end(keys)
    except (EOFError, gzip.BadGzipFile, zlib.error, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ArchiveUnsoundError from error
    if not Event.objects.filter(sequence=end.last, digest=end.digest).exists():
        return Archived(end.last, end.digest, Break(end.last, "replaced"))
    return end


class _Told:
    """The events of a file, one by one; its last line when they are through."""

    def __init__(self, packed: gzip.GzipFile) -> None:
        self._packed, self._lines = packed, _Lines()
        self._last: dict[str, Any] = {}

    def __iter__(self) -> Iterator[Event]:
        first = json.loads(self._lines.seen(self._packed.readline()))
        if first["format"] != FORMAT:
            raise ValueError(first["format"])
        for line in self._packed:
            said = json.loads(line)
            if isinstance(said, dict):
                self._last = said
                return
            self._lines.seen(line)
            yield Event(**{**dict(zip(FIELDS, said, strict=True)), "at": datetime.fromisoformat(said[1])})

    def end(self, keys: Sequence[str]) -> Archived:
        """Raises ValueError, LookupError where the signature does not hold."""
        said = self._last
        key = {key_name(key): key for key in keys}[said["signature"].partition(":")[0]]
        whole = self._lines.sha256.hexdigest()
        if said["sha256"] != whole or not same(said["signature"], signature(whole, key)):
            raise ValueError(whole)
        return Archived(said["last"], said["digest"])


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _plain(value: object) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
