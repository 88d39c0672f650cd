"""Documents that LibreOffice knows and we do not: `.doc`, `.rtf`, `.odt` become DOCX, and that is read.

LibreOffice drops a table of an old `.doc` now and then (one that holds another table), so what antiword reads of the
same file is counted against it, word by word; without LibreOffice antiword's text is read, with its tables as columns
of text.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Literal

from vanban.doubts import doubt
from vanban.errors import Locked, VanbanError
from vanban.fold import nfc
from vanban.model import Doubt
from vanban.sheet import Sheet
from vanban.source import confined
from vanban.source.docx import read_docx
from vanban.source.limits import Limits
from vanban.source.refusals import unreadable
from vanban.source.text import read_text

Office = Literal["doc", "rtf", "odt"]
SECONDS = 120
MEGABYTES = 6144
"""Of address space, most of which LibreOffice never touches."""
_ANTIWORD_SECONDS, _ANTIWORD_MEGABYTES = 30, 512
_LOST = 0.05
"""Of the words that antiword found: so many missing are told."""
_PLACES = ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice")
_IMPORT = {"doc": "MS Word 97", "rtf": "Rich Text Format", "odt": "writer8", "docx": "MS Word 2007 XML"}
_BAR = re.compile(r"^\|.*\|.*\|\s*$", re.MULTILINE)
"""How antiword prints a row."""
_WORD = re.compile(r"\w+")


def read_office(data: bytes, kind: Office, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet and its margins. Raises Unreadable, Locked, TooLarge, as for DOCX."""
    with confined.folder() as folder:
        (folder / f"in.{kind}").write_bytes(data)
        said = _antiword(folder) if kind == "doc" else None
        made = converted(folder, kind, "docx")
    if made is not None:
        try:
            sheet, margins = read_docx(made, limits)
        except VanbanError as error:
            if said is None:
                raise unreadable("office_failed") from error
        else:
            if said and _BAR.search(said) and not any(sheet.tables()):
                return _by_antiword(said, kind), margins  # a table at the very end of an old document gets lost
            return replace(sheet, format=kind, doubts=(*sheet.doubts, *_compared(sheet, said))), margins
    if said:
        return _by_antiword(said, kind), ()
    raise unreadable("office_missing" if libreoffice() is None else "office_failed")


def _by_antiword(said: str, kind: Office) -> Sheet:
    sheet = read_text(nfc(said))
    return replace(sheet, format=kind, doubts=(*sheet.doubts, doubt("doc_by_antiword")))


def libreoffice() -> str | None:
    """Where LibreOffice is, if it is there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_pdf(data: bytes, kind: str) -> bytes | None:
    """A document as LibreOffice prints it, for the picture of its pages; None where that cannot be."""
    with confined.folder() as folder:
        (folder / f"in.{kind}").write_bytes(data)
        return converted(folder, kind, "pdf")


def converted(folder: Path, kind: str, into: Literal["docx", "pdf"]) -> bytes | None:
    """What LibreOffice makes of `in.KIND` in this folder. Each run has its own profile: two at once fail with one."""
    program = libreoffice()
    if program is None:
        return None
    command = [
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard", "--nologo"),
        *((f"--infilter={_IMPORT[kind]}",) if kind in _IMPORT else ()),
        *("--convert-to", "docx:MS Word 2007 XML" if into == "docx" else "pdf:writer_pdf_Export"),
        *("--outdir", str(folder / "out"), str(folder / f"in.{kind}")),
    ]
    confined.run(command, within=folder, seconds=SECONDS, megabytes=MEGABYTES)
    made = folder / "out" / f"in.{into}"
    return made.read_bytes() if made.is_file() else None


def _antiword(folder: Path) -> str | None:
    """The text of an old Word file; None without antiword, or where it can make nothing of the file. Raises Locked."""
    program = shutil.which("antiword")
    if program is None:
        return None
    command = [program, "-m", "UTF-8.txt", "-w", "0", str(folder / "in.doc")]
    result = confined.run(command, within=folder, seconds=_ANTIWORD_SECONDS, megabytes=_ANTIWORD_MEGABYTES)
    text = result.output.decode("utf-8", errors="replace")
    if result.code and "encrypted" in text.lower():
        raise Locked
    return text if not result.code and text.strip() else None


def _compared(sheet: Sheet, said: str | None) -> tuple[Doubt, ...]:
    """Figures and words without marks only: where an old font wrote the rest, the two readers spell it differently."""
    if said is None:
        return ()
    there = _plain_words(said)
    lost = there - _plain_words(sheet.text)
    if lost.total() <= _LOST * there.total():
        return ()
    return (doubt("doc_words_lost", count=str(lost.total()), words=", ".join(word for word, _ in lost.most_common(5))),)


def _plain_words(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(nfc(text).lower()) if word.isascii())
