"""Roman numerals, and what text recognition makes of them: `H` and `IH` for II and III (`lexicon/slips.toml`)."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from vanban.fold import fold
from vanban.lexicon import load

_LETTERS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_MOST = 39
_LONGEST = 6
_PLAIN = re.compile(r"[IVX]+")


def roman(number: int) -> str:
    """1 to 39."""
    text = ""
    for value, letters in _LETTERS:
        while number >= value:
            text, number = text + letters, number - value
    return text


def value(printed: str) -> int | None:
    """Of a Roman numeral as it should be printed; None for anything else."""
    return _values().get(printed) if _PLAIN.fullmatch(printed) else None


def meant(printed: str, number: int) -> bool:
    """Whether letters that are no such numeral may have been printed as this one."""
    wanted = roman(number)
    if not printed or len(printed) > _LONGEST or printed == wanted:
        return False
    return any("".join(one) == wanted for one in product(*map(_options, printed)))


def is_like(printed: str) -> bool:
    """Whether letters may have been printed as some numeral."""
    return 0 < len(printed) <= _LONGEST and all({*option} <= {*"IVX"} for one in printed for option in _options(one))


@cache
def _values() -> dict[str, int]:
    return {roman(number): number for number in range(1, _MOST + 1)}


@cache
def _options(letter: str) -> tuple[str, ...]:
    """What a letter may have been: a stroke, two strokes that ran together, or a letter with a speck above it."""
    strokes = load("slips.toml")["quarters"]
    if letter in strokes["double"]:
        return ("II", "I")
    plain = fold(letter).upper()
    return ("I",) if letter in strokes["strokes"] else (plain,) if plain in {"I", "V", "X"} else (letter,)
