"""Reporting periods tile the calendar: every day lies in exactly one (nine months excepted: three months have none)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.work.programmes.rules.periods import Calendar, Period, calendar_for, calendars
from vanban import model

DAYS = st.dates(min_value=date(2019, 3, 12), max_value=date(2040, 12, 31))
TILING = ("week", "month", "quarter", "half", "year")
DECREE = calendars()["nd-09-2019"]
DAY = timedelta(days=1)

rhythms = pytest.mark.parametrize("every", TILING)


@rhythms
@given(day=DAYS)
def test_every_day_lies_in_its_period(every, day):
    period = DECREE.period(every, day)
    assert period.start <= day <= period.cutoff


@rhythms
@given(day=DAYS)
def test_periods_follow_without_gap_or_overlap(every, day):
    period = DECREE.period(every, day)
    assert DECREE.period(every, period.cutoff + DAY).start == period.cutoff + DAY
    assert DECREE.period(every, period.start - DAY).cutoff == period.start - DAY
    assert DECREE.period(every, period.start) == DECREE.period(every, period.cutoff) == period


@rhythms
@given(first=DAYS, span=st.integers(min_value=0, max_value=1500))
def test_a_stretch_of_days_is_tiled_by_its_periods(every, first, span):
    last = first + timedelta(days=span)
    periods = DECREE.periods(every, first, last)
    assert periods[0].start <= first <= periods[0].cutoff
    assert periods[-1].start <= last <= periods[-1].cutoff
    assert all(after.start == before.cutoff + DAY for before, after in pairwise(periods))
    assert len({period.key for period in periods}) == len(periods)


@pytest.mark.parametrize("every", [*TILING, "nine_months"])
@given(day=DAYS)
def test_a_report_is_due_after_its_cut_off_in_the_same_month(every, day):
    period = DECREE.period(every, day)
    assert (period.cutoff.day, period.due.day) == (14, 25)
    assert (period.due.year, period.due.month) == (period.cutoff.year, period.cutoff.month)


@given(first=DAYS, span=st.integers(min_value=0, max_value=900))
def test_of_nine_months_only_periods_that_have_begun_are_named(first, span):
    last = first + timedelta(days=span)
    periods = DECREE.periods("nine_months", first, last)
    assert all(period.start <= last and period.cutoff >= first for period in periods)


def test_between_two_nine_months_nothing_runs():
    assert DECREE.periods("nine_months", date(2026, 10, 1), date(2026, 11, 20)) == []
    assert DECREE.period("nine_months", date(2026, 10, 1)).start == date(2026, 12, 15), "the next one"


@given(day=DAYS)
def test_nine_months_leave_a_quarter_without_a_period(day):
    period = DECREE.period("nine_months", day)
    assert (period.start.month, period.start.day, period.cutoff.month) == (12, 15, 9)
    inside = period.start <= day <= period.cutoff
    quarter = (9, 15) <= (day.month, day.day) <= (12, 14)
    assert inside is not quarter


def test_no_periods_in_a_stretch_that_ends_before_it_begins():
    assert DECREE.periods("half", date(2026, 3, 2), date(2026, 3, 1)) == []


@pytest.mark.parametrize(
    ("every", "on", "start", "cutoff", "name"),
    [
        ("half", date(2026, 3, 2), date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("half", date(2026, 6, 14), date(2025, 12, 15), date(2026, 6, 14), "6 tháng đầu năm 2026"),
        ("half", date(2026, 6, 15), date(2026, 6, 15), date(2026, 12, 14), "6 tháng cuối năm 2026"),
        ("half", date(2026, 12, 15), date(2026, 12, 15), date(2027, 6, 14), "6 tháng đầu năm 2027"),
        ("quarter", date(2026, 3, 14), date(2025, 12, 15), date(2026, 3, 14), "Quý I/2026"),
        ("quarter", date(2026, 9, 15), date(2026, 9, 15), date(2026, 12, 14), "Quý IV/2026"),
        ("month", date(2026, 2, 15), date(2026, 2, 15), date(2026, 3, 14), "tháng 3/2026"),
        ("week", date(2026, 2, 14), date(2026, 1, 15), date(2026, 2, 14), "tháng 2/2026"),
        ("year", date(2026, 12, 14), date(2025, 12, 15), date(2026, 12, 14), "năm 2026"),
        ("nine_months", date(2026, 1, 1), date(2025, 12, 15), date(2026, 9, 14), "9 tháng năm 2026"),
    ],
)
def test_periods_of_the_decree(every, on, start, cutoff, name):
    period = DECREE.period(every, on)
    assert (period.start, period.cutoff, period.name) == (start, cutoff, name)
    assert period.key == f"{start}/{cutoff}"


def test_the_calendar_knows_every_rhythm_the_reader_gives():
    from typing import get_args

    assert set(DECREE.every) == set(get_args(model.Every))
    with pytest.raises(KeyError):
        DECREE.period("fortnight", date(2026, 1, 1))


def test_the_calendar_in_force_on_a_day():
    assert calendar_for(date(2019, 3, 12)) == calendar_for(date(2026, 1, 1)) == DECREE
    with pytest.raises(LookupError, match="2019-03-11"):
        calendar_for(date(2019, 3, 11))


def test_the_newest_calendar_in_force_wins(monkeypatch):
    from tiendo.work.programmes.rules import periods

    def made(id_: str, first: date, last: date | None) -> Calendar:
        return Calendar(id_, "", "", first, last, 14, 25, DECREE.every)

    both = {"old": made("old", date(2020, 1, 1), date(2026, 6, 30)), "new": made("new", date(2026, 1, 1), None)}
    monkeypatch.setattr(periods, "calendars", lambda: both)
    assert [calendar_for(day).id for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 1))] == [
        "old",
        "new",
        "new",
    ]


def test_a_cut_off_at_the_end_of_a_month_is_its_last_day():
    calendar = Calendar("x", "", "", date(2020, 1, 1), None, 31, 31, DECREE.every)
    assert calendar.period("month", date(2026, 2, 10)) == Period(
        date(2026, 2, 1), date(2026, 2, 28), date(2026, 2, 28), "tháng 2/2026"
    )
