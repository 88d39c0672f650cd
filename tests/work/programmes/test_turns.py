"""Cutting a history anew where a recorded day was wrong: by itself, and against what would have been recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tiendo.work.programmes.rules import corrections, turns
from tiendo.work.programmes.rules.corrections import Said
from tiendo.work.programmes.rules.standing import supplement_due
from tiendo.work.programmes.rules.turns import Span
from tiendo.work.programmes.rules.workdays import next_workday

DAY = date(2026, 3, 2)
DUE = DAY + timedelta(days=20)
LATE = DAY + timedelta(days=80)


def on(number: int) -> date:
    return DAY + timedelta(days=number)


def history(*steps: tuple[str, int]) -> list[Span]:
    """What the ledger keeps of an obligation raised on day 0: steps `submit`, `ask_more`, `confirm` on these days."""
    now = Span(on(0), None, 1, 2, "open", DUE)
    over: list[Span] = []
    for step, number in steps:
        then = now
        if step == "submit":
            added = now.supplemented_on or on(number) if now.submitted_on else None
            now = replace(now, state="submitted", submitted_on=now.submitted_on or on(number), supplemented_on=added)
        elif step == "confirm":
            now = replace(now, state="confirmed")
        else:
            left = supplement_due(due=DUE, submitted_on=now.submitted_on or DAY, returned_on=on(number))
            now = replace(now, state="open", supplement_due=left)
        if then.since < on(number):
            over.append(replace(then, until=on(number)))
            now = replace(now, since=on(number))
    return [*over, now]


def by_day(spans: list[Span]) -> list[Span]:
    """How it stood on each day: one span for each, and none is told twice."""
    found = []
    for number in range((LATE - DAY).days):
        [stood] = [one for one in spans if one.since <= on(number) and (one.until is None or one.until > on(number))]
        found.append(replace(stood, since=DAY, until=None))
    return found


STEPS = ("submit", "ask_more", "submit", "confirm")
days = st.lists(st.integers(1, 40), min_size=4, max_size=4).map(sorted)
"""Several on one day too: of these more is asked than the turns know (queries/turns.py)."""


def said(steps: list[tuple[str, int]]) -> Said:
    """What is known besides."""
    returned = [on(number) for step, number in steps if step == "ask_more"]
    again = [on(number) for step, number in steps if step == "submit"][1:]
    return Said(returned, (), again[-1] if again else None)


@given(days, st.integers(1, 4), st.integers(0, 40))
@example([3, 3, 9, 9], 2, 1)
def test_what_is_corrected_is_as_if_it_had_been_recorded_so(numbers, length, right):
    steps = list(zip(STEPS[:length], numbers, strict=False))
    recorded = history(*steps)
    bounds = corrections.bounds(recorded, "submitted_on", today=LATE, said=said(steps))
    assert bounds is not None
    assert bounds[1] == (on(numbers[1]) if length > 1 else LATE)
    if right == 0 or on(right) > bounds[1]:
        return
    true = history(("submit", right), *steps[1:])
    assert by_day(corrections.corrected(recorded, "submitted_on", on(right), said=said(steps))) == by_day(true)


@given(days, st.integers(1, 60))
def test_so_is_a_confirmation(numbers, right):
    steps = list(zip(STEPS, numbers, strict=True))
    recorded = history(*steps)
    bounds = corrections.bounds(recorded, "confirmed_on", today=LATE, said=said(steps))
    assert bounds == (on(numbers[2]), LATE)
    if on(right) < bounds[0]:
        return
    true = history(*steps[:3], ("confirm", right))
    assert by_day(corrections.corrected(recorded, "confirmed_on", on(right))) == by_day(true)


@pytest.mark.parametrize("right", [1, 4, 5, 9])
def test_what_was_handed_in_and_confirmed_on_one_day(right):
    recorded = history(("submit", 5), ("confirm", 5))
    assert corrections.bounds(recorded, "submitted_on", today=LATE)[1] == on(5)
    assert corrections.bounds(recorded, "confirmed_on", today=LATE) == (on(5), LATE)
    if right <= 5:
        true = history(("submit", right), ("confirm", 5))
        assert corrections.corrected(recorded, "submitted_on", on(right)) == true
    else:
        assert corrections.corrected(recorded, "confirmed_on", on(right)) == history(("submit", 5), ("confirm", right))


def test_what_was_handed_in_and_returned_on_one_day():
    recorded = history(("submit", 5), ("ask_more", 5))
    known = Said([on(5)])
    true = history(("submit", 2), ("ask_more", 5))
    assert corrections.corrected(recorded, "submitted_on", on(2), said=known) == true


def test_what_was_handed_in_on_the_day_it_was_raised_was_open_until_the_right_day():
    assert corrections.corrected(history(("submit", 0)), "submitted_on", on(4)) == history(("submit", 4))


def test_until_the_right_day_it_lay_with_who_handed_it_in():
    """On day 5 it went to another body, which handed it in at once, by a later day: of that the turns tell nothing."""
    taken_over = {"organisation": 7, "due": on(30)}
    first, now = history(("submit", 5))
    now = replace(now, **taken_over)
    assert corrections.corrected([first, now], "submitted_on", on(8)) == [
        first,
        replace(now, until=on(8), state="open", submitted_on=None),
        replace(now, since=on(8), submitted_on=on(8)),
    ]


def test_until_the_right_day_it_waited_for_who_confirmed():
    first, waits, now = history(("submit", 5), ("confirm", 9))
    now = replace(now, confirming=8)
    assert corrections.corrected([first, waits, now], "confirmed_on", on(12)) == [
        first,
        waits,
        replace(now, until=on(12), state="submitted"),
        replace(now, since=on(12)),
    ]


def test_what_was_confirmed_again_on_the_day_it_was_revoked_was_confirmed_before():
    """Confirmed on day 9; on day 12 that was revoked, and it was confirmed once more."""
    *over, now = history(("submit", 5), ("confirm", 9))
    recorded = [*over, replace(now, until=on(12)), replace(now, since=on(12))]
    known = Said(revoked=[on(12)])
    assert corrections.bounds(recorded, "confirmed_on", today=LATE, said=known) == (on(12), LATE)
    assert corrections.bounds(recorded, "submitted_on", today=LATE, said=known)[1] == on(9)
    assert corrections.corrected(recorded, "confirmed_on", on(15), said=known) == [
        *over,
        replace(now, until=on(12)),
        replace(now, since=on(12), until=on(15), state="submitted"),
        replace(now, since=on(15)),
    ]


def test_a_word_that_was_taken_back_on_its_day_was_said():
    assert corrections.bounds(history(("submit", 5)), "submitted_on", today=LATE, said=Said(revoked=[on(7)])) == (
        corrections.EARLIEST,
        on(7),
    )


def test_a_supplement_is_counted_anew_after_a_suspension_too():
    recorded = history(("submit", 5), ("ask_more", 9))
    now = recorded[-1]
    stopped = [*recorded[:-1], replace(now, until=on(11)), replace(now, since=on(11), until=on(14), state="suspended")]
    recorded = [*stopped, replace(now, since=on(14))]
    found = corrections.corrected(recorded, "submitted_on", on(2), said=Said([on(9)]))
    assert {one.supplement_due for one in found[2:]} == {next_workday(on(9) + (DUE - on(2)))}


def test_what_was_handed_in_before_it_was_raised_was_never_open():
    assert corrections.corrected(history(("submit", 5)), "submitted_on", on(-3)) == [
        Span(on(0), None, 1, 2, "submitted", DUE, None, on(-3))
    ]


def test_an_extended_day_for_a_supplement_stays():
    recorded = history(("submit", 5), ("ask_more", 9))
    recorded[-1] = replace(recorded[-1], supplement_due=on(77))
    assert corrections.corrected(recorded, "submitted_on", on(2), said=Said([on(9)]))[-1].supplement_due == on(77)


def test_what_never_was_has_no_day():
    for field in ("submitted_on", "confirmed_on"):
        assert corrections.bounds(history(), field, today=LATE) is None
    assert corrections.bounds(history(("submit", 3)), "confirmed_on", today=LATE) is None
    with pytest.raises(ValueError, match="never"):
        turns.submitted_on(history(), on(1))
    with pytest.raises(ValueError, match="not confirmed"):
        turns.confirmed_on(history(("submit", 3)), on(4))
