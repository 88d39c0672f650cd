"""How names of bodies are compared. Pure; the words are data."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from vanban.fold import fold, nfc

_WORD = re.compile(r"[^\s;]+")


@cache
def _abbreviations() -> dict[str, str]:
    raw = tomllib.loads((Path(__file__).parent / "abbreviations.toml").read_text(encoding="utf-8"))["words"]
    return {fold(short): fold(full) for short, full in raw.items()}


def key(name: str) -> str:
    """What two names of bodies are compared by: folded, abbreviations written out, punctuation and doubled blanks gone.

    >>> key("UBND tỉnh") == key("Uỷ ban nhân dân  tỉnh")
    True
    """
    words = (_abbreviations().get(word.strip(",.()"), word) for word in _WORD.findall(fold(nfc(name))))
    return re.sub(r"[\s,.;()–-]+", " ", " ".join(words)).strip()
