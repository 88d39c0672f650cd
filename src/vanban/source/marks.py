"""Typing and layout noise: what a text carries besides its words, and is taken off before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.fold import nfc

_CHARACTERS = {
    **dict.fromkeys("\ufeff\u200b\u200c\u200d\u2060\u00ad\u200e\u200f", ""),
    **dict.fromkeys("\u00a0\u202f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u0085\u2028\u2029\v", "\n"),
}
_NOISE = re.compile(f"[{''.join(_CHARACTERS)}]")
_STRAY = re.compile("[\u0300-\u036f]")
"""Marks that found no letter to join (H and a hook): one place in the text must stay one letter."""
_TAGS = re.compile(r"</?(?:i|b|u|em|strong)\s*>", re.IGNORECASE)
_BREAKS = re.compile(r"<br\s*/?>", re.IGNORECASE)
# The first two alternatives are marks that mean something: a footnote's "(*)", a line of asterisks that divides.
_STARS = re.compile(r"(?P<keep>\(\*+\)|^[ \t]*\*{3,}[ \t]*$)|\*{2,}|^[ \t]*\*[ \t]+\*[ \t]*$")
_UNDERLINED = re.compile(r"(?<![_\w])__(?=[^\W_])([^_\n]{1,300})__(?!_)")
_LONE = re.compile(r"\(\*+\)|\*+")
_PARAGRAPH = re.compile(r"\n[ \t]*(?:\|[ \t]*)?\n")


def clean(text: str) -> str:
    """NFC, plain blanks and hyphens, one kind of line end, no emphasis. Page breaks, tabs and bars stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = nfc(_NOISE.sub(lambda match: _CHARACTERS[match[0]], text))
    text = _STRAY.sub("", text)
    text = _BREAKS.sub("\n", _TAGS.sub("", text)) if "<" in text else text
    text = _UNDERLINED.sub(r"\1", text) if "__" in text else text
    return without_emphasis(text) if "*" in text else text


def without_emphasis(text: str) -> str:
    """Drop `**` wherever it stands, and each `*…*` that closes in its paragraph; an unpaired asterisk stays."""
    text = "\n".join(_without_runs(line) if "*" in line else line for line in text.split("\n"))
    parts, at = [], 0
    for star in _paired(text):
        parts.append(text[at:star])
        at = star + 1
    parts.append(text[at:])
    return "".join(parts)


def _without_runs(line: str) -> str:
    return _STARS.sub(lambda match: match["keep"] or "", line)


def _paired(text: str) -> Iterator[int]:
    """Places of the asterisks that are emphasis, in order."""
    start = 0
    for end in (*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)):
        opener: int | None = None
        for match in _LONE.finditer(text, start, end):
            at = match.start()
            if len(match[0]) > 1:
                continue
            if opener is not None and _closes(text, at):
                yield opener
                yield at
                opener = None
            elif _opens(text, at):
                opener = at
        start = end


def _opens(text: str, at: int) -> bool:
    return (at == 0 or not text[at - 1].isalnum()) and at + 1 < len(text) and not text[at + 1].isspace()


def _closes(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return not text[at - 1].isspace() or not after or after.isalnum() or after == "\n"
