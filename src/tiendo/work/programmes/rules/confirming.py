"""Who confirms. Nobody confirms their own work (DESIGN, idea 12)."""

from __future__ import annotations

from collections.abc import Iterable


def confirming_body(*, reporting: int, candidates: Iterable[int | None]) -> int | None:
    """The first candidate (ids, most particular first) that is not the reporting body; None when there is none."""
    return next((body for body in candidates if body is not None and body != reporting), None)
