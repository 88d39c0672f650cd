"""The pages of a document as pictures, and where its text stands on them.

Both are made in a child process with limits of its own, as readings are, and lie in a folder beside the files. Nothing
is lost with that folder: what is missing there is made again, pictures when they are looked at, the print of a Word
document by a job.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from django.conf import settings

from tiendo.work.directives import child, storage
from tiendo.work.directives.child_pages import PLACES, PRINT, put
from tiendo.work.directives.models import Document
from tiendo.work.directives.queries import Reading, reading_of
from vanban.model import Place

# As vanban.pages names them; loading that here would load the picture library into the web process.
LAID_OUT = frozenset({"docx", "doc", "rtf", "odt"})
PAGED = frozenset({"pdf", "scan"})
PRINT_SECONDS, PICTURE_SECONDS = 180, 30
ASKED_AGAIN = 600
"""Seconds after which a print that has not come is asked for again."""


def places_of(document: Document, reading: Reading) -> Sequence[Place]:
    """Where the text of the reading stands on its pages; nothing where it has none, or not yet."""
    if reading.format in PAGED:
        return reading.places
    return _decoded(_folder(document) / PLACES) if reading.format in LAID_OUT and document.sha256 else ()


def picture(document: Document, reading: Reading, number: int) -> Path | None:
    """A page as WebP, made when it is first asked for. None where there is no such page, or no picture of it."""
    if reading.format in PAGED:
        source = storage.find(document.sha256, office=document.office_id)
    else:
        source = _folder(document) / PRINT
    target = _folder(document) / f"{number}.webp"
    if not document.sha256 or source is None or not source.is_file():
        return None
    if not target.is_file():
        _run("picture", str(source), str(number), str(target), seconds=PICTURE_SECONDS)
    return target if target.is_file() else None


def ask(document: Document, reading: Reading, *, at: datetime) -> bool:
    """Have a Word document laid out, unless it is, or was asked for lately. Whether its pages are still to come."""
    if reading.format not in LAID_OUT or not document.sha256 or (_folder(document) / PLACES).is_file():
        return False
    from tiendo.work.directives.jobs import lay_out_document

    asked = _folder(document) / "asked"
    if not asked.is_file() or abs(at.timestamp() - asked.stat().st_mtime) > ASKED_AGAIN:
        asked.parent.mkdir(parents=True, exist_ok=True)
        asked.touch()
        os.utime(asked, (at.timestamp(), at.timestamp()))
        lay_out_document.enqueue(document.pk)
    return True


def lay_out(document: Document) -> None:
    """Print a Word document and find its words on the pages. Safe to repeat; where it fails, there are no places."""
    reading = reading_of(document)
    path = storage.find(document.sha256, office=document.office_id) if document.sha256 else None
    folder = _folder(document)
    if reading is None or path is None or reading.format not in LAID_OUT or (folder / PLACES).is_file():
        return
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=folder, prefix=".text-", encoding="utf-8") as text:
        text.write(reading.text)
        text.flush()
        _run("print", str(path), reading.format, text.name, str(folder), seconds=PRINT_SECONDS)
    if not (folder / PLACES).is_file():
        put(folder / PLACES, b"[]")


def print_docx(content: bytes) -> bytes | None:
    """Our own DOCX as PDF, as LibreOffice lays it out; None where it cannot (it is not installed, it took too long)."""
    Path(settings.DATA).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA, prefix="print-") as folder:
        source, text = Path(folder) / "paper.docx", Path(folder) / "text"
        source.write_bytes(content)
        text.write_text("")
        _run("print", str(source), "docx", str(text), folder, seconds=PRINT_SECONDS)
        printed = Path(folder) / PRINT
        return printed.read_bytes() if printed.is_file() else None


def _folder(document: Document) -> Path:
    return storage.pages(document.sha256, office=document.office_id)


def _decoded(path: Path) -> Sequence[Place]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=tuple[Place, ...])
    except (OSError, msgspec.MsgspecError):
        return ()


def _run(*arguments: str, seconds: int) -> None:
    limits = (str(seconds), str(settings.READING_MEMORY_MB))
    command = [sys.executable, "-m", "tiendo.work.directives.child_pages", *limits, *arguments]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=child.environment(),
        start_new_session=True,
    ) as process:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
