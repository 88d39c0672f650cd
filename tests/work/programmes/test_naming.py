"""Naming bodies for many rows at once, and taking a wrong name back while nothing was answered."""

from __future__ import annotations

import pytest

import factories as make
import snapshots
from factories import by_date, continuous, days, row
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Name
from tiendo.work.programmes.actions import evidence, obligations, reports, tasks
from tiendo.work.programmes.errors import AlreadyAssignedError, AnsweredError, NotAssignedError
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Report
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
UNKNOWN = "Ban cán sự đảng UBND tỉnh"
PHRASE = "các cơ quan, đơn vị liên quan"


@pytest.fixture
def programme(office: Office) -> Programme:
    """Four rows print the same unknown name; on one of them Sở Y tế leads already."""
    return make.programme(
        row("Một", UNKNOWN, deadline=by_date(days(20))),
        row("Hai", UNKNOWN, SCIENCE, deadline=continuous()),
        row("Ba", UNKNOWN, HEALTH, deadline=by_date(days(30))),
        row("Bốn", SCIENCE, coordinators=[UNKNOWN], deadline=by_date(days(30))),
        row("Năm", f"{UNKNOWN} An Bình", deadline=by_date(days(30))),
        office=office.body,
        by=office.chief,
    )


def lead(programme: Programme, position: int, text: str = UNKNOWN) -> Assignment:
    return programme.tasks.get(position=position).assignments.get(party_text=text)


def everywhere(programme: Programme, office: Office, body, position: int = 1) -> int:
    return tasks.name_everywhere(
        assignment=lead(programme, position), organisation=body, by=office.officer, at=make.NOW
    )


def unname(office: Office, assignment: Assignment) -> None:
    tasks.unname_body(assignment=assignment, by=office.officer, at=make.NOW)


def waiting(programme: Programme) -> set[str]:
    rows = Assignment.objects.filter(task__programme=programme, organisation=None)
    return {one.task.content for one in rows.select_related("task")}


def test_a_name_is_said_once_for_all_rows_that_print_it(programme, office: Office):
    assert everywhere(programme, office, office.health) == 3
    assert waiting(programme) == {"Ba", "Năm"}, "where the body stands already, and where another name is printed"
    assert {o.task.content for o in Obligation.objects.filter(organisation=office.health)} == {"Một", "Hai", "Ba"}
    event = Event.objects.get(verb="programmes.task.assigned_together")
    assert (event.data["count"], len(event.data["digest"])) == (3, 64)
    assert event.subject == f"programmes.programme:{programme.pk}"
    assert Name.objects.get(source="alias").office == office.body


def test_where_nothing_is_left_to_give_it_says_so(programme, office: Office):
    everywhere(programme, office, office.health)
    before = snapshots.rows()
    with pytest.raises(AlreadyAssignedError, match=HEALTH):
        everywhere(programme, office, office.health, position=3)
    assert snapshots.rows() == before


def test_a_wrong_body_is_taken_off_and_leaves_no_trace_of_work(programme, office: Office):
    assert office.officer
    assert office.who("head", office.health)
    before = {name: rows for name, rows in snapshots.rows().items() if not name.startswith("audit.")}
    named = tasks.name_body(assignment=lead(programme, 1), organisation=office.health, by=office.officer, at=make.NOW)
    tasks.set_focal(assignment=named, by=office.officer, at=make.NOW)
    reports.draft_once(obligation=named.obligations.get(), by=office.who("head", office.health), at=make.NOW)
    unname(office, named)
    assert {name: rows for name, rows in snapshots.rows().items() if not name.startswith("audit.")} == before
    event = Event.objects.latest("sequence")
    assert (event.verb, event.data) == (
        "programmes.task.unassigned",
        {"organisation": office.health.pk, "withdrawn": 1},
    )
    right = tasks.name_body(assignment=lead(programme, 1), organisation=office.science, by=office.officer, at=make.NOW)
    assert right.obligations.get().organisation == office.science


def test_an_own_name_stays_known(programme, office: Office):
    unname(office, lead(programme, 3, HEALTH))
    assert Name.objects.filter(organisation=office.health, source="own").exists()
    assert obligations.raise_due(programme=programme, at=make.NOW) == 0


def test_a_body_beside_a_phrase_is_taken_off_with_its_row(office: Office):
    task = make.programme(
        row("Việc", groups=[PHRASE], deadline=by_date(days(9))), office=office.body, by=office.chief
    ).tasks.get()
    phrase = task.assignments.get()
    beside = tasks.name_body(assignment=phrase, organisation=office.health, by=office.officer, at=make.NOW)
    unname(office, beside)
    assert list(task.assignments.all()) == [phrase]
    assert not task.obligations.exists()


@pytest.mark.parametrize("said", ["text", "nothing", "evidence", "withdrawn", "sent", "returned"])
def test_what_was_answered_cannot_be_taken_back(programme, office: Office, said):
    head = office.who("head", office.science)
    held = lead(programme, 4, SCIENCE) if said != "nothing" else lead(programme, 2, SCIENCE)
    report = reports.draft_once(obligation=held.obligations.get(), by=head, at=make.NOW)
    reply = report.answers.get()
    if said in {"text", "nothing"}:
        words = reports.Said(text="Đang làm.") if said == "text" else reports.Said(nothing_arose=True)
        reports.save(report=report, answers={reply.obligation_id: words}, version=1, by=head, at=make.NOW)
    else:
        piece = make.evidence(reply, by=head)
        if said == "withdrawn":
            evidence.withdraw(evidence=piece, by=head, at=make.NOW)
        if said in {"sent", "returned"}:
            reports.submit(report=report, by=head, at=make.NOW)
        if said == "returned":
            reports.ask_more(report=report, seen_round=1, reason="Thiếu.", by=office.chief, at=make.NOW)
    assert office.officer
    before = snapshots.rows()
    for act in (tasks.unname_body, tasks.unname_everywhere):
        with pytest.raises(AnsweredError):
            act(assignment=held, by=office.officer, at=make.NOW)
    assert snapshots.rows() == before


def test_a_period_report_loses_only_the_row_that_was_taken_back(programme, office: Office):
    everywhere(programme, office, office.science)
    head = office.who("head", office.science)
    tasks.name_body(
        assignment=lead(programme, 5, f"{UNKNOWN} An Bình"), organisation=office.science, by=office.officer, at=make.NOW
    )
    owed = programme.obligations.get(task__content="Hai", organisation=office.science)
    report = reports.draft_once(obligation=owed, by=head, at=make.NOW)
    assert report.answers.count() == 1
    unname(office, owed.assignment)
    assert not Report.objects.exists()


def test_a_name_given_everywhere_is_taken_back_everywhere(programme, office: Office):
    everywhere(programme, office, office.health)
    count = tasks.unname_everywhere(assignment=lead(programme, 2), by=office.officer, at=make.NOW)
    assert count == 3
    assert waiting(programme) == {"Một", "Hai", "Ba", "Bốn", "Năm"}
    assert not Name.objects.filter(source="alias").exists()
    event = Event.objects.get(verb="programmes.task.unassigned_together")
    assert (event.data["count"], event.data["withdrawn"]) == (3, 2)


def test_what_has_no_body_has_none_to_lose(programme, office: Office):
    for act in (tasks.unname_body, tasks.unname_everywhere):
        with pytest.raises(NotAssignedError, match="chưa được gán"):
            act(assignment=lead(programme, 1), by=office.officer, at=make.NOW)
