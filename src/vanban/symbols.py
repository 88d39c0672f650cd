"""Grammar of document numbers ("số, ký hiệu").

Sources: Decree 30/2020/NĐ-CP, Appendix I and III (administrative), Decree 78/2025/NĐ-CP (normative), Guidance
05-HD/VPTW (Party). Five families:

    party           43-NQ/TW            number - type / issuer
    assembly        36/2024/QH15        number / year / QH or UBTVQH and the term
    normative       30/2020/NĐ-CP       number / year / type - issuers
    administrative  33/CT-TTg           number / type - issuers
    letter          5225/VPCP-TH        number / issuer - unit that drafted it (an official letter has no type code)

Print is tolerated as it comes: spaces and line ends round - and /, dashes of any length, capitals, 66.1/2025/NQ-CP.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from vanban import kinds

Family = Literal["party", "assembly", "normative", "administrative", "letter"]

_GAP = r"[^\S\t]{0,3}"
_JOINT = _GAP + "[-/‐‑‒–—−]" + _GAP
_CODE = r"[^\W\d_][\w&.]*"
_SYMBOL = re.compile(
    rf"([0-9]{{1,6}})(\.[0-9]{{1,3}}|[a-zđ])?(?:{_GAP}/{_GAP}([0-9]{{4,5}}))?({_JOINT}{_CODE}(?:{_JOINT}{_CODE}){{0,8}})"
)
# What is rare is sought first: a slash or dash with a letter behind it, and before it a number, its letter and a gap.
_SPACED = re.compile(r"([0-9]{1,5})[^\S\n\t]([A-ZĐ]{1,3}[a-zđ]{0,2})/([A-ZĐ]\w*(?:-[A-ZĐ]\w*)*)")
_AFTER_LABEL = re.compile(rf"ố:?[^\S\n\t]{{1,2}}{_SPACED.pattern}")
_HINGE = re.compile(
    rf"[-/‐‑‒–—−](?={_GAP}[^\W\d_])(?:"
    + "|".join(rf"(?<=[0-9]{letter}{gap}.)" for letter in ("", "[a-zđ]") for gap in (r"[^\S\t]" * n for n in range(4)))
    + ")"
)
_HEAD = re.compile(rf"[0-9]{{1,6}}(?:\.[0-9]{{1,3}}|[a-zđ])?(?:{_GAP}/{_GAP}[0-9]{{4,5}})?{_GAP}$")
_REACH = 6 + 4 + 3 + 1 + 3 + 5 + 3
"""Letters that a head can have."""
_PART = re.compile(rf"({_JOINT})({_CODE})")
_ASSEMBLY = re.compile(r"(?:UBTV)?QH[0-9]{0,2}", re.IGNORECASE)
_DASHES = frozenset("-‐‑‒–—−")
_KEPT, _SHORT = 4096, 64
"""So many short codes are remembered: they are the same in every document."""


class Symbol(Struct, frozen=True):
    """A document number taken apart; `text` is its normal form: no white space round - and /, case as printed."""

    text: str
    number: int
    suffix: str
    """What hangs on the number: `.1`, `a`."""
    year: int | None
    type: str | None
    """Code of the kind; None for the assembly's and for official letters."""
    issuers: tuple[str, ...]
    family: Family

    @property
    def whole(self) -> bool:
        """Says both what it is and who issued it, so it cannot be anything but a document number."""
        return self.family in ("party", "assembly", "normative") or len(self.issuers) + (self.type is not None) > 1


class Place(Struct, frozen=True):
    """A symbol in a text: `text[start:end]` as printed."""

    start: int
    end: int
    symbol: Symbol


def scan(text: str) -> Iterator[Place]:
    """All document numbers of a text, in order. Linear: each look reaches a bounded distance."""
    spaced = list(_spaced(text))
    return heapq.merge(_joined(text), spaced, key=lambda place: place.start) if spaced else _joined(text)


def _joined(text: str) -> Iterator[Place]:
    for found in _shaped(text):
        if _stands_alone(text, found.start()) and (place := _read(found)) is not None:
            yield place


def _spaced(text: str) -> Iterator[Place]:
    """`số 84 QĐ/TWĐTN`: a blank where the dash of a Party number should stand; only behind "số", or alone."""
    first = _SPACED.match(text)
    for found in (first, *_AFTER_LABEL.finditer(text)) if first else _AFTER_LABEL.finditer(text):
        if found and kinds.of_code(found[2]) and (parsed := parse(f"{found[1]}-{found[2]}/{found[3]}")):
            yield Place(found.start(1), found.end(3), parsed)


def _shaped(text: str) -> Iterator[re.Match[str]]:
    """The same as `_SYMBOL.finditer`, without a try at every figure of the text."""
    at = 0
    while (hinge := _HINGE.search(text, at)) is not None:
        place = hinge.start()
        low = max(at, place - _REACH)
        head = _HEAD.search(text[low:place])
        found = _SYMBOL.match(text, low + head.start()) if head else None
        if found is not None:
            yield found
        at = found.end() if found else place + 1


def parse(text: str) -> Symbol | None:
    """A text that is a document number and nothing else (blanks at its ends apart)."""
    bare = text.strip()
    place = next(_joined(bare), None)
    return place.symbol if place and (place.start, place.end) == (0, len(bare)) else None


def _stands_alone(text: str, start: int) -> bool:
    """Not the tail of a date, a standard (QCVN 01-189:2019/BNNPTNT), a span of years or a decimal."""
    before = text[start - 1 : start]
    if before.isalnum() or before == "_":
        return False
    return not (
        before and before in "/.:,-–‑" and text[start - 2 : start - 1].isalnum() and not _after_colon(text, start)
    )


def _after_colon(text: str, start: int) -> bool:
    """`số:12/QĐ-…`: a colon without a blank after a word."""
    return text[start - 1] == ":" and text[start - 2].isalpha()


def _read(found: re.Match[str]) -> Place | None:
    number, suffix, year, tail = found.groups(default="")
    codes = (_codes if len(tail) <= _SHORT else _codes.__wrapped__)(tail, bool(year))
    if codes is None:
        return None
    length, printed, family, kind, issuers = codes
    whole = number + suffix + (f"/{year}" if year else "") + printed
    symbol = Symbol(whole, int(number), suffix, int(year) if year else None, kind, issuers, family)
    return Place(found.start(), found.start(4) + length, symbol)


@lru_cache(_KEPT)
def _codes(tail: str, has_year: bool) -> tuple[int, str, Family, str | None, tuple[str, ...]] | None:
    """What stands behind the number: its length as printed, its normal form, family, type code, issuers' codes."""
    joints: list[str] = []
    codes: list[str] = []
    length = 0
    for part in _PART.finditer(tail):
        joint, code = part[1], part[2].rstrip(".")
        if not _is_code(code) or (_torn(joint) and not _may_be_torn(code, len(codes))):
            break
        joints.append("-" if joint.strip() in _DASHES else "/")
        codes.append(code)
        length = part.start(2) + len(code)
        if len(code) < len(part[2]):
            break
    if not codes:
        return None
    return length, "".join(map(str.__add__, joints, codes)), *_family(joints[0], codes, has_year)


def _family(joint: str, codes: list[str], has_year: bool) -> tuple[Family, str | None, tuple[str, ...]]:
    """Family, type code, codes of the issuers."""
    if has_year and _ASSEMBLY.fullmatch(codes[0]):
        return "assembly", None, tuple(codes)
    typed = bool(kinds.of_code(codes[0])) and (len(codes) > 1 or joint == "-")
    kind, issuers = (codes[0], tuple(codes[1:])) if typed else (None, tuple(codes))
    if has_year:
        return "normative", kind, issuers
    if joint == "-":
        return "party", kind, issuers
    return ("administrative" if typed else "letter"), kind, issuers


def _is_code(word: str) -> bool:
    """Mostly capitals: `TTg`, `QĐi`, `UBKTTW`, never a word of the sentence (`Ban`, `Về`)."""
    upper = sum(letter.isupper() for letter in word)
    return upper > sum(letter.islower() for letter in word) and word[0].isupper()


def _torn(joint: str) -> bool:
    """White space on both sides: more often a dash between words than one within a symbol."""
    return joint[0].isspace() and joint[-1].isspace()


def _may_be_torn(code: str, position: int) -> bool:
    return position <= 1 and len(code) > 1
