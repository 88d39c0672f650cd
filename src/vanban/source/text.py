"""Plain text to `Sheet`: as portals, editors, PDF extraction and text recognition write it.

A printed line stays a line; one empty line stands for each run of blank ones. Each run of rows is a table as it stood:
heads repeated on a new page and rows cut by a page end are joined by whoever reads the table, not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.sheet import RawCell, Sheet, SheetBuilder
from vanban.source.align import align
from vanban.source.marks import clean
from vanban.source.pipes import inline_cells, is_bar, read_bars
from vanban.source.tabs import is_row, read_rows

_LEVEL = re.compile(r"^(#{1,6})(?:[ ]+|$)")
_LETTERHEAD_ROWS = 2


def read_text(text: str, *, encoding: str | None = None) -> Sheet:
    """The sheet of a decoded text. Never raises. A cell that took several lines holds newlines."""
    builder = SheetBuilder("text", encoding)
    pages = clean(text).split("\f")
    for number, page in enumerate(pages, 1):
        if len(pages) > 1:
            builder.page(number)
        _lay_page(builder, page.split("\n"))
    return builder.build()


def _lay_page(builder: SheetBuilder, lines: Sequence[str]) -> None:
    at, blank = 0, True
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            if not blank:
                builder.line("")
            at, blank = at + 1, True
            continue
        blank = False
        grid, after = _grid(lines, at)
        if grid:
            builder.table(grid)
        elif after == at:
            _lay_line(builder, line)
            after = at + 1
        at = after


def _grid(lines: Sequence[str], at: int) -> tuple[list[list[RawCell]], int]:
    """The rows of the table that begins at a line, and the line after it; no rows if none begins here."""
    line = lines[at]
    if is_bar(line):
        return read_bars(lines, at)
    if "|" in line and inline_cells(line) is not None:
        return _inline_rows(lines, at)
    if "\t" in line and is_row(line):
        return read_rows(lines, at)
    return [], at


def _inline_rows(lines: Sequence[str], at: int) -> tuple[list[list[RawCell]], int]:
    rows: list[list[str]] = []
    while at < len(lines) and (cells := inline_cells(lines[at])) is not None:
        if cells:
            rows.append(cells)
        at += 1
    if len(rows) > _LETTERHEAD_ROWS:
        return align(rows, max(map(len, rows))), at
    return [[RawCell(cell) for cell in row] for row in rows], at


def _lay_line(builder: SheetBuilder, line: str) -> None:
    text = line.replace("\t", " ").strip()
    level = _LEVEL.match(text)
    builder.line(text[level.end() :] if level else text, level=len(level[1]) if level else None)
