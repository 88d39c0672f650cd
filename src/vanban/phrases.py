"""Which of many known phrases does a text begin with? Folded, but with the marks of the phrase, and as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vanban.fold import fold, same_marks

_WORD = re.compile(r"\w+")
_LONGEST = 80


class Phrases:
    """A set of phrases, looked up by their first word, the longest first."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._under: dict[str, list[tuple[str, str]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            plain = fold(phrase)
            word = _WORD.match(plain)
            self._under.setdefault(word[0] if word else plain, []).append((plain, phrase))

    def start(self, text: str) -> str:
        """The longest phrase that `text` begins with, as printed; empty where it begins with none."""
        folded = fold(text[:_LONGEST])
        bare = text[:_LONGEST].isascii()
        word = _WORD.match(folded)
        for plain, phrase in self._under.get(word[0], ()) if word else ():
            length = len(plain)
            whole = folded.startswith(plain) and not folded[length : length + 1].isalnum()
            if whole and same_marks(text[:length], phrase, bare=bare):
                return text[:length]
        return ""
