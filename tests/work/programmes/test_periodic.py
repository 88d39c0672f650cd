"""Period reports: a body owes one for all its standing rows of a day, and it is counted once."""

from __future__ import annotations

from datetime import date, timedelta

from tiendo.work.programmes.rules.clocks import Clock, Held, Part, as_reports, clock
from tiendo.work.programmes.rules.periodic import Periods, Rows, counted, reports_of
from tiendo.work.programmes.rules.standing import Standing

DUE = date(2026, 6, 25)
SUPPLEMENT = DUE + timedelta(days=9)
LATER = DUE + timedelta(days=30)
A, B = 1, 2


def rows(body: int, state: str, n: int = 1, day: date = DUE, period: str = "") -> Rows:
    return Rows(7, body, state, day, n, period)


def test_rows_of_a_day_are_one_report_and_it_is_made_when_every_row_is_answered():
    [mine, other] = reports_of([rows(A, "open", 2), rows(A, "confirmed", 3), rows(B, "submitted", 4)])
    assert (mine.rows, mine.answered, mine.standing(DUE), mine.standing(LATER)) == (
        5, 3, Standing.NOT_REPORTED, Standing.NOT_REPORTED_LATE,
    )  # fmt: skip
    assert (other.rows, other.answered, other.standing(LATER)) == (4, 4, Standing.REPORTED)


def test_one_late_row_makes_it_late():
    [one] = reports_of([rows(A, "submitted", 2), rows(A, "confirmed_late")])
    assert one.standing(LATER) == Standing.REPORTED_LATE


def test_what_is_suspended_or_not_owed_belongs_to_none():
    assert reports_of([rows(A, "suspended"), rows(A, "not_owed", 3)]) == []
    [one] = reports_of([rows(A, "suspended"), rows(A, "submitted")])
    assert (one.rows, one.answered) == (1, 1)


def test_what_was_sent_back_is_to_be_sent_once_more():
    first, again = reports_of([rows(A, "submitted", 8), rows(A, "open", 2, SUPPLEMENT)])
    assert (first.standing(LATER), again.day) == (Standing.REPORTED, SUPPLEMENT)
    assert again.standing(SUPPLEMENT) == Standing.NOT_REPORTED


def test_the_figures_say_what_was_made_what_is_missing_and_what_is_not_due():
    made = [rows(A, "submitted", 9), rows(B, "submitted_late")]
    open_ = [rows(3, "open", 2), rows(A, "open", 9, LATER)]
    found = counted(reports_of([*made, *open_]), DUE + timedelta(days=1))
    assert found == Periods(made=2, made_late=1, missing=1, pending=1)
    assert found.due == 3


def test_names_of_periods_are_told_once():
    [one] = reports_of(rows(A, "open", period=name) for name in ("6 tháng", "năm", "năm"))
    assert one.periods == ("6 tháng", "năm")


def test_rows_held_together_run_one_clock():
    day = DUE - timedelta(days=10)
    whole = Held(Part.LEAD, A, day, DUE, DUE)
    longer = Held(Part.LEAD, A, day + timedelta(days=2), DUE + timedelta(days=3), DUE)
    apart = Held(Part.LEAD, A, DUE + timedelta(days=5), None, DUE)
    other = Held(Part.LEAD, B, day, DUE, DUE)
    next_one = Held(Part.LEAD, A, day, DUE, LATER)
    found = as_reports([longer, whole, apart, other, next_one, whole])
    assert sorted(found, key=lambda one: (one.holder or 0, one.owed or DUE, one.since)) == [
        Held(Part.LEAD, A, day, DUE + timedelta(days=3), DUE), apart, next_one, other,
    ]  # fmt: skip
    on = DUE + timedelta(days=7)
    assert clock(found[0], on=on) == Clock(13, 3)


def test_what_is_held_still_takes_in_what_came_later():
    day = DUE - timedelta(days=10)
    still, ended = Held(Part.CONFIRM, A, day, None, DUE), Held(Part.CONFIRM, A, DUE, LATER, DUE)
    assert as_reports([ended, still]) == [still]
