"""Does a task's content touch security, belief, opinion or a person's conduct? A proposal; a person decides."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from vanban.fold import fold, nfc, squeeze
from vanban.lexicon import load

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class _Entry:
    id: str
    phrases: re.Pattern[str]
    spelt: dict[str, str]
    unless: re.Pattern[str]


def reason(content: str) -> str | None:
    """Id of the lexicon's entry whose phrase stands first in `content`, or None."""
    text = squeeze(nfc(content))
    folded = fold(text)
    found = [(place, entry.id) for entry in _entries() if (place := _place(entry, text, folded)) is not None]
    return min(found)[1] if found else None


def _place(entry: _Entry, text: str, folded: str) -> int | None:
    plain = [match.span() for match in entry.unless.finditer(folded)]
    for match in entry.phrases.finditer(folded):
        inside = any(start <= match.start() and match.end() <= end for start, end in plain)
        if not inside and _same_marks(text[match.start() : match.end()], entry.spelt[match[0]]):
            return match.start()
    return None


def _same_marks(printed: str, phrase: str) -> bool:
    """The same marks word by word, wherever in the word they stand (uỷ, ủy); print without any marks passes."""
    words = _WORD.findall(printed)
    if fold(printed) == printed.lower():
        return True
    return [_marks(word) for word in words] == [_marks(word) for word in _WORD.findall(phrase)]


def _marks(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word.lower()))


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(entry["id"], _any(entry["phrases"]), {fold(word): word for word in entry["phrases"]}, _any(entry["unless"]))
        for entry in load("restricted.toml")["entry"]
    )


def _any(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
