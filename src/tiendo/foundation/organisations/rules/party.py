"""Which bodies are the Party's: their papers have a form of their own. Pure; the words are data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from tiendo.foundation.organisations.naming import key

KINDS = {"party_committee", "party_advisory", "party_group", "party_civil_group"}


@cache
def _begins() -> tuple[str, ...]:
    words = tomllib.loads((Path(__file__).parent.parent / "lists.toml").read_text(encoding="utf-8"))["party"]["begins"]
    return tuple(f"{key(word)} " for word in words)


def of_the_party(kind: str, name: str) -> bool:
    """By its kind; or by its name, where the register has it as something else: a commune, the armed forces.

    >>> of_the_party("commune", "Đảng uỷ xã Suối Mơ"), of_the_party("commune", "UBND xã Suối Mơ")
    (True, False)
    """
    return kind in KINDS or f"{key(name)} ".startswith(_begins())
