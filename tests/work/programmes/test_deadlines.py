"""The only ways in which a date moves; the executor asks and never decides; the first date stays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import translation

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.work.programmes import errors_of_changes as wrong
from tiendo.work.programmes.actions import deadlines, obligations, reports, tasks
from tiendo.work.programmes.models import Answer, DateChange, Obligation, Report, Turn
from tiendo.work.programmes.queries import dates, owing
from tiendo.work.programmes.queries.dates import asked_by, chain, following, to_decide
from tiendo.work.programmes.rules import periods, standing
from tiendo.work.programmes.rules.periods import NEXT_WORKDAY, calendars
from worlds import HEALTH, SCIENCE

pytestmark = pytest.mark.django_db
WHY = {"reason": "Chờ hướng dẫn của Bộ."}


@pytest.fixture
def owed(office):
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))
    return make.programme(row, office=office.body, by=office.chief, tracked_from=days(-60)).obligations.get()


@pytest.fixture
def standing_work(office):
    """Reported by 25/07/2026, a Saturday, as the calendar's day."""
    rows = [make.row("Tuyên truyền", SCIENCE, HEALTH, deadline=make.continuous("month"))]
    return make.programme(*rows, office=office.body, by=office.chief, tracked_from=date(2026, 2, 20))


@pytest.fixture
def head(office):
    return office.who("head", office.science)


def asked(owed, head, **more):
    said = {"wanted": days(60), **WHY, "by": head, "at": NOW, **more}
    return deadlines.ask(obligation=owed, **said)


def fresh(owed):
    return Obligation.objects.get(pk=owed.pk)


# -- asking ------------------------------------------------------------------------------------------------------------


def test_what_is_asked_for_moves_nothing(owed, head):
    request = asked(owed, head, basis="Công văn 3-CV/TW")
    assert (request.state, request.before, request.wanted, request.after) == ("asked", days(30), days(60), None)
    assert fresh(owed).due == days(30)


def test_a_clerk_of_the_body_may_ask_and_the_office_may_not(owed, office):
    with pytest.raises(NotAllowedError):
        asked(owed, office.chief)
    assert asked(owed, office.who("clerk", office.science)).state == "asked"


def test_one_request_is_open_at_a_time(owed, head, office):
    request = asked(owed, head)
    with pytest.raises(wrong.RequestOpenError):
        asked(owed, head)
    with pytest.raises(wrong.RequestOpenError):
        deadlines.extend(obligation=owed, day=days(50), **WHY, by=office.chief, at=NOW)
    with pytest.raises(wrong.RequestOpenError):
        deadlines.suspend(obligation=owed, from_day=TODAY, **WHY, by=office.chief, at=NOW)
    deadlines.withdraw_request(request=request, by=head, at=NOW)
    assert asked(owed, head).pk != request.pk


@pytest.mark.parametrize("wanted", [days(30), days(29), date(2101, 1, 1)])
def test_the_day_asked_for_is_later_and_no_slip_of_the_pen(owed, head, wanted):
    with pytest.raises(wrong.NewDayError, match="01/04/2026"):
        asked(owed, head, wanted=wanted)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"reason": "  "}, wrong.BecauseMissingError),
        ({"reason": "x" * 1001}, wrong.BecauseTooLongError),
        ({"basis": "x" * 301}, wrong.BecauseTooLongError),
    ],
)
def test_a_reason_is_needed_and_has_an_end(owed, head, said, error):
    with pytest.raises(error):
        asked(owed, head, **said)
    assert not DateChange.objects.exists()


def test_overdue_work_may_still_be_put_off(owed, head, office):
    later = moment(days(40))
    request = asked(owed, head, at=later)
    deadlines.decide(request=request, day=days(60), by=office.chief, at=later)
    assert str(standing(fresh(owed).facts, on=days(40))) == "in_term"
    assert Turn.objects.get().due == days(30), "that it was overdue on those days is kept"


# -- deciding ----------------------------------------------------------------------------------------------------------


def test_granted_with_another_day_than_was_asked_for(owed, head, office):
    request = asked(owed, head)
    granted = deadlines.decide(
        request=request, day=days(45), word="Đến trước kỳ họp.", number="8-CV/VPTU", issued_on=TODAY, by=office.chief,
        at=NOW,
    )  # fmt: skip
    assert (granted.state, granted.before, granted.after) == ("granted", days(30), days(45))
    assert (granted.decided_by, granted.number) == (office.chief, "8-CV/VPTU")
    now = fresh(owed)
    assert (now.due, now.first_due, now.state) == (days(45), days(30), "open")


def test_refused_with_a_reason_and_not_without(owed, head, office):
    request = asked(owed, head)
    with pytest.raises(wrong.BecauseMissingError):
        deadlines.decide(request=request, day=None, word=" ", by=office.chief, at=NOW)
    refused = deadlines.decide(request=request, day=None, word="Đã đủ thời gian.", by=office.chief, at=NOW)
    assert refused.state == "refused"
    assert fresh(owed).due == days(30)
    with pytest.raises(wrong.RequestClosedError, match="không chấp thuận"):
        deadlines.decide(request=request, day=days(60), by=office.chief, at=NOW)
    with pytest.raises(wrong.RequestClosedError):
        deadlines.withdraw_request(request=request, by=head, at=NOW)


def test_the_executor_never_decides(owed, head, office):
    """Not with a right in its own body, and not as somebody who has a post in both."""
    request = asked(owed, head)
    for own in (head, office.who("office_head", office.science)):
        with pytest.raises(NotAllowedError):
            deadlines.decide(request=request, day=days(60), by=own, at=NOW)
    make.post("officer", body=office.science, who=office.chief)
    with pytest.raises(wrong.OwnRequestError):
        deadlines.decide(request=request, day=days(60), by=office.chief, at=NOW)
    assert list(to_decide(office.rights("office_head"))) == []


def test_what_the_office_owes_itself_is_decided_by_who_confirms_it(office):
    row = make.row("Sơ kết", office.body.name, deadline=make.by_date(days(30)))
    own = make.programme(row, office=office.body, by=office.chief, confirming=office.health).obligations.get()
    request = asked(own, office.chief)
    with pytest.raises(NotAllowedError):
        deadlines.decide(request=request, day=days(60), by=office.chief, at=NOW)
    above = office.who("office_head", office.health)
    assert list(to_decide(office.rights("office_head", office.health))) == [request]
    assert deadlines.decide(request=request, day=days(60), by=above, at=NOW).state == "granted"


def test_the_list_of_requests(owed, head, office):
    request = asked(owed, head)
    assert list(to_decide(office.rights("office_head"))) == [request]
    assert list(to_decide(office.rights("officer"))) == []
    assert list(to_decide(office.rights("office_head", office.elsewhere))) == []
    assert list(asked_by(office.rights("clerk", office.science))) == [request]
    deadlines.decide(request=request, day=days(60), by=office.chief, at=NOW)
    assert list(to_decide(office.rights("office_head"))) == []


def test_so_often_and_no_more(owed, head, office, settings):
    for step in (40, 50):
        deadlines.decide(request=asked(owed, head, wanted=days(step)), day=days(step), by=office.chief, at=NOW)
    with pytest.raises(wrong.ExtensionLimitError, match="2 lần"):
        asked(owed, head, wanted=days(60))
    with pytest.raises(wrong.ExtensionLimitError):
        deadlines.extend(obligation=owed, day=days(60), **WHY, by=office.chief, at=NOW)
    settings.EXTENSIONS = 3
    assert asked(owed, head, wanted=days(60)).state == "asked"


def test_refused_requests_do_not_count(owed, head, office):
    for _each in range(4):
        deadlines.decide(request=asked(owed, head), day=None, word="Chưa cần.", by=office.chief, at=NOW)
    assert asked(owed, head).state == "asked"


def test_the_office_extends_by_itself(owed, office):
    change = deadlines.extend(
        obligation=owed, day=days(45), **WHY, basis="Kết luận 9-KL/TU", number="9-KL/TU", issued_on=days(-1),
        by=office.chief, at=NOW,
    )  # fmt: skip
    assert (change.kind, change.state, change.after) == ("extend", "granted", days(45))
    assert fresh(owed).due == days(45)
    with pytest.raises(NotAllowedError):
        deadlines.extend(obligation=owed, day=days(50), **WHY, by=office.officer, at=NOW)


@pytest.mark.parametrize(("number", "issued_on"), [("9-KL/TU", None), ("", TODAY), ("9-KL/TU", days(1))])
def test_a_deciding_paper_has_number_and_day(owed, office, number, issued_on):
    paper = {"number": number, "issued_on": issued_on}
    with pytest.raises(wrong.PaperIncompleteError):
        deadlines.extend(obligation=owed, day=days(45), **WHY, **paper, by=office.chief, at=NOW)


def test_what_was_handed_in_is_late_or_not_for_ever(owed, head, office):
    request = asked(owed, head)
    make.submitted(owed, at=moment(days(35)))
    with pytest.raises(wrong.NotOpenError, match="chờ xác nhận"):
        deadlines.decide(request=request, day=days(60), by=office.chief, at=moment(days(36)))
    deadlines.decide(request=request, day=None, word="Đã gửi.", by=office.chief, at=moment(days(36)))
    assert str(standing(fresh(owed).facts, on=days(36))) == "awaiting_late"


def _sent_back(owed, office, *, sent: int, back: int):
    report = make.submitted(owed, at=moment(days(sent)))
    reports.ask_more(report=report, reason="Thiếu.", seen_round=1, by=office.chief, at=moment(days(back)))
    return fresh(owed)


def test_a_supplement_has_a_day_of_its_own_which_moves(owed, office):
    one = _sent_back(owed, office, sent=28, back=32)
    assert (one.due, one.owed_by) == (days(30), days(37))
    deadlines.extend(obligation=one, day=days(50), **WHY, by=office.chief, at=moment(days(33)))
    one = fresh(one)
    assert (one.due, one.supplement_due, one.first_due) == (days(30), days(50), days(30))


def test_what_was_handed_in_late_cannot_be_put_off(owed, office):
    one = _sent_back(owed, office, sent=35, back=36)
    with pytest.raises(wrong.HandedInLateError):
        deadlines.extend(obligation=one, day=days(50), **WHY, by=office.chief, at=moment(days(37)))


# -- suspending --------------------------------------------------------------------------------------------------------


def suspended(owed, office, *, from_day=TODAY, at=NOW):
    return deadlines.suspend(obligation=owed, from_day=from_day, **WHY, by=office.chief, at=at)


def test_every_day_of_a_suspension_is_added(owed, office):
    suspended(owed, office, from_day=days(5), at=moment(days(6)))
    one = fresh(owed)
    assert (one.state, one.due) == ("suspended", days(30))
    assert str(standing(one.facts, on=days(90))) == "suspended", "it does not grow overdue meanwhile"
    deadlines.resume(obligation=owed, on_day=days(25), **WHY, by=office.chief, at=moment(days(25)))
    one = fresh(owed)
    assert (one.state, one.due, one.first_due) == ("open", days(50), days(30))
    assert [(t.state, t.since, t.until) for t in Turn.objects.order_by("pk")] == [
        ("open", TODAY, days(6)), ("suspended", days(6), days(25))
    ]  # fmt: skip


def test_what_was_overdue_is_as_overdue_afterwards(owed, office):
    suspended(owed, office, from_day=days(40), at=moment(days(40)))
    deadlines.resume(obligation=owed, on_day=days(70), **WHY, by=office.chief, at=moment(days(70)))
    assert days(70) - fresh(owed).due == days(40) - days(30)


def test_no_day_is_suspended_twice(owed, office):
    suspended(owed, office)
    deadlines.resume(obligation=owed, on_day=days(10), **WHY, by=office.chief, at=moment(days(10)))
    with pytest.raises(wrong.SuspensionDayError, match="12/03/2026"):
        suspended(owed, office, from_day=days(9), at=moment(days(12)))
    assert suspended(owed, office, from_day=days(10), at=moment(days(12))).wanted == days(10)


@pytest.mark.parametrize("from_day", [days(1), days(-61)])
def test_a_suspension_begins_by_today_and_not_before_the_programme_was_followed(owed, office, from_day):
    with pytest.raises(wrong.SuspensionDayError):
        suspended(owed, office, from_day=from_day)


def test_a_suspension_ends_after_it_began_and_by_today(owed, office):
    suspended(owed, office, from_day=days(-3))
    for day in (days(-4), days(1)):
        with pytest.raises(wrong.SuspensionDayError):
            deadlines.resume(obligation=owed, on_day=day, **WHY, by=office.chief, at=NOW)


def test_suspended_work_is_nobodys_to_report_and_cannot_be_moved(owed, head, office):
    suspended(owed, office)
    with pytest.raises(wrong.NotOpenError, match="tạm dừng"):
        suspended(owed, office)
    with pytest.raises(wrong.NotOpenError):
        asked(owed, head)
    draft = reports.draft_once(obligation=owed, by=head, at=NOW)
    with pytest.raises(wrong.NothingOwedError):
        reports.submit(report=draft, by=head, at=NOW)
    assert fresh(owed).state == "suspended"


def test_what_is_not_suspended_cannot_go_on(owed, office):
    with pytest.raises(wrong.NotSuspendedError):
        deadlines.resume(obligation=owed, on_day=TODAY, **WHY, by=office.chief, at=NOW)


def test_a_period_report_goes_without_the_row_that_is_suspended(office, head):
    rows = [make.row(f"Việc {n}", SCIENCE, deadline=make.continuous()) for n in (1, 2)]
    programme = make.programme(*rows, office=office.body, by=office.chief)
    one, two = programme.obligations.order_by("task__position")
    draft = make.report(one, by=head)
    said = {each.pk: reports.Said(text="Đã làm một phần.") for each in (one, two)}
    draft = reports.save(report=draft, answers=said, version=1, by=head, at=NOW)
    suspended(two, office)
    sent = reports.submit(report=draft, by=head, at=NOW)
    assert (fresh(one).state, fresh(two).state) == ("submitted", "suspended")
    assert sent.answers.count() == 1
    waiting = Answer.objects.get(obligation=two)
    assert (waiting.text, waiting.report.state) == ("Đã làm một phần.", "draft"), "what was typed waits"
    deadlines.resume(obligation=two, on_day=TODAY, **WHY, by=office.chief, at=NOW)
    again = make.report(fresh(two), by=head)
    assert again == waiting.report
    reports.submit(report=again, by=head, at=NOW)
    assert fresh(two).state == "submitted"


def test_an_empty_row_that_is_suspended_leaves_no_draft(office, head):
    rows = [make.row(f"Việc {n}", SCIENCE, deadline=make.continuous()) for n in (1, 2)]
    programme = make.programme(*rows, office=office.body, by=office.chief)
    one, two = programme.obligations.order_by("task__position")
    draft = make.report(one, by=head)
    suspended(two, office)
    reports.save(report=draft, answers={one.pk: reports.Said(nothing_arose=True)}, version=1, by=head, at=NOW)
    reports.submit(report=draft, by=head, at=NOW)
    assert Report.objects.count() == 1


# -- a rule or a holiday changed ---------------------------------------------------------------------------------------


@pytest.fixture
def moves(monkeypatch):
    """A due day on a day off goes to the next working day."""
    changed = {key: replace(one, off_day=NEXT_WORKDAY) for key, one in calendars().items()}

    def change():
        for module in (periods, owing, dates):
            monkeypatch.setattr(module, "calendars", lambda: changed)

    return change


def test_what_follows_the_calendar_is_computed_anew(standing_work, office, moves, head):
    april = moment(date(2026, 4, 16))
    obligations.raise_due(programme=standing_work, at=april)
    due = {one.due for one in standing_work.obligations.all()}
    assert due == {date(2026, 3, 25), date(2026, 4, 25), date(2026, 5, 25)}
    assert following(standing_work) == []
    extended = standing_work.obligations.get(due=date(2026, 4, 25), organisation=office.health)
    deadlines.extend(obligation=extended, day=date(2026, 5, 3), **WHY, by=office.chief, at=april)
    moves()
    assert [(one.organisation.name, day) for one, day in following(standing_work)] == [(SCIENCE, date(2026, 4, 28))]
    changes = deadlines.recompute(programme=standing_work, by=office.chief, at=april)
    assert [(one.kind, one.before, one.after) for one in changes] == [("rule", date(2026, 4, 25), date(2026, 4, 28))]
    one = standing_work.obligations.get(due=date(2026, 4, 28))
    assert one.first_due == date(2026, 4, 25)
    assert fresh(extended).due == date(2026, 5, 3), "what was decided stays"
    assert deadlines.recompute(programme=standing_work, by=office.chief, at=april) == []


def test_only_the_office_recomputes(standing_work, office):
    for other in (office.officer, office.who("office_head", office.health)):
        with pytest.raises(NotAllowedError):
            deadlines.recompute(programme=standing_work, by=other, at=NOW)


# -- restricted tasks --------------------------------------------------------------------------------------------------


def test_of_a_restricted_task_only_numbers_and_dates_are_kept(owed, head, office):
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    for said in ({"reason": "Chờ chuyên án."}, {"reason": ""}, {"reason": "5-CV/SKHCN", "basis": "theo chuyên án 5"}):
        with pytest.raises(wrong.RestrictedReasonError):
            asked(owed, head, **said)
    request = asked(owed, head, reason="5-CV/SKHCN ngày 02/03/2026")
    with pytest.raises(wrong.RestrictedReasonError):
        deadlines.decide(request=request, day=days(60), word="Do chuyên án.", by=office.chief, at=NOW)
    with pytest.raises(wrong.RestrictedReasonError):
        deadlines.decide(request=request, day=days(60), number="vụ án 5", issued_on=TODAY, by=office.chief, at=NOW)
    deadlines.decide(request=request, day=None, word="6-CV/VPTU", by=office.chief, at=NOW)


def test_what_becomes_restricted_forgets_why(owed, head, office):
    request = asked(owed, head, basis="12-KL/TU ngày 01/03/2026")
    deadlines.decide(request=request, day=None, word="Việc của chuyên án.", by=office.chief, at=NOW)
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    request.refresh_from_db()
    assert (request.reason, request.word, request.basis) == ("(đã xóa)", "(đã xóa)", "12-KL/TU ngày 01/03/2026")


# -- "vì sao là ngày này?" ---------------------------------------------------------------------------------------------


def told(owed):
    with translation.override("vi"):
        return [(link.label, link.day) for link in chain(fresh(owed))]


def test_the_chain_from_the_printed_phrase_to_today(owed, head, office):
    deadlines.decide(request=asked(owed, head), day=None, word="Chưa cần.", by=office.chief, at=NOW)
    deadlines.decide(request=asked(owed, head), day=days(40), word="Lần cuối.", by=office.chief, at=NOW)
    suspended(owed, office)
    deadlines.resume(obligation=owed, on_day=days(5), **WHY, basis="KL 3", by=office.chief, at=moment(days(5)))
    asked(owed, head, wanted=days(90), at=moment(days(6)))
    assert told(owed) == [
        ("Hạn đầu tiên", days(30)), ("Không chấp thuận gia hạn", None), ("Gia hạn", days(40)), ("Tạm dừng", None),
        ("Tiếp tục sau tạm dừng", days(45)), ("Đề nghị gia hạn, chờ quyết định", None),
    ]  # fmt: skip
    first, refused, granted, stopped, went_on, waiting = chain(fresh(owed))
    assert first.phrase == owed.task.deadline_text
    assert "không tính là muộn" in first.rule
    assert (refused.words, refused.reason) == ("đến ngày 01/05/2026", WHY["reason"])
    assert refused.asked_by == f"{head.full_name} (02/03/2026)"
    assert refused.decided_by == f"{office.chief.full_name} (02/03/2026), “Chưa cần.”"
    assert granted.decided_by.endswith("“Lần cuối.”")
    assert stopped.words == "từ ngày 02/03/2026"
    assert went_on.rule == "Tạm dừng từ 02/03/2026, tiếp tục từ 07/03/2026: cộng 5 ngày vào hạn 11/04/2026."
    assert (waiting.decided_by, waiting.words) == ("", "đến ngày 31/05/2026")


def test_standing_work_is_told_by_its_calendar(standing_work, moves, office):
    obligations.raise_due(programme=standing_work, at=moment(date(2026, 3, 16)))
    saturday = standing_work.obligations.get(due=date(2026, 4, 25), organisation=office.science)
    (link,) = chain(saturday)
    for part in ("Nghị định 09/2019/NĐ-CP", "tháng 4/2026", "14/04/2026", "ngày 25", "cuối tuần", "giữ nguyên"):
        assert part in link.rule, part
    moves()
    deadlines.recompute(programme=standing_work, by=office.chief, at=moment(date(2026, 3, 17)))
    first, moved = chain(fresh(saturday))
    assert "ngày làm việc kế tiếp" in first.rule
    assert (moved.label, moved.day) == ("Tính lại theo lịch báo cáo", date(2026, 4, 28))


def test_work_that_an_event_opened_names_it(office):
    task = make.programme(make.row("Sơ kết khi có chỉ đạo", SCIENCE), office=office.body, by=office.chief).tasks.get()
    said = {"basis": "Công văn 15-CV/TW", "happened_on": TODAY, "due": days(10)}
    opened = tasks.open_by_event(task=task, **said, by=office.chief, at=NOW)
    (link,) = chain(opened.obligations.get())
    assert "02/03/2026" in link.rule
    assert link.basis == "Công văn 15-CV/TW"


def test_a_supplements_day_is_told(owed, office):
    one = _sent_back(owed, office, sent=28, back=32)
    assert told(one)[-1] == ("Hạn bổ sung", days(37))
    assert timedelta(days=7) == one.owed_by - one.due
