"""Tasks that a decision withdraws, reopens, splits, gives to another lead: what was handed in stays as it is."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.work.programmes import errors_of_changes as wrong
from tiendo.work.programmes.actions import (
    changes,
    coordination,
    deadlines,
    internal,
    obligations,
    programmes,
    refusals,
    reports,
    stages,
    tasks,
)
from tiendo.work.programmes.actions.changes import Part
from tiendo.work.programmes.errors import NothingOpenError, OutsideError
from tiendo.work.programmes.models import Assignment, Obligation, Report, Task, TaskChange
from tiendo.work.programmes.queries.work import to_report
from worlds import HEALTH, SCIENCE

pytestmark = pytest.mark.django_db
DECIDED = {"number": "12-QĐ/TU", "decided_on": TODAY, "reason": "Trùng với nhiệm vụ số 3."}


def programme(office, *rows, **more):
    return make.programme(*rows, office=office.body, by=office.chief, **more)


@pytest.fixture
def task(office):
    return programme(office, make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))).tasks.get()


@pytest.fixture
def monthly(office):
    row = make.row("Tuyên truyền", SCIENCE, deadline=make.continuous("month"))
    return programme(office, row, tracked_from=date(2026, 1, 20)).tasks.get()


def said(office, **more):
    return {**DECIDED, "by": office.chief, "at": NOW, **more}


def states(task):
    return list(task.obligations.order_by("due", "pk").values_list("state", flat=True))


# -- withdrawn and reopened --------------------------------------------------------------------------------------------


def test_a_task_that_is_withdrawn_owes_nothing(task, office):
    change = changes.withdraw(task=task, **said(office))
    task.refresh_from_db()
    assert task.closed_at == NOW
    assert states(task) == ["not_owed"]
    assert not to_report(office.rights("head", office.science)).exists()
    assert (change.kind, change.number, change.reason) == ("withdraw", "12-QĐ/TU", "Trùng với nhiệm vụ số 3.")
    obligations.raise_due(programme=task.programme, at=NOW)
    assert states(task) == ["not_owed"]


def test_what_was_handed_in_of_it_stays(monthly, office):
    make.submitted(monthly.obligations.earliest("due"))
    changes.withdraw(task=monthly, **said(office))
    assert states(monthly) == ["submitted", "not_owed"]


def test_what_was_asked_about_it_is_asked_no_longer(task, office):
    request = make.date_change(task.obligations.get())
    refusal = make.refusal(task.assignments.get())
    changes.withdraw(task=task, **said(office))
    for one in (request, refusal):
        one.refresh_from_db()
        assert one.state == "withdrawn"


def test_a_closed_task_is_changed_no_further(task, office):
    changes.withdraw(task=task, **said(office))
    row = task.assignments.get()
    acts = [
        lambda: changes.withdraw(task=task, **said(office)),
        lambda: changes.split(task=task, parts=parts(office), **said(office)),
        lambda: changes.change_lead(assignment=row, organisation=office.health, **said(office)),
        lambda: changes.change_focal(assignment=row, **said(office)),
        lambda: make.refusal(row),
        lambda: make.stage(task),
    ]
    for act in acts:
        with pytest.raises(wrong.TaskClosedError):
            act()


def test_a_closed_task_is_not_opened_by_an_event(office):
    waiting = programme(office, make.row("Sơ kết khi có chỉ đạo", SCIENCE)).tasks.get()
    changes.withdraw(task=waiting, **said(office))
    waiting.refresh_from_db()
    with pytest.raises(wrong.TaskClosedError):
        tasks.open_by_event(task=waiting, basis="CV 1", happened_on=TODAY, due=days(9), by=office.chief, at=NOW)


def test_a_draft_of_it_cannot_be_handed_in(task, office):
    head = office.who("head", office.science)
    draft = make.evidence(make.report(task.obligations.get(), by=head).answers.get(), by=head).answer.report
    changes.withdraw(task=task, **said(office))
    with pytest.raises(wrong.NothingOwedError):
        reports.submit(report=draft, by=head, at=NOW)


def test_what_is_reopened_owes_what_it_owed(task, office):
    changes.withdraw(task=task, **said(office))
    changes.reopen(task=task, **said(office, at=moment(days(10))))
    task.refresh_from_db()
    one = task.obligations.get()
    assert (task.closed_at, one.state, one.due) == (None, "open", days(30))
    assert list(one.turns.values_list("state", "since", "until")) == [("not_owed", TODAY, days(10))]
    assert [change.kind for change in task.changes.all()] == ["withdraw", "reopen"]


def test_what_was_suspended_is_suspended_again(task, office):
    one = task.obligations.get()
    deadlines.suspend(obligation=one, from_day=TODAY, reason="Chờ.", by=office.chief, at=NOW)
    changes.withdraw(task=task, **said(office))
    changes.reopen(task=task, **said(office))
    assert states(task) == ["suspended"]


def test_periods_that_ended_while_it_was_withdrawn_are_not_asked_for(monthly, office):
    changes.withdraw(task=monthly, **said(office))
    later = moment(date(2026, 6, 16))
    changes.reopen(task=monthly, **said(office, at=later))
    open_ = monthly.obligations.filter(state="open").order_by("due")
    assert [one.due for one in open_] == [date(2026, 2, 25), date(2026, 3, 25), date(2026, 6, 25), date(2026, 7, 25)]
    assert monthly.obligations.filter(state="not_owed").count() == 2, "those of April and May"


def test_only_what_was_withdrawn_is_reopened(task, office):
    with pytest.raises(wrong.TaskNotWithdrawnError):
        changes.reopen(task=task, **said(office))
    changes.split(task=task, parts=parts(office), **said(office))
    with pytest.raises(wrong.TaskNotWithdrawnError):
        changes.reopen(task=task, **said(office))


def called_done(office, *rows) -> Task:
    """A task that the office's old register called done when the programme was opened on 2 March."""
    document = make.approved(make.machine(*rows), office=office.body, by=office.chief)
    document.duties.update(done=True)
    return programmes.open(document=document, by=office.chief, tracked_from=days(-20), at=NOW).tasks.get()


def test_what_was_wrongly_called_done_is_owed_by_its_own_date_although_it_is_over(office):
    task = called_done(office, make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(5))))
    assert (task.done_before, task.obligations.count()) == (True, 0)
    change = changes.reopen(task=task, **said(office, at=moment(days(30))))
    task.refresh_from_db()
    one = task.obligations.get()
    assert (task.closed_at, task.done_before) == (None, False)
    assert (one.state, one.due, one.organisation) == ("open", days(5), office.science)
    assert (change.kind, change.number, change.data) == ("reopen", "12-QĐ/TU", {"done_before": True})
    assert Event.objects.get(verb="programmes.task.reopened").data == {"change": change.pk, "raised": 1}
    with pytest.raises(wrong.TaskNotWithdrawnError):
        changes.reopen(task=task, **said(office, at=moment(days(30))))


def test_of_standing_work_called_done_periods_gone_by_are_not_asked_for(office):
    task = called_done(office, make.row("Báo cáo tháng", SCIENCE, deadline=make.continuous("month")))
    changes.reopen(task=task, **said(office, at=moment(date(2026, 6, 16))))
    open_ = task.obligations.filter(state="open").order_by("due")
    assert [one.due for one in open_] == [date(2026, 6, 25), date(2026, 7, 25)]


def test_called_done_and_over_before_it_was_tracked_it_opens_by_an_event(office):
    task = called_done(office, make.row("Rà soát", SCIENCE, deadline=make.by_date(days(-60))))
    with pytest.raises(NothingOpenError):
        tasks.open_by_event(task=task, basis="CV 1", happened_on=TODAY, due=days(9), by=office.chief, at=NOW)
    changes.reopen(task=task, **said(office))
    assert not task.obligations.exists()
    task.refresh_from_db()
    tasks.open_by_event(task=task, basis="CV 1", happened_on=TODAY, due=days(9), by=office.chief, at=NOW)
    assert task.obligations.get().due == days(9)


def test_reopened_it_may_be_withdrawn_and_reopened_like_any_other(office):
    task = called_done(office, make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(30))))
    changes.reopen(task=task, **said(office))
    changes.withdraw(task=task, **said(office))
    changes.reopen(task=task, **said(office))
    assert states(task) == ["open"]
    assert [change.data for change in task.changes.filter(kind="reopen")] == [{"done_before": True}, {}]


def test_only_a_decision_of_the_office_opens_what_was_called_done(office):
    task = called_done(office, make.row("Trình đề án", SCIENCE, deadline=make.by_date(days(30))))
    for other in (office.officer, office.who("head", office.science)):
        with pytest.raises(NotAllowedError):
            changes.reopen(task=task, **said(office) | {"by": other})
    with pytest.raises(wrong.PaperIncompleteError):
        changes.reopen(task=task, **said(office) | {"number": " "})
    assert not task.obligations.exists()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"number": " "}, wrong.PaperIncompleteError), ({"decided_on": days(1)}, wrong.PaperIncompleteError),
        ({"number": "9" * 81}, wrong.BecauseTooLongError), ({"reason": ""}, wrong.BecauseMissingError),
        ({"reason": "x" * 1001}, wrong.BecauseTooLongError),
    ],
)  # fmt: skip
def test_a_decision_has_number_day_and_reason(task, office, more, error):
    with pytest.raises(error):
        changes.withdraw(task=task, **said(office, **more))
    assert not TaskChange.objects.exists()


def test_of_a_restricted_task_no_words_are_kept(task, office):
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=NOW)
    with pytest.raises(wrong.RestrictedReasonError):
        changes.withdraw(task=task, **said(office))
    with pytest.raises(wrong.RestrictedReasonError):
        changes.split(task=task, parts=parts(office), **said(office, reason=""))
    made = changes.split(
        task=task, parts=[Part("", [office.science]), Part("", [office.health])], **said(office, reason="")
    )
    assert [(one.restricted, one.search_text, one.content) for one in made] == [
        (True, "", f"{task.content} (1)"), (True, "", f"{task.content} (2)")
    ]  # fmt: skip


# -- split -------------------------------------------------------------------------------------------------------------


def parts(office):
    return [Part("Soạn kế hoạch", [office.science]), Part("Khảo sát", [office.health, office.science])]


def test_each_part_owes_by_the_same_days(task, office):
    deadlines.extend(obligation=task.obligations.get(), day=days(45), reason="Chờ.", by=office.chief, at=NOW)
    one, two = changes.split(task=task, parts=parts(office), **said(office))
    assert (one.part_of, one.duty, one.deadline_text) == (task, task.duty, task.deadline_text)
    assert [one.number, two.number] == [f"{task.number}.1", f"{task.number}.2"]
    owed = Obligation.objects.filter(state="open").order_by("task__position", "organisation__code")
    assert [(o.task, o.organisation, o.due, o.first_due) for o in owed] == [
        (one, office.science, days(45), days(30)), (two, office.science, days(45), days(30)),
        (two, office.health, days(45), days(30)),
    ]  # fmt: skip
    assert states(task) == ["not_owed"]
    assert two.assignments.get(focal=True).organisation == office.health
    assert task.changes.get().data["after"] == [one.pk, two.pk]
    obligations.raise_due(programme=task.programme, at=moment(days(20)))
    assert Obligation.objects.filter(state="open").count() == 3, "nothing is asked twice"


def test_coordinators_go_along(office):
    row = make.row("Kế hoạch", SCIENCE, deadline=make.by_date(days(30)), coordinators=[HEALTH])
    task = programme(office, row).tasks.get()
    made = changes.split(task=task, parts=[Part("a", [office.science]), Part("b", [office.science])], **said(office))
    for one in made:
        assert one.assignments.get(role="coordinate").organisation == office.health


def test_of_standing_work_the_parts_owe_what_is_open_and_what_comes(monthly, office):
    make.submitted(monthly.obligations.earliest("due"))
    one, two = changes.split(task=monthly, parts=parts(office), **said(office))
    assert states(monthly) == ["submitted", "not_owed"]
    assert list(one.obligations.values_list("due", flat=True)) == [date(2026, 3, 25)]
    obligations.raise_due(programme=monthly.programme, at=moment(date(2026, 4, 16)))
    due = sorted(one.obligations.values_list("due", flat=True))
    assert due == [date(2026, 3, 25), date(2026, 4, 25), date(2026, 5, 25)]
    assert two.obligations.count() == 6


def test_a_part_of_a_coordinator_puts_no_period_off(office):
    row = make.row("Tuyên truyền", SCIENCE, deadline=make.continuous("month"), coordinators=[HEALTH])
    monthly = programme(office, row, tracked_from=date(2026, 1, 20)).tasks.get()
    asked = monthly.assignments.get(role="coordinate")
    coordination.invite(assignment=asked, due=days(90), by=office.who("head", office.science), at=NOW)
    one, _two = changes.split(task=monthly, parts=parts(office), **said(office))
    obligations.raise_due(programme=monthly.programme, at=moment(date(2026, 4, 16)))
    assert one.obligations.filter(period_end=date(2026, 4, 14)).exists()


def test_of_several_days_the_last_holds_also_where_it_is_a_supplements(office):
    both = programme(office, make.row("Kế hoạch", SCIENCE, HEALTH, deadline=make.by_date(days(30)))).tasks.get()
    sent = make.submitted(both.obligations.get(organisation=office.science))
    deadlines.extend(
        obligation=both.obligations.get(organisation=office.health),
        day=days(45),
        reason="Chờ.",
        by=office.chief,
        at=NOW,
    )
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=office.chief, at=moment(days(20)))
    made = changes.split(task=both, parts=parts(office), **said(office, at=moment(days(20))))
    assert {owed.due for part in made for owed in part.obligations.all()} == {days(50)}, "30 days were left"


def test_nobody_helps_with_the_part_that_it_leads(office):
    row = make.row("Xây dựng kế hoạch", SCIENCE, coordinators=[HEALTH], deadline=make.by_date(days(30)))
    task = programme(office, row).tasks.get()
    parts = [Part("Soạn", [office.science]), Part("Khảo sát", [office.health])]
    made = changes.split(task=task, parts=parts, **said(office))
    charged = [set(one.assignments.values_list("role", "organisation__name")) for one in made]
    assert charged == [{("lead", SCIENCE), ("coordinate", HEALTH)}, {("lead", HEALTH)}]


def test_a_split_ends_a_suspension(task, office):
    one = task.obligations.get()
    deadlines.suspend(obligation=one, from_day=TODAY, reason="Chờ.", by=office.chief, at=NOW)
    made = changes.split(task=task, parts=parts(office), **said(office, at=moment(days(7))))
    assert {owed.due for part in made for owed in part.obligations.all()} == {days(37)}
    assert {owed.state for part in made for owed in part.obligations.all()} == {"open"}


def test_a_task_that_waits_for_a_body_or_an_event_is_split_too(office):
    waiting = programme(office, make.row("Sơ kết khi có chỉ đạo", "Sở Lạ")).tasks.get()
    made = changes.split(task=waiting, parts=parts(office), **said(office))
    assert not Obligation.objects.exists()
    tasks.open_by_event(task=made[0], basis="CV 1", happened_on=TODAY, due=days(9), by=office.chief, at=NOW)
    assert Obligation.objects.get().organisation == office.science
    dated = programme(office, make.row("Kế hoạch", "Sở Lạ", deadline=make.by_date(days(30)))).tasks.get()
    made = changes.split(task=dated, parts=parts(office), **said(office))
    assert {owed.due for part in made for owed in part.obligations.all()} == {days(30)}


def test_what_is_done_is_not_split(task, office):
    make.submitted(task.obligations.get())
    with pytest.raises(wrong.NothingToSplitError):
        changes.split(task=task, parts=parts(office), **said(office))


@pytest.mark.parametrize("count", [0, 1])
def test_one_part_is_none(task, office, count):
    with pytest.raises(wrong.PartsError):
        changes.split(task=task, parts=parts(office)[:count], **said(office))


@pytest.mark.parametrize("part", [Part(" ", ["science"]), Part("Việc", [])])
def test_a_part_has_words_and_a_lead(task, office, part):
    leads = [office.science] if part.leads else []
    with pytest.raises(wrong.PartsError):
        changes.split(task=task, parts=[*parts(office), Part(part.content, leads)], **said(office))


# -- given to another --------------------------------------------------------------------------------------------------


def test_another_body_leads_with_what_is_open_and_its_draft(task, office):
    head = office.who("head", office.science)
    draft = make.report(task.obligations.get(), by=head)
    row = task.assignments.get()
    answer = draft.answers.get()
    reports.save(
        report=draft, answers={answer.obligation_id: reports.Said(text="Đang soạn.")}, version=1, by=head, at=NOW
    )
    change = changes.change_lead(assignment=row, organisation=office.health, **said(office, at=moment(days(3))))
    one = task.obligations.get()
    assert (one.organisation, one.due, one.first_due) == (office.health, days(30), days(30))
    assert Report.objects.get().organisation == office.health
    row.refresh_from_db()
    assert row.ends == days(2)
    assert Assignment.objects.on(None).get(task=task).organisation == office.health
    assert change.data == {"before": [office.science.pk], "after": [office.health.pk]}
    obligations.raise_due(programme=task.programme, at=moment(days(4)))
    assert task.obligations.count() == 1


def test_a_request_to_be_freed_is_answered_by_it(task, office):
    refusal = make.refusal(task.assignments.get())
    changes.change_lead(assignment=task.assignments.get(), organisation=office.health, **said(office))
    refusal.refresh_from_db()
    assert (refusal.state, refusal.word) == ("granted", "12-QĐ/TU")


def test_the_new_lead_is_another_one(office):
    row = make.row("Kế hoạch", SCIENCE, HEALTH, deadline=make.by_date(days(30)), coordinators=["Sở Lạ"])
    task = programme(office, row).tasks.get()
    lead = task.assignments.get(organisation=office.science)
    for body in (office.science, office.health):
        with pytest.raises(wrong.SameLeadError):
            changes.change_lead(assignment=lead, organisation=body, **said(office))
    waiting = task.assignments.get(role="coordinate")
    for act in (changes.change_focal, lambda **more: changes.change_lead(organisation=office.root, **more)):
        with pytest.raises(wrong.NotALeadError):
            act(assignment=waiting, **said(office))


def test_another_of_the_leads_gathers(office):
    row = make.row("Kế hoạch", SCIENCE, HEALTH, deadline=make.by_date(days(30)))
    task = programme(office, row).tasks.get()
    one, two = task.assignments.order_by("position")
    changes.change_focal(assignment=one, **said(office))
    change = changes.change_focal(assignment=two, **said(office))
    assert task.assignments.get(focal=True) == two
    assert change.data == {"before": [office.science.pk], "after": [office.health.pk]}
    with pytest.raises(wrong.SameLeadError):
        changes.change_focal(assignment=two, **said(office))


def test_an_officer_records_no_decision(task, office):
    with pytest.raises(NotAllowedError):
        changes.withdraw(task=task, **said(office, by=office.officer))


def test_an_internal_programme_is_given_to_nobody_outside(office):
    room = make.organisation("Phòng Tổng hợp", parent=office.body)
    row = make.row("Rà soát", room.name, deadline=make.by_date(days(30)))
    task = programme(office, row).tasks.get()
    internal.mark(document=task.programme.document, by=office.chief, at=NOW)
    lead = task.assignments.get()
    refusal = make.refusal(lead)
    steps = [stages.Step("draft", room), stages.Step("issue", office.science)]
    acts = [
        lambda: changes.change_lead(assignment=lead, organisation=office.science, **said(office)),
        lambda: changes.split(task=task, parts=parts(office), **said(office)),
        lambda: refusals.accept(refusal=refusal, organisation=office.science, by=office.chief, at=NOW),
        lambda: stages.set_up(task=task, steps=steps, by=office.chief, at=NOW),
    ]
    for act in acts:
        with pytest.raises(OutsideError):
            act()
