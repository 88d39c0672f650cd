"""Paragraphs as they were meant: printed lines put together again, without touching the canonical text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from vanban.labels import read_label
from vanban.model import Span
from vanban.sheet import Line, Sheet, Table

_LONGEST_PRINTED = 120
"""Characters: no printed page has longer lines; a text that has many is not broken at the page's width."""
_FULL = 0.75
"""A line with this part of the usual width was broken by the page; a shorter one ended by itself."""
_SPACED = 0.2
"""Blank lines per line with text, from which on paragraphs are taken to be parted by them."""
_ENDS = tuple('.;:!?…”"/)]')

_FIRST = frozenset({"1", "a", "I", "A"})
"""Labels that open a list behind a title, which has no full stop."""
_BULLETS = frozenset("+•●")
"""No dashes within a sentence, which may stand at the beginning of a printed line too."""
_FIELD = 60
_TORN = re.compile(r"\d{1,3}[.:](?: |$)")
"""What an article's number begins with that a portal tore from its word: "… Điều", "3. Quyết định này …"."""
_REFERS = ("khoản", "điểm", "mục", "điều", "số", "phần", "và", ",")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`text` is `sheet.text[start:end]` with its line ends as blanks: offsets into the one fit the other."""

    text: str
    span: Span
    level: int | None = None
    apart: bool = True
    """A blank line stands before it."""


def flowing(sheet: Sheet) -> str:
    """The text with blanks for the line ends at which the page's width broke a paragraph: every offset stays. As it is
    where lines are paragraphs already.
    """
    if _setting(sheet).width is None:
        return sheet.text
    parts: list[str] = []
    at = 0
    for block in paragraphs(sheet):
        if isinstance(block, Paragraph) and len(block.text) == block.span.end - block.span.start:
            parts += [sheet.text[at : block.span.start], block.text]
            at = block.span.end
    return "".join([*parts, sheet.text[at:]])


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a text is set on its pages."""

    width: int | None
    """Usual length of a full printed line; None where lines are paragraphs already."""
    spaced: bool
    """Blank lines part the paragraphs, so that nothing else does."""


def paragraphs(sheet: Sheet) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables in reading order. Lines that a source already gives whole (DOCX) stay as they are."""
    setting = _setting(sheet)
    held: list[Line] = []
    blank = apart = True
    for block in sheet.blocks:
        if isinstance(block, Line) and (not block.text or _is_page_number(block, blank=blank)):
            blank = True
            continue
        torn = bool(held) and isinstance(block, Line) and _is_torn(held[-1], block)
        if held and isinstance(block, Line) and (torn or _goes_on(held[-1], block, setting, blank=blank)):
            held.append(block)
        else:
            if held:
                yield _joined(held, apart=apart)
            held, apart = ([block], blank) if isinstance(block, Line) else ([], True)
            if isinstance(block, Table):
                yield block
        blank = isinstance(block, Table)
    if held:
        yield _joined(held, apart=apart)


def _setting(sheet: Sheet) -> _Setting:
    lengths = sorted(len(line.text) for line in sheet.lines() if line.text)
    if sheet.format != "text" or not lengths:
        return _Setting(None, spaced=False)
    usual = lengths[len(lengths) * 9 // 10]
    blanks = sum(not line.text for line in sheet.lines())
    return _Setting(usual if usual <= _LONGEST_PRINTED else None, spaced=blanks >= len(lengths) * _SPACED)


def _is_page_number(line: Line, *, blank: bool) -> bool:
    return blank and line.text.strip("- ").isdecimal() and len(line.text) <= len("- 000 -")


def _is_torn(before: Line, line: Line) -> bool:
    return before.text.endswith(" Điều") and _TORN.match(line.text) is not None


def _goes_on(before: Line, line: Line, setting: _Setting, *, blank: bool) -> bool:
    """Whether the line belongs to the paragraph of the line before it."""
    if line.level or before.level:
        return False
    label = read_label(line.text)
    ended = before.text.endswith(_ENDS)
    small = line.text[:1].islower() and label is None
    if blank or setting.width is None:  # a paragraph cut by a page end
        return small and not ended and not before.text.isupper()
    full = len(before.text) >= setting.width * _FULL
    if label is not None:
        bullet = label.kind == "dash" and (label.label in _BULLETS or ":" in line.text[:_FIELD])
        first = label.label in _FIRST and not before.text.lower().endswith(_REFERS)
        if bullet or first:
            return False
        return full and not ended and not before.text.endswith(",") and not before.text.isupper()
    if before.text.isupper() != line.text.isupper():
        return small and not ended
    return setting.spaced or small or before.text.isupper() or (full and not ended)


def _joined(lines: list[Line], *, apart: bool) -> Paragraph:
    start, end = lines[0].span.start, lines[-1].span.end
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        parts += [" " * (line.span.start - before.span.end), line.text]
    span = Span(start=start, end=end, page=lines[0].span.page)
    return Paragraph("".join(parts), span, lines[0].level, apart)
