"""Work that was overdue when another body took it over: told apart, the days of each with who held it."""

from __future__ import annotations

import pytest

import factories as make
from factories import days, moment
from tiendo.work.programmes.actions import changes, deadlines, reports
from tiendo.work.programmes.models import Assignment, Obligation
from tiendo.work.programmes.queries import clocks
from tiendo.work.programmes.queries.taking_over import taken_late, taken_late_by_body
from tiendo.work.programmes.rules import standing
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(office: Office) -> Obligation:
    """Due on day 10."""
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(10)))
    return make.programme(row, office=office.body, by=office.chief).obligations.get()


def give(owed: Obligation, body, office: Office, day: int) -> Obligation:
    """The lead is another from that day on."""
    row = Assignment.objects.on(None).get(task=owed.task, role="lead")
    changes.change_lead(
        assignment=row, organisation=body, number="12-QĐ/TU", decided_on=days(day), reason="Chuyển.",
        by=office.chief, at=moment(days(day)),
    )  # fmt: skip
    return Obligation.objects.get(pk=owed.pk)


def test_the_days_before_are_the_old_leads_and_the_due_day_stays(owed, office: Office):
    now = give(owed, office.health, office, 15)
    assert (now.due, now.organisation) == (days(10), office.health)
    assert standing(now.facts, on=days(20)) == "long_overdue"
    held = {one.body: one.clock.late for one in clocks.hands_of(now.task, [now], days(20))}
    assert held == {office.science: 5, office.health: 5}
    assert taken_late([now.pk], days(20)) == {now.pk: days(15)}
    assert taken_late_by_body(now.programme, days(20)) == {office.health.pk: 1}
    assert taken_late_by_body(now.programme, days(14)) == {}, "that day it was the old lead's"


@pytest.mark.parametrize("day", [5, 10])
def test_what_was_taken_over_in_time_is_the_new_leads_own(owed, office: Office, day):
    now = give(owed, office.health, office, day)
    assert taken_late([now.pk], days(20)) == {}
    assert taken_late_by_body(now.programme, days(20)) == {}


def test_a_later_day_makes_it_in_time(owed, office: Office):
    now = give(owed, office.health, office, 15)
    deadlines.extend(obligation=now, day=days(30), reason="Mới nhận.", by=office.chief, at=moment(days(16)))
    assert taken_late([now.pk], days(40)) == {}


def test_who_had_it_before_takes_nothing_over(owed, office: Office):
    give(owed, office.health, office, 15)
    back = give(owed, office.science, office, 16)
    assert taken_late([back.pk], days(20)) == {}


def test_once_it_is_confirmed_it_is_late_and_still_told_apart(owed, office: Office):
    now = give(owed, office.health, office, 15)
    sent = make.submitted(now, at=moment(days(17)))
    assert taken_late_by_body(now.programme, days(18)) == {office.health.pk: 1}, "it waits, overdue"
    reports.confirm(report=sent, seen_round=1, by=office.who("head"), at=moment(days(19)))
    assert taken_late([now.pk], days(20)) == {now.pk: days(15)}
    assert taken_late_by_body(now.programme, days(20)) == {}, "it is done"
