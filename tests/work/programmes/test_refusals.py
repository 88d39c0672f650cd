"""A body says that work was assigned to it wrongly; whoever assigned it decides."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.work.programmes import errors_of_changes as wrong
from tiendo.work.programmes.actions import deadlines, obligations, refusals, reports, tasks
from tiendo.work.programmes.models import Assignment, Obligation, Refusal
from tiendo.work.programmes.queries.refusals import to_decide
from worlds import SCIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(office):
    charged = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))
    return make.programme(charged, office=office.body, by=office.chief).tasks.get().assignments.get()


@pytest.fixture
def head(office):
    return office.who("head", office.science)


def refused(row, head, reason="Không đúng chức năng."):
    return refusals.refuse(assignment=row, reason=reason, by=head, at=NOW)


def accepted(refusal, office, **more):
    return refusals.accept(refusal=refusal, by=office.chief, **{"at": NOW, **more})


def test_until_it_is_decided_the_body_owes_what_it_owes(row, head, office):
    refusal = refused(row, head)
    assert (refusal.state, refusal.organisation) == ("asked", office.science)
    assert Obligation.objects.get().state == "open"
    assert list(to_decide(office.rights("office_head"))) == [refusal]
    assert list(to_decide(office.rights("head", office.science))) == []
    with pytest.raises(wrong.RefusalOpenError):
        refused(row, head)


def test_who_writes_for_the_body_does_not_refuse_for_it(row, office):
    for other in (office.who("clerk", office.science), office.chief):
        with pytest.raises(NotAllowedError):
            refused(row, other)


def test_accepted_the_charge_waits_for_a_body_again(row, head, office):
    refusal = accepted(refused(row, head), office, word="Đúng là nhầm.")
    row.refresh_from_db()
    assert (row.organisation, row.party_text) == (None, SCIENCE)
    assert not Obligation.objects.exists()
    assert (refusal.state, refusal.word, refusal.decided_by) == ("granted", "Đúng là nhầm.", office.chief)
    tasks.name_body(assignment=row, organisation=office.health, by=office.chief, at=NOW)
    assert Obligation.objects.get().organisation == office.health


def test_beside_a_phrase_the_phrase_stays_and_what_was_said_is_kept(office, head):
    phrase = make.row("Rà soát", "Các cơ quan liên quan", deadline=make.by_date(days(30)))
    task = make.programme(phrase, office=office.body, by=office.chief).tasks.get()
    waiting = task.assignments.get()
    Assignment.objects.filter(pk=waiting.pk).update(group=True)
    waiting.refresh_from_db()
    tasks.name_group(assignment=waiting, organisations=[office.science, office.health], by=office.chief, at=NOW)
    row = task.assignments.get(organisation=office.science)
    accepted(refused(row, head), office)
    left = Assignment.objects.on(None).filter(task=task)
    assert {one.organisation for one in left} == {None, office.health}
    assert Refusal.objects.get().assignment == row
    obligations.raise_due(programme=task.programme, at=moment(days(1)))
    assert Obligation.objects.get().organisation == office.health


def test_accepted_and_given_to_another_at_once(row, head, office):
    draft = make.report(row.obligations.get(), by=head)
    said = {draft.answers.get().obligation_id: reports.Said(text="Đã làm một phần.")}
    reports.save(report=draft, answers=said, version=1, by=head, at=NOW)
    accepted(refused(row, head), office, organisation=office.health, at=moment(days(2)))
    one = Obligation.objects.get()
    assert (one.organisation, one.answer.text) == (office.health, "Đã làm một phần.")
    assert one.answer.report.organisation == office.health


@pytest.mark.parametrize("what", ["draft", "extended", "asked"])
def test_what_hangs_on_it_is_not_lost(row, head, office, what):
    one = row.obligations.get()
    if what == "draft":
        make.evidence(make.report(one, by=head).answers.get(), by=head)
    elif what == "extended":
        deadlines.extend(obligation=one, day=days(40), reason="Chờ.", by=office.chief, at=NOW)
    else:
        make.date_change(one)
    refusal = refused(row, head)
    with pytest.raises(wrong.GiveOnError):
        accepted(refusal, office)
    refusal.refresh_from_db()
    assert refusal.state == "asked"
    accepted(refusal, office, organisation=office.health)
    assert Obligation.objects.get().organisation == office.health


def test_declined_with_a_word(row, head, office):
    refusal = refused(row, head)
    with pytest.raises(wrong.BecauseMissingError):
        refusals.decline(refusal=refusal, word="", by=office.chief, at=NOW)
    done = refusals.decline(refusal=refusal, word="Nghị quyết giao đích danh.", by=office.chief, at=NOW)
    assert (done.state, done.word) == ("refused", "Nghị quyết giao đích danh.")
    for again in (refusals.decline, refusals.accept):
        with pytest.raises(wrong.RequestClosedError):
            again(refusal=refusal, word="x", by=office.chief, at=NOW)
    assert refused(row, head).state == "asked", "it may say so again"


def test_taken_back(row, head, office):
    refusal = refused(row, head)
    refusals.take_back(refusal=refusal, by=head, at=NOW)
    assert list(to_decide(office.rights("office_head"))) == []
    with pytest.raises(wrong.RequestClosedError):
        refusals.take_back(refusal=refusal, by=head, at=NOW)


def test_the_body_never_decides(row, head, office):
    refusal = refused(row, head)
    for act in (refusals.accept, refusals.decline):
        with pytest.raises(NotAllowedError):
            act(refusal=refusal, word="x", by=head, at=NOW)
    make.post("clerk", body=office.science, who=office.chief)
    with pytest.raises(wrong.OwnRequestError):
        accepted(refusal, office)


def test_who_has_reported_cannot_say_that_it_is_not_theirs(row, head):
    make.submitted(row.obligations.get())
    with pytest.raises(wrong.RefusedTooLateError):
        refused(row, head)


def test_a_charge_that_is_nobodys_or_another_ones_now(row, head, office):
    refusal = refused(row, head)
    tasks.unname_body(assignment=row, by=office.chief, at=NOW)
    assert list(to_decide(office.rights("office_head"))) == [], "there is nothing to decide any more"
    for act in (lambda: accepted(refusal, office), lambda: refused(row, head)):
        with pytest.raises(wrong.NotChargedError):
            act()


def test_not_to_a_body_that_stands_there(office, head):
    both = make.row("Kế hoạch", SCIENCE, "Sở Y tế", deadline=make.by_date(days(30)))
    task = make.programme(both, office=office.body, by=office.chief).tasks.get()
    refusal = refused(task.assignments.get(organisation=office.science), head)
    with pytest.raises(wrong.SameLeadError):
        accepted(refusal, office, organisation=office.health)


def test_of_a_restricted_task_only_a_document_is_kept(row, head, office):
    tasks.set_restricted(task=row.task, restricted=True, by=office.chief, at=NOW)
    with pytest.raises(wrong.RestrictedReasonError):
        refused(row, head)
    refusal = refused(row, head, "7-CV/SKHCN ngày 01/03/2026")
    with pytest.raises(wrong.RestrictedReasonError):
        refusals.decline(refusal=refusal, word="Vì chuyên án.", by=office.chief, at=NOW)


def test_what_becomes_restricted_forgets_why(row, head, office):
    refusal = refused(row, head)
    tasks.set_restricted(task=row.task, restricted=True, by=office.chief, at=NOW)
    refusal.refresh_from_db()
    assert refusal.reason == "(đã xóa)"
    assert TODAY  # the day stays on the row
