"""Rows written on one line each, as portals (`a | b`) and Markdown (`| a | b |`) hand them out.

Empty cells at the end may be missing, and a line may hold more than one row: the bar between two rows was the same as
that between two cells. The width is that of the head or, if greater, the commonest one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from vanban.labels import titles_part
from vanban.lexicon import load
from vanban.sheet import RawCell
from vanban.source.align import align, is_label

_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")
_LETTERHEAD_ROWS = 2
_WRAPPED_LINES = 40


@dataclass(slots=True)
class Flat:
    """A table, and what stood on its lines behind its rows."""

    rows: list[list[RawCell]]
    after: int
    """The line behind it."""
    tail: list[str] = field(default_factory=list)


def inline_cells(line: str) -> list[str] | None:
    """The cells of a row written on one line, [] for a rule between head and body, None if it is no row."""
    if " | " not in line and not (line.startswith("|") and line.endswith("|") and len(line) > 1):
        return None
    if _RULE.match(line):
        return []
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


def read_flat(lines: Sequence[str], start: int) -> Flat:
    """The table whose first row is `lines[start]`."""
    rows, ends = _collect(lines, start)
    if len(rows) <= _LETTERHEAD_ROWS:
        return Flat([[RawCell(cell) for cell in row] for row in rows], ends[-1] if ends else start + 1)
    width = _width(rows)
    whole: list[list[str]] = []
    tail: list[str] = []
    for row in rows:
        cut, behind = _cut(row, width)
        whole += cut
        tail += behind
    return Flat(align(whole, width), ends[-1], tail)


def _collect(lines: Sequence[str], start: int) -> tuple[list[list[str]], list[int]]:
    """The rows, and the line behind each."""
    rows: list[list[str]] = []
    ends: list[int] = []
    at, is_open = start, False
    while at < len(lines):
        cells = inline_cells(lines[at])
        if cells is None:
            stop = _wrapped(lines, at, rows, is_open=is_open)
            if stop == at:
                break
            if titles_part(lines[at]) and not is_open:
                rows.append([lines[at].strip()])
                ends.append(stop)
            else:
                rows[-1][-1] += "\n" + "\n".join(line.strip() for line in lines[at:stop])
                is_open = True
            at = stop
            continue
        at += 1
        if is_open and cells and rows:
            rows[-1][-1] += "\n" + cells[0]
            rows[-1] += cells[1:]
            ends[-1] = at
        elif cells:
            rows.append(cells)
            ends.append(at)
        is_open = lines[at - 1].startswith("|") and not lines[at - 1].rstrip().endswith("|")
    return rows, ends


def _wrapped(lines: Sequence[str], at: int, rows: list[list[str]], *, is_open: bool) -> int:
    """Where lines that are no rows end, if they belong to the table: a part's title, or the middle of a cell."""
    if len(rows) < _LETTERHEAD_ROWS:
        return at
    if not lines[at].strip():
        return at
    if titles_part(lines[at]) and not is_open:
        ahead = next((line for line in lines[at + 1 : at + 3] if line.strip()), "")
        return at + 1 if inline_cells(ahead) else at
    stop = at
    while stop < min(len(lines), at + _WRAPPED_LINES) and lines[stop].strip() and inline_cells(lines[stop]) is None:
        stop += 1
    following = inline_cells(lines[stop]) if stop < len(lines) else None
    if not following:
        return at
    goes_on = not is_label(following[0]) and len(rows[-1]) + len(following) - 1 <= len(rows[0])
    return stop if is_open or goes_on else at


def _width(rows: Sequence[Sequence[str]]) -> int:
    """That of the head; of a head in two rows, with the parts of the cell that the second row divides."""
    head, below = rows[0], rows[1]
    divided = 0 if is_label(below[0]) else len(head) - 1 + len(below)
    counts = Counter(map(len, rows[1:]))
    commonest, times = counts.most_common(1)[0]
    if divided and counts[divided]:
        return divided
    return max(len(head), commonest) if times > 1 else len(head)


@cache
def _portal() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, load("portals.toml")["phrases"])))


def _own_words(row: list[str]) -> tuple[list[str], list[str]]:
    """The cells of the document, and the portal's words that follow them on the line."""
    for index, cell in enumerate(row):
        if found := _portal().search(cell):
            before = [cell[: found.start()].strip()] if cell[: found.start()].strip() else []
            return [*row[:index], *before], [cell[found.start() :], *row[index + 1 :]]
    return row, []


def _cut(row: list[str], width: int) -> tuple[list[list[str]], list[str]]:
    """The rows that one line holds, and what stands behind them."""
    row, tail = _own_words(row)
    rows, rest = [row[:width]], row[width:]
    while any(rest):
        at = next((index for index in range(len(rest) - 1) if rest[index] and is_label(rest[index])), None)
        if at is None:
            return rows, [cell for cell in (*rest, *tail) if cell]
        if at:
            rows.append(rest[:at])
        rows.append(rest[at : at + width])
        rest = rest[at + width :]
    return rows, tail
