"""How names of bodies are compared. Pure; the words are data."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Container, Iterable
from functools import cache, lru_cache
from itertools import chain, count
from pathlib import Path
from typing import Protocol

from vanban.fold import fold, nfc

_WORD = re.compile(r"[^\s;]+")


@cache
def _abbreviations() -> dict[str, str]:
    raw = tomllib.loads((Path(__file__).parent / "abbreviations.toml").read_text(encoding="utf-8"))["words"]
    return {fold(short): fold(full) for short, full in raw.items()}


def key(name: str) -> str:
    """What two names of bodies are compared by: folded, abbreviations written out, punctuation and doubled blanks gone.

    >>> key("UBND tỉnh") == key("Uỷ ban nhân dân  tỉnh")
    True
    """
    words = (_abbreviations().get(word.strip(",.()"), word) for word in _WORD.findall(fold(nfc(name))))
    return re.sub(r"[\s,.;()–-]+", " ", " ".join(words)).strip()


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A person's name without case and marks, đ as d: nothing is written out.

    >>> folded(" Đoàn Thị Ứng ")
    'doan thi ung'
    """
    return fold(nfc(name)).strip()


def told_apart(one: str, other: str) -> bool:
    """Whether Vietnamese tells two names of one key apart: by letters or tones, not by how they are shortened.

    >>> told_apart("Xã Tân Thạnh", "Xã Tân Thành"), told_apart("Sở Y tế", "SỞ  Y TẾ"), told_apart("Uỷ ban", "Ủy ban")
    (True, False, False)
    """
    (letters, tones), (others, other_tones) = order(one), order(other)
    mine, theirs = letters.replace(_GAP, ""), others.replace(_GAP, "")
    return len(mine) == len(theirs) and (mine != theirs or sorted(tones) != sorted(other_tones))


class Placed(Protocol):
    """Whatever has the path of a body."""

    path: str


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""Letters of their own in Vietnamese; f, j, w, z stand where others have them."""
TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""huyền, hỏi, ngã, sắc, nặng; none before them all."""
_PLACE = {letter: place for place, letter in enumerate(f"0123456789{ALPHABET}", start=1)}


def order(name: str) -> tuple[str, str]:
    """The place of a name in a Vietnamese list: letters first (A Ă Â B … D Đ …), then tones where all letters tie.

    Of each a text whose characters stand for places: tens of thousands of names are sorted for one page.

    >>> sorted(["Ủy ban", "Đảng ủy", "Trường", "Tỉnh ủy", "Ban", "Dân vận"], key=order)
    ['Ban', 'Dân vận', 'Đảng ủy', 'Tỉnh ủy', 'Trường', 'Ủy ban']
    """
    text = unicodedata.normalize("NFC", name.casefold())
    return _placed(text, _LETTERS), _placed(text, _TONES)


def _placed(text: str, places: dict[int, str]) -> str:
    return _GAPS.sub(_GAP, text.translate(places)).strip(_GAP)


_GAP = "\0"
"""One gap between words, whatever stands in it; it comes before every letter."""
_GAPS = re.compile(f"{_GAP}{{2,}}")


class _Places(dict[int, str]):
    """Of each letter its place, or its tone; of all else a gap. Worked out when a letter is first met."""

    def __init__(self, *, tone: bool) -> None:
        super().__init__()
        self.tone = tone

    def __missing__(self, code: int) -> str:
        place, tone = _letter(chr(code))
        said = self[code] = chr(tone + 1 if self.tone else place) if place else _GAP
        return said


_LETTERS, _TONES = _Places(tone=False), _Places(tone=True)


@cache
def _letter(char: str) -> tuple[int, int]:
    """Place and tone of one letter; place 0 for what is none."""
    parts = unicodedata.normalize("NFD", char)
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    return (_PLACE.get(base, 1000 + ord(base[0])) if base.isalnum() else 0, max(TONES.get(part, 0) for part in parts))


def tree_order(names: Iterable[tuple[int, str]]) -> Callable[[Placed], tuple[object, ...]]:
    """A key by which bodies stand below the body above them, neighbours as a Vietnamese list has them.

    `names`: of all bodies, by their ids.
    """
    places = {pk: order(name) for pk, name in names}
    return lambda body: tuple(places.get(int(pk), ("", "")) for pk in body.path.split("/") if pk)


def person_order(full_name: str) -> tuple[object, ...]:
    """People stand by their own name, which comes last (Trần Văn An before Lê Thị Bình), then by the rest."""
    rest, _, own = full_name.strip().rpartition(" ")
    return order(own), order(rest)


def suggested(full_name: str, taken: Callable[[str], Container[str]]) -> str:
    """A user name for somebody: family name and given name, without marks; of one that is taken the next number.

    `taken`: of the names that begin so, those in use.

    >>> suggested("Nguyễn Bình", lambda begins: ())
    'nguyen.binh'
    >>> suggested("Đặng Thị Hồng", lambda begins: {"dang.hong", "dang.hong2"})
    'dang.hong3'
    """
    parts = ["".join(filter(str.isalnum, part)) for part in folded(full_name).split()]
    parts = [part for part in parts if part]
    base = ".".join(dict.fromkeys([*parts[:1], *parts[-1:]]))[:50] or "nguoi"
    used = taken(base)
    return next(name for name in chain([base], (f"{base}{n}" for n in count(2))) if name not in used)
