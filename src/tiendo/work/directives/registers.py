"""An office's own register as it would be taken in: read from the store, its columns guessed or remembered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

import msgspec
from django.utils.translation import gettext

from tiendo.work.directives import storage
from tiendo.work.directives.errors import RegisterColumnsError, RegisterUnreadableError
from tiendo.work.directives.intake import columns, rows
from tiendo.work.directives.intake.columns import Mapped
from tiendo.work.directives.intake.grid import LARGEST, Page, pages
from tiendo.work.directives.intake.laying import READER
from tiendo.work.directives.models import Document, RegisterColumns

SUFFIXES = (".xlsx", ".xlsm", ".csv", ".tsv", ".txt")
"""What a register's file may be called."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A register under a choice of columns. `digest`: of what would be written, so that nothing else is."""

    pages: tuple[Page, ...]
    mapped: Mapped
    labels: list[str]
    taken: rows.Taken
    digest: str


def sheets(document: Document) -> tuple[Page, ...]:
    """The cells of the stored file. Raises RegisterUnreadableError."""
    path = storage.find(document.sha256, office=document.office_id) if document.sha256 else None
    if path is None:
        raise RegisterUnreadableError(what=gettext("không còn tệp gốc trong kho."))
    with path.open("rb") as file:
        return pages(file.read(LARGEST + 1))


def is_register(document: Document) -> bool:
    """Whether the rows of a document were taken in from an office's own register."""
    return document.readings.filter(reader__startswith=READER).exists()


def proposed(document: Document, found: tuple[Page, ...]) -> Mapped | None:
    """The columns that the office chose for such a head before, else those guessed. None: no head was found."""
    guessed = columns.guess(found)
    if guessed is None:
        return None
    labels = columns.labels_at(found[guessed.sheet], guessed.head, guessed.last)
    known = RegisterColumns.objects.filter(office=document.office_id, digest=columns.digest(labels)).first()
    if known is None:
        return guessed
    remembered = Mapped(guessed.sheet, guessed.head, guessed.last, known.columns)
    try:
        columns.check(found, remembered)
    except RegisterColumnsError:
        return guessed
    return remembered


def remembered(document: Document, labels: list[str]) -> bool:
    """Whether the office chose columns for such a head before."""
    return RegisterColumns.objects.filter(office=document.office_id, digest=columns.digest(labels)).exists()


def preview(document: Document, mapped: Mapped, *, today: date) -> Preview:
    """What would be taken in. Raises RegisterUnreadableError, RegisterColumnsError."""
    return previewed(sheets(document), mapped, today=today)


def previewed(found: tuple[Page, ...], mapped: Mapped, *, today: date) -> Preview:
    """The same, of cells at hand."""
    columns.check(found, mapped)
    page = found[mapped.sheet]
    taken = rows.read(page, mapped, today=today)
    told = msgspec.json.encode([mapped.sheet, taken.entries, taken.refused])
    labels = columns.labels_at(page, mapped.head, mapped.last)
    return Preview(found, mapped, labels, taken, hashlib.sha256(told).hexdigest())
