"""Whose clock ran how long, and to whom lateness is charged."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tiendo.work.programmes.rules.clocks import Clock, Held, Part, clock, clocks, part_of

DAY = date(2026, 3, 2)


def on(number: int) -> date:
    return DAY + timedelta(days=number)


@pytest.mark.parametrize(
    ("held", "at", "expected"),
    [
        (Held(Part.LEAD, 1, on(0), on(5), on(10)), 30, Clock(5, 0)),
        (Held(Part.LEAD, 1, on(0), on(15), on(10)), 30, Clock(15, 5)),
        (Held(Part.LEAD, 1, on(0), None, on(10)), 10, Clock(10, 0)),
        (Held(Part.LEAD, 1, on(0), None, on(10)), 11, Clock(11, 1)),
        (Held(Part.CONFIRM, 2, on(15), on(22), on(10)), 30, Clock(7, 7)),
        (Held(Part.CONFIRM, 2, on(8), on(12), on(10)), 30, Clock(4, 2)),
        (Held(Part.DECIDE, None, on(8), None), 30, Clock(22, 0)),
        (Held(Part.LEAD, 1, on(5), on(9), on(3)), 2, Clock(0, 0)),
    ],
)
def test_days_held_and_days_late(held, at, expected):
    assert clock(held, on=on(at)) == expected


def test_days_are_charged_once_whoever_held_it():
    spans = [
        Held(Part.LEAD, 1, on(0), on(12), on(10)),
        Held(Part.CONFIRM, 2, on(12), on(15), on(10)),
        Held(Part.LEAD, 1, on(15), on(20), on(18)),
        Held(Part.CONFIRM, 2, on(20), None, on(10)),
    ]
    found = clocks(spans, on=on(25))
    assert found == {(Part.LEAD, 1, ""): Clock(17, 4), (Part.CONFIRM, 2, ""): Clock(8, 8)}
    assert sum(one.days for one in found.values()) == 25


def test_who_holds_what():
    assert part_of(state="open", role="lead") is Part.LEAD
    assert part_of(state="open", role="coordinate") is Part.COORDINATE
    assert part_of(state="submitted", role="coordinate") is Part.CONFIRM
    assert [part_of(state=state, role="lead") for state in ("confirmed", "suspended", "not_owed")] == [None] * 3
