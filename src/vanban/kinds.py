"""Kinds of documents and the codes that stand for them in a symbol (`lexicon/kinds.csv`)."""

from __future__ import annotations

import re
from functools import cache

from vanban.fold import key
from vanban.lexicon import table

UNSPECIFIC = frozenset({"Văn bản"})
"""Words that say only that there is a document: they agree with every other kind."""


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    return tuple((row["kind"], tuple(row["codes"].split()), bool(row["named"])) for row in table("kinds.csv"))


@cache
def by_key() -> dict[str, str]:
    """Folded name to the name as it is written."""
    return {key(kind): kind for kind, _, _ in _rows()}


@cache
def named() -> frozenset[str]:
    """Kinds that are cited by their name alone."""
    return frozenset(kind for kind, _, is_named in _rows() if is_named)


@cache
def _by_code() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for kind, own, _ in _rows():
        for code in own:
            codes[code.casefold()] = (*codes.get(code.casefold(), ()), kind)
    return codes


def of_code(code: str) -> tuple[str, ...]:
    """Kinds that a symbol's type code may stand for, the likeliest first; empty for what is no type code."""
    return _by_code().get(code.casefold().replace("ð", "đ"), ())


def canonical(printed: str) -> str | None:
    """`NGHỊ  QUYẾT`, `nghị quyết` → `Nghị quyết`."""
    return by_key().get(key(printed))


_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 26
"""Letters of the longest kind, and one for a second blank."""


def at_end(text: str) -> tuple[int, str] | None:
    """The kind that ends a text (but for blanks and a colon): where it begins and its name. The longest wins."""
    bare = text.rstrip().removesuffix(":").rstrip()
    low = max(0, len(bare) - _LONGEST)
    ends = list(_WORD.finditer(bare, low))[-4:]
    if not ends or ends[-1].end() != len(bare):
        return None
    for first in ends:
        kind = _spelled().get(" ".join(word[0] for word in ends[ends.index(first) :]).lower())
        if kind is not None and not bare[first.start() - 1 : first.start()].isalnum():
            return first.start(), kind
    return None


@cache
def _spelled() -> dict[str, str]:
    """Small letters, either place of the tone mark, to the name as it is written."""
    old = re.compile("|".join(_TONES))
    names = [kind for kind, _, _ in _rows()]
    return {form: name for name in names for form in (name.lower(), old.sub(lambda at: _TONES[at[0]], name.lower()))}


def agree(one: str | None, other: str | None) -> bool:
    """May both stand for one document (`Chương trình`, `Chương trình hành động`; nothing printed agrees with all)?"""
    if one is None or other is None or one in UNSPECIFIC or other in UNSPECIFIC:
        return True
    return one.startswith(other) or other.startswith(one)


@cache
def pattern() -> re.Pattern[str]:
    """Any kind, in any case, words apart by any white space but a tab; the longest name wins."""
    names = sorted((kind for kind, _, _ in _rows()), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(r"[^\S\t]+".join(loose(name).split(" ")) for name in names) + r")\b", re.IGNORECASE
    )


@cache
def capital_pattern() -> re.Pattern[str]:
    """Any kind as it is written with a capital."""
    names = sorted((kind for kind, _, _ in _rows()), key=len, reverse=True)
    return re.compile("(?:" + "|".join(names) + r")\b")


def loose(name: str) -> str:
    """Both places of the tone mark are read (`thỏa`, `thoả`)."""
    return re.sub("(?i)" + "|".join(_TONES), lambda found: f"(?:{found[0]}|{_TONES[found[0].lower()]})", name)


_PAIRS = ("òa oà", "óa oá", "ỏa oả", "õa oã", "ọa oạ", "ủy uỷ", "úy uý", "ùy uỳ", "ũy uỹ", "ụy uỵ")
_TONES = {new: old for pair in _PAIRS for new, old in (pair.split(),)}
