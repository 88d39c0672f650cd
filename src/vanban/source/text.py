"""Plain text to `Sheet`: as portals, editors, PDF extraction and text recognition write it.

A printed line stays a line; one empty line stands for each run of blank ones. Each run of rows is a table as it stood:
heads repeated on a new page and rows cut by a page end are joined by whoever reads the table, not here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.sheet import Sheet, SheetBuilder
from vanban.source.flat import Flat, inline_cells, read_flat
from vanban.source.marks import clean
from vanban.source.pipes import is_bar, read_bars
from vanban.source.tabs import is_row, read_rows

_LEVEL = re.compile(r"^(#{1,6})(?:[ ]+|$)")


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
        found = _grid(lines, at)
        if found.rows:
            builder.table(found.rows)
        elif found.after == at:
            _lay_line(builder, line)
            found.after = at + 1
        for tail in found.tail:
            _lay_line(builder, tail)
        at = found.after


def _grid(lines: Sequence[str], at: int) -> Flat:
    """The table that begins at a line; no rows, and the line itself, if none begins here."""
    line = lines[at]
    if is_bar(line):
        return Flat(*read_bars(lines, at))
    if "|" in line and inline_cells(line) is not None:
        return read_flat(lines, at)
    if "\t" in line and is_row(line):
        return Flat(*read_rows(lines, at))
    return Flat([], at)


def _lay_line(builder: SheetBuilder, line: str) -> None:
    text = line.replace("\t", " ").strip()
    level = _LEVEL.match(text)
    builder.line(text[level.end() :] if level else text, level=len(level[1]) if level else None)
