"""A page as a picture, on its way to whoever recognises its letters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from vanban.source.paper.page import Page

DPI = 200


@dataclass(frozen=True, slots=True)
class Picture:
    """`pixels`: rows from the top, without padding; three bytes a pixel, blue, green, red (OpenCV's order)."""

    number: int
    """Of the page, from 1."""
    width: float
    """Of the page, in points."""
    height: float
    columns: int
    rows: int
    pixels: bytes


Recogniser = Callable[[Picture], Page | None]
"""Called once for every page that is a picture, in order; None for a page that it could not recognise."""
