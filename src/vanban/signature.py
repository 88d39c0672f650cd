"""Who signed: authority, position and name from the block beside or below "Nơi nhận" (`lexicon/signers.toml`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from vanban import recipients
from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.model import Signature, Span
from vanban.sheet import Line, Sheet, Table

_NAME = re.compile(r"(?:[^\W\d_]+[.]?(?:[ -]|$)){2,6}")
_LINES = 60
_BLOCK = 14


def find(sheet: Sheet) -> Signature | None:
    """The first signature of the document: its own, before those of annexes and forms."""
    return next((signed for text, span in _places(sheet) if (signed := read(text, span))), None)


def read(text: str, span: Span) -> Signature | None:
    """Take a signature block apart; None for a text that is none."""
    capitals, name = _split(text)
    folded = fold(capitals)
    begin = _opening().match(folded)
    if not begin:
        return None
    marks = [found for found in _marks().finditer(folded) if found["authority"] or found["position"]]
    last = max((index for index, mark in enumerate(marks) if mark["authority"]), default=None)
    if last is None:
        return Signature(position=squeeze(capitals) or None, name=name, span=span)
    behind = marks[last + 1 :]
    if _is_personal(marks[last]["authority"]):
        behind = behind[1:]
    cut = behind[0].start() if behind else len(capitals)
    return Signature(
        authority=squeeze(capitals[:cut]) or None, position=squeeze(capitals[cut:]) or None, name=name, span=span
    )


def _split(text: str) -> tuple[str, str | None]:
    """The capitals a block begins with, and the name behind them."""
    words = list(re.finditer(r"\S+", text))
    end = next((word.start() for word in words if any(map(str.islower, word[0]))), len(text))
    rest = [line.strip() for line in text[end:].split("\n") if line.strip() and not line.strip().startswith("(")]
    name = _NAME.match(rest[0]) if rest else None
    if not name or not _is_name(name[0]):
        return text[:end], None
    return text[:end], squeeze(name[0])


def _is_name(text: str) -> bool:
    return all(word[:1].isupper() for word in text.split())


def _is_personal(authority: str) -> bool:
    return authority.strip(". ") in {fold(word) for word in load("signers.toml")["authorities"]["personal"]}


@cache
def _marks() -> re.Pattern[str]:
    words = load("signers.toml")
    authorities = [fold(word) for group in words["authorities"].values() for word in group]
    heads = sorted((fold(word) for word in words["positions"]["heads"]), key=len, reverse=True)
    deputies = "|".join(fold(word) for word in words["positions"]["deputy"])
    prefixes = "|".join(map(re.escape, sorted(authorities, key=len, reverse=True)))
    position = rf"(?:(?:{deputies})\s+)?(?:{'|'.join(map(_spaced, heads))})(?!\w)"
    return re.compile(rf"(?<!\w)(?:(?P<authority>(?:{prefixes})(?:\.|(?<=/\w)|(?= )))|(?P<position>{position}))")


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_marks().pattern})")


def _places(sheet: Sheet) -> Iterator[tuple[str, Span]]:
    """Texts that may be a signature block: cells beside the recipients, then lines below or above them."""
    for index, block in enumerate(sheet.blocks):
        if isinstance(block, Table):
            for row in block.rows:
                if any(recipients.is_head(cell.text) for cell in row.cells):
                    yield from ((cell.text, cell.span) for cell in row.cells if not recipients.is_head(cell.text))
        elif recipients.is_head(block.text):
            yield from _blocks(sheet, index + 1, index + _LINES)
            yield from _blocks(sheet, max(0, index - _BLOCK), index)
    yield from _blocks(sheet, 0, len(sheet.blocks))


def _blocks(sheet: Sheet, start: int, stop: int) -> Iterator[tuple[str, Span]]:
    """Each run of lines that begins like a signature, up to the name."""
    stop = min(stop, len(sheet.blocks))
    for index in range(start, stop):
        block = sheet.blocks[index]
        if isinstance(block, Line) and block.text.isupper() and _opening().match(fold(block.text)):
            yield _run(sheet, index)


def _run(sheet: Sheet, index: int) -> tuple[str, Span]:
    first = sheet.blocks[index].span
    end = first.end
    for block in sheet.blocks[index : index + _BLOCK]:
        if isinstance(block, Table):
            break
        if block.text:
            end = block.span.end
            if not block.text.isupper():
                break
    return sheet.text[first.start : end], Span(start=first.start, end=end, page=first.page)
