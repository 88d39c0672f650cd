"""Where the bytes lie: quarantine and store, two folders of the house's data; paths are made of ids and hashes only."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from tiendo.work.directives.errors import NoRoomError

CHUNK = 1 << 20
STEP = 16 << 20
"""Bytes after which the free room is looked at anew."""
FULL = {errno.ENOSPC, errno.EDQUOT}


def _folder(name: str) -> Path:
    return Path(settings.DATA) / name


def stored(sha256: str, *, office: int, quarantined: bool) -> Path:
    """Where this office keeps these bytes."""
    return _folder("quarantine" if quarantined else "files") / str(office) / sha256[:2] / sha256


def put(chunks: Iterable[bytes], *, office: int, limit: int) -> tuple[str, int] | None:
    """Write the bytes to the office's quarantine, synced to disk. Returns (SHA-256, size); None when over `limit` bytes
    (nothing is kept then). Raises NoRoomError before the disk is full.
    """
    folder = _folder("quarantine") / str(office)
    folder.mkdir(parents=True, exist_ok=True)
    digest, size, looked_at = hashlib.sha256(), 0, 0
    part = folder / f".part-{os.getpid()}-{os.urandom(8).hex()}"
    try:
        with part.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    return None
                if size > looked_at:
                    require_room()
                    looked_at = size + STEP
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        target = stored(digest.hexdigest(), office=office, quarantined=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        part.replace(target)
        return digest.hexdigest(), size
    except OSError as error:
        if error.errno in FULL:
            raise NoRoomError from error
        raise
    finally:
        part.unlink(missing_ok=True)


def require_room() -> None:
    """Room for one more step, beside what is left for the database and everything else. Raises NoRoomError."""
    if shutil.disk_usage(settings.DATA).free < STEP + (settings.DISK_RESERVE_MB << 20):
        raise NoRoomError


def release(sha256: str, *, office: int) -> None:
    """Move from quarantine to the store. Safe to repeat."""
    source = stored(sha256, office=office, quarantined=True)
    target = stored(sha256, office=office, quarantined=False)
    if source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)


def wipe(sha256: str, *, office: int) -> None:
    """Overwrite and remove the bytes, wherever they lie. (On copy-on-write disks the old blocks may outlive this: the
    office's rule for such machines is in docs/operations.)
    """
    for quarantined in (True, False):
        path = stored(sha256, office=office, quarantined=quarantined)
        if path.exists():
            with path.open("r+b") as file:
                for left in range(path.stat().st_size, 0, -CHUNK):
                    file.write(bytes(min(left, CHUNK)))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
    shutil.rmtree(pages(sha256, office=office), ignore_errors=True)


def pages(sha256: str, *, office: int) -> Path:
    """The folder of what is made from these bytes for the eye: it may be removed at any time, and is made again."""
    return _folder("pages") / str(office) / sha256[:2] / sha256


def scratch() -> Path:
    """Where a child may unpack what it reads."""
    folder = _folder("scratch")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep_scratch(*, before: float) -> int:
    """Remove what dead children left there, last touched before this time (seconds since 1970). Returns how many."""
    old = [path for path in _folder("scratch").glob("*") if path.stat().st_mtime < before]
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)


def find(sha256: str, *, office: int) -> Path | None:
    """The file, in the store or still in quarantine."""
    for quarantined in (False, True):
        path = stored(sha256, office=office, quarantined=quarantined)
        if path.exists():
            return path
    return None
