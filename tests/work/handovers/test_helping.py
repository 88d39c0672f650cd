"""Nobody helps with what it leads itself: the part that an heir takes over ends in what it leads."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW, TODAY, days, moment
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import coordination, obligations
from tiendo.work.programmes.models import Assignment, Obligation, Passage, Programme
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
PARTS = [("lead", HEALTH), ("coordinate", SCIENCE)]


@pytest.fixture
def programme(office: Office) -> Programme:
    row = make.row("Việc chung", HEALTH, coordinators=[SCIENCE], deadline=make.by_date(days(30)), number="1")
    made = make.programme(row, office=office.body, by=office.chief)
    part = Assignment.objects.get(role="coordinate")
    coordination.invite(assignment=part, due=days(20), by=office.who("head", office.health), at=NOW)
    return made


def carry_out(office: Office, kind: str, befores, afters) -> Succession:
    draft = make.succession(kind, befores, afters)
    return handovers.carry_out(succession=draft, by=draft.drafted_by, at=moment(TODAY, 11)).succession


def held() -> list[tuple[str, str]]:
    return list(Assignment.objects.on(None).order_by("-role").values_list("role", "organisation__name"))


def owed() -> list[tuple[str, str]]:
    rows = Obligation.objects.exclude(state="not_owed").order_by("-role")
    return list(rows.values_list("role", "organisation__name"))


def test_the_part_of_a_body_that_the_lead_absorbs_ends(programme, office: Office):
    assert (sorted(held()), sorted(owed())) == (sorted(PARTS), sorted(PARTS))
    carry_out(office, "absorb", [office.science], [office.health])
    assert held() == owed() == [("lead", HEALTH)]
    line = Passage.objects.get()
    assert (line.before.role, line.after.role, line.began) == ("coordinate", "lead", False)


def test_the_part_of_a_body_that_takes_the_lead_over_ends(programme, office: Office):
    carry_out(office, "absorb", [office.health], [office.science])
    assert held() == owed() == [("lead", SCIENCE)]


def test_both_of_a_task_that_merge_lead_it_and_no_more(programme, office: Office):
    new = make.organisation("Sở Khoa học và Y tế", parent=office.root)
    carry_out(office, "merge", [office.science, office.health], [new])
    assert held() == owed() == [("lead", new.name)]
    obligations.raise_due(programme=programme, at=moment(days(60)))
    assert owed() == [("lead", new.name)]


def test_of_a_split_the_other_heir_still_helps(programme, office: Office):
    made = [office.health, make.organisation("Sở Công nghệ", parent=office.root)]
    draft = make.succession("split", [office.science], made)
    by = draft.drafted_by
    part = Assignment.objects.get(role="coordinate")
    handovers.choose(succession=draft, assignments=[part.pk], heirs=made, by=by, at=NOW)
    handovers.carry_out(succession=draft, by=by, at=NOW)
    assert sorted(held()) == sorted(owed()) == [("coordinate", "Sở Công nghệ"), ("lead", HEALTH)]


@pytest.mark.parametrize("befores", ["science", "health"])
def test_undone_both_stand_as_they_did(programme, office: Office, befores):
    pair = [office.science, office.health]
    before, heir = pair if befores == "science" else pair[::-1]
    done = carry_out(office, "absorb", [before], [heir])
    handovers.undo(succession=done, by=done.drafted_by, at=moment(TODAY, 12))
    assert sorted(held()) == sorted(owed()) == sorted(PARTS)
    assert set(Assignment.objects.values_list("starts", "ends")) == {(None, None)}


def test_pages_say_that_it_ended(programme, office: Office, client, monkeypatch):
    done = carry_out(office, "absorb", [office.science], [office.health])
    client.force_login(office.chief)
    page = words(client.get(f"/nhiem-vu/{programme.tasks.get().pk}/", follow=True))
    assert "đang chủ trì nhiệm vụ này: phần phối hợp kết thúc" in page
    client.force_login(done.drafted_by)
    page = words(client.get(f"/co-quan/sap-xep/{done.pk}/", follow=True))
    assert "Sở Y tế đang chủ trì: phần phối hợp kết thúc" in page
    assert Organisation.objects.get(pk=office.science.pk).ends is not None
