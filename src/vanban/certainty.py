"""How sure text recognition is of a stretch of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from vanban.model import Place, Span

UNSURE = 60
"""Of 100: below it a figure is as likely wrong as right, and a person must look."""


def least(places: Sequence[Place], span: Span) -> int | None:
    """Of the printed lines that the span stands on, how sure the least sure one is; None where letters are stated."""
    at = bisect_right(places, span.start, key=lambda place: place.end)
    found: list[int] = []
    while at < len(places) and places[at].start < span.end:
        confidence = places[at].confidence
        found += [] if confidence is None else [confidence]
        at += 1
    return min(found, default=None)


def is_unsure(places: Sequence[Place], span: Span) -> bool:
    confidence = least(places, span)
    return confidence is not None and confidence < UNSURE
