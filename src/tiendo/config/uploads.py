"""Where an upload that is too big for memory rests while it comes in: in the data folder, overwritten when it goes.

It may turn out to carry a secrecy mark, and until its first reading nobody knows. What is over the limit, or would fill
the disk, is let go by as it comes: it never lies on the disk whole.
"""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, TemporaryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives import storage
from tiendo.work.directives.errors import NoRoomError, UploadTooLargeError

NOUGHTS = b"\0" * (1 << 20)


class Resting(TemporaryUploadedFile):
    """Held by its process, so that a sweep knows the living from what a dead one left."""

    file: Any

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        fcntl.flock(self.file, fcntl.LOCK_EX)

    def close(self) -> None:
        if not self.file.closed:
            with suppress(OSError):  # what cannot be overwritten is removed all the same
                _overwrite(self.file)
        super().close()


class Refused(InMemoryUploadedFile):
    """In place of a file that was let go by: who would read it is told why."""

    def __init__(self, name: str, size: int, error: TiendoError) -> None:
        super().__init__(BytesIO(), None, name, None, size, None)
        self.error = error

    def read(self, *_arguments: Any) -> Any:
        raise self.error

    def chunks(self, *_arguments: Any) -> Any:
        raise self.error


class UploadHandler(TemporaryFileUploadHandler):
    """Django's, with a file of ours."""

    file: TemporaryUploadedFile
    refusal: TiendoError | None
    looked_at: int

    def new_file(self, *arguments: Any, **named: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*arguments, **named)
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
        self.file = Resting(self.file_name, self.content_type, 0, self.charset, self.content_type_extra)
        self.refusal, self.looked_at = None, 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self.refusal is None:
            try:
                self._require(start + len(raw_data))
                super().receive_data_chunk(raw_data, start)
            except TiendoError as why:
                self._refuse(why)
            except OSError as error:
                if error.errno not in storage.FULL:
                    raise
                self._refuse(NoRoomError())
        return None

    def file_complete(self, file_size: int) -> Any:
        if self.refusal is None:
            return super().file_complete(file_size)
        return Refused(self.file_name or "", file_size, self.refusal)

    def _require(self, size: int) -> None:
        if size > settings.UPLOAD_LIMIT_MB << 20:
            raise UploadTooLargeError(limit=settings.UPLOAD_LIMIT_MB)
        if size > self.looked_at:
            storage.require_room()
            self.looked_at = size + storage.STEP

    def _refuse(self, why: TiendoError) -> None:
        self.refusal = why
        self.file.close()


LONG_AGO = 24 * 3600
"""Seconds: no upload takes so long to be written."""


def sweep() -> int:
    """Overwrite and remove what processes that died left behind. Returns how many files."""
    swept = 0
    parts = Path(settings.DATA).glob("quarantine/*/.part-*")  # storage.put was cut off
    old = [path for path in parts if time.time() - path.stat().st_mtime > LONG_AGO]
    for path in [*Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*"), *old]:
        with suppress(OSError), path.open("r+b") as file:  # also: held by a living process, or gone meanwhile
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()
            _overwrite(file)
            swept += 1
    return swept


def _overwrite(file: IO[bytes]) -> None:
    left = os.fstat(file.fileno()).st_size
    file.seek(0)
    while left > 0:
        left -= file.write(NOUGHTS[:left])
    file.flush()
    os.fsync(file.fileno())
