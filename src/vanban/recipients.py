"""Who gets the document: the list under "Nơi nhận", without the signature printed beside or amid it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vanban.fold import fold
from vanban.model import Recipient, Span
from vanban.sheet import Line, Sheet, Table

_HEAD = re.compile(r"[ ]*noi nhan[ ]*:?[ ]*")
_ITEM = re.compile(r"(?:^|(?<=[;.,:])[ ]|\n)[ ]*[-–—+•][ ]*(?=\S)|;[ ]*(?:\n|$)|(?<=;)[ ]+(?=\S)")
_PURPOSE = re.compile(r"[ ]*\(([^()]*)\)[ ]*$")
_LIST_LINES = 80


def is_head(text: str) -> bool:
    """Whether a line or cell opens the list."""
    return text.lstrip()[:1] in ("N", "n") and _HEAD.match(fold(text[:20])) is not None


def find(sheet: Sheet) -> tuple[Recipient, ...]:
    """The recipients of every "Nơi nhận" of the document, in order, as printed but without dashes and end marks."""
    found: list[Recipient] = []
    for index, block in enumerate(sheet.blocks):
        if isinstance(block, Table):
            for row in block.rows:
                for cell in row.cells:
                    if is_head(cell.text):
                        found += _items(cell.text, cell.span)
        elif is_head(block.text):
            for start, end in _stretches(sheet.blocks, index):
                found += _items(sheet.text[start:end], Span(start=start, end=end, page=block.span.page))
    return tuple(found)


def _stretches(blocks: Sequence[Line | Table], index: int) -> Iterator[tuple[int, int]]:
    """Runs of lines that belong to the list, without the lines of a signature that stand between them."""
    start = end = blocks[index].span.start
    previous = ""
    for at, block in enumerate(blocks[index : index + _LIST_LINES]):
        if isinstance(block, Table) or (previous.endswith((".", "./.")) and block.text):
            break
        if not block.text:
            continue
        if at and is_head(block.text):  # another list, found for itself
            break
        listed = at == 0 or block.text[0] in "-–—+•"
        wrapped = bool(previous) and block.text[0].islower()
        plain = not any(char in previous for char in ".:") and previous.endswith((";", ","))
        if listed or wrapped or (not block.text.isupper() and (plain or previous.endswith(":"))):
            if start == end:
                start = block.span.start
            end, previous = block.span.end, block.text
        elif start != end:
            yield start, end
            start = end
            if not block.text.isupper():
                return
    if start != end:
        yield start, end


def _items(text: str, span: Span) -> Iterator[Recipient]:
    """The items of one list; `span` is where its text stands."""
    head = _HEAD.match(fold(text))
    at = head.end() if head else 0
    ends = [*(match.span() for match in _ITEM.finditer(text, at)), (len(text), len(text))]
    for stop, after in ends:
        yield from _recipient(text[at:stop], span, at)
        at = after


def _recipient(piece: str, span: Span, at: int) -> Iterator[Recipient]:
    bare = piece.strip(" \n;,.-–—+")
    if not bare:
        return
    start = span.start + at + piece.index(bare)
    place = Span(start=start, end=start + len(bare), page=span.page, table=span.table, row=span.row, cell=span.cell)
    name = " ".join(bare.split())
    purpose = _PURPOSE.search(name)
    if purpose and purpose.start():
        yield Recipient(name=name[: purpose.start()], purpose=purpose[1].strip(), span=place)
    else:
        yield Recipient(name=name, span=place)
