"""What more is asked of a report: its own day, and whether it came by then."""

from __future__ import annotations

import pytest

import factories as make
from factories import by_date, days, moment, row
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries.standing import boxes
from tiendo.work.programmes.rules import Standing, standing
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def once(office: Office) -> Obligation:
    """Due on day 10."""
    plan = row("Xây dựng kế hoạch", SCIENCE, deadline=by_date(days(10)))
    return make.programme(plan, office=office.body, by=office.chief).obligations.get()


def test_the_days_with_the_confirming_body_are_not_counted_against_who_reports(once, office: Office):
    """DESIGN, idea 6: handed in in time, looked at twelve days after the term, it does not become overdue by that."""
    draft = make.submitted(once, at=moment(days(9)))
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=moment(days(22)))
    once.refresh_from_db()
    assert (once.due, once.supplement_due, once.owed_by) == (days(10), days(28), days(28)), "the fifth is a Sunday"
    told = {day: standing(once.facts, on=days(day)) for day in (22, 28, 29, 31)}
    assert told == {
        22: Standing.IN_TERM,
        28: Standing.DUE_SOON,
        29: Standing.OVERDUE,
        31: Standing.LONG_OVERDUE,
    }
    draft = make.resubmitted(draft, at=moment(days(26)))
    once.refresh_from_db()
    assert standing(once.facts, on=days(40)) == Standing.AWAITING
    reports.confirm(report=draft, seen_round=2, by=office.chief, at=moment(days(40)))
    once.refresh_from_db()
    assert standing(once.facts, on=days(99)) == Standing.DONE_ON_TIME


def test_a_supplement_that_came_after_its_own_day_is_late(once, office: Office):
    """Handed in in time with next to nothing, the rest long after the day that was set for it: not "đúng hạn"."""
    draft = make.submitted(once, at=moment(days(9)))
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=moment(days(10)))
    once.refresh_from_db()
    assert (once.supplement_due, once.supplemented_on) == (days(15), None)
    draft = make.resubmitted(draft, at=moment(days(16)))
    once.refresh_from_db()
    assert (once.submitted_on, once.supplemented_on) == (days(9), days(16))
    assert standing(once.facts, on=days(16)) == Standing.AWAITING_LATE
    reports.ask_more(report=draft, seen_round=2, reason="Vẫn thiếu.", by=office.chief, at=moment(days(17)))
    once.refresh_from_db()
    assert (once.supplement_due, standing(once.facts, on=days(17))) == (days(15), Standing.OVERDUE), "it stays late"
    draft = make.resubmitted(draft, at=moment(days(18)))
    reports.confirm(report=draft, seen_round=3, by=office.chief, at=moment(days(19)))
    once.refresh_from_db()
    assert (once.supplemented_on, standing(once.facts, on=days(99))) == (days(16), Standing.DONE_LATE)
    assert boxes(Obligation.objects.filter(pk=once.pk), days(99)).done_late == 1


def test_each_supplement_that_came_in_time_has_its_own_day(once, office: Office):
    draft = make.submitted(once, at=moment(days(9)))
    for n in (1, 2):
        reports.ask_more(report=draft, seen_round=n, reason="Thiếu.", by=office.chief, at=moment(days(n * 10)))
        once.refresh_from_db()
        assert (once.supplement_due, once.supplemented_on) == (days(n * 10 + 5), None)
        draft = make.resubmitted(draft, at=moment(days(n * 10 + 5)))
    reports.confirm(report=draft, seen_round=3, by=office.chief, at=moment(days(40)))
    once.refresh_from_db()
    assert standing(once.facts, on=days(99)) == Standing.DONE_ON_TIME


def test_how_long_a_supplement_has_is_a_setting(once, office: Office, settings):
    settings.SUPPLEMENT_DAYS = 10
    draft = make.submitted(once, at=moment(days(10)))
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=moment(days(10)))
    once.refresh_from_db()
    assert once.supplement_due == days(21), "the tenth day is a Sunday"


def test_what_came_late_stays_late_when_more_is_asked(once, office: Office):
    draft = make.submitted(once, at=moment(days(11)))
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=moment(days(12)))
    once.refresh_from_db()
    assert (once.submitted_on, once.supplement_due) == (days(11), None)
    assert standing(once.facts, on=days(12)) == Standing.OVERDUE
