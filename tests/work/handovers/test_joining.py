"""What becomes of work where the heir stands on the task already, or the task was closed when its body ended."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import changes, coordination, deadlines, reports
from tiendo.work.programmes.models import Assignment, Obligation, Programme
from tiendo.work.programmes.queries.passing import orphans
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
DECIDED = {"number": "12-QĐ/TU", "decided_on": TODAY, "reason": "Trùng."}
ON = days(3)


def end(office: Office, before, *afters):
    """On day 3 a body is absorbed; or dissolved."""
    by = office.who("registrar", office.root)
    draft = make.succession("absorb" if afters else "dissolved", [before], afters, on=ON, by=by)
    handovers.carry_out(succession=draft, by=by, at=moment(ON))
    return draft, by


def programme(office: Office, *leads: str, coordinators=()) -> Programme:
    row = make.row("Việc chung", *leads, coordinators=coordinators, deadline=make.by_date(days(30)))
    return make.programme(row, office=office.body, by=office.chief)


def gathers(made: Programme, office: Office, body) -> None:
    row = made.tasks.get().assignments.get(organisation=body)
    changes.change_focal(assignment=row, **DECIDED, by=office.chief, at=NOW)


def stand(role: str = "lead") -> list[tuple[str, str]]:
    rows = Obligation.objects.filter(role=role).order_by("pk")
    return list(rows.values_list("organisation__name", "state"))


def test_the_heir_keeps_its_own_also_where_it_gathers_from_now_on(office: Office):
    gathers(programme(office, SCIENCE, HEALTH), office, office.science)
    end(office, office.science, office.health)
    assert stand() == [(SCIENCE, "not_owed"), (HEALTH, "open")]
    assert Assignment.objects.on(None).get(role="lead").focal


def test_what_the_heir_has_handed_in_it_is_not_asked_again(office: Office):
    made = programme(office, SCIENCE, HEALTH)
    gathers(made, office, office.science)
    make.submitted(made.obligations.get(organisation=office.health))
    end(office, office.science, office.health)
    assert stand() == [(SCIENCE, "not_owed"), (HEALTH, "submitted")]


def test_nor_where_it_led_before_and_another_lead_is_absorbed_by_it_now(office: Office):
    made = programme(office, SCIENCE, HEALTH)
    make.submitted(made.obligations.get(organisation=office.health))
    lead = made.tasks.get().assignments.get(organisation=office.health)
    third = make.organisation("Sở Ba", parent=office.root)
    changes.change_lead(assignment=lead, organisation=third, **DECIDED, by=office.chief, at=NOW)
    end(office, office.science, office.health)
    assert stand() == [(SCIENCE, "not_owed"), (HEALTH, "submitted")]


def test_what_was_suspended_when_it_was_joined_is_suspended_again_when_that_is_undone(office: Office):
    made = programme(office, SCIENCE, HEALTH)
    own = made.obligations.get(organisation=office.science)
    deadlines.suspend(obligation=own, from_day=TODAY, reason="Chờ quy hoạch.", by=office.chief, at=NOW)
    draft, by = end(office, office.science, office.health)
    assert stand() == [(SCIENCE, "not_owed"), (HEALTH, "open")]
    handovers.undo(succession=draft, by=by, at=moment(ON))
    assert stand() == [(SCIENCE, "suspended"), (HEALTH, "open")]
    deadlines.resume(obligation=own, on_day=ON, reason="Đã có.", by=office.chief, at=moment(ON))
    assert stand() == [(SCIENCE, "open"), (HEALTH, "open")]


def test_undoing_leaves_the_past_of_what_only_went_from_row_to_row(office: Office):
    made = programme(office, SCIENCE, HEALTH)
    gathers(made, office, office.science)
    own = made.obligations.get(organisation=office.health)
    deadlines.suspend(obligation=own, from_day=days(1), reason="Chờ.", by=office.chief, at=moment(days(1)))
    draft, by = end(office, office.science, office.health)
    handovers.undo(succession=draft, by=by, at=moment(ON))
    assert list(own.turns.values_list("state", "since", "until")) == [("open", TODAY, days(1))]
    own.refresh_from_db()
    assert (own.state, own.held_since) == ("suspended", days(1))


def test_what_was_sent_back_before_holds_no_undoing_up(office: Office):
    made = programme(office, SCIENCE, HEALTH)
    sent = make.submitted(made.obligations.get(organisation=office.science))
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu.", by=office.chief, at=NOW)
    draft, by = end(office, office.science, office.health)
    assert stand() == [(SCIENCE, "not_owed"), (HEALTH, "open")]
    handovers.undo(succession=draft, by=by, at=moment(ON))
    assert stand() == [(SCIENCE, "open"), (HEALTH, "open")]


def test_of_dissolved_bodies_each_keeps_its_own_line(office: Office):
    programme(office, SCIENCE, HEALTH)
    end(office, office.science)
    end(office, office.health)
    assert stand() == [(SCIENCE, "open"), (HEALTH, "open")]


# -- what a coordinator was asked for ----------------------------------------------------------------------------------


@pytest.fixture
def asked(office: Office) -> Obligation:
    """Science leads and asks health by day 9; a third body coordinates and was asked nothing."""
    make.organisation("Sở Ba", parent=office.root)
    made = programme(office, SCIENCE, coordinators=[HEALTH, "Sở Ba"])
    row = made.tasks.get().assignments.get(organisation=office.health)
    coordination.invite(assignment=row, asked="Số liệu.", due=days(9), by=office.who("head", office.science), at=NOW)
    return made.obligations.get(role="coordinate")


def test_what_was_asked_is_asked_of_an_heir_that_coordinates_already(office: Office, asked: Obligation):
    third = Assignment.objects.get(role="coordinate", due=None)
    coordination.part_done(assignment=third, by=make.person("head", third.organisation), at=NOW)
    draft, by = end(office, office.health, third.organisation)
    asked.refresh_from_db()
    row = Assignment.objects.on(None).get(role="coordinate")
    assert (asked.organisation, asked.confirming, asked.assignment) == (third.organisation, office.science, row)
    assert (row.due, row.asked, row.answers_to, row.part_done_on) == (days(9), "Số liệu.", office.science, None)
    handovers.undo(succession=draft, by=by, at=moment(days(4)))
    asked.refresh_from_db()
    assert (asked.organisation, asked.confirming) == (office.health, office.science)
    third.refresh_from_db()
    assert (third.ends, third.due, third.part_done_on) == (None, None, TODAY)


def test_who_absorbs_the_lead_that_asked_confirms_what_an_ended_body_handed_in(office: Office, asked: Obligation):
    make.submitted(asked)
    third = Assignment.objects.get(role="coordinate", due=None).organisation
    end(office, office.health, third)
    end(office, office.science, third)
    asked.refresh_from_db()
    assert (asked.organisation, asked.state, asked.confirming) == (office.health, "submitted", third)


# -- a task that was closed --------------------------------------------------------------------------------------------


def test_what_is_reopened_is_the_heirs_of_a_body_that_ended_meanwhile(office: Office):
    task = programme(office, SCIENCE).tasks.get()
    changes.withdraw(task=task, **DECIDED, by=office.chief, at=NOW)
    end(office, office.science, office.health)
    changes.reopen(task=task, **DECIDED, by=office.chief, at=moment(days(5)))
    assert stand() == [(HEALTH, "open")]
    assert Assignment.objects.on(None).get(role="lead").organisation == office.health
    assert not orphans().exists()


def test_so_is_a_supplement_on_a_task_that_stays_withdrawn(office: Office):
    made = programme(office, SCIENCE)
    sent = make.submitted(made.obligations.get())
    changes.withdraw(task=made.tasks.get(), **DECIDED, by=office.chief, at=NOW)
    end(office, office.science, office.health)
    reports.ask_more(report=sent, reason="Thiếu.", seen_round=1, by=office.chief, at=moment(days(5)))
    assert stand() == [(HEALTH, "open")]


def test_a_supplement_that_is_owed_on_a_withdrawn_task_goes_to_the_heir(office: Office):
    made = programme(office, SCIENCE)
    sent = make.submitted(made.obligations.get())
    changes.withdraw(task=made.tasks.get(), **DECIDED, by=office.chief, at=NOW)
    reports.ask_more(report=sent, reason="Thiếu.", seen_round=1, by=office.chief, at=NOW)
    end(office, office.science, office.health)
    assert stand() == [(HEALTH, "open")]
    end(office, office.health)
    assert orphans().get().task == made.tasks.get(), "and without an heir it is seen to be nobody's"
