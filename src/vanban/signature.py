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
    for text, span in _places(sheet):
        if signed := read(text, span):
            return signed
    blocks = _blocks(sheet, 0, len(sheet.blocks))
    return next((signed for text, span in blocks if (signed := read(text, span)) and signed.name), None)


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
    if not capitals[marks[last].end() :].strip():
        return None
    cut = _position_at(marks[last], marks[last + 1 :], len(capitals))
    return Signature(
        authority=squeeze(capitals[:cut]) or None, position=squeeze(capitals[cut:]) or None, name=name, span=span
    )


def _position_at(authority: re.Match[str], behind: list[re.Match[str]], end: int) -> int:
    """Where the signer's own position begins: behind "KT. CHỦ TỊCH" it is the second one, or the first deputy's."""
    if authority["authority"].strip(". ") in _folded("personal"):
        behind = behind[1:]
        behind = [mark for mark in behind if mark["deputy"]] or behind
    return behind[0].start() if behind else end


@cache
def _folded(group: str) -> frozenset[str]:
    return frozenset(fold(word) for word in load("signers.toml")["authorities"][group])


@cache
def _ranks() -> re.Pattern[str]:
    ranks = sorted(load("signers.toml")["positions"]["ranks"], key=len, reverse=True)
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, ranks))})\.?\s*)+")


def _split(text: str) -> tuple[str, str | None]:
    """The capitals a block begins with, and the name behind them."""
    words = list(re.finditer(r"\S+", text))
    end = next((word.start() for word in words if any(map(str.islower, word[0]))), len(text))
    if (before := text[:end].rstrip()).endswith("("):  # "( Đã ký )"
        end = len(before) - 1
    rest = [line.strip() for line in text[end:].split("\n") if line.strip() and not line.strip().startswith("(")]
    capitals = text[:end]
    if rest and capitals.strip() and _marks().fullmatch(fold(rest[0])):  # "Phó Thống đốc" below "THỐNG ĐỐC"
        capitals = f"{capitals} {rest.pop(0)}"
    rank = _ranks().match(rest[0]) if rest else None
    name = _NAME.match(rest[0], rank.end() if rank else 0) if rest else None
    if not name or not _is_name(name[0]):
        return capitals, None
    return capitals, squeeze(name[0])


def _is_name(text: str) -> bool:
    return all(word[:1].isupper() for word in text.split())


@cache
def _marks() -> re.Pattern[str]:
    words = load("signers.toml")
    authorities = [fold(word) for group in words["authorities"].values() for word in group]
    heads = sorted((fold(word) for word in words["positions"]["heads"]), key=len, reverse=True)
    deputies = "|".join(fold(word) for word in words["positions"]["deputy"])
    prefixes = "|".join(map(re.escape, sorted(authorities, key=len, reverse=True)))
    bodies = "|".join(_spaced(fold(word)) for word in words["positions"]["bodies"])
    position = rf"(?P<deputy>(?:{deputies})\s+|thu truong)?(?:{'|'.join(map(_spaced, heads))})?(?!\w)"
    authority = rf"(?:{prefixes})(?:\.|(?<=/\w)|(?= ))"
    return re.compile(rf"(?<!\w)(?:(?P<authority>{authority})|{bodies}|(?P<position>(?=\w){position}(?<=\w)))")


def _spaced(words: str) -> str:
    return r"\s+".join(map(re.escape, words.split()))


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{_marks().pattern})")


def _places(sheet: Sheet) -> Iterator[tuple[str, Span]]:
    """Texts that may be a signature block: cells beside the recipients, then lines below or above them."""
    for index, block in enumerate(sheet.blocks):
        if isinstance(block, Table):
            for number, row in enumerate(block.rows):
                if any(recipients.is_head(cell.text) for cell in row.cells):
                    beside = (at for at, cell in enumerate(row.cells) if not recipients.is_head(cell.text))
                    yield from (_down(block, number, at) for at in beside)
        elif recipients.is_head(block.text):
            yield from _blocks(sheet, index + 1, index + _LINES)
            yield from _blocks(sheet, max(0, index - _BLOCK), index)
    yield from _by_authority(sheet)


def _by_authority(sheet: Sheet) -> Iterator[tuple[str, Span]]:
    """Lines and cells that begin with "TM.", "KT." …, with what stands below them."""
    for index, block in enumerate(sheet.blocks):
        if isinstance(block, Line):
            if _authorised(block.text):
                yield _run(sheet, index)
            continue
        for number, row in enumerate(block.rows):
            yield from (_down(block, number, at) for at, cell in enumerate(row.cells) if _authorised(cell.text))


def _authorised(text: str) -> bool:
    mark = _opening().match(fold(text)) if text[:1] in ("T", "K", "Q") else None
    return mark is not None and bool(mark["authority"])


def _down(table: Table, number: int, column: int) -> tuple[str, Span]:
    """A cell, and where it holds no name the cells below it: text with tabs has a row for each line."""
    first = table.rows[number].cells[column]
    text, span = first.text, first.span
    for row in table.rows[number + 1 : number + _BLOCK]:
        if not text or _split(text)[1] or recipients.is_head(row.cells[column].text):
            break
        if row.cells[column].text:
            text = f"{text}\n{row.cells[column].text}"
            span = Span(start=first.span.start, end=row.cells[column].span.end, page=first.span.page)
    return text, span


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
            if not block.text.isupper() and not block.text.startswith("("):
                break
    return sheet.text[first.start : end], Span(start=first.start, end=end, page=first.page)
