"""Rows as law portals hand them out, with each bar on a line of its own.

    |            a bar alone opens a row,
    STT          a cell may take several lines,
    |            a bar stands between two cells,
    Nội dung
    |            a bar closes the row; two bars follow each other where one row ends and the next begins,
    |            three where a cell beside that border is empty.

Bars alone do not say which cells are merged. The width is that of the head or, if greater, the commonest one; a row is
then read so that it fills the width if it can.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from vanban import kinds
from vanban.sheet import RawCell
from vanban.source.align import align, is_label

_OUTSIDE = re.compile(r"#|Căn cứ|Điều 1\b|Phụ lục|PHỤ LỤC|Nơi nhận")


def is_bar(line: str) -> bool:
    return line.strip() == "|"


@dataclass(slots=True)
class _Run:
    """Texts of a region in order, how many bars follow each, and the line after those bars."""

    opening: int = 0
    texts: list[list[str]] = field(default_factory=list)
    bars: list[int] = field(default_factory=list)
    after: list[int] = field(default_factory=list)

    def segment(self, index: int) -> int:
        """How many texts follow one another from `index` on with a single bar between them."""
        end = index
        while end < len(self.bars) - 1 and self.bars[end] == 1:
            end += 1
        return end + 1 - index


def read_bars(lines: Sequence[str], start: int) -> tuple[list[list[RawCell]], int]:
    """The grid whose first bar is `lines[start]`, and the index of the first line after it."""
    run, after = _collect(lines, start)
    width = _width(run)
    rows, used = _rows(run, width)
    return align(rows, width), run.after[used - 1] if used else after


def _collect(lines: Sequence[str], start: int) -> tuple[_Run, int]:
    """Everything up to the bars that a blank line or a title follows."""
    run, at = _Run(), _skip_bars(lines, start)
    run.opening = at - start
    while at < len(lines) and lines[at].strip():
        close = at
        while close < len(lines) and not is_bar(lines[close]):
            close += 1
        if close == len(lines) or (run.bars[-1:] == [1] and is_outside(lines[at].strip())):
            break
        after = _skip_bars(lines, close)
        run.texts.append([line.strip() for line in lines[at:close] if line.strip()])
        run.bars.append(after - close)
        run.after.append(after)
        at = after
    return run, at


def is_outside(line: str) -> bool:
    """How text behind a table begins: a kind of document in capitals, an annex, a first article."""
    return bool(_OUTSIDE.match(line)) or (line.isupper() and kinds.canonical(line) is not None)


def _skip_bars(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and is_bar(lines[at]):
        at += 1
    return at


def _width(run: _Run) -> int:
    lengths, index, leading = [], 0, run.opening - 1
    while index < len(run.texts):
        length = run.segment(index)
        lengths.append(length + leading)
        index, leading = index + length, 0
    commonest = Counter(lengths).most_common(1)
    return max(lengths[0], commonest[0][0]) if commonest else 1


def _rows(run: _Run, width: int) -> tuple[list[list[str]], int]:
    """Rows of texts, and how many texts they took: the rest stands behind the table."""
    rows: list[list[str]] = []
    row = [""] * (run.opening - 1)
    fresh = True
    for index, (text, bars) in enumerate(zip(run.texts, run.bars, strict=True)):
        if fresh and (length := run.segment(index)) + len(row) > width:
            used = _before_outside(run, index, length, width - len(row))
            rows.append(row + ["\n".join(lines) for lines in run.texts[index:used]])
            return rows, used
        row.append("\n".join(text))
        fresh = bars > 1
        if not fresh:
            continue
        missing = width - len(row)
        if missing > bars - 1 and _goes_on(run, index, row, width):
            row += [""] * (bars - 1)
            fresh = False
            continue
        trailing = min(max(missing, 0), bars - 2)
        rows.append(row + [""] * trailing)
        row = [""] * (bars - 2 - trailing if index + 1 < len(run.texts) else 0)
    if row:
        rows.append(row)
    return rows, len(run.texts)


def _before_outside(run: _Run, index: int, length: int, width: int) -> int:
    """A row wider than the table is two tables with a text between them: behind a whole row, or the longest text."""
    if 0 < width < length - 1 and is_label("\n".join(run.texts[index])):
        return index + width
    return max(range(index + 1, index + length), key=lambda at: (len(run.texts[at]), -at))


def _begins_row(run: _Run, index: int) -> bool:
    return index == len(run.texts) or is_label("\n".join(run.texts[index]))


def _goes_on(run: _Run, index: int, row: list[str], width: int) -> bool:
    """Whether the bars behind text `index` hold empty cells: what follows fills the row, and begins no new one."""
    if not row[0] or not is_label(row[0]) or _begins_row(run, index + 1):
        return False
    taken = len(row) + run.bars[index] - 1
    for text in range(index + 1, len(run.texts)):
        taken += 1
        bars = run.bars[text]
        if taken >= width or (bars > 1 and width - taken <= bars - 2):
            return taken <= width and (bars > 1 or text + 1 == len(run.texts))
        taken += bars - 1
    return False
