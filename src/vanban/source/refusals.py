"""The words in which a file is refused (`lexicon/refusals.toml`)."""

from __future__ import annotations

from vanban.errors import TooLarge, Unreadable
from vanban.lexicon import load

LEXICON = load("refusals.toml")


def unreadable(reason: str, *, kind: str = "") -> Unreadable:
    """`reason` is a key of the lexicon's `[unreadable]`, and stays on the error as its stable sub-code."""
    return Unreadable(LEXICON["unreadable"][reason].format(kind=kind), reason=reason)


def too_large(reason: str, *, limit: int = 0) -> TooLarge:
    """`limit` in bytes."""
    return TooLarge(LEXICON["too_large"][reason].format(limit=f"{limit // 1024**2} MB"), reason=reason)
