"""Báo cáo tiến độ: it is confirmed, and the work stays open: its days, its standing, its clocks and its reminders."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import rights
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import evidence, links, programmes, progress, reminders, reports, tasks
from tiendo.work.programmes.actions.parts import progressing
from tiendo.work.programmes.errors import (
    BuiltOnPassageError,
    EvidenceDayError,
    EvidenceMissingError,
    OwnWorkError,
    SettingsFixedError,
)
from tiendo.work.programmes.errors_of_changes import NothingOwedError
from tiendo.work.programmes.errors_of_matters import (
    DecidedAlreadyError,
    NotDoneToConfirmError,
    NotDoneYetError,
    ProgressDoneError,
    ProgressEmptyError,
    ProgressOfPeriodError,
    ProgressStateError,
    WhyRequiredError,
)
from tiendo.work.programmes.exports import with_progress
from tiendo.work.programmes.models import Answer, Evidence, Obligation, Progress, Reminder, Turn
from tiendo.work.programmes.queries import clocks, reminding, tally
from tiendo.work.programmes.queries import progress as queries
from tiendo.work.programmes.queries.work import answered
from tiendo.work.programmes.rules import standing
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
State = Progress.State


@pytest.fixture
def head(office: Office):
    return office.who("head", office.science)


@pytest.fixture
def restricted(office: Office) -> Obligation:
    row = make.row("Báo cáo riêng", SCIENCE, deadline=make.by_date(days(20)), restricted="rule")
    return make.programme(row, office=office.body, by=office.chief).obligations.get()


def drafted(owed: Obligation, by, *, at=NOW, **said: Any):
    draft = reports.draft_once(obligation=owed, by=by, at=at)
    return reports.save(report=draft, answers={owed.pk: reports.Said(**said)}, version=draft.version, by=by, at=at)


def confirmed(owed: Obligation, office: Office, percent: int = 40, *, at=NOW) -> Progress:
    return progress.confirm(progress=make.progress(owed, percent=percent, at=at), by=office.who("head"), at=at)


# -- what it leaves alone ----------------------------------------------------------------------------------------------


def test_confirmed_progress_leaves_the_work_open_and_as_late_as_it_is(owed, office: Office):
    """Standing, day, turns, cube and clock are those of work of which nothing was said."""
    before = {day: standing(owed.facts, on=days(day)) for day in (0, 27, 31, 40)}
    cells, held = tally.kept(), list(clocks.hands_of(owed.task, [owed], days(40)))
    for day, percent in ((1, 40), (32, 60)):
        confirmed(owed, office, percent, at=moment(days(day)))
    now = Obligation.objects.get(pk=owed.pk)
    assert (now.state, now.due, now.submitted_on, now.held_since) == ("open", days(30), None, TODAY)
    assert {day: standing(now.facts, on=days(day)) for day in before} == before
    assert (tally.kept(), Turn.objects.count()) == (cells, 0)
    assert [(one.part, one.clock) for one in clocks.hands_of(now.task, [now], days(40))] == [
        (one.part, one.clock) for one in held
    ]
    assert {pk: one.percent for pk, one in queries.confirmed([owed.pk]).items()} == {owed.pk: 60}


def test_it_silences_no_reminder_and_is_no_silence(owed, office: Office):
    make.person("clerk", office.science)
    chief = rights(office.chief, days(31))
    assert reminding.silent(chief, days(31)).exists()
    make.progress(owed)
    reminders.run_daily(at=moment(days(31), 8))
    assert Reminder.objects.get().level == "overdue"
    assert not reminding.silent(chief, days(31)).exists(), "the body spoke"


def test_the_draft_goes_on_and_its_documents_are_no_evidence_of_completion(owed, office: Office, head):
    draft = drafted(owed, head, text="Đã khảo sát.", percent=40)
    make.evidence(draft.answers.get(), by=head)
    sent = reports.send_progress(report=draft, by=head, at=NOW)
    answer = Answer.objects.get()
    assert (sent.text, sent.percent, sent.documents) == ("Đã khảo sát.", 40, [["31/BC-SKHCN", f"{days(-1)}", ""]])
    assert (answer.text, answer.percent, answer.report.state) == ("", None, "draft")
    assert not Evidence.objects.filter(withdrawn_at=None).exists()
    with pytest.raises(EvidenceMissingError):
        reports.submit(report=drafted(owed, head, text="Đã xong."), by=head, at=NOW)
    done = make.submitted(owed)
    reports.confirm(report=done, seen_round=1, by=office.who("head"), at=NOW)
    assert Obligation.objects.get(pk=owed.pk).state == "confirmed"


def test_what_was_handed_in_once_stays_in_the_draft(owed, office: Office, head):
    sent = make.submitted(owed)
    reports.ask_more(report=sent, seen_round=1, reason="Chưa xong.", by=office.who("head"), at=NOW)
    draft = drafted(owed, head, text="Đã trình.", percent=80)
    evidence.cite(answer=draft.answers.get(), number="40/BC", issued_on=TODAY, by=head, at=NOW)
    one = reports.send_progress(report=draft, by=head, at=NOW)
    answer = Answer.objects.get()
    assert (one.documents, answer.text, answer.percent) == ([["40/BC", f"{TODAY}", ""]], "Đã trình.", None)
    assert [piece.number for piece in Evidence.objects.filter(withdrawn_at=None)] == ["31/BC-SKHCN"]


# -- what is done, and what is not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("percent", "goes"), [(None, True), (100, True), (99, False), (0, False)])
def test_less_than_all_is_no_completion(owed, head, percent, goes):
    draft = drafted(owed, head, text="Đã trình.", percent=percent)
    make.evidence(draft.answers.get(), by=head)
    if goes:
        assert reports.submit(report=draft, by=head, at=NOW).state == "submitted"
        return
    with pytest.raises(NotDoneYetError, match=f"{percent} %.*báo cáo tiến độ"):
        reports.submit(report=draft, by=head, at=NOW)


def test_nor_is_what_was_handed_in_so_before(owed, office: Office):
    sent = make.submitted(owed)
    Answer.objects.update(percent=40)
    with pytest.raises(NotDoneToConfirmError, match="40 %"):
        reports.confirm(report=sent, seen_round=1, by=office.who("head"), at=NOW)
    reports.ask_more(report=sent, seen_round=1, reason="Chưa xong.", by=office.who("head"), at=NOW)


def test_what_progress_needs(owed, restricted, office: Office, head):
    with pytest.raises(ProgressEmptyError):
        reports.send_progress(report=drafted(owed, head), by=head, at=NOW)
    with pytest.raises(ProgressDoneError):
        reports.send_progress(report=drafted(owed, head, text="Xong.", percent=100), by=head, at=NOW)
    with pytest.raises(EvidenceMissingError):
        reports.send_progress(report=drafted(restricted, head), by=head, at=NOW)
    stands = make.programme(make.row("Tuyên truyền", SCIENCE, deadline=make.continuous()), office=office.body)
    with pytest.raises(ProgressOfPeriodError):
        reports.send_progress(report=make.report(stands.obligations.get()), by=head, at=NOW)
    sent = make.submitted(owed)
    with pytest.raises(NothingOwedError):
        progressing.send(sent, by=head, at=NOW)


def test_of_a_restricted_task_a_number_and_a_day(restricted, office: Office, head):
    draft = reports.draft_once(obligation=restricted, by=head, at=NOW)
    make.evidence(draft.answers.get(), by=head)
    one = reports.send_progress(report=draft, by=head, at=NOW)
    assert (one.text, one.percent, one.documents[0][0]) == ("", None, "31/BC-SKHCN")
    assert progress.send_back(progress=one, word="", by=office.who("head"), at=NOW).word == "–"


def test_what_was_said_goes_when_a_task_becomes_restricted(owed, office: Office):
    one = make.progress(owed)
    progress.send_back(progress=one, word="Chưa rõ.", by=office.who("head"), at=NOW)
    Progress.objects.update(documents=[["Báo cáo chuyện riêng", "2026-03-01", "một người"]])
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    kept = Progress.objects.get()
    assert (kept.text, kept.percent, kept.word) == ("", None, "–")
    assert kept.documents == [["(đã xóa)", "2026-03-01", ""]]


# -- the word on it ----------------------------------------------------------------------------------------------------


def test_who_confirms_it(owed, office: Office, head):
    one = make.progress(owed)
    both = office.who("head")
    for by in (head, office.who("officer"), office.who("head", office.health)):
        with pytest.raises(NotAllowedError):
            progress.confirm(progress=one, by=by, at=NOW)
    make.post("clerk", body=office.science, who=both)
    with pytest.raises(OwnWorkError):
        progress.confirm(progress=one, by=both, at=NOW)
    assert [one.pk for one in queries.to_confirm(rights(office.who("office_head"), TODAY))] == [one.pk]


def test_who_wrote_the_draft_confirms_it_no_more_than_who_sent_it(owed, office: Office, head):
    clerk = office.who("clerk", office.science)
    draft = drafted(owed, clerk, text="Đang làm.", percent=10)
    one = reports.send_progress(report=draft, by=head, at=NOW)
    Post.objects.filter(user=clerk).update(ends=days(-1))
    make.post("head", body=office.body, who=clerk)
    with pytest.raises(OwnWorkError):
        progress.confirm(progress=one, by=clerk, at=NOW)


def test_sent_back_revoked_withdrawn(owed, office: Office, head):
    by = office.who("head")
    first, again = confirmed(owed, office, 30), make.progress(owed, percent=50)
    with pytest.raises(WhyRequiredError):
        progress.send_back(progress=again, word=" ", by=by, at=NOW)
    progress.send_back(progress=again, word="Chưa có số liệu.", by=by, at=NOW)
    assert queries.confirmed([owed.pk])[owed.pk] == first, "the one confirmed before stands"
    assert queries.last_of([owed.pk])[owed.pk].word == "Chưa có số liệu."
    with pytest.raises(DecidedAlreadyError):
        progress.confirm(progress=again, by=by, at=NOW)
    with pytest.raises(ProgressStateError):
        progress.revoke(progress=again, word="Sai.", by=by, at=NOW)
    third = confirmed(owed, office, 60)
    with pytest.raises(WhyRequiredError):
        progress.revoke(progress=third, word="", by=by, at=NOW)
    progress.revoke(progress=third, word="Số liệu sai.", by=by, at=NOW)
    assert queries.confirmed([owed.pk])[owed.pk] == first
    last = make.progress(owed)
    progress.withdraw(progress=last, by=head, at=NOW)
    with pytest.raises(DecidedAlreadyError):
        progress.withdraw(progress=last, by=head, at=NOW)
    assert queries.last_of([owed.pk])[owed.pk] == third


def test_one_waits_at_a_time_and_completion_takes_its_place(owed, office: Office):
    first, second = make.progress(owed, percent=10), make.progress(owed, percent=20)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.REPLACED, State.ASKED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Progress.objects.filter(pk=first.pk).update(state=State.ASKED)
    make.submitted(owed)
    second.refresh_from_db()
    assert second.state == State.REPLACED
    assert not queries.to_confirm(rights(office.who("head"), TODAY)).exists()
    assert queries.confirmed([owed.pk]) == queries.last_of([owed.pk]) == {}, "the work goes on no more"


def test_of_several_leads_each_has_its_own(office: Office):
    row = make.row("Xây dựng kế hoạch", SCIENCE, "Sở Y tế", deadline=make.by_date(days(30)))
    two = list(make.programme(row, office=office.body, by=office.chief).obligations.order_by("organisation__name"))
    for one, percent in zip(two, (20, 70), strict=True):
        confirmed(one, office, percent)
    found = queries.confirmed_of_tasks([two[0].task_id])
    assert [one.percent for one in found[two[0].task_id]] == [20, 70]


# -- what is built on it -----------------------------------------------------------------------------------------------


def test_what_was_reported_on_is_taken_back_no_more(owed, office: Office):
    assert not answered(Obligation.objects.filter(pk=owed.pk)).exists()
    make.progress(owed)
    assert answered(Obligation.objects.filter(pk=owed.pk)).exists()
    held = owed.programme
    with pytest.raises(SettingsFixedError):
        programmes.change(
            programme=held, confirming=held.confirming, monitor=None, standing_every="half", tracked_from=days(-9),
            by=office.chief, at=NOW,
        )  # fmt: skip


def test_a_hand_over_on_which_the_heir_reported_is_not_undone(owed, office: Office):
    registrar = office.who("registrar", office.root)
    before = make.progress(owed, percent=10)
    draft = make.succession("absorb", [office.science], [office.health], on=days(1), by=registrar)
    done = handovers.carry_out(succession=draft, by=registrar, at=moment(days(1)))
    after = Obligation.objects.get(pk=owed.pk)
    assert progress.confirm(progress=before, by=office.who("head"), at=moment(days(1))).organisation == office.science
    make.progress(after, at=moment(days(2)))
    with pytest.raises(BuiltOnPassageError):
        handovers.undo(succession=done.succession, by=registrar, at=moment(days(2)))


# -- other ways in -----------------------------------------------------------------------------------------------------


def test_through_a_link_and_on_paper(owed, office: Office):
    link, _token = make.link_and_token(owed)
    kept = {owed.pk: links.Said(text="Đang làm.", percent=40)}
    links.keep(link=link, answers=kept, cited={}, version=1, at=NOW)
    paper = {"number": "15/BC", "by": office.officer, "at": NOW}
    with pytest.raises(NotDoneYetError):
        links.submit_on_paper(link=link, signed_on=TODAY, **paper)
    with pytest.raises(EvidenceDayError):
        links.progress_on_paper(link=link, signed_on=days(1), **paper)
    one = links.progress_on_paper(link=link, signed_on=TODAY, **paper)
    assert (one.percent, one.on_paper, one.documents, one.reported_by) == (
        40, True, [["15/BC", f"{TODAY}", ""]], office.officer,
    )  # fmt: skip
    make.post("head", body=office.body, who=office.officer)
    with pytest.raises(OwnWorkError):
        progress.confirm(progress=one, by=office.officer, at=NOW)
    draft = Answer.objects.get().report
    links.keep(link=link, answers={owed.pk: links.Said(text="Xong.")}, cited={}, version=draft.version, at=NOW)
    assert links.submit_on_paper(link=link, signed_on=TODAY, **paper).state == "submitted", "the body wrote on"


def test_the_audit_has_every_word(owed, office: Office):
    confirmed(owed, office)
    said = Event.objects.filter(subject=f"programmes.task:{owed.task_id}", verb__startswith="programmes.progress")
    assert [one.verb.rpartition(".")[2] for one in said.order_by("sequence")] == ["reported", "confirmed"]


def test_a_workbook_tells_what_was_confirmed(owed, office: Office):
    confirmed(owed, office)
    make.progress(owed, percent=70)
    [row] = with_progress(Obligation.objects.all())
    assert [one.percent for one in row.said] == [40]
