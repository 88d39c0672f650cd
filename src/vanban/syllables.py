"""How Vietnamese is spelt: one syllable, one word. It tells pieces of a word that a narrow cell or a page's end broke
(`qua` / `n`) from two words.
"""

from __future__ import annotations

import re

from vanban.fold import fold

_VOWELS = (
    "a e i o u y ai ao au ay eo eu ia ie iu oa oe oi oo ua ue ui uo uu uy ye "
    "ieu yeu oai oay oao oeo uay uoi uou uye uya uyu"
)
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ch|th|tr|ph|qu|[bcdghklmnpqrstvx])?"
    rf"(?P<vowels>{'|'.join(sorted(_VOWELS.split(), key=len, reverse=True))})(?P<coda>ch|nh|ng|[cmnpt])?"
)
_TAIL, _HEAD = re.compile(r"[^\W\d_]+$"), re.compile(r"[^\W\d_]+")
_FIGURES_END, _FIGURES = re.compile(r"[\d/.-]+$"), re.compile(r"[\d/.-]+")
_RUN = re.compile(r"\d+")
_LONGEST = 40
"""Letters at the end of a text that are looked at."""
_CLOSING = frozenset(",;:.)”")
_LONGEST_RUN = 4
"""Figures of a year."""


def joins(piece: str, rest: str) -> bool:
    """Whether two pieces make one word: a syllable, an abbreviation, or the figures of one number or date."""
    if rest[:1] in _CLOSING:
        return True
    piece = piece[-_LONGEST:]
    if (end := _FIGURES_END.search(piece)) and (begin := _FIGURES.match(rest)):
        return all(len(run) <= _LONGEST_RUN for run in _RUN.findall(end[0] + begin[0]))
    tail, head = _TAIL.search(piece), _HEAD.match(rest)
    if tail is None or head is None:
        return False
    if is_syllable(tail[0] + head[0]):
        return True
    return tail[0].isupper() and head[0].isupper() and not is_syllable(tail[0]) and not is_syllable(head[0])


def is_syllable(word: str) -> bool:
    """Spelt as Vietnamese spells a word, in one case but for its first letter."""
    inner, spelt = word[1:], _SYLLABLE.fullmatch(fold(word))
    if spelt is None or not (inner.islower() or inner.isupper() or not inner):
        return False
    return spelt["coda"] not in {"ch", "nh"} or spelt["vowels"][-1] in "aeiy"


def torn(piece: str, rest: str) -> bool:
    """Whether two pieces surely are one word: together they are a syllable, and not both are for themselves."""
    tail, head = _TAIL.search(piece[-_LONGEST:]), _HEAD.match(rest)
    if tail is None or head is None or not is_syllable(tail[0] + head[0]):
        return False
    return not (is_syllable(tail[0]) and is_syllable(head[0]))


def run_on(before: str, text: str) -> str:
    """Two pieces of one text, with a blank between them but where a word is torn."""
    return f"{before}{'' if torn(before, text) else ' '}{text}".strip()
