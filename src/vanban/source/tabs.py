"""Rows whose cells are parted by tabs, as spreadsheets and text recognition write them.

A cell may take several lines: a row is whole when it has as many tabs as the first one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.labels import titles_part
from vanban.sheet import RawCell
from vanban.source.align import is_label
from vanban.source.pipes import is_outside

_ITEM = re.compile(r"^(?:\(?[0-9]+(?:\.[0-9]+)*|[IVXLC]+|[A-ZĐa-zđ]|Điều [0-9]+)[.)/:-]*$|^[-–+•●*]$")

_PAIR = 2


def is_row(line: str) -> bool:
    """A line with a tab between two things, other than an indented line or a list item set off by a tab."""
    cells = line.rstrip(" ").split("\t")
    if len(cells) == 1 or not any(map(str.strip, cells)):
        return False
    return len(cells) > _PAIR or bool(cells[0].strip() and not _ITEM.match(cells[0].strip()))


def read_rows(lines: Sequence[str], start: int) -> tuple[list[list[RawCell]], int]:
    """The rows from `lines[start]` on that share its layout, and the index of the first line after them."""
    width = _divided(lines, start) or lines[start].count("\t") + 1
    stop = _stop(lines, start, width)
    head = 2 if width > lines[start].count("\t") + 1 else 0
    rows = [line.split("\t") for line in lines[start : start + head]]
    for line in lines[start + head : stop]:
        cells = line.split("\t")
        if rows and _goes_on(rows[-1], cells, width):
            rows[-1][-1] += "\n" + cells[0]
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    return [_pad(row, width) for row in rows], stop


def _divided(lines: Sequence[str], start: int) -> int:
    """The width of a table whose second line holds nothing but the parts of one head of the first; 0 for any other."""
    if start + 2 >= len(lines):
        return 0
    first, parts, row = (lines[at].rstrip().split("\t") for at in range(start, start + 3))
    whole = all(cell.strip() for cell in (*first, *parts)) and 1 < len(parts) < len(first)
    return len(row) if whole and len(row) == len(first) - 1 + len(parts) and not is_label(parts[0].strip()) else 0


def _goes_on(row: list[str], cells: list[str], width: int) -> bool:
    """Whether a line is the rest of a row: it fits into the cells left, begins no other row and titles none."""
    first = cells[0].strip()
    if len(row) + len(cells) - 1 > width:
        return False
    if is_label(first) and len(cells) > 1 and (is_label(row[0].strip()) or not row[0].strip()):
        return False
    if len(cells) == 1 and titles_part(first):
        return False
    return 1 < len(row) < width or first[:1].islower()


def _stop(lines: Sequence[str], start: int, width: int) -> int:
    """Behind the last line that has a tab, before a blank line, a wider layout, or what begins another part."""
    stop, at = start + 1, start + 1
    while at < len(lines) and lines[at].strip(" ") and lines[at].count("\t") < width:
        if is_outside(lines[at].strip()):
            return stop
        if "\t" in lines[at]:
            stop = at + 1
        at += 1
    if stop < len(lines) and lines[stop].strip()[:1].islower():  # the last cell of the last row, wrapped
        while stop < at and lines[stop].strip()[:1].islower():
            stop += 1
    return stop


def _pad(row: list[str], width: int) -> list[RawCell]:
    cells = [RawCell("\n".join(part.strip() for part in cell.split("\n")).strip()) for cell in row]
    return cells + [RawCell("", left=True)] * (width - len(cells))
