"""Rates, as they are printed: never without their denominator, and of few things without a percentage."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

FEW = 10
"""Of fewer things one more or less moves a percentage by more than ten points: the fraction alone says what is known.
The number itself is ours; no rule names one.
"""


def percentage(part: int, whole: int) -> Decimal | None:
    """With one decimal, halves upwards; None: of too few things, or of nothing."""
    if whole < FEW:
        return None
    return (Decimal(100 * part) / whole).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
