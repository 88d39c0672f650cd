"""One way to compare Vietnamese text: NFC in, letters without marks out."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")


class _Plain(dict[int, str]):
    """Letter to letter without marks; each is worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letters = unicodedata.normalize("NFD", "d" if chr(code) == "đ" else chr(code))
        plain = self[code] = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return plain


_PLAIN = _Plain()


def nfc(text: str) -> str:
    """Composed form. Everything in a Reading is NFC."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case, no diacritics, đ as d. On NFC text the length stays, letter by letter, so that offsets carry over.

    Tone placement (uỷ, ủy) and the old and new spellings fall together because every mark falls away.
    """
    return text.lower().translate(_PLAIN)


def squeeze(text: str) -> str:
    """White space folded to single blanks, ends trimmed."""
    return _SPACE.sub(" ", text).strip()


def key(text: str) -> str:
    """What two names are compared by: folded and squeezed."""
    return squeeze(fold(nfc(text)))


def same_marks(printed: str, word: str) -> bool:
    """Do two texts that fold alike carry the same marks, wherever in a word (uỷ, ủy)? Print without marks passes.

    Folding makes "quản" and "quận" one: where a single word decides, ask this too.
    """
    if printed.isascii():
        return True
    return [sorted(unicodedata.normalize("NFD", part)) for part in printed.lower().split()] == [
        sorted(unicodedata.normalize("NFD", part)) for part in word.lower().split()
    ]
