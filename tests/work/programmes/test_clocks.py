"""Clocks over a real history: who holds it, who held it, and how many days of lateness are whose."""

from __future__ import annotations

import pytest

import factories as make
from factories import days, moment
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import Obstacle, Stage
from tiendo.work.programmes.queries.clocks import hands_of, sums_of
from tiendo.work.programmes.rules.clocks import Clock, Part
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(office: Office):
    """Due on day 10; handed in on day 14, returned on 20, again on 23, and waiting."""
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(10)))
    owed = make.programme(row, office=office.body, by=office.chief).obligations.get()
    sent = make.submitted(owed, at=moment(days(14)))
    head = office.who("head")
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=head, at=moment(days(20)))
    make.resubmitted(sent, at=moment(days(23)))
    owed.refresh_from_db()
    return owed


def test_each_holder_has_a_clock(owed, office: Office):
    hands = hands_of(owed.task, [owed], days(30))
    assert [(one.part, one.body, one.clock) for one in hands] == [
        (Part.LEAD, office.science, Clock(14, 4)),
        (Part.CONFIRM, office.body, Clock(6, 6)),
        (Part.LEAD, office.science, Clock(3, 3)),
        (Part.CONFIRM, office.body, Clock(7, 7)),
    ]
    assert [one.until for one in hands][-1] is None
    assert {(one.part, one.body): one.clock for one in sums_of(owed.programme, days(30))} == {
        (Part.LEAD, office.science): Clock(17, 7),
        (Part.CONFIRM, office.body): Clock(13, 13),
    }
    assert [one.body for one in sums_of(owed.programme, days(30), body=office.science.pk)] == [office.science]


def test_levels_and_stages_have_clocks_beside(owed, office: Office):
    make.obstacle(owed)
    decided = make.obstacle(owed, level=office.health)
    Obstacle.objects.filter(pk=decided.pk).update(decided_on=days(5))
    Stage.objects.create(task=owed.task, kind="opinion", position=1, holder=office.health, started_on=days(2))
    Stage.objects.create(task=owed.task, kind="issue", position=2, holder=office.health)
    sums = {(one.part, one.body, one.words): one.clock for one in sums_of(owed.programme, days(30))}
    assert sums[Part.DECIDE, None, "Ban Thường vụ Tỉnh ủy"] == Clock(30)
    assert sums[Part.DECIDE, office.health, ""] == Clock(5)
    assert sums[Part.STAGE, office.health, ""] == Clock(28)
    assert sums[Part.LEAD, office.science, ""] == Clock(17, 7), "the lead's own clock runs on"


def test_what_is_confirmed_runs_no_more(owed, office: Office):
    report = owed.answer.report
    reports.confirm(report=report, seen_round=2, by=office.who("head"), at=moment(days(25)))
    assert sum(one.clock.days for one in sums_of(owed.programme, days(99))) == 25


def test_the_queries_do_not_grow_with_the_work(owed, django_assert_num_queries):
    programme, task = owed.programme, owed.task
    with django_assert_num_queries(7):
        sums_of(programme, days(30))
    assert owed.organisation
    assert owed.confirming
    with django_assert_num_queries(2):
        hands_of(task, [owed], days(30))
