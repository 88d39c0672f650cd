"""Rows as law portals hand them out: cells between bars, on one line (`a | b`) or with each bar on a line of its own.

    |            a bar alone opens a row,
    STT          a cell may take several lines,
    |            a bar stands between two cells,
    Nội dung
    |            a bar closes the row; two bars follow each other where one row ends and the next begins,
    |            three where a cell beside that border is empty.

Bars alone do not say which cells are merged. The width is that of the head or, if greater, the commonest one; a row is then read
so that it fills the width if it can.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban.sheet import RawCell

_RULE = re.compile(r"^[\s|:+-]*-[\s|:+-]*$")
_LABEL = re.compile(r"^(?:\(?[0-9]+(?:\.[0-9]+)*|[IVXLC]+|[A-ZĐa-zđ])[.)/:-]?$")
_OUTSIDE = re.compile(r"^(?:PHỤ LỤC|Phụ lục|QUYẾT ĐỊNH|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|Điều 1)\b")

Grid = list[list[RawCell]]


def is_bar(line: str) -> bool:
    return line.strip() == "|"


def inline_cells(line: str) -> list[str] | None:
    """The cells of a row written on one line, [] for a rule between head and body, None if it is no row."""
    if " | " not in line and not (line.startswith("|") and line.endswith("|") and len(line) > 1):
        return None
    if _RULE.match(line):
        return []
    return [cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")]


@dataclass(slots=True)
class _Run:
    """Texts of a region in order, and how many bars follow each."""

    opening: int = 0
    texts: list[list[str]] = field(default_factory=list)
    bars: list[int] = field(default_factory=list)


def read_bars(lines: Sequence[str], start: int) -> tuple[Grid, int]:
    """The grid whose first bar is `lines[start]`, and the index of the first line after it."""
    run, ends = _collect(lines, start)
    width = _width(run)
    rows, used = _rows(run, width)
    grid = [_align(row, width) for row in rows]
    return grid, ends[used]


def _collect(lines: Sequence[str], start: int) -> tuple[_Run, list[int]]:
    """Everything up to the bar that is followed by a blank line; `ends[k]` is the line after the bars that follow k texts."""
    run, at = _Run(), start
    while at < len(lines) and is_bar(lines[at]):
        at += 1
    run.opening, ends = at - start, [at]
    while at < len(lines) and lines[at].strip():
        close = at
        while close < len(lines) and not is_bar(lines[close]):
            close += 1
        after = close
        while after < len(lines) and is_bar(lines[after]):
            after += 1
        if close == after or (run.texts and _outside(lines[at], run.bars[-1])):
            break
        run.texts.append([line.strip() for line in lines[at:close] if line.strip()])
        run.bars.append(after - close)
        ends.append(after)
        at = after
    return run, ends


def _outside(line: str, bars: int) -> bool:
    """A title right behind a single bar: the table has ended, and what follows stands between two tables."""
    return bars == 1 and bool(_OUTSIDE.match(line.strip()))


def _width(run: _Run) -> int:
    lengths, length = [], run.opening - 1
    for bars in run.bars:
        length += 1
        if bars > 1:
            lengths.append(length)
            length = 0
    if length > 0:
        lengths.append(length)
    commonest = Counter(lengths).most_common(1)
    return max(lengths[0], commonest[0][0]) if commonest else 1


def _rows(run: _Run, width: int) -> tuple[list[list[str]], int]:
    """Rows of texts, and how many texts they took: the rest stands behind the table."""
    rows: list[list[str]] = []
    row = [""] * max(0, run.opening - 1)
    for index, (text, bars) in enumerate(zip(run.texts, run.bars, strict=True)):
        row.append("\n".join(text))
        missing = width - len(row)
        if bars == 1:
            if missing > 0 or index + 1 == len(run.texts):
                continue
            rows.append(row)
            return rows, index + 1
        if missing > bars - 1 and _fills(run, index + 1, len(row) + bars - 1, width):
            row += [""] * (bars - 1)
            continue
        trailing = min(max(missing, 0), bars - 2)
        rows.append(row + [""] * trailing)
        row = [""] * (bars - 2 - trailing if index + 1 < len(run.texts) else 0)
    if row:
        rows.append(row)
    return rows, len(run.texts)


def _fills(run: _Run, index: int, taken: int, width: int) -> bool:
    """Whether the texts from `index` on, put behind `taken` cells, end their row exactly at the width."""
    while index < len(run.texts) and taken < width:
        taken += 1
        bars = run.bars[index]
        if bars > 1 and 0 <= width - taken <= bars - 2:
            return True
        taken += bars - 1
        index += 1
    return taken == width and index == len(run.texts)


def _align(row: list[str], width: int) -> list[RawCell]:
    """A short row is a title over several columns, or stands beside cells that reach down from the row above."""
    missing = width - len(row)
    cells = [RawCell(text) for text in row]
    if missing <= 0:
        return cells
    if len(row) > 1 and row[0] and not _LABEL.match(row[0]):
        return [RawCell("", above=True)] * missing + cells
    return cells + [RawCell("", left=True)] * missing
