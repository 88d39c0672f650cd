"""A register's rows as a Reading: its text, with each row's place in it, file row by file row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiendo.work.directives.intake.grid import Cells, Page
from tiendo.work.directives.intake.rows import Entry
from vanban import model
from vanban.sheet import RawCell, SheetBuilder

READER = "register/1"
"""Version of this way of reading; each choice of columns is a reading of its own, told apart by a number behind it."""


def reading(
    pages: Sequence[Page], sheet: int, entries: Sequence[Entry], *, reader: str, heading: model.Heading
) -> model.Reading:
    """All sheets as text; the tasks, each with the spans of its rows. A span's row is that of the file, from 0, and its
    table the sheet: so that the way back ends in a row that can be looked up in the file itself.
    """
    builder = SheetBuilder("xlsx")
    spans: dict[tuple[int, int], model.Span] = {}
    tables = []
    for number, page in enumerate(pages):
        if page.title:
            builder.line(page.title)
        tables.append((number, page.rows, builder.table([_raw(row) for row in page.rows])))
    laid = builder.build()
    placed = {table.index: table for table in laid.tables()}
    for number, rows, index in tables:
        for row, cells in zip(placed[index].rows, rows, strict=True):
            spans[number, cells.number] = model.Span(
                start=row.span.start, end=row.span.end, table=number, row=cells.number - 1
            )
    return model.Reading(
        reader=reader,
        format="xlsx",
        text=laid.text,
        heading=heading,
        duties=tuple(_duty(entry, [spans[sheet, row] for row in (entry.row, *entry.more)]) for entry in entries),
        doubts=tuple(doubt for index, entry in enumerate(entries) for doubt in _doubts(index, entry)),
    )


def _doubts(index: int, entry: Entry) -> Iterator[model.Doubt]:
    for note in entry.notes:
        yield model.Doubt(code="register", message=note[:1].upper() + note[1:], duty=index)


def _raw(row: Cells) -> list[RawCell]:
    return [RawCell(text, column in row.under, column in row.beside) for column, text in enumerate(row.texts)]


def _duty(entry: Entry, spans: Sequence[model.Span]) -> model.Duty:
    return model.Duty(
        origin="table",
        number=entry.number or None,
        content=entry.content,
        section=entry.section or None,
        lead_text=entry.lead_text,
        leads=entry.leads,
        coordinator_text=entry.coordinator_text,
        coordinators=entry.coordinators,
        deadline_text=entry.deadline_text,
        deadline=entry.deadline,
        product=entry.product or None,
        restricted=entry.restricted or None,
        spans=tuple(spans),
    )
