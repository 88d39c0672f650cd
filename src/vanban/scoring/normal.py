"""The one form in which a gold text and a read text are compared."""

from __future__ import annotations

import re
import unicodedata

_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile("[\\w\u0300-\u036f]+")
_EMPHASIS = re.compile(r"</?[ibu]>|\*+|_{2,}", re.IGNORECASE)
_BULLET = re.compile(r"(?:^|(?<=[\n;:.,]))[^\S\n]*[-–—+•]+\s")
_BESIDE = re.compile(r"\s*([^\w\s\u0300-\u036f])\s*")
_SPACE = re.compile(r"\s+")
_DASH = str.maketrans(dict.fromkeys("‐‑‒–—−", "-") | {"\u00a0": " ", "\u00ad": None})


def normal(text: str | None) -> str:
    """NFC, case and white space folded, emphasis and leading dashes dropped, no space beside punctuation, one tone.

    A dash is leading at the start of the text, of a line, or where an item of a list begins after punctuation: one side
    may have a line break where the other has a blank. `uỷ` and `ủy` meet because a word's tone is moved to its end.
    """
    bare = _BULLET.sub(" ", _EMPHASIS.sub("", unicodedata.normalize("NFC", text or "")).strip())
    spaced = _SPACE.sub(" ", bare.translate(_DASH).casefold())
    tight = _BESIDE.sub(r"\1", spaced).strip()
    return unicodedata.normalize("NFC", _WORD.sub(_tone_last, unicodedata.normalize("NFD", tight)))


def symbol(text: str | None) -> str:
    """A symbol without white space, its dashes alike, case folded (`27/CT-TTG` is `27/CT-TTg`)."""
    composed = unicodedata.normalize("NFC", text or "")
    return _SPACE.sub("", composed.translate(_DASH)).casefold()


def _tone_last(word: re.Match[str]) -> str:
    return _TONES.sub("", word[0]) + "".join(_TONES.findall(word[0]))
