"""Percentages are of enough things, and rounded as people round."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tiendo.work.programmes.rules.rates import percentage


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (1, 1, None),
        (9, 9, None),
        (0, 0, None),
        (10, 10, "100.0"),
        (1, 16, "6.3"),
        (16051, 16274, "98.6"),
        (0, 12, "0.0"),
    ],
)
def test_of_few_things_there_is_none(part, whole, said):
    assert percentage(part, whole) == (said and Decimal(said))
