"""Who stands in never confirms own work: neither theirs nor that of whom they stand in for."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import PLAN, open_programme
from factories import NOW, days
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.actions import links, reports
from tiendo.work.programmes.errors import OwnWorkError

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(office):
    return open_programme(office)


def stand_in(office, deputy):
    make.absence(Post.objects.get(user=office.chief), deputy=deputy)


def test_a_deputy_confirms_what_is_not_theirs(world, office):
    sent = world.sent(PLAN)
    stand_in(office, office.clerk)
    reports.confirm(report=sent, seen_round=1, by=office.clerk, at=NOW)
    assert sent.decisions.get().by == office.clerk


def test_of_the_reporting_body_nobody_stands_in_to_confirm(world, office):
    sent = world.sent(PLAN)
    clerk = office.who("clerk", office.science)
    stand_in(office, clerk)
    with pytest.raises(OwnWorkError):
        reports.confirm(report=sent, seen_round=1, by=clerk, at=NOW)


def test_nor_for_whoever_had_a_hand_in_it(world, office):
    link, _ = make.link_and_token(world.owed(PLAN), by=office.officer)
    links.keep(link=link, answers={}, cited={}, version=1, at=NOW)
    sent = links.submit_on_paper(link=link, number="1", signed_on=days(0), by=office.chief, at=NOW)
    stand_in(office, office.clerk)
    with pytest.raises(OwnWorkError):
        reports.confirm(report=sent, seen_round=1, by=office.clerk, at=NOW)


def test_who_stands_in_for_the_head_hands_in(world, office):
    draft = make.report(world.owed(PLAN))
    make.evidence(draft.answers.get())
    clerk = office.who("clerk", office.science)
    make.absence(Post.objects.get(user=office.who("head", office.science)), deputy=clerk)
    assert reports.submit(report=draft, by=clerk, at=NOW).submitted_by == clerk
