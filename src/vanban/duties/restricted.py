"""Does a task's content touch security, belief, opinion or a person's conduct? A proposal; a person decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from vanban.fold import fold, nfc, same_marks, squeeze
from vanban.lexicon import load


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
    found = list(entry.phrases.finditer(folded))
    plain = [match.span() for match in entry.unless.finditer(folded)] if found else []
    for match in found:
        inside = any(start <= match.start() and match.end() <= end for start, end in plain)
        if not inside and same_marks(text[match.start() : match.end()], entry.spelt[match[0]]):
            return match.start()
    return None


@cache
def _entries() -> tuple[_Entry, ...]:
    return tuple(
        _Entry(
            id=entry["id"],
            phrases=_any(entry["phrases"]),
            spelt={fold(word): word for word in entry["phrases"]},
            unless=_any(entry["unless"]),
        )
        for entry in load("restricted.toml")["entry"]
    )


def _any(phrases: list[str]) -> re.Pattern[str]:
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b")
