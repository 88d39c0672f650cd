"""A backup: one tar of the database, every original, a manifest with the SHA-256 of each, and that of the manifest.

Made while the system serves: the database by SQLite's own online copy, then the files that the copy speaks of (a stored
file never changes). An original that is not there, or not as it was, is named in the manifest, and the rest is saved.
Files that were never read are left out: one of them may turn out to carry a secrecy mark, and a copy in a backup could
not be wiped. The secret key is left out too: after a restore on another machine everybody signs in again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from tiendo.doors.commands.base import ShellError, why

FORMAT = "tiendo.backup/2"
UNSEALED = "tiendo.backup/1"
"""Of earlier versions, which did not keep the SHA-256 of the manifest."""
DATABASE = "tiendo.sqlite3"
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that belongs in the backup: its path in the data folder, where it lies now, its hash."""

    name: str
    path: Path
    sha256: str


class _Hashed:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self.digest.update(chunk)
        return chunk


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a database in use."""
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


@dataclass(frozen=True, slots=True)
class Written:
    """What an archive holds: how many originals; name and reason of those that could not be put in."""

    originals: int
    missing: dict[str, str]


def write(target: Path, *, database: Path, files: Iterator[Kept], left_out: int, at: datetime) -> Written:
    """Write the archive beside its place, check it, then move it there. Raises OSError, ShellError."""
    part = target.with_name(f".{target.name}.part")
    inside: dict[str, dict[str, object]] = {}
    missing: dict[str, str] = {}
    try:
        with (
            os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as private,
            tarfile.open(fileobj=private, mode="w") as tar,
        ):
            _add(tar, Kept(DATABASE, database, _sha256(database)), inside)
            for kept in files:
                if reason := _not_as_known(kept):
                    missing[kept.name] = reason
                else:
                    _add(tar, kept, inside)
            manifest = {
                "format": FORMAT,
                "made_at": at.isoformat(),
                "left_out_unread": left_out,
                "missing": missing,
                "files": inside,
            }
            body = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
            _add_text(tar, MANIFEST, body)
            _add_text(tar, SEAL, hashlib.sha256(body).hexdigest().encode())
        unpack(part, None)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return Written(len(inside) - 1, missing)


def _not_as_known(kept: Kept) -> str | None:
    try:
        found = _sha256(kept.path)
    except OSError as error:
        return why(error)
    return None if found == kept.sha256 else "nội dung đã thay đổi, mã băm không khớp"


def _add_text(tar: tarfile.TarFile, name: str, body: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.mode, entry.size = 0o600, len(body)
    tar.addfile(entry, io.BytesIO(body))


def _add(tar: tarfile.TarFile, kept: Kept, inside: dict[str, dict[str, object]]) -> None:
    with kept.path.open("rb") as file:
        entry = tar.gettarinfo(arcname=kept.name, fileobj=file)
        entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
        hashed = _Hashed(file)
        tar.addfile(entry, hashed)
    if hashed.digest.hexdigest() != kept.sha256:
        raise ShellError(f"Tệp {kept.name} thay đổi trong lúc sao lưu. Chưa sao lưu; hãy chạy lại.")
    inside[kept.name] = {"sha256": kept.sha256, "size": entry.size}


def unpack(source: Path, folder: Path | None) -> dict[str, Any]:
    """Check every member against the manifest, unpacking into an empty `folder` on the way (None: only check).

    Raises ShellError at the first thing that is not as the manifest says. Returns the manifest.
    """
    found: dict[str, str] = {}
    texts: dict[str, bytes] = {}
    try:
        with tarfile.open(source, "r:") as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isreg() else None
                if file is None or not _plain(member.name) or member.name in {*found, *texts}:
                    raise ShellError(f"Bản sao lưu có mục lạ: {member.name}.")
                if member.name in {MANIFEST, SEAL}:
                    texts[member.name] = file.read()
                else:
                    found[member.name] = _copy(file, folder / member.name if folder else None)
        manifest = _manifest(texts)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ShellError("Bản sao lưu bị hỏng hoặc không phải do “tiendo backup” tạo ra.") from error
    expected = {name: facts["sha256"] for name, facts in manifest["files"].items()}
    if wrong := sorted(set(found.items()) ^ set(expected.items())):
        raise ShellError(f"Bản sao lưu không còn nguyên vẹn: {wrong[0][0]}.")
    return manifest


def _manifest(texts: dict[str, bytes]) -> dict[str, Any]:
    """Raises ShellError, ValueError."""
    body = texts.get(MANIFEST, b"")
    manifest = json.loads(body) if body else None
    if not isinstance(manifest, dict) or manifest.get("format") not in {FORMAT, UNSEALED}:
        raise ShellError("Bản sao lưu không đầy đủ: thiếu bảng kê, hoặc bảng kê thuộc phiên bản khác.")
    if manifest["format"] == FORMAT and texts.get(SEAL) != hashlib.sha256(body).hexdigest().encode():
        raise ShellError("Bản sao lưu không còn nguyên vẹn: bảng kê đã thay đổi sau khi sao lưu.")
    return manifest


def _plain(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _copy(file: IO[bytes], target: Path | None) -> str:
    hashed = _Hashed(file)
    if target is None:
        while hashed.read(CHUNK):
            pass
        return hashed.digest.hexdigest()
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("xb") as out:
        while chunk := hashed.read(CHUNK):
            out.write(chunk)
    return hashed.digest.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sound(database: Path) -> bool:
    """SQLite's own word on a database file."""
    try:
        with closing(sqlite3.connect(database)) as copy:
            return bool(copy.execute("PRAGMA integrity_check").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
