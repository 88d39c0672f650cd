"""Whether a document carries a secrecy mark: MẬT, TỐI MẬT or TUYỆT MẬT alone on a line or in a cell of its first page.

A word inside a sentence ("bảo vệ bí mật nhà nước") is no mark, nor is the tail of a sentence that a line end cut off
("mật" in small letters), nor a cell of a table that lists degrees of secrecy under a heading of its own ("Độ mật").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vanban.errors import Classified
from vanban.fold import nfc
from vanban.lexicon import load
from vanban.sheet import Sheet, Table

_LEXICON = load("secrecy.toml")
_MARKS = frozenset(mark.replace(" ", "") for mark in _LEXICON["marks"])
_LABELS = frozenset(label.replace(" ", "") for label in _LEXICON["labels"])
_LINES = 60
_LETTERS = 6_000
"""About two printed pages: where the source knows no pages, the first one is not longer."""
_GAP = re.compile(r"\t|\n| {3,}")
_TRIMMED = re.compile(r"[^\w:]+|_+")


def check(sheet: Sheet, margins: Iterable[str] = ()) -> None:
    """Raises Classified. `margins`: lines of headers and footers."""
    for line in (*first_page(sheet), *margins):
        if any(is_mark(piece) for piece in (line, *_GAP.split(line))):
            raise Classified


def is_mark(line: str) -> bool:
    """The whole line is a mark, whatever its spacing ("M Ậ T"), frame ("[MẬT]") or label ("Độ mật: Tối mật")."""
    letters = _TRIMMED.sub("", nfc(line))
    label, colon, after = letters.partition(":")
    if colon and label.casefold() in _LABELS:
        letters = after
    letters = letters.strip(":")
    return letters.casefold() in _MARKS and letters[0].isupper()


def first_page(sheet: Sheet) -> Iterator[str]:
    """Lines and cells of the first page, as far as the source tells where it ends."""
    lines = 0
    for block in sheet.blocks:
        if lines >= _LINES or block.span.start > _LETTERS or (block.span.page or 1) > 1:
            return
        if isinstance(block, Table):
            yield from _cells(block, _LINES - lines)
            lines += len(block.rows)
        else:
            yield block.text
            lines += 1


def _cells(table: Table, rows: int) -> Iterator[str]:
    first = [cell.text for row in table.rows[:rows] if (row.span.page or 1) == 1 for cell in row.cells]
    if not any(_TRIMMED.sub("", text).casefold() in _LABELS for text in first):
        yield from first
