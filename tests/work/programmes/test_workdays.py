"""Working days: Tết, days off in place of others, Saturdays worked instead; and calendars that go by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.work.programmes.rules import periods, workdays
from tiendo.work.programmes.rules.periods import NEXT_WORKDAY, calendars
from tiendo.work.programmes.rules.workdays import Kind, add_workdays, is_workday, known, next_workday, special, specials

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
DECREE = calendars()["nd-09-2019"]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 2, 8), False), (date(2024, 2, 14), False), (date(2024, 2, 15), True), (date(2024, 4, 18), False),
        (date(2024, 4, 29), False), (date(2024, 5, 4), True), (date(2024, 9, 3), False), (date(2025, 1, 26), False),
        (date(2025, 1, 31), False), (date(2025, 2, 3), True), (date(2025, 4, 7), False), (date(2025, 4, 26), True),
        (date(2025, 5, 2), False), (date(2025, 9, 1), False), (date(2026, 1, 2), False), (date(2026, 1, 10), True),
        (date(2026, 2, 16), False), (date(2026, 2, 20), False), (date(2026, 2, 23), True), (date(2026, 4, 27), False),
        (date(2026, 8, 22), True), (date(2026, 8, 31), False), (date(2026, 9, 2), False), (date(2026, 3, 2), True),
        (date(2026, 3, 1), False),
    ],
)  # fmt: skip
def test_days_of_three_years(day, works):
    assert is_workday(day) is works


def test_every_entry_says_where_it_is_from_and_whether_that_was_checked():
    assert {entry.on.year for entry in specials()} == {2024, 2025, 2026}
    for entry in specials():
        assert entry.name
        assert entry.source
        assert entry.on <= entry.until
        assert entry.verified in {True, False}
    assert any(not entry.verified for entry in specials()), "what is from memory is marked so"


def test_no_day_is_told_twice_and_what_is_worked_is_a_weekend():
    for before, after in zip(specials(), specials()[1:], strict=False):
        assert before.until < after.on
    for entry in specials():
        weekend = entry.on.weekday() >= 5
        assert weekend is (entry.kind == Kind.WORKED), entry


def test_each_day_off_in_exchange_is_worked_on_another():
    """But for days off that follow a holiday on a weekend."""
    for year in (2024, 2025, 2026):
        off = [one for one in specials() if one.on.year == year and one.kind == Kind.INSTEAD and "bù" not in one.name]
        worked = [one for one in specials() if one.on.year == year and one.kind == Kind.WORKED]
        assert len(off) == len(worked)


def test_what_is_not_known_is_said():
    assert known(2026)
    assert not known(2030)
    assert special(date(2026, 3, 2)) is None
    assert is_workday(date(2030, 1, 1)), "only weekends are known of other years"


@given(DAYS)
def test_the_next_working_day_is_the_first_one(day):
    found = next_workday(day)
    assert is_workday(found)
    assert not any(is_workday(day + timedelta(days=n)) for n in range((found - day).days))


@given(DAYS, st.integers(0, 30))
def test_working_days_are_counted_one_by_one(day, count):
    found = add_workdays(day, count)
    assert sum(is_workday(day + timedelta(days=n + 1)) for n in range((found - day).days)) == count
    assert found == day or is_workday(found)


def test_days_are_counted_forward():
    with pytest.raises(ValueError, match="forward"):
        add_workdays(date(2026, 3, 2), -1)


@given(DAYS)
def test_a_due_day_stays_unless_the_calendar_says_otherwise(day):
    moving = replace(DECREE, off_day=NEXT_WORKDAY)
    stays, moves = DECREE.period("month", day), moving.period("month", day)
    assert stays.due.day == 25
    assert moves.due == next_workday(stays.due)
    assert (stays.start, stays.cutoff, stays.name) == (moves.start, moves.cutoff, moves.name)


def test_a_calendar_whose_rule_is_a_slip_is_told_of():
    entry = {"id": "x", "name": "", "source": "", "effective_from": date(2026, 1, 1), "cutoff_day": 14, "due_day": 25}
    assert periods._calendar({**entry, "every": {}}).off_day == periods.STAY
    with pytest.raises(ValueError, match="off_day"):
        periods._calendar({**entry, "every": {}, "off_day": "monday"})


def test_wrong_data_are_told_of():
    with pytest.raises(ValueError, match="is not a valid Kind"):
        workdays.Kind("nghỉ")
