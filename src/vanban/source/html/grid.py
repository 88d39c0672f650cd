"""The grid of an HTML table: which cell stands where, whatever its spans say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vanban.source.html.page import hidden

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_WIDEST = 64
"""Columns; what lies beyond is put into the last."""
_LARGEST = 400_000
"""Cells of the grid; spans beyond are cut to one cell."""
_LAYOUT = 0.6
"""Of a table's text stands in a table within it: then the outer one only arranges."""


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of the grid; None: covered from above or from the left, or missing."""

    element: HtmlElement | None
    above: bool = False
    left: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[Place, ...], ...]
    headers: frozenset[int]
    layout: bool

    def cells(self) -> Iterator[HtmlElement]:
        return (cell.element for row in self.rows for cell in row if cell.element is not None)


def grid_of(table: HtmlElement) -> Grid:
    """Rows and cells of this very table, those of tables within it left out."""
    lines = list(_lines(table))
    rows: list[list[Place]] = []
    headers: set[int] = set()
    open_cells: dict[int, tuple[int, bool]] = {}
    """By column: rows still covered from above, and whether from a cell that began further left."""
    room = _LARGEST
    for number, (line, head) in enumerate(lines):
        row: list[Place] = []
        cells = [cell for cell in line if cell.tag in {"td", "th"} and not hidden(cell)]
        for cell in cells:
            _covered(row, open_cells)
            if len(row) >= _WIDEST:
                break
            down, across = _span(cell, "rowspan", len(lines) - number), _span(cell, "colspan", _WIDEST - len(row))
            room -= down * across
            if room < 0:
                down = across = 1
            for step in range(across):
                if down > 1:
                    open_cells[len(row)] = (down - 1, step > 0)
                row.append(Place(None if step else cell, left=step > 0))
        _covered(row, open_cells)
        rows.append(row)
        if head or (cells and all(cell.tag == "th" for cell in cells)):
            headers.add(number)
    width = max((len(row) for row in rows), default=0)
    whole = tuple((*row, *[Place(None)] * (width - len(row))) for row in rows)
    return Grid(whole, frozenset(headers), width <= 1 or _arranges(table))


def _covered(row: list[Place], open_cells: dict[int, tuple[int, bool]]) -> None:
    while (reach := open_cells.get(len(row))) is not None:
        left, further = reach
        if left <= 1:
            del open_cells[len(row)]
        else:
            open_cells[len(row)] = (left - 1, further)
        row.append(Place(None, above=True, left=further))


def _lines(table: HtmlElement) -> Iterator[tuple[HtmlElement, bool]]:
    for part in table:
        if part.tag == "tr":
            if not hidden(part):
                yield part, False
        elif part.tag in {"thead", "tbody", "tfoot"} and not hidden(part):
            yield from ((line, part.tag == "thead") for line in part if line.tag == "tr" and not hidden(line))


def _span(cell: HtmlElement, name: str, most: int) -> int:
    """1 for nonsense; 0 reaches to the end (HTML standard, "attr-tdth-rowspan")."""
    said = (cell.get(name) or "1").strip()
    if not said.isdecimal() or len(said) > 9:  # noqa: PLR2004 - no table has a thousand million rows
        return 1
    return max(1, min(int(said) or most, most))


def _arranges(table: HtmlElement) -> bool:
    inner = next(table.iterdescendants("table"), None)
    if inner is None:
        return False
    most = max(_length(one) for one in table.iterdescendants("table") if _outermost(one, table))
    return most >= _LAYOUT * max(1, _length(table))


def _outermost(inner: HtmlElement, table: HtmlElement) -> bool:
    return next(inner.iterancestors("table")) is table


def _length(element: HtmlElement) -> int:
    return sum(len(text.strip()) for text in element.itertext())
