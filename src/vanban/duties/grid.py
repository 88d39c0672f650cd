"""Tables of a sheet → runs: the rows of one task table, however many pages and printed tables it is cut into."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from msgspec.structs import replace as replace_span

from vanban.duties.cells import fit
from vanban.duties.columns import (
    Columns,
    Head,
    Role,
    counts_columns,
    has_head,
    head,
    is_address,
    is_number,
    looks_like_tasks,
    names_bodies,
    read_like_tasks,
    year_of,
)
from vanban.duties.sections import alone, body_of
from vanban.fold import fold, squeeze
from vanban.labels import titles_part
from vanban.model import Span
from vanban.sheet import Line, Row, Sheet, Table
from vanban.syllables import run_on

_MARK = re.compile(r"[xX+✓✔√☑•*]|\(?[xX]\)?")
_AHEAD = 60
"""Rows below a head that are looked at, to tell what its columns hold: a head may be printed again on every page."""
_NOTES = 5
"""Lines of notes and page numbers that may stand between two pages of one table."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One cell, under the role of its column."""

    text: str = ""
    above: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a run below its head."""

    cells: dict[Role, Piece]
    span: Span
    after_cut: bool = False
    """The head was printed again, or another table began, just before it."""
    title: bool = False
    """No row: a line between two tables that titles what stands below it."""

    def text(self, role: Role) -> str:
        return self.cells[role].text if role in self.cells else ""

    def above(self, role: Role) -> bool:
        return role in self.cells and self.cells[role].above

    def filled(self) -> list[Role]:
        return [role for role, piece in self.cells.items() if piece.text]


@dataclass(slots=True)
class Run:
    """One task table."""

    columns: Columns
    span: Span
    headed: int = 0
    """Columns up to the last one with a head."""
    years: tuple[tuple[int, str], ...] = ()
    """Columns that are a year each, in which a mark says that the work is done then."""
    guessed: bool = False
    """The format has no merged cells: those marked so are the source's guess."""
    entries: list[Entry] = field(default_factory=list)


def runs(sheet: Sheet) -> tuple[list[Run], list[Table]]:
    """The task tables, and the tables that look like tasks but have no head that is understood."""
    found: list[Run] = []
    strange: list[Table] = []
    current: Run | None = None
    title: Line | None = None
    between = 0
    for block in sheet.blocks:
        if isinstance(block, Line):
            between += bool(block.text.strip())
            title = block if titles_part(block.text) else title
            if between > _NOTES or (_separates(block) and title is not block):
                current = title = None
            continue
        before, between, held = len(found), 0, len(current.entries) if current else -1
        if current and title:
            current.entries.append(Entry({"content": Piece(title.text.strip())}, title.span, title=True))
        last = current
        current, title = _read(block, current, found, sheet), None
        added = len(found) > before or (last is not None and len(last.entries) > held)
        if current is None and not added and (looks_like_tasks(block.rows) or read_like_tasks(block.rows)):
            strange.append(block)
    return found, strange


def _separates(line: Line) -> bool:
    """A title between two tables says that the second is another; page numbers and notes do not."""
    text = squeeze(line.text)
    return (text.isupper() and " " in text) or fold(text).startswith(("phu luc", "(kem theo", "bieu so", "bang so"))


def _read(table: Table, current: Run | None, found: list[Run], sheet: Sheet) -> Run | None:
    """Add the table's rows to the run they belong to; the run that is open at its end."""
    cut = True
    halved: Row | None = None
    at = 0
    while at < len(table.rows):
        row = table.rows[at]
        cut = cut or (sheet.paper and row.span.page != table.rows[at - 1].span.page)
        if printed := _head(table, at, current):
            if current is None or current.columns != printed.columns:
                headed = max(place for place, cell in enumerate(row.cells, 1) if cell.text.strip() or cell.left)
                years = _years(table.rows[at + printed.height - 1], printed.columns)
                current = Run(printed.columns, row.span, headed, years, guessed=sheet.format == "text")
                found.append(current)
            cut, at = True, at + printed.height
            if at < len(table.rows) and counts_columns(table.rows[at]):
                at += 1
            continue
        if at == 0 and has_head(row):
            return None if table.parent is None else current
        if current and len(row.cells) == len(current.columns):
            if cut and halved and (whole := _with_halves(halved, row, current)):
                row = whole
                del current.entries[-2:]
            parts = _parted(row, current)
            halved = row if len(parts) > 1 else None
            for part in parts:
                current.entries.append(_entry(part, current, after_cut=cut and bool(current.entries)))
                cut = False
        elif table.parent is None:
            current = None
        at += 1
    return current


def _head(table: Table, at: int, current: Run | None) -> Head | None:
    """The head that begins at a row. Below another only one like it, or one with a column of numbers: a duty's own
    words ("Đề án …", "Sở A chủ trì") may read like a head.
    """
    row = table.rows[at]
    below = table.rows[at + 1] if at + 1 < len(table.rows) else None
    found = head(row, below) or (_leadless(table, at) if current is None else None)
    if found is None or (current and found.columns != current.columns and "number" not in found.columns):
        return None
    rows = table.rows[at + found.height : at + _AHEAD]
    return found if found.weak is None or names_bodies([row.cells[found.weak].text for row in rows]) else None


def _leadless(table: Table, at: int) -> Head | None:
    """The head of a table without a column of leads, where titles between the rows name the bodies."""
    row = table.rows[at]
    below = table.rows[at + 1] if at + 1 < len(table.rows) else None
    found = head(row, below, led=False)
    if found is None:
        return None
    titles = (alone(further) for further in table.rows[at + found.height : at + _AHEAD])
    return found if any(title and body_of(title) for title in titles) else None


def _parted(row: Row, run: Run) -> list[Row]:
    """The row; and another that was put behind it in the columns without a head. None for a portal's own address."""
    texts = [cell.text.strip() for cell in row.cells]
    if is_address(texts):
        return []
    starts = (at for at in range(run.headed, len(texts) - 1) if is_number(texts[at]) and texts[at + 1])
    start = next(starts, None)
    if start is None:
        return [row]
    blanks = [replace(cell, text="") for cell in row.cells]
    parts = (row.cells[: run.headed], row.cells[start : start + run.headed])
    return [replace(row, cells=(*part, *blanks[len(part) :])) for part in parts]


def _with_halves(above: Row, row: Row, run: Run) -> Row | None:
    """A row of two that a page's end cut: what goes on below has no number on either side."""
    if row.cells[0].text.strip() or not any(cell.text.strip() for cell in row.cells[run.headed :]):
        return None
    cells = (
        replace(cell, text=run_on(cell.text, below.text)) for cell, below in zip(above.cells, row.cells, strict=True)
    )
    return replace(above, cells=tuple(cells), span=replace_span(above.span, end=row.span.end))


def _entry(row: Row, run: Run, *, after_cut: bool) -> Entry:
    cells: dict[Role, Piece] = {}
    for role, cell in zip(run.columns, fit(row.cells, run.columns, guessed=run.guessed), strict=True):
        if role not in cells or role != "other":
            cells[role] = Piece(cell.text.strip(), cell.above, cell.left)
        elif cell.text.strip():
            cells[role] = Piece(f"{cells[role].text} {cell.text.strip()}".strip())
    if marked := [year for place, year in run.years if _MARK.fullmatch(row.cells[place].text.strip())]:
        cells["deadline"] = Piece(_span(marked))
    return Entry(cells, row.span, after_cut)


def _years(head: Row, columns: Columns) -> tuple[tuple[int, str], ...]:
    """The columns headed by nothing but a year, where no other column says when."""
    found = [(place, year) for place, cell in enumerate(head.cells) if (year := year_of(cell.text))]
    elsewhere = {role for place, role in enumerate(columns) if role == "deadline" and place not in dict(found)}
    return tuple(found) if len(found) > 1 and not elsewhere else ()


def _span(years: list[str]) -> str:
    """`2026 - 2028` for years that run on; else each of them."""
    runs_on = int(years[-1]) - int(years[0]) == len(years) - 1
    return years[0] if len(years) == 1 else f"{years[0]} - {years[-1]}" if runs_on else ", ".join(years)
