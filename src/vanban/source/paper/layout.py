"""Pages to `Sheet`: ruled tables carried on over page ends, blocks side by side, paragraphs; running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vanban.duties.columns import is_number
from vanban.fold import fold
from vanban.labels import read_label
from vanban.sheet import RawCell, SheetBuilder
from vanban.source.paper.page import Page, Word
from vanban.source.paper.print import Printed, Said, in_cell, lines_of, said, sides
from vanban.source.paper.ruled import Grid, grids
from vanban.syllables import torn

_EDGE = 2
"""Lines at the top and at the bottom of a page that may be its running head or foot."""
_OFTEN = 3
"""Pages on which a line must stand to be one."""
_NUMBER = re.compile(r"^[-–—\s]*(?:trang\s*)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_GAP = 18.0
"""Points of white that may part two blocks side by side."""
_APART, _APART_SCANNED = 2.4, 3.2
"""Line heights: two lines further apart do not belong together."""
_REACH = 0.06
"""Of the page's width: a line that ends so near to the right margin goes on."""
_INDENT = 9.0
_CENTRE = 0.03
_SAME = 8.0
"""Points: so far the columns of one table may stand off on the next page."""
_HEADS = 3
_MOTTOS = (("cong", "hoa", "xa", "hoi"), ("dang", "cong", "san", "viet", "nam"))
"""How the right side of a letterhead begins (Decree 30/2020/NĐ-CP, Appendix I; Guidance 05-HD/VPTW)."""
_MOTTO_LETTERS = frozenset("CĐÐD")


@dataclass(slots=True)
class _Cell:
    said: Said = field(default_factory=Said)
    above: bool = False
    left: bool = False


@dataclass(slots=True)
class _Table:
    rows: list[list[_Cell]]
    pages: list[int]
    columns: tuple[float, ...]


@dataclass(slots=True)
class _Para:
    lines: list[Printed]
    centred: bool = False


Block = _Table | _Para | list[list[Printed]]
"""A table, a paragraph, or two columns of lines side by side."""


def lay(pages: Iterable[Page], builder: SheetBuilder) -> tuple[str, ...]:
    """Lay pages down in reading order. Returns the running heads and feet that were left out."""
    held = [(page, grids(page)) for page in pages]
    lines = [lines_of(_outside(page, tables), page) for page, tables in held]
    margins = _margins(lines)
    dropped: list[str] = []
    open_block: Block | None = None
    for (page, tables), printed in zip(held, lines, strict=True):
        kept = [line for line in printed if not _is_margin(line, page, margins, dropped, printed)]
        blocks = _blocks(page, tables, kept)
        if blocks and open_block is not None:
            blocks = _carried(open_block, blocks)
        for block in blocks[:-1]:
            _put(builder, block)
        open_block = blocks[-1] if blocks else open_block
    if open_block is not None:
        _put(builder, open_block)
    return tuple(dict.fromkeys(dropped))


def _outside(page: Page, tables: Sequence[Grid]) -> list[Word]:
    return [word for word in page.words if all(grid.place(word) is None for grid in tables)]


# -- running heads and feet --------------------------------------------------------------------------------------------


def _margins(pages: Sequence[Sequence[Printed]]) -> Counter[tuple[str, int]]:
    """What stands at the edges of pages, figures apart, and at which height: how often."""
    return Counter(key for lines in pages for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})


def _key(line: Printed) -> tuple[str, int]:
    return _DIGITS.sub("#", fold(line.text)), round(line.box.top / line.page.height * 40)


def _is_margin(
    line: Printed, page: Page, often: Counter[tuple[str, int]], dropped: list[str], lines: Sequence[Printed]
) -> bool:
    height = (line.box.top + line.box.bottom) / 2 / page.height
    if not (height < 0.12 or height > 0.88) or line not in (*lines[:_EDGE], *lines[-_EDGE:]):  # noqa: PLR2004 - shares of the page
        return False
    text, at = _key(line)
    times = sum(often[text, at + step] for step in (-1, 0, 1))
    if _NUMBER.match(line.text) or times >= _OFTEN:
        dropped.append(line.text)
        return True
    return False


# -- one page ----------------------------------------------------------------------------------------------------------


def _blocks(page: Page, tables: Sequence[Grid], lines: Sequence[Printed]) -> list[Block]:
    """Tables and text of one page, from the top."""
    blocks: list[Block] = []
    rest = list(lines)
    for grid in tables:
        above = [line for line in rest if line.box.bottom <= grid.box.top + line.height / 2]
        rest = rest[len(above) :]
        blocks += _text(above)
        blocks.append(_table(grid, page))
    blocks += _text(rest)
    return blocks


def _table(grid: Grid, page: Page) -> _Table:
    columns, rows = len(grid.down) - 1, len(grid.across) - 1
    table = [[_Cell() for _ in range(columns)] for _ in range(rows)]
    owner: dict[tuple[int, int], int] = {}
    for index, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rows):
            for column in range(cell.column, cell.column + cell.columns):
                owner[row, column] = index
                if (row, column) != (cell.row, cell.column):
                    table[row][column] = _Cell(above=row > cell.row, left=column > cell.column)
    words: dict[int, list[Word]] = {}
    for word in page.words:
        place = grid.place(word)
        if place is not None:
            words.setdefault(owner[place], []).append(word)
    for index, held in words.items():
        cell = grid.cells[index]
        table[cell.row][cell.column].said = in_cell(lines_of(held, page), cell.box.left, cell.box.right)
    return _Table(table, [page.number] * rows, grid.down)


def _text(lines: Sequence[Printed]) -> list[Block]:
    """Paragraphs, and blocks that stand side by side."""
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        end, gap = _side_by_side(lines, at)
        if gap is None:
            start, at = at, at + 1
            while at < len(lines) and _side_by_side(lines, at)[1] is None:
                at += 1
            blocks += _paragraphs(lines[start:at])
            continue
        columns: list[list[Printed]] = [[], []]
        for line in lines[at:end]:
            for words in ([w for w in line.words if w.box.left < gap], [w for w in line.words if w.box.left >= gap]):
                if words:
                    columns[words[0].box.left >= gap].append(Printed(tuple(words), line.page))
        blocks.append(columns)
        at = end
    return blocks


def _side_by_side(lines: Sequence[Printed], at: int) -> tuple[int, float | None]:
    """Where a run of lines ends that a column of white parts from its first to its last, and where that white is."""
    parts = sides(lines[at], _GAP)
    least = _GAP / 3
    if len(parts) != 2:  # noqa: PLR2004 - two sides
        parts = _beside_motto(lines[at])
        least = 1.0
    if not parts:
        return at, None
    low, high = parts[0].box.right, parts[1].box.left
    end = at + 1
    while end < len(lines):
        line, before = lines[end], lines[end - 1]
        if line.box.top - before.box.bottom > (_APART_SCANNED if line.page.scanned else _APART) * line.height:
            break
        left = max((w.box.right for w in line.words if w.box.left < (low + high) / 2), default=low)
        right = min((w.box.left for w in line.words if w.box.left >= (low + high) / 2), default=high)
        if min(high, right) - max(low, left) < least or (_in_the_middle(line) and len(sides(line, _GAP)) == 1):
            break
        low, high = max(low, left), min(high, right)
        end += 1
    return (end, (low + high) / 2) if end > at + 1 else (at, None)


def _in_the_middle(line: Printed) -> bool:
    return abs((line.box.left + line.box.right) / 2 - line.page.width / 2) < _CENTRE * line.page.width


def _beside_motto(line: Printed) -> list[Printed]:
    """Both sides of a letterhead whose motto is printed close to the issuer's name; empty for any other line."""
    if not any(word.text[:1] in _MOTTO_LETTERS and word.text.isupper() for word in line.words[1:]):
        return []
    folded = [fold(word.text) for word in line.words]
    for motto in _MOTTOS:
        for at in range(1, len(folded) - len(motto) + 1):
            if tuple(folded[at : at + len(motto)]) == motto and line.words[at].text.isupper():
                return [Printed(line.words[:at], line.page), Printed(line.words[at:], line.page)]
    return []


def _paragraphs(lines: Sequence[Printed]) -> list[Block]:
    if not lines:
        return []
    left, right = _text_margins(lines)
    blocks: list[Block] = []
    current: _Para | None = None
    for line in lines:
        centred = _is_centred(line, left, right)
        if (
            current is not None
            and not centred
            and not current.centred
            and _goes_on(current.lines[-1], line, left, right)
        ):
            current.lines.append(line)
            continue
        current = _Para([line], centred)
        blocks.append(current)
    return blocks


def _text_margins(lines: Sequence[Printed]) -> tuple[float, float]:
    page = lines[0].page
    if len(lines) < 4:  # noqa: PLR2004 - too few to tell: as pages are usually set (Decree 30/2020/NĐ-CP, Appendix I)
        return page.width * 0.143, page.width * 0.93
    lefts, rights = sorted(line.box.left for line in lines), sorted(line.box.right for line in lines)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 10]


def _is_centred(line: Printed, left: float, right: float) -> bool:
    middle = (line.box.left + line.box.right) / 2
    off = _CENTRE * line.page.width
    free = line.box.left - left > 2 * off and right - line.box.right > 2 * off
    return free and (abs(middle - (left + right) / 2) < off or abs(middle - line.page.width / 2) < off)


def _goes_on(before: Printed, line: Printed, left: float, right: float) -> bool:
    """Whether the line belongs to the paragraph of the line before it."""
    if before.page is line.page and line.box.top - before.box.bottom > 1.2 * line.height:
        return False
    reaches = right - before.box.right < _REACH * line.page.width
    indented = line.box.left - left > _INDENT and line.box.left - before.box.left > _INDENT / 2
    if not reaches or before.text.endswith(";"):
        return False
    if line.begins and (before.ended or indented):
        return False
    return not indented or not before.ended


# -- over the end of a page --------------------------------------------------------------------------------------------


def _carried(before: Block, blocks: list[Block]) -> list[Block]:
    """The blocks of a page with what was open on the page before it, joined where it goes on."""
    first = blocks[0]
    if isinstance(before, _Table) and isinstance(first, _Table) and _same_columns(before, first):
        _append(before, first)
        return [before, *blocks[1:]]
    if isinstance(before, _Para) and isinstance(first, _Para) and not before.centred and not first.centred:
        last, line = before.lines[-1], first.lines[0]
        if not last.ended and line.text[:1].islower() and not line.begins:
            before.lines += first.lines
            return [before, *blocks[1:]]
    return [before, *blocks]


def _same_columns(one: _Table, other: _Table) -> bool:
    if len(one.columns) != len(other.columns):
        return False
    shift = other.columns[0] - one.columns[0]
    return all(abs(b - a - shift) <= _SAME for a, b in zip(one.columns, other.columns, strict=True))


def _append(table: _Table, more: _Table) -> None:
    """The rows of the next page: its repeated head left out, a row or a merged cell that was cut put together."""
    skip = _repeated(table, more)
    rows, pages = more.rows[skip:], more.pages[skip:]
    if not rows:
        return
    first, last = rows[0], table.rows[-1]
    for column, cell in enumerate(first):
        origin = _origin(table.rows, column)
        if cell.said.text or cell.left or column == 0:
            continue
        alone = len(rows) > 1 and rows[1][column].above
        if alone and origin.said.text:
            cell.above = True
    if _is_cut(last, first) or _is_sentence_more(table.rows, rows):
        for column, cell in enumerate(first):
            if cell.said.text:
                origin = _origin(table.rows, column)
                joint = "" if torn(origin.said.text, cell.said.text) else " "
                origin.said = origin.said.and_then(cell.said, joint)
        for column, cell in enumerate(rows[1] if len(rows) > 1 else ()):
            cell.above = cell.above and not first[column].left and _reaches_down(table.rows, column)
        rows, pages = rows[1:], pages[1:]
    table.rows += rows
    table.pages += pages


def _reaches_down(rows: Sequence[Sequence[_Cell]], column: int) -> bool:
    return bool(_origin(rows, column).said.text)


def _origin(rows: Sequence[Sequence[_Cell]], column: int) -> _Cell:
    """The cell that covers the last row of a column."""
    for row in reversed(rows):
        if not row[column].above:
            return row[column]
    return rows[-1][column]


def _repeated(table: _Table, more: _Table) -> int:
    """Rows at the top of the next page that say again what the table's first rows say."""
    count = 0
    while count < min(_HEADS, len(table.rows), len(more.rows)):
        if [_plain(cell) for cell in table.rows[count]] != [_plain(cell) for cell in more.rows[count]]:
            break
        count += 1
    return count


def _plain(cell: _Cell) -> str:
    return "".join(fold(cell.said.text).split())


def _is_cut(last: Sequence[_Cell], first: Sequence[_Cell]) -> bool:
    """A page end went through the row: no number on the new page, and all that stands there goes on from above."""
    if is_number(first[0].said.text) or first[0].above or any(cell.left for cell in first):
        return False
    filled = [(a.said.text, b.said.text) for a, b in zip(last, first, strict=True) if b.said.text]
    if not filled or not all(_continues(before, text) for before, text in filled):
        return False
    return len(filled) == 1 or any(text[:1].islower() for _, text in filled)


def _is_sentence_more(above: Sequence[Sequence[_Cell]], rows: Sequence[Sequence[_Cell]]) -> bool:
    """A page end went through the row between two sentences: in a table that numbers every row, one with nothing but
    whole sentences in the cell where the row above has its own, and no label before them.
    """
    filled = [column for column, cell in enumerate(rows[0]) if cell.said.text]
    numbered = [bool(row[0].said.text) and is_number(row[0].said.text) for row in (*above, *rows[1:])]
    every = numbered[len(above) - 1] and all(numbered[numbered.index(True) :])
    if len(filled) != 1 or not every or rows[0][0].above or any(cell.left for cell in rows[0]):
        return False
    before, text = above[-1][filled[0]].said.text, rows[0][filled[0]].said.text
    return bool(before) and text[-1] in ".;" and read_label(text) is None


def _continues(before: str, text: str) -> bool:
    if not before:
        return False
    return text[:1].islower() or before.rstrip()[-1:] not in ".;:!?" or text[:1] in "-+–("


# -- into the sheet ----------------------------------------------------------------------------------------------------


def _put(builder: SheetBuilder, block: Block) -> None:
    if isinstance(block, _Table):
        if any(cell.said.text for row in block.rows for cell in row):
            rows = [[RawCell(c.said.text, c.above, c.left, c.said.places) for c in row] for row in block.rows]
            builder.table(rows, pages=block.pages)
    elif isinstance(block, _Para):
        whole = said(block.lines)
        builder.page(block.lines[0].page.number)
        bold = all(line.bold for line in block.lines)
        builder.line(whole.text, bold=bold, centred=block.centred, places=whole.places)
    else:
        _put_columns(builder, block)


def _put_columns(builder: SheetBuilder, columns: Sequence[Sequence[Printed]]) -> None:
    cells = []
    for lines in columns:
        whole = Said()
        for line in lines:
            whole = whole.and_then(Said(line.text, (line.place(0),)), "\n")
        cells.append(RawCell(whole.text, places=whole.places))
    number = next((line.page.number for lines in columns for line in lines), 1)
    builder.table([cells], pages=[number])
