"""The history as a file: exactly the events that the page lists, all of them, in its columns."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from xlsxwriter import Workbook

from tiendo.doors.desk.history.sentences import plain, sentences
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.queries import Rights

CHUNK = 500
MOST_XLSX = 50_000
"""Rows of a workbook; more come as CSV."""
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""
WIDTHS = (9, 17, 26, 34, 60, 40, 90)


def heads() -> list[str]:
    """Of the columns."""
    return [
        gettext("Số"), gettext("Lúc"), gettext("Ai"), gettext("Việc"), gettext("Đối tượng"), gettext("Chi tiết"),
        gettext("Cả câu"),
    ]  # fmt: skip


def rows(events: QuerySet[Event], rights: Rights | None) -> Iterator[list[str]]:
    """Cells of each of these events, which come newest first (walk.newest_first): some hundred are held at a time."""
    last: int | None = None
    language = get_language()
    while True:
        older = events if last is None else events.filter(sequence__lt=last)
        chunk = list(older[:CHUNK])
        with override(language):  # whoever takes the rows may come after the request is over
            cells = [_cells(row) for row in sentences(chunk, rights)]
        yield from cells
        if len(chunk) < CHUNK:
            return
        last = chunk[-1].sequence


def csv_lines(events: QuerySet[Event], rights: Rights | None) -> Iterator[str]:
    """Comma-separated, UTF-8 with the mark by which a spreadsheet knows it."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield "\ufeff"
    for cells in _with(heads(), rows(events, rights)):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def xlsx(events: QuerySet[Event], rights: Rights | None) -> IO[bytes]:
    """A workbook in a file that goes when it is closed. Texts stay texts: no cell is ever taken for a formula."""
    out = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        sheet = book.add_worksheet(gettext("Nhật ký"))
        bold = book.add_format({"bold": True, "border": 1, "bg_color": "#E8ECF0"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        for line, cells in enumerate(_with(heads(), rows(events, rights))):
            for place, text in enumerate(cells):
                sheet.write_string(line, place, text, cell if line else bold)
        sheet.freeze_panes(1, 0)
    out.seek(0)
    return out


def _with(first: list[str], others: Iterator[list[str]]) -> Iterator[list[str]]:
    yield first
    yield from others


def _cells(row: dict[str, Any]) -> list[str]:
    count = f" ({row['count']} {row['unit']})".replace(" )", ")") if row["count"] is not None else ""
    return [
        str(row["sequence"]),
        f"{timezone.localtime(row['at']):%H:%M:%S %d/%m/%Y}",
        str(row["who"]),
        f"{row['what']}{count}",
        ", ".join(one["label"] for one in row["objects"]),
        "; ".join(row["details"]),
        plain(row),
    ]
