"""A printed page, whether a PDF tells it or a picture of it was recognised: words and ruling, each where it stands.

Everything is in points (1/72 inch) of the page as it is shown (a turned page is turned first), from the top left
corner, x to the right, y down. What reads a page (a digital PDF, a scan) makes `Page`s; what lays them out
(`paper.layout`) knows of nothing else, so both get the same tables, paragraphs and places.
"""

from __future__ import annotations

from msgspec import Struct


class Box(Struct, frozen=True):
    left: float
    top: float
    right: float
    bottom: float


class Word(Struct, frozen=True):
    """What stands between two blanks, NFC. Its box reaches from ascent to descent, so that boxes of one line agree."""

    text: str
    box: Box
    bold: bool = False
    italic: bool = False
    confidence: float | None = None
    """How sure text recognition is, 0 to 100; None where the source states the letters."""


class Rule(Struct, frozen=True):
    """A straight line of ruling: `across` at one y (`at`), from `start` to `end` in x; else at one x, in y."""

    across: bool
    at: float
    start: float
    end: float


class Page(Struct, frozen=True):
    """`number` from 1. Words in any order; the thin sides of a drawn box are rules like any other."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    scanned: bool = False
    """Recognised from a picture."""
    lean: float = 0.0
    """Degrees against the clock that the picture was turned about its middle before it was read: a place on the
    picture as it came lies so much the other way."""
