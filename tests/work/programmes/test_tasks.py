"""Charging bodies, the focal lead, dated events, restricted tasks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

import factories as make
import snapshots
from factories import by_date, continuous, days, row
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Name
from tiendo.work.directives import storage
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.actions.reports import Said
from tiendo.work.programmes.errors import (
    AlreadyAssignedError,
    FocalLeadError,
    NothingOpenError,
    OpeningDueError,
    ReportChangedError,
)
from tiendo.work.programmes.errors_of_changes import RestrictedReasonError
from tiendo.work.programmes.models import Assignment, Evidence, Obligation, Task
from tiendo.work.programmes.queries import work
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
UNKNOWN = "Sở Lạ Chưa Biết"
PHRASE = "các cơ quan, đơn vị liên quan"


def opened(office: Office, *leads: str, deadline=None, **more: object) -> Task:
    duty = row("Việc", *leads, deadline=deadline or by_date(days(20)), **more)
    return make.programme(duty, office=office.body, by=office.chief).tasks.get()


def name(office: Office, assignment: Assignment, body, **more: object) -> Assignment:
    return tasks.name_body(assignment=assignment, organisation=body, by=office.officer, at=make.NOW, **more)


def test_a_named_body_owes_at_once_and_is_known_by_the_printed_name(office: Office):
    task = opened(office, UNKNOWN)
    named = name(office, task.assignments.get(), office.health)
    assert (named.organisation, named.party_text) == (office.health, UNKNOWN)
    assert task.obligations.get().organisation == office.health
    assert Name.objects.get(source="alias").text == UNKNOWN
    again = opened(office, UNKNOWN, deadline=by_date(days(9)))
    assert again.obligations.get().organisation == office.health


def test_what_one_office_calls_a_body_charges_nobody_for_another(office: Office):
    name(office, opened(office, UNKNOWN).assignments.get(), office.health)
    for other in (office.elsewhere, make.organisation("Ban Tổ chức", parent=office.root)):
        again = make.programme(row("Khác", UNKNOWN, "Sở Y tế", deadline=by_date(days(9))), office=other)
        waiting = {one.party_text: one.organisation for one in again.tasks.get().assignments.all()}
        known = None if other == office.elsewhere else office.health
        assert waiting == {UNKNOWN: None, "Sở Y tế": known}


def test_the_printed_name_need_not_be_remembered(office: Office):
    name(office, opened(office, UNKNOWN).assignments.get(), office.health, remember=False)
    assert not Name.objects.filter(source="alias").exists()


def test_a_phrase_stays_a_phrase_and_bodies_stand_beside_it(office: Office):
    task = opened(office, groups=[PHRASE])
    phrase = task.assignments.get()
    assert list(work.waiting_for_a_body(task.programme)) == [phrase]
    for body in (office.science, office.health):
        name(office, phrase, body)
    phrase.refresh_from_db()
    assert (phrase.organisation, phrase.group) == (None, True)
    beside = task.assignments.exclude(pk=phrase.pk)
    assert [(a.organisation, a.party_text, a.group) for a in beside] == [
        (office.science, PHRASE, False),
        (office.health, PHRASE, False),
    ]
    assert {o.organisation for o in task.obligations.all()} == {office.science, office.health}
    assert not Name.objects.filter(source="alias").exists()
    assert not work.waiting_for_a_body(task.programme).exists()


def test_a_body_is_charged_once_in_a_role(office: Office):
    task = opened(office, SCIENCE, UNKNOWN, groups=[PHRASE])
    assert office.officer
    before = snapshots.rows()
    for waiting in task.assignments.filter(organisation=None):
        with pytest.raises(AlreadyAssignedError, match=SCIENCE):
            name(office, waiting, office.science)
    assert snapshots.rows() == before


def test_a_body_once_charged_is_not_changed_for_another(office: Office):
    """Its obligations stand; the other body would owe nothing."""
    task = opened(office, UNKNOWN)
    stale = task.assignments.get()
    name(office, task.assignments.get(), office.health)
    for known in (stale, task.assignments.get()):
        with pytest.raises(AlreadyAssignedError, match=HEALTH):
            name(office, known, office.science)
    assert task.obligations.get().organisation == office.health


def test_a_coordinator_named_owes_nothing(office: Office):
    task = opened(office, SCIENCE, coordinators=[UNKNOWN])
    name(office, task.assignments.get(role="coordinate"), office.health)
    assert [o.organisation for o in task.obligations.all()] == [office.science]


def test_naming_by_the_office_only(office: Office):
    from tiendo.foundation.accounts.errors import NotAllowedError

    waiting = opened(office, UNKNOWN).assignments.get()
    with pytest.raises(NotAllowedError):
        tasks.name_body(
            assignment=waiting, organisation=office.health, by=office.who("head", office.health), at=make.NOW
        )


def focal(office: Office, assignment: Assignment) -> None:
    tasks.set_focal(assignment=assignment, by=office.officer, at=make.NOW)


def test_one_lead_gathers(office: Office):
    task = opened(office, SCIENCE, HEALTH)
    one, two = task.assignments.all()
    for chosen in (one, two, two):
        focal(office, chosen)
        assert task.assignments.get(focal=True) == chosen
    assert Event.objects.filter(verb="programmes.task.focal_set").count() == 3


def test_the_database_too_keeps_one_focal_lead(office: Office):
    task = opened(office, SCIENCE, HEALTH)
    with pytest.raises(IntegrityError), transaction.atomic():
        task.assignments.update(focal=True)


@pytest.mark.parametrize("which", ["coordinate", "phrase", "unknown"])
def test_only_a_body_that_leads_can_gather(office: Office, which):
    task = opened(office, SCIENCE, UNKNOWN, coordinators=[HEALTH], groups=[PHRASE])
    wanted = {"coordinate": {"role": "coordinate"}, "phrase": {"group": True}, "unknown": {"party_text": UNKNOWN}}
    with pytest.raises(FocalLeadError):
        focal(office, task.assignments.get(**wanted[which]))
    assert not Assignment.objects.filter(focal=True).exists()


def open_by(office: Office, task: Task, *, happened: int = 0, due: int = 15):
    return tasks.open_by_event(
        task=task,
        basis=" Công văn 9-CV/TW ngày 01/3/2026 ",
        happened_on=days(happened),
        due=days(due),
        by=office.officer,
        at=make.NOW,
    )


@pytest.fixture
def undated(office: Office) -> Task:
    duty = row("Việc", SCIENCE, HEALTH, coordinators=["Văn phòng Tỉnh ủy"])
    return make.programme(duty, office=office.body, by=office.chief).tasks.get()


def test_an_event_makes_the_leads_owe(office: Office, undated):
    opening = open_by(office, undated)
    assert (opening.basis, opening.by, str(opening)) == (
        "Công văn 9-CV/TW ngày 01/3/2026",
        office.officer,
        f"{undated.pk} {days(15)}",
    )
    rows = undated.obligations.all()
    assert {(o.organisation, o.due, o.period_start, o.opening, o.standing) for o in rows} == {
        (body, days(15), days(0), opening, False) for body in (office.science, office.health)
    }
    assert {o.confirming for o in rows} == {office.body}


def test_two_events_make_two_obligations(office: Office, undated):
    open_by(office, undated)
    open_by(office, undated, happened=30, due=40)
    assert undated.obligations.count() == 4


def test_a_lead_named_after_the_event_owes_too(office: Office):
    duty = row("Việc", SCIENCE, UNKNOWN)
    task = make.programme(duty, office=office.body, by=office.chief).tasks.get()
    opening = open_by(office, task)
    name(office, task.assignments.get(organisation=None), office.health)
    assert {(o.organisation, o.opening) for o in task.obligations.all()} == {
        (office.science, opening),
        (office.health, opening),
    }


@pytest.mark.parametrize(
    "deadline",
    [by_date(days(9)), make.within(days(0), days(9)), continuous(), continuous("month")],
    ids=lambda d: d.kind,
)
def test_a_task_with_a_date_of_its_own_needs_no_event(office: Office, deadline):
    task = opened(office, SCIENCE, deadline=deadline)
    owed = Obligation.objects.count()
    with pytest.raises(NothingOpenError):
        open_by(office, task)
    assert Obligation.objects.count() == owed


def test_an_answer_is_not_due_before_the_event(office: Office, undated):
    with pytest.raises(OpeningDueError):
        open_by(office, undated, happened=3, due=2)
    assert not undated.openings.exists()
    assert open_by(office, undated, happened=3, due=3).due == days(3)


def test_a_restricted_task_leaves_the_index_and_comes_back(office: Office):
    task = opened(office, SCIENCE)
    assert "viec" in task.search_text
    indexed = task.search_text
    for restricted, text in ((True, ""), (False, indexed)):
        tasks.set_restricted(task=task, restricted=restricted, by=office.chief, at=make.NOW)
        task.refresh_from_db()
        assert (task.restricted, task.search_text) == (restricted, text)
    assert [e.verb for e in Event.objects.order_by("sequence")][-2:] == [
        "programmes.task.restricted",
        "programmes.task.unrestricted",
    ]


def test_what_opens_a_restricted_task_is_a_number(office: Office, undated):
    tasks.set_restricted(task=undated, restricted=True, by=office.chief, at=make.NOW)
    undated.refresh_from_db()
    for words in ("Diễn tập khu vực", "Công văn 12-CV/TU về diễn tập"):
        with pytest.raises(RestrictedReasonError):
            tasks.open_by_event(
                task=undated, basis=words, happened_on=days(0), due=days(9), by=office.chief, at=make.NOW
            )
    made = tasks.open_by_event(
        task=undated, basis="12-CV/TU", happened_on=days(0), due=days(9), by=office.chief, at=make.NOW
    )
    assert made.basis == "12-CV/TU"


def test_words_that_opened_it_go_when_it_becomes_restricted(office: Office, undated):
    for basis, due in (("Diễn tập khu vực", 5), ("12-CV/TU", 9)):
        tasks.open_by_event(task=undated, basis=basis, happened_on=days(0), due=days(due), by=office.chief, at=make.NOW)
    tasks.set_restricted(task=undated, restricted=True, by=office.chief, at=make.NOW)
    assert list(undated.openings.order_by("due").values_list("basis", flat=True)) == ["(đã xóa)", "12-CV/TU"]


def test_a_row_seen_as_restricted_opens_restricted_and_unindexed(office: Office):
    task = opened(office, SCIENCE, restricted="tôn giáo")
    assert (task.restricted, task.search_text) == (True, "")


def test_what_was_said_before_the_restriction_goes(office: Office, committed):
    """Texts of every round, files with name and hash; number and date stay, and an open page saves nothing more."""
    task = opened(office, SCIENCE)
    other = opened(office, SCIENCE)
    head, owed = office.who("head", office.science), task.obligations.get()
    with committed():
        report = reports.draft_once(obligation=owed, by=head, at=make.NOW)
        reports.save(report=report, answers={owed.pk: Said(text="Chuyện riêng")}, version=1, by=head, at=make.NOW)
        make.evidence(report.answers.get(), by=head)
        piece = evidence.attach(
            answer=report.answers.get(), filename="ten.pdf", chunks=[b"%PDF-1"], by=head, at=make.NOW
        )
        report.refresh_from_db()
        reports.submit(report=report, by=head, at=make.NOW)
        reports.ask_more(report=report, seen_round=1, reason="Thiếu.", by=office.chief, at=make.NOW)
        make.submitted(other.obligations.get())
    path = storage.find(piece.sha256, office=office.science.pk)
    report.refresh_from_db()
    with committed():
        tasks.set_restricted(task=task, restricted=True, by=office.chief, at=make.NOW)
    told = str(snapshots.rows() | {"audit.Event": []})
    assert "Chuyện riêng" not in told
    assert "ten.pdf" not in told
    assert piece.sha256 not in told
    assert not path.exists()
    event = Event.objects.get(verb="programmes.task.restricted")
    assert event.data == {"texts": 1, "files": 1}
    with pytest.raises(ReportChangedError):
        reports.save(report=report, answers={}, version=report.version, by=head, at=make.NOW)
    assert [str(one) for one in Evidence.objects.filter(withdrawn_at=None)] == ["31/BC-SKHCN", "31/BC-SKHCN"]
