"""Slips of recognition in document numbers and quarters: a doubt with a proposal, never a silent change.

`S7-NQ/TW` after "số" is no document number, `57-NQ/TW` is one; `15/QD-TTg` has no known type, `15/QĐ-TTg` has; there is
no quarter `IIH`. Confusions that lead to another valid reading (5 for 6) cannot be seen, and are not looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from vanban import kinds, symbols
from vanban.doubts import doubt
from vanban.lexicon import load
from vanban.model import Doubt, Span
from vanban.sheet import Sheet

_MOST = 200
"""Doubts of each kind: a text that has more is not one that was read badly here and there."""
_AFTER_NUMBER = re.compile(r"(?<!\w)[Ss]ố[^\S\n]{0,3}:?[^\S\n]{0,3}(?=(\S{3,40}))")
_TYPED = re.compile(r"(?<![\w/])[0-9]{1,6}(?:/[0-9]{4})?[-/][A-Z]{1,5}[A-Za-z./&-]{1,24}")
_ENGLISH = re.compile(r"\bNos?\.?\s*$", re.IGNORECASE)
"""Before a number in an English text, where Đ is D."""
_END = ".,;:)”\"'"
_NUMERALS = {1: "I", 2: "II", 3: "III", 4: "IV"}


def find(sheet: Sheet) -> tuple[Doubt, ...]:
    """All slips, in order of place. Linear: each look reaches a bounded distance."""
    text = sheet.text
    found = [*_symbols(text), *_quarters(text)]
    return tuple(sorted(found, key=lambda one: one.span.start if one.span else 0))


def _symbols(text: str) -> Iterator[Doubt]:
    said = 0
    seen: set[int] = set()
    for place, printed in _candidates(text):
        if place in seen or said >= _MOST:
            continue
        seen.add(place)
        if proposal := mended(printed):
            said += 1
            span = Span(start=place, end=place + len(printed))
            yield doubt("symbol_slip", span=span, printed=printed, proposal=proposal)


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    """What stands where a document number should, or looks like one."""
    for found in _AFTER_NUMBER.finditer(text):
        yield found.start(1), found[1].rstrip(_END)
    for found in _TYPED.finditer(text):
        if _ENGLISH.search(text, max(0, found.start() - 6), found.start()):
            continue
        yield found.start(), found[0].rstrip(_END)


def mended(printed: str) -> str | None:
    """The document number that a misread one stands for; None for a good one, and for what is none at all."""
    head, joint, tail = _parted(printed)
    if not joint:
        return None
    figures = "".join(_figures().get(letter, letter) for letter in head)
    codes = "".join(_codes().get(part, part) for part in re.split(r"([-/])", tail))
    if (figures, codes) == (head, tail) or not figures.isdecimal() or not any(map(str.isdecimal, head)):
        return None
    proposal = figures + joint + codes
    better = symbols.parse(proposal)
    return proposal if better and better.whole and better.type and _known(better.type) else None


def _parted(printed: str) -> tuple[str, str, str]:
    """Number, joint, the rest; a year belongs to the rest."""
    found = re.search(r"[-/]", printed)
    return (printed[: found.start()], found[0], printed[found.end() :]) if found else (printed, "", "")


def _known(code: str) -> bool:
    return bool(kinds.of_code(code))


def _quarters(text: str) -> Iterator[Doubt]:
    said = 0
    for found in _quarter().finditer(text):
        printed = found[1]
        if said < _MOST and (proposal := _numeral(printed)):
            said += 1
            span = Span(start=found.start(1), end=found.end(1))
            yield doubt("quarter_slip", span=span, printed=printed, proposal=proposal)


def _numeral(printed: str) -> str | None:
    """`IIH` has four strokes too many to be IIII: three were meant, since recognition joins two that stand close."""
    double = _words()["quarters"]["double"]
    strokes = sum(2 if letter in double else 1 for letter in printed)
    joined = sum(letter in double for letter in printed)
    for meant in (strokes, strokes - joined):
        if 1 <= meant <= 3:  # noqa: PLR2004 - quarters written with strokes alone
            return _NUMERALS[meant] if _NUMERALS[meant] != printed else None
    return None


@cache
def _quarter() -> re.Pattern[str]:
    said = _words()["quarters"]
    letters = re.escape(said["strokes"] + said["double"])
    return re.compile(rf"(?<!\w)[Qq]uý[^\S\n]{{1,3}}(?!I{{1,3}}(?!\w)|[1-4](?!\w))([{letters}]{{1,4}})(?!\w)")


@cache
def _words() -> dict[str, Any]:
    return load("slips.toml")


@cache
def _figures() -> dict[str, str]:
    return dict(_words()["figures"])


@cache
def _codes() -> dict[str, str]:
    return dict(_words()["codes"])
