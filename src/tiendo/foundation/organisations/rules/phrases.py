"""What the words of a phrase ("các huyện ủy, thành ủy") say of the bodies it means. Pure; the words are data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tiendo.foundation.organisations.naming import order

_WORD = re.compile(r"\w+")
Spelt = tuple[str, tuple[str, ...]]
"""A word as it is compared: its letters, and its tones wherever they stand (ủy, uỷ)."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A rule to propose; `named`: how the names begin, none where some of the words mean names of any beginning."""

    kinds: tuple[str, ...]
    named: tuple[str, ...]


def meant(phrase: str) -> Meant | None:
    """What the known words of a phrase mean together; None when none is known.

    >>> meant("Các huyện uỷ, thành ủy")
    Meant(kinds=('party_committee',), named=('Huyện ủy', 'Thành ủy'))
    >>> meant("các cơ quan, đơn vị liên quan") is None
    True
    """
    known, openers = _known()
    words = [word for word in _spelt(phrase) if word not in openers]
    found: list[Meant] = []
    place = 0
    while place < len(words):
        most = min(len(words) - place, max(map(len, known)))
        length = next((n for n in range(most, 0, -1) if tuple(words[place : place + n]) in known), 0)
        if length:
            found.append(known[tuple(words[place : place + length])])
        place += length or 1
    found = [one for one in found if one.kinds]
    if not found:
        return None
    kinds = dict.fromkeys(kind for one in found for kind in one.kinds)
    named = dict.fromkeys(name for one in found for name in one.named)
    return Meant(tuple(kinds), tuple(named) if all(one.named for one in found) else ())


def _spelt(text: str) -> list[Spelt]:
    return [(letters, tuple(sorted(tones))) for letters, tones in map(order, _WORD.findall(text))]


@cache
def _known() -> tuple[dict[tuple[Spelt, ...], Meant], frozenset[Spelt]]:
    raw = tomllib.loads((Path(__file__).parent.parent / "groups.toml").read_text(encoding="utf-8"))
    known = {
        tuple(_spelt(words)): Meant(tuple(one["kinds"]), tuple(one["named"]))
        for one in raw["means"]
        for words in one["words"]
    }
    return known, frozenset(_spelt(" ".join(raw["openers"])))
