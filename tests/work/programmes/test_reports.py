"""Reports: one per body and period, handed in whole, confirmed by another body or sent back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

import factories as make
import snapshots
from factories import NOW, by_date, continuous, days, moment, row
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.actions.reports import Said
from tiendo.work.programmes.errors import (
    AnswerMissingError,
    AnswerTooLongError,
    EvidenceMissingError,
    NothingAndTextError,
    OwnWorkError,
    ReasonRequiredError,
    ReportChangedError,
    ReportStateError,
    RestrictedTaskError,
    RoundChangedError,
)
from tiendo.work.programmes.models import Obligation, Programme, Report
from tiendo.work.programmes.queries import rounds, work
from tiendo.work.programmes.rules import Standing, standing
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
State = Report.State


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        row("Xây dựng kế hoạch", SCIENCE, deadline=by_date(days(10))),
        row("Tuyên truyền", SCIENCE, deadline=continuous()),
        row("Kiểm tra", SCIENCE, "Sở Lạ Chưa Biết", deadline=continuous()),
        row("Báo cáo quý", SCIENCE, deadline=continuous("quarter")),
        office=office.body,
        by=office.chief,
    )


@pytest.fixture
def once(programme) -> Obligation:
    return programme.obligations.get(standing=False)


@pytest.fixture
def head(office: Office):
    return office.who("head", office.science)


@pytest.fixture
def draft(once, head) -> Report:
    return reports.draft_once(obligation=once, by=head, at=NOW)


def period_of(programme: Programme, content: str = "Tuyên truyền") -> str:
    owed = programme.obligations.get(task__content=content)
    return f"{owed.period_start}/{owed.period_end}"


def draft_period(programme: Programme, by, body, period: str = "") -> Report:
    return reports.draft_period(
        programme=programme, organisation=body, period=period or period_of(programme), by=by, at=NOW
    )


def save(report: Report, by, *said: Said, version: int = 0) -> Report:
    answers = {answer.obligation_id: words for answer, words in zip(report.answers.order_by("pk"), said, strict=False)}
    return reports.save(report=report, answers=answers, version=version or report.version, by=by, at=NOW)


def hand_in(report: Report, by, at=NOW) -> Report:
    for answer in report.answers.filter(evidence=None):
        evidence.cite(answer=answer, number="1/BC", issued_on=days(-1), by=by, at=at)
    return reports.submit(report=report, by=by, at=at)


def test_a_draft_is_made_once(draft, once, head, office: Office):
    assert (draft.state, draft.standing, draft.key, draft.round) == (State.DRAFT, False, f"obligation:{once.pk}", 0)
    assert (draft.organisation, draft.confirming, draft.drafted_by) == (office.science, office.body, head)
    assert str(draft) == f"{office.science.pk} obligation:{once.pk}"
    before = snapshots.rows()
    assert reports.draft_once(obligation=once, by=head, at=NOW) == draft
    assert snapshots.rows() == before
    assert str(draft.answers.get()) == f"{once.pk} "


def test_a_period_report_covers_all_standing_rows_of_its_period(programme, head, office: Office):
    report = draft_period(programme, head, office.science)
    assert [a.obligation.task.content for a in report.answers.order_by("pk")] == ["Tuyên truyền", "Kiểm tra"]
    assert (report.standing, report.key) == (True, "2025-12-15/2026-06-14")
    quarter = draft_period(programme, head, office.science, period_of(programme, "Báo cáo quý"))
    assert quarter != report
    assert [a.obligation.task.content for a in quarter.answers.all()] == ["Báo cáo quý"]


def test_standing_work_is_never_answered_alone(programme, head, office: Office):
    owed = programme.obligations.get(task__content="Kiểm tra")
    report = reports.draft_once(obligation=owed, by=head, at=NOW)
    assert (report, report.answers.count()) == (draft_period(programme, head, office.science), 2)


def test_a_row_charged_while_the_report_is_written_joins_it(programme, head, office: Office):
    make.person("head", office.health)
    report = draft_period(programme, head, office.science)
    extra = make.organisation("Sở Mới", parent=office.root)
    name_unknown(programme, office, extra)
    charge_instead(extra, office.science)
    assert draft_period(programme, head, office.science) == report
    assert report.answers.count() == 3


def charge_instead(body, other) -> None:
    rows = Obligation.objects.filter(organisation=body)
    with ledger.kept(list(rows.values_list("pk", flat=True)), on=make.TODAY):
        rows.update(organisation=other)


def name_unknown(programme: Programme, office: Office, body) -> None:
    waiting = work.waiting_for_a_body(programme).get()
    tasks.name_body(assignment=waiting, organisation=body, by=office.officer, at=NOW)


def test_a_row_charged_after_the_report_was_handed_in_gets_its_own(programme, head, office: Office):
    sent = hand_in(draft_period(programme, head, office.science), head)
    extra = make.organisation("Sở Mới", parent=office.root)
    name_unknown(programme, office, extra)
    charge_instead(extra, office.science)
    later = draft_period(programme, head, office.science)
    assert (later.key, later.answers.count()) == (f"{sent.key}+", 1)
    assert draft_period(programme, head, office.science) == later
    hand_in(later, head)
    assert draft_period(programme, head, office.science) == later
    assert not programme.obligations.filter(standing=True, state="open", period_name__startswith="6").exists()


def test_a_period_in_which_nothing_is_owed_has_no_report(programme, head, office: Office):
    with pytest.raises(Obligation.DoesNotExist):
        draft_period(programme, head, office.science, "2020-01-01/2020-06-30")
    with pytest.raises(Obligation.DoesNotExist):
        draft_period(programme, office.who("head", office.health), office.health)
    assert not Report.objects.exists()


def test_what_was_typed_is_kept(draft, head):
    saved = save(draft, head, Said(text="  Đã trình Thường trực. "))
    answer = saved.answers.get()
    assert (answer.text, answer.nothing_arose, saved.version, saved.drafted_by) == (
        "Đã trình Thường trực.",
        False,
        2,
        head,
    )
    saved = save(saved, head, Said(nothing_arose=True))
    answer.refresh_from_db()
    assert (answer.text, answer.nothing_arose, saved.version) == ("", True, 3)


def test_saving_part_keeps_the_rest(programme, head, office: Office):
    report = save(draft_period(programme, head, office.science), head, Said(text="một"), Said(text="hai"))
    second = report.answers.order_by("pk")[1]
    reports.save(report=report, answers={second.obligation_id: Said(text="ba")}, version=2, by=head, at=NOW)
    assert [a.text for a in report.answers.order_by("pk")] == ["một", "ba"]


def test_two_clerks_on_one_report_lose_nothing(draft, head, office: Office):
    save(draft, head, Said(text="Của tôi"))
    with pytest.raises(ReportChangedError):
        save(draft, office.who("clerk", office.science), Said(text="Của họ"), version=1)
    assert draft.answers.get().text == "Của tôi"


def test_an_answer_is_two_lines(draft, head):
    save(draft, head, Said(text="x" * 500))
    with pytest.raises(AnswerTooLongError, match="500"):
        save(draft, head, Said(text="y" * 501), version=2)
    assert draft.answers.get().text == "x" * 500


def test_an_answer_to_what_is_not_in_the_report_is_refused(programme, draft, head):
    other = programme.obligations.filter(standing=True)[0]
    before = snapshots.rows()
    with pytest.raises(Obligation.DoesNotExist):
        reports.save(report=draft, answers={other.pk: Said(text="x")}, version=1, by=head, at=NOW)
    assert snapshots.rows() == before


def test_a_restricted_task_takes_no_text(programme, head, office: Office):
    owed = programme.obligations.get(task__content="Kiểm tra")
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    report = draft_period(programme, head, office.science)
    with pytest.raises(RestrictedTaskError):
        save(report, head, Said(text="Tuyên truyền 3 buổi"), Said(text="nội dung"))
    assert {a.text for a in report.answers.all()} == {""}
    save(report, head, Said(text="Tuyên truyền 3 buổi"), Said(nothing_arose=True))
    assert reports.submit.__name__ == "submit"
    assert reports.submit(report=report, by=head, at=NOW).state == State.SUBMITTED


def test_work_with_an_end_needs_evidence(draft, head):
    save(draft, head, Said(text="Đã xong"))
    with pytest.raises(EvidenceMissingError, match="Nhiệm vụ 1"):
        reports.submit(report=draft, by=head, at=NOW)
    assert Obligation.objects.filter(state="submitted").count() == 0
    assert hand_in(draft, head).state == State.SUBMITTED


def test_withdrawn_evidence_is_none(draft, head):
    piece = evidence.cite(answer=draft.answers.get(), number="1/BC", issued_on=days(-1), by=head, at=NOW)
    evidence.withdraw(evidence=piece, by=head, at=NOW)
    with pytest.raises(EvidenceMissingError):
        reports.submit(report=draft, by=head, at=NOW)


def test_every_standing_row_needs_an_answer(programme, head, office: Office):
    report = draft_period(programme, head, office.science)
    save(report, head, Said(text="Đã làm"))
    with pytest.raises(AnswerMissingError, match="Nhiệm vụ 3"):
        reports.submit(report=report, by=head, at=NOW)
    save(report, head, Said(text="Đã làm"), Said(nothing_arose=True), version=2)
    assert reports.submit(report=report, by=head, at=NOW).state == State.SUBMITTED
    assert programme.obligations.filter(standing=True, state="submitted").count() == 2


def test_handed_in_it_is_fixed(draft, head, once):
    sent = hand_in(draft, head)
    once.refresh_from_db()
    assert (sent.round, sent.submitted_by, sent.submitted_at) == (1, head, NOW)
    assert (once.state, once.submitted_on, once.confirmed_on) == ("submitted", make.TODAY, None)
    for act in (
        lambda: save(sent, head, Said(text="x")),
        lambda: reports.submit(report=sent, by=head, at=NOW),
        lambda: evidence.cite(answer=sent.answers.get(), number="2/BC", issued_on=days(0), by=head, at=NOW),
        lambda: evidence.attach(answer=draft.answers.get(), filename="a.pdf", chunks=[b"%PDF-"], by=head, at=NOW),
        lambda: evidence.withdraw(evidence=sent.answers.get().evidence.get(), by=head, at=NOW),
    ):
        before = snapshots.rows()
        with pytest.raises(ReportStateError, match="đã gửi"):
            act()
        assert snapshots.rows() == before


@pytest.mark.parametrize(
    ("hour", "minute", "day", "late"),
    [(23, 59, 10, False), (0, 0, 11, True), (6, 59, 11, True), (0, 0, 10, False)],
)
def test_the_due_day_is_not_late_and_the_day_is_vietnams(draft, head, once, hour, minute, day, late):
    """Between midnight and 7:00 in Vietnam it is still yesterday in UTC."""
    hand_in(draft, head, at=moment(days(day), hour, minute))
    once.refresh_from_db()
    assert once.submitted_on == days(day)
    told = standing(once.facts, on=days(20))
    assert told == (Standing.AWAITING_LATE if late else Standing.AWAITING)


def test_the_evening_in_utc_is_the_next_day_in_vietnam(draft, head, once):
    utc_evening = moment(once.due + timedelta(days=1), 0, 30)
    assert utc_evening.date() == once.due
    hand_in(draft, head, at=utc_evening)
    once.refresh_from_db()
    assert once.submitted_on == once.due + timedelta(days=1)


def test_confirmed_by_another_body(draft, head, once, office: Office):
    done = reports.confirm(report=hand_in(draft, head), seen_round=1, by=office.chief, at=moment(days(30)))
    once.refresh_from_db()
    assert (done.state, once.state, once.submitted_on, once.confirmed_on) == (
        State.CONFIRMED,
        "confirmed",
        make.TODAY,
        days(30),
    )
    decision = done.decisions.get()
    assert (decision.verdict, decision.by, decision.round, str(decision)) == (
        "confirm",
        office.chief,
        1,
        f"{done.pk} confirm",
    )
    assert standing(once.facts, on=days(99)) == Standing.DONE_ON_TIME


def test_sent_back_with_a_reason_it_is_open_again(draft, head, once, office: Office):
    back = reports.ask_more(
        report=hand_in(draft, head), seen_round=1, reason=" Thiếu số liệu. ", by=office.chief, at=NOW
    )
    once.refresh_from_db()
    assert (back.state, once.state, once.submitted_on) == (State.RETURNED, "open", make.TODAY)
    assert back.decisions.get().reason == "Thiếu số liệu."
    evidence.cite(answer=back.answers.get(), number="2/BC", issued_on=days(0), by=head, at=NOW)
    again = reports.submit(report=back, by=head, at=moment(days(12)))
    once.refresh_from_db()
    assert (again.round, once.submitted_on) == (2, make.TODAY)
    reports.confirm(report=again, seen_round=2, by=office.chief, at=moment(days(13)))
    assert [d.verdict for d in again.decisions.all()] == ["ask_more", "confirm"]


def test_a_word_on_a_round_that_was_not_read_is_refused(draft, head, office: Office):
    """A reads round 1; B asks for more; the body hands in something else; A's old page confirms nothing."""
    hand_in(draft, head)
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=NOW)
    make.resubmitted(draft)
    before = snapshots.rows()
    for act in (
        lambda: reports.confirm(report=draft, seen_round=1, by=office.chief, at=NOW),
        lambda: reports.ask_more(report=draft, seen_round=0, reason="x", by=office.chief, at=NOW),
    ):
        with pytest.raises(RoundChangedError, match="gửi lại \\(lần 2\\)"):
            act()
    assert snapshots.rows() == before


def test_each_decision_keeps_what_it_was_given_on(draft, head, once, office: Office):
    save(draft, head, Said(text="Đã trình bản một."))
    hand_in(draft, head)
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=NOW)
    draft.refresh_from_db()
    save(draft, head, Said(text="Đã trình bản hai."))
    piece = draft.answers.get().evidence.get()
    kept = {"obligation": once.pk, "nothing_arose": False, "text": "Đã trình bản một.", "evidence": [piece.pk]}
    assert draft.decisions.get().said == [kept]


def test_others_read_what_was_handed_in_and_not_what_is_being_typed(draft, head, office: Office):
    save(draft, head, Said(text="Đã trình bản một."))
    hand_in(draft, head)
    reports.ask_more(report=draft, seen_round=1, reason="Thiếu bảng.", by=office.chief, at=NOW)
    draft.refresh_from_db()
    save(draft, head, Said(text="ĐANG GÕ DỞ"))
    old = draft.answers.get().evidence.get()
    evidence.withdraw(evidence=old, by=head, at=NOW)
    new = evidence.cite(answer=draft.answers.get(), number="2/BC", issued_on=days(0), by=head, at=NOW)

    def seen(*, own: bool) -> list[tuple[str, list[str], bool]]:
        rows = rounds.as_handed_in(Report.objects.get(pk=draft.pk), own=own)
        return [(row.text, [str(piece) for piece in row.evidence], row.changed) for row in rows]

    assert seen(own=False) == [("Đã trình bản một.", ["1/BC"], False)]
    assert seen(own=True) == [("ĐANG GÕ DỞ", ["2/BC"], False)]
    assert rounds.readable_evidence(Report.objects.get(pk=draft.pk), own=False) == set()
    draft.refresh_from_db()
    reports.submit(report=draft, by=head, at=NOW)
    assert seen(own=False) == [("ĐANG GÕ DỞ", ["2/BC"], True)], "marked as new against the round before"
    assert rounds.readable_evidence(Report.objects.get(pk=draft.pk), own=False) == {new.pk}


def test_nothing_arose_and_a_result_are_not_said_together(programme, head, office: Office):
    report = draft_period(programme, head, office.science)
    with pytest.raises(NothingAndTextError):
        save(report, head, Said(nothing_arose=True, text="Đã mở hai lớp."))
    assert not report.answers.filter(nothing_arose=True).exists()


@pytest.mark.parametrize("reason", ["", "  "])
def test_asking_for_more_needs_a_reason(draft, head, office: Office, reason):
    sent = hand_in(draft, head)
    with pytest.raises(ReasonRequiredError):
        reports.ask_more(report=sent, seen_round=1, reason=reason, by=office.chief, at=NOW)
    sent.refresh_from_db()
    assert sent.state == State.SUBMITTED


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.CONFIRMED])
def test_only_what_was_handed_in_is_decided(draft, office: Office, state):
    Report.objects.update(state=state)
    for act in (
        lambda: reports.confirm(report=draft, seen_round=1, by=office.chief, at=NOW),
        lambda: reports.ask_more(report=draft, seen_round=1, reason="x", by=office.chief, at=NOW),
    ):
        with pytest.raises(ReportStateError):
            act()
    assert not draft.decisions.exists()


def test_decided_twice_it_is_decided_once(draft, head, office: Office):
    sent = hand_in(draft, head)
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
    with pytest.raises(ReportStateError):
        reports.ask_more(report=sent, seen_round=1, reason="x", by=office.chief, at=NOW)
    sent.refresh_from_db()
    assert sent.state == State.CONFIRMED


def test_nobody_confirms_where_no_body_was_found(draft, head, office: Office):
    sent = hand_in(draft, head)
    Report.objects.update(confirming=None)
    with pytest.raises(NotAllowedError):
        reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)


def test_a_body_never_confirms_itself_even_with_wrong_data(draft, head, office: Office):
    sent = hand_in(draft, head)
    Report.objects.update(confirming=office.science)
    for act in (
        lambda: reports.confirm(report=sent, seen_round=1, by=head, at=NOW),
        lambda: reports.ask_more(report=sent, seen_round=1, reason="x", by=head, at=NOW),
    ):
        with pytest.raises(OwnWorkError):
            act()
    assert not Event.objects.filter(verb="programmes.report.confirmed").exists()


def test_the_database_keeps_one_decision_a_round_and_a_reason(draft, head, office: Office):
    sent = hand_in(draft, head)
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW)
    for more in ({"round": 1, "verdict": "confirm"}, {"round": 2, "verdict": "ask_more"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            sent.decisions.create(by=office.chief, at=NOW, **more)


def test_periods_to_report_are_grouped_by_page(programme, head, office: Office, django_assert_num_queries):
    held = office.rights("clerk", office.science)
    assert held.bodies
    with django_assert_num_queries(4):
        due = work.periods_to_report(held)
    assert [(one.name, one.rows, one.due) for one in due] == [
        ("Quý I/2026", 1, date(2026, 3, 25)),
        ("6 tháng đầu năm 2026", 2, date(2026, 6, 25)),
    ]
    assert (due[1].programme, due[1].organisation, due[1].key) == (programme, office.science, period_of(programme))
    hand_in(draft_period(programme, head, office.science), head)
    assert [one.name for one in work.periods_to_report(held)] == ["Quý I/2026"]


def test_who_is_of_the_reporting_body_does_not_confirm_even_with_a_post_in_the_confirming_one(
    draft, head, office: Office
):
    sent = hand_in(draft, head)
    both = office.who("clerk", office.science)
    make.post("head", body=office.body, who=both)
    with pytest.raises(OwnWorkError):
        reports.confirm(report=sent, seen_round=1, by=both, at=NOW)
    assert list(work.to_confirm(rights(both, make.TODAY))) == []
    assert list(work.to_confirm(rights(office.chief, make.TODAY))) == [sent]
    assert reports.confirm(report=sent, seen_round=1, by=office.chief, at=NOW).state == State.CONFIRMED


def test_who_once_wrote_it_does_not_confirm_after_having_left(once, head, office: Office):
    """A former colleague wrote round 1, a colleague hands it in; in a new post they confirm nothing."""
    former = make.person("head", office.science)
    report = reports.draft_once(obligation=once, by=former, at=NOW)
    save(report, former, Said(text="Đã trình."))
    Post.objects.filter(user=former).update(ends=days(-1))
    make.post("head", body=office.body, who=former)
    report.refresh_from_db()
    sent = hand_in(report, head)
    with pytest.raises(OwnWorkError):
        reports.confirm(report=sent, seen_round=1, by=former, at=NOW)
