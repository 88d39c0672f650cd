"""Coordinators: what is asked of them with a date is owed to the lead; a phrase owes nothing."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, days, moment
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import coordination, obligations, programmes, reports, tasks
from tiendo.work.programmes.errors import (
    AnsweredError,
    NotAssignedError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_matters import (
    AskedAlreadyError,
    AskedDueError,
    InvitedLeadError,
    NobodyInvitedError,
    NotACoordinatorError,
    NotAskedError,
    PartOwedError,
    TextTooLongError,
)
from tiendo.work.programmes.models import Assignment, Obligation
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.coordination import asks_for
from tiendo.work.programmes.queries.standing import tasks_due
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
PHRASE = "các cơ quan, đơn vị liên quan"


@pytest.fixture
def task(office: Office):
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)), coordinators=[HEALTH, PHRASE])
    made = make.programme(row, office=office.body, by=office.chief).tasks.get()
    made.assignments.filter(party_text=PHRASE).update(group=True, organisation=None)
    return made


def coordinator(task) -> Assignment:
    return task.assignments.get(role="coordinate", group=False, party_text=HEALTH)


def phrase(task) -> Assignment:
    return task.assignments.get(group=True)


def invite(row: Assignment, office: Office, **more):
    said = {"due": days(9), "asked": "Số liệu ngành y tế.", "by": office.who("head", office.science), "at": NOW}
    return coordination.invite(assignment=row, **{**said, **more})


def test_what_is_asked_with_a_date_is_owed_once_and_confirmed_by_the_lead(task, office: Office):
    assert not Obligation.objects.filter(role="coordinate").exists(), "without a date nothing is owed"
    assert invite(coordinator(task), office) == 1
    owed = Obligation.objects.get(role="coordinate")
    assert (owed.organisation, owed.confirming, owed.due) == (office.health, office.science, days(9))
    assert obligations.raise_due(programme=task.programme, at=moment(days(100))) == 0
    assert owed in work.to_report(office.rights("clerk", office.health))
    sent = make.submitted(owed)
    assert sent in work.to_confirm(office.rights("head", office.science))
    assert sent not in work.to_confirm(office.rights("head", office.body))
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.science), at=NOW)
    assert invite(coordinator(task), office, due=days(40)) == 1, "another part may be asked for afterwards"
    assert Obligation.objects.filter(role="coordinate").count() == 2


def test_a_coordinators_part_is_no_standing_of_the_task(task, office: Office):
    make.submitted(task.obligations.get())
    assert tasks_due(task.programme.obligations.all(), days(20)) == (0, 0)
    invite(coordinator(task), office)
    assert tasks_due(task.programme.obligations.all(), days(20)) == (0, 0), "the coordinator is late, the task is not"


def test_of_a_phrase_the_bodies_that_were_named_owe_and_the_phrase_stays(task, office: Office):
    third = make.organisation("Sở Tài chính", parent=office.root)
    assert invite(phrase(task), office, organisations=[third, office.health, third], by=office.officer) == 2
    assert phrase(task).organisation is None
    assert phrase(task).due is None
    owed = Obligation.objects.filter(role="coordinate").order_by("organisation__name")
    assert {one.organisation for one in owed} == {third, office.health}
    assert {one.confirming for one in owed} == {office.science}, "the office asks for the lead"
    assert coordinator(task).due == days(9), "who coordinates already is asked on its own row"
    assert task.assignments.get(organisation=third).party_text == PHRASE


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"due": days(-1)}, AskedDueError),
        ({"asked": "x" * 501}, TextTooLongError),
    ],
)
def test_what_cannot_be_asked(task, office: Office, wrong, error):
    with pytest.raises(error):
        invite(coordinator(task), office, **wrong)


def test_whom_one_cannot_ask(task, office: Office):
    with pytest.raises(NobodyInvitedError):
        invite(phrase(task), office)
    with pytest.raises(InvitedLeadError):
        invite(phrase(task), office, organisations=[office.science])
    with pytest.raises(NotACoordinatorError):
        invite(task.assignments.get(role="lead"), office)
    invite(coordinator(task), office)
    with pytest.raises(AskedAlreadyError):
        invite(coordinator(task), office, due=days(11))
    Assignment.objects.filter(pk=coordinator(task).pk).update(organisation=None)
    with pytest.raises(NotAssignedError):
        invite(coordinator(task), office)


def test_a_restricted_task_takes_no_words(task, office: Office):
    invite(coordinator(task), office)
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=NOW)
    assert coordinator(task).asked == ""
    coordination.withdraw(assignment=coordinator(task), by=office.officer, at=NOW)
    with pytest.raises(RestrictedTaskError):
        invite(coordinator(task), office)
    assert invite(coordinator(task), office, asked="") == 1


def test_what_was_asked_by_mistake_is_taken_back_until_it_is_answered(task, office: Office):
    with pytest.raises(NotAskedError):
        coordination.withdraw(assignment=coordinator(task), by=office.officer, at=NOW)
    invite(coordinator(task), office)
    coordination.withdraw(assignment=coordinator(task), by=office.officer, at=NOW)
    assert (coordinator(task).due, coordinator(task).answers_to) == (None, None)
    assert not Obligation.objects.filter(role="coordinate").exists()
    invite(coordinator(task), office)
    make.submitted(Obligation.objects.get(role="coordinate"))
    with pytest.raises(AnsweredError):
        coordination.withdraw(assignment=coordinator(task), by=office.officer, at=NOW)


def test_a_coordinator_without_a_date_says_that_its_part_is_done(task, office: Office):
    clerk = office.who("clerk", office.health)
    for _twice in (1, 2):
        coordination.part_done(assignment=coordinator(task), by=clerk, at=NOW)
    assert coordinator(task).part_done_on == days(0)
    for _twice in (1, 2):
        coordination.part_open(assignment=coordinator(task), by=clerk, at=NOW)
    assert coordinator(task).part_done_on is None
    invite(coordinator(task), office)
    with pytest.raises(PartOwedError):
        coordination.part_done(assignment=coordinator(task), by=clerk, at=NOW)
    lead = task.assignments.get(role="lead")
    with pytest.raises(NotACoordinatorError):
        coordination.part_done(assignment=lead, by=office.who("clerk", office.science), at=NOW)
    with pytest.raises(NotAssignedError):
        coordination.part_done(assignment=phrase(task), by=clerk, at=NOW)


def test_a_wrongly_named_coordinator_takes_what_was_asked_along(task, office: Office):
    invite(coordinator(task), office)
    tasks.unname_body(assignment=coordinator(task), by=office.officer, at=NOW)
    row = coordinator(task)
    assert (row.organisation, row.due, row.asked, row.answers_to) == (None, None, "", None)
    assert not Obligation.objects.filter(role="coordinate").exists()


def test_settings_of_the_programme_leave_the_lead_as_confirming_body(task, office: Office):
    invite(coordinator(task), office)
    programmes.change(
        programme=task.programme, confirming=office.elsewhere, monitor=None, standing_every="half",
        tracked_from=task.programme.tracked_from, by=office.chief, at=NOW,
    )  # fmt: skip
    assert Obligation.objects.get(role="coordinate").confirming == office.science
    assert Obligation.objects.get(role="lead").confirming == office.elsewhere


def hand_over(office: Office, before: Organisation, after: Organisation):
    registrar = office.who("registrar", office.root)
    draft = make.succession("absorb", [before], [after], on=days(3), by=registrar)
    handovers.carry_out(succession=draft, by=registrar, at=moment(days(3)))
    return draft, registrar


def test_heirs_of_the_coordinator_and_of_the_lead_follow(task, office: Office):
    invite(coordinator(task), office)
    heir, new_lead = (
        make.organisation("Sở Y tế mới", parent=office.root),
        make.organisation("Sở KH", parent=office.root),
    )
    hand_over(office, office.health, heir)
    owed = Obligation.objects.get(role="coordinate")
    assert (owed.organisation, owed.confirming) == (heir, office.science)
    assert owed.assignment.due == days(9)
    draft, registrar = hand_over(office, office.science, new_lead)
    owed.refresh_from_db()
    assert (owed.confirming, owed.assignment.answers_to) == (new_lead, owed.confirming)
    handovers.undo(succession=draft, by=registrar, at=moment(days(4)))
    owed = Obligation.objects.get(role="coordinate")
    assert (owed.confirming, owed.assignment.answers_to) == (office.science, office.science)


def test_by_a_day_by_which_a_body_before_had_answered_its_heir_is_not_asked_again(task, office: Office):
    invite(coordinator(task), office)
    make.submitted(Obligation.objects.get(role="coordinate"))
    heir = make.organisation("Sở Y tế mới", parent=office.root)
    hand_over(office, office.health, heir)
    row = Assignment.objects.on(None).get(role="coordinate", organisation=heir)
    with pytest.raises(AskedAlreadyError):
        invite(row, office, at=moment(days(4)))
    assert invite(row, office, due=days(10), at=moment(days(4))) == 1


def test_a_part_of_which_something_is_kept_is_not_taken_back(task, office: Office):
    invite(coordinator(task), office)
    make.cause(Obligation.objects.get(role="coordinate"))
    with pytest.raises(AnsweredError):
        coordination.withdraw(assignment=coordinator(task), by=office.who("head", office.science), at=NOW)


def test_without_a_named_lead_the_office_asks_and_confirms(task, office: Office):
    task.obligations.all()
    tasks.unname_body(assignment=task.assignments.get(role="lead"), by=office.officer, at=NOW)
    assert asks_for(office.rights("officer"), task) == (True, None)
    invite(coordinator(task), office, by=office.officer)
    assert Obligation.objects.get(role="coordinate").confirming == office.body
