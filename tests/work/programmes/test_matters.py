"""What stands beside an answer: reviews, revoked confirmations, instructions, obstacles, causes, corrections."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.work.programmes.actions import (
    changes,
    corrections,
    instructions,
    obstacles,
    reports,
    tasks,
    waiting,
)
from tiendo.work.programmes.errors import (
    NotAWriterError,
    ReportStateError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_matters import (
    AskedDueError,
    CorrectedDayError,
    CorrectionExistsError,
    DecidedAlreadyError,
    DecidedOnError,
    DecisionEmptyError,
    NoReviewError,
    NothingToCorrectError,
    ObstacleEmptyError,
    ObstacleLevelError,
    PercentError,
    ReviewDayError,
    SecondPersonError,
    TextTooLongError,
    WhyRequiredError,
)
from tiendo.work.programmes.models import Cause, Correction, Instruction, Obligation, Obstacle, Opening, Task, Turn
from tiendo.work.programmes.queries.history import cells_on
from tiendo.work.programmes.queries.matters import (
    decides_obstacle,
    instructions_visible_to,
    marks,
)
from tiendo.work.programmes.queries.rounds import as_handed_in, decided, unlike_the_confirmed
from tiendo.work.programmes.queries.turns import asked_from
from tiendo.work.programmes.queries.waiting import mine_to_review, to_review
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


# -- work that waits is looked at again --------------------------------------------------------------------------------


@pytest.fixture
def waits(office: Office) -> Task:
    rows = (make.row("Triển khai khi có chỉ đạo", SCIENCE), make.row("Việc", SCIENCE, deadline=make.by_date(days(9))))
    return make.programme(*rows, office=office.body, by=office.chief).tasks.get(position=1)


def test_a_task_that_waits_has_its_day_and_another_has_none(waits, office: Office, settings):
    assert waits.review_on == days(settings.REVIEW_DAYS)
    assert Task.objects.get(position=2).review_on is None
    assert not to_review(Task.objects.all(), days(89)).exists()
    assert list(to_review(Task.objects.all(), days(90))) == [waits]
    assert list(mine_to_review(office.rights("officer"), days(90))) == [waits]
    assert not mine_to_review(office.rights("clerk"), days(90)).exists()
    assert not mine_to_review(office.rights("officer", office.science), days(90)).exists()


def test_an_old_task_without_a_day_is_to_be_looked_at_now(waits):
    Task.objects.update(review_on=None)
    assert list(to_review(Task.objects.all(), TODAY)) == [waits]


def test_what_was_over_before_it_was_tracked_is_to_be_looked_at_until_it_has_a_new_date(office: Office):
    rows = [
        make.row("Quá ngày", SCIENCE, deadline=make.by_date(days(-90))),
        make.row("Đã xong", SCIENCE, deadline=make.by_date(days(-80))),
        make.row("Có hạn", SCIENCE, deadline=make.by_date(days(9))),
    ]
    made = make.programme(*rows, office=office.body, by=office.chief, tracked_from=days(-60))
    over, done, _due = made.tasks.order_by("position")
    Task.objects.filter(pk=done.pk).update(done_before=True, closed_at=NOW)
    assert list(mine_to_review(office.rights("officer"), TODAY)) == [over]
    tasks.open_by_event(task=over, basis="12-CV/TU", happened_on=TODAY, due=days(20), by=office.chief, at=NOW)
    assert not mine_to_review(office.rights("officer"), days(200)).exists()


def test_looking_at_it_sets_the_next_day_and_so_does_an_event(waits, office: Office):
    waiting.set_review(task=waits, on=days(10), by=office.officer, at=NOW)
    waits.refresh_from_db()
    assert waits.review_on == days(10)
    tasks.open_by_event(
        task=waits, basis="Công văn 9", happened_on=days(0), due=days(20), by=office.officer, at=moment(days(5))
    )
    waits.refresh_from_db()
    assert waits.review_on == days(95)


@pytest.mark.parametrize("day", [-1, 0, 91])
def test_it_is_never_put_off_for_longer(waits, office: Office, day):
    with pytest.raises(ReviewDayError, match="90"):
        waiting.set_review(task=waits, on=days(day), by=office.officer, at=NOW)


def test_work_with_dates_needs_no_review(waits, office: Office):
    with pytest.raises(NoReviewError):
        waiting.set_review(task=Task.objects.get(position=2), on=days(5), by=office.officer, at=NOW)


# -- a confirmation that is taken back ---------------------------------------------------------------------------------


def test_a_revoked_confirmation_waits_again_and_stays_readable(owed, office: Office):
    sent = make.submitted(owed)
    head = office.who("head")
    reports.confirm(report=sent, seen_round=1, by=head, at=moment(days(2)))
    with pytest.raises(WhyRequiredError):
        reports.revoke(report=sent, reason=" ", seen_round=1, by=head, at=moment(days(4)))
    reports.revoke(report=sent, reason="Văn bản bị thu hồi.", seen_round=1, by=head, at=moment(days(4)))
    owed.refresh_from_db()
    sent.refresh_from_db()
    assert (sent.state, owed.state, owed.confirmed_on, owed.submitted_on) == ("submitted", "submitted", None, days(0))
    told = [(one.decision.verdict, one.decision.revoked) for one in decided(sent)]
    assert told == [("confirm", True), ("revoke", False)]
    with pytest.raises(ReportStateError):
        reports.revoke(report=sent, reason="Lần nữa.", seen_round=1, by=head, at=NOW)
    reports.ask_more(report=sent, seen_round=1, reason="Thay văn bản.", by=head, at=moment(days(5)))
    writer = office.who("head", office.science)
    report = reports.draft_once(obligation=owed, by=writer, at=NOW)
    said = {owed.pk: reports.Said(text="Đã thay.", percent=100)}
    report = reports.save(report=report, answers=said, version=report.version, by=writer, at=NOW)
    report = reports.submit(report=report, by=writer, at=moment(days(6)))
    assert unlike_the_confirmed(decided(report), as_handed_in(report, own=True)) == {owed.pk}
    reports.confirm(report=report, seen_round=2, by=head, at=moment(days(7)))
    owed.refresh_from_db()
    assert (owed.state, owed.confirmed_on) == ("confirmed", days(7))


def test_nobody_revokes_on_their_own_work(owed, office: Office):
    sent = make.submitted(owed)
    reports.confirm(report=sent, seen_round=1, by=office.who("head"), at=NOW)
    with pytest.raises(NotAllowedError):
        reports.revoke(report=sent, reason="x", seen_round=1, by=office.who("head", office.science), at=NOW)


# -- percent -----------------------------------------------------------------------------------------------------------


def test_a_percentage_is_optional_and_kept_where_it_is_not_told(owed, office: Office):
    head = office.who("head", office.science)
    draft = make.report(owed, by=head)

    def save(**said):
        draft.refresh_from_db()
        answers = {owed.pk: reports.Said(text="Đang làm.", **said)}
        reports.save(report=draft, answers=answers, version=draft.version, by=head, at=NOW)
        return draft.answers.get().percent

    assert (save(percent=40), save(), save(percent=None)) == (40, 40, None)
    for wrong in (101, -2):
        with pytest.raises(PercentError):
            save(percent=wrong)


def test_a_restricted_task_has_no_percentage(restricted, office: Office):
    head = office.who("head", office.science)
    draft = make.report(restricted, by=head)
    answers = {restricted.pk: reports.Said(percent=40)}
    with pytest.raises(RestrictedTaskError):
        reports.save(report=draft, answers=answers, version=draft.version, by=head, at=NOW)


# -- instructions ------------------------------------------------------------------------------------------------------


def test_an_instruction_is_its_bodys_own_affair(owed, office: Office):
    given = make.instruction(owed)
    for role, body, seen in [
        ("clerk", office.science, [given]),
        ("office_head", office.body, []),
        ("inspector", office.root, []),
        ("head", office.root, []),
        ("administrator", office.science, []),
    ]:
        assert list(instructions_visible_to(office.rights(role, body), [owed])) == seen


def test_whom_and_when_one_cannot_instruct(owed, restricted, office: Office):
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    who = {"obligation": owed, "by": head, "at": NOW}
    with pytest.raises(NotAWriterError):
        instructions.give(to=office.clerk, **who)
    with pytest.raises(AskedDueError):
        instructions.give(to=clerk, due=days(-1), **who)
    with pytest.raises(RestrictedTaskError):
        instructions.give(to=clerk, text="Làm ngay.", **who)
    assert instructions.give(to=clerk, due=days(0), **who).text == ""


# -- obstacles ---------------------------------------------------------------------------------------------------------


def test_an_obstacle_is_decided_by_its_level_or_the_office(owed, office: Office):
    raised = make.obstacle(owed, level=office.health)
    may = {
        (role, body.pk): decides_obstacle(office.rights(role, body), raised, TODAY)
        for role in ("head", "clerk", "officer")
        for body in (office.health, office.body, office.science, office.elsewhere)
    }
    assert {key for key, able in may.items() if able} == {("head", office.health.pk), ("officer", office.body.pk)}
    by = office.who("head", office.health)
    with pytest.raises(DecisionEmptyError):
        obstacles.decide(obstacle=raised, decided_on=days(0), by=by, at=NOW)
    for day in (-1, 1):
        with pytest.raises(DecidedOnError):
            obstacles.decide(obstacle=raised, number="9/TB", decided_on=days(day), by=by, at=NOW)
    obstacles.decide(obstacle=raised, number="9/TB-UBND", decided_on=days(2), by=by, at=moment(days(3)))
    raised.refresh_from_db()
    assert (raised.decided_on, raised.number, raised.decided_by) == (days(2), "9/TB-UBND", by)
    with pytest.raises(DecidedAlreadyError):
        obstacles.decide(obstacle=raised, number="9/TB", decided_on=days(2), by=by, at=moment(days(3)))


def test_the_office_does_not_decide_for_a_level_on_its_own_obstacle(office: Office):
    row = make.row("Việc", office.body.name, deadline=make.by_date(days(30)))
    own = make.programme(row, office=office.body, by=office.chief, monitor=office.health).obligations.get()
    raised = make.obstacle(own, level=office.science)
    assert decides_obstacle(office.rights("officer"), raised, TODAY), "nobody there can record anything"
    office.who("head", office.science)
    assert not decides_obstacle(office.rights("officer"), raised, TODAY)
    assert decides_obstacle(office.rights("officer"), make.obstacle(own), TODAY)


def test_what_is_no_obstacle(owed, office: Office):
    who = {"obligation": owed, "by": office.who("clerk", office.science), "at": NOW}
    for wrong in ({"text": " ", "level": office.body}, {"text": "Thiếu vốn."}):
        with pytest.raises(ObstacleEmptyError):
            obstacles.report(**wrong, **who)
    with pytest.raises(ObstacleLevelError):
        obstacles.report(text="Thiếu vốn.", level=office.science, **who)
    with pytest.raises(TextTooLongError):
        obstacles.report(text="x" * 501, level=office.body, **who)


def test_a_restricted_task_has_no_obstacle(restricted, office: Office):
    with pytest.raises(RestrictedTaskError):
        make.obstacle(restricted)


def test_what_was_said_goes_when_a_task_becomes_restricted(owed, office: Office):
    make.obstacle(owed)
    make.instruction(owed)
    make.cause(owed)
    make.submitted(owed)
    owed.refresh_from_db()
    make.correction(owed)
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    kept = Obstacle.objects.get()
    words = [kept.text, kept.proposal, kept.level_text, Instruction.objects.get().text]
    assert words == [""] * 4
    assert {Cause.objects.get().reason, Correction.objects.get().reason} == {"–"}


# -- corrections -------------------------------------------------------------------------------------------------------


@pytest.fixture
def late(owed: Obligation, office: Office) -> Obligation:
    """Due on day 30, entered on day 33, confirmed on day 36."""
    sent = make.submitted(owed, at=moment(days(33)))
    reports.confirm(report=sent, seen_round=1, by=office.who("head"), at=moment(days(36)))
    return Obligation.objects.get(pk=owed.pk)


def propose(owed: Obligation, office: Office, day: int, field: str = "submitted_on") -> Correction:
    return corrections.propose(
        obligation=owed, field=field, after=days(day), reason="Sổ văn bản ghi ngày khác.", by=office.officer,
        at=moment(days(40)),
    )  # fmt: skip


def test_a_corrected_day_moves_figures_turns_and_past_views(late, office: Office):
    asked = propose(late, office, 29)
    assert marks([late.pk])[1] == {late.pk}
    assert {cell.state for cell in cells_on(days(40), [late.programme_id])} == {"confirmed_late"}
    corrections.decide(correction=asked, granted=True, by=office.who("head"), at=moment(days(41)))
    late.refresh_from_db()
    asked.refresh_from_db()
    assert (late.submitted_on, asked.before, asked.state) == (days(29), days(33), "granted")
    assert marks([late.pk])[1] == set()
    turns = [(one.state, one.since, one.until) for one in Turn.objects.order_by("since")]
    assert turns == [("open", days(0), days(29)), ("submitted", days(29), days(36))]
    assert {cell.state for cell in cells_on(days(40), [late.programme_id])} == {"confirmed"}
    assert {cell.state for cell in cells_on(days(30), [late.programme_id])} == {"submitted"}
    other = propose(late, office, 38, "confirmed_on")
    corrections.decide(correction=other, granted=True, by=office.who("head"), at=moment(days(41)))
    late.refresh_from_db()
    assert (late.confirmed_on, late.held_since) == (days(38), days(38))
    assert {cell.state for cell in cells_on(days(37), [late.programme_id])} == {"submitted"}


def test_it_takes_a_second_person(late, office: Office):
    by = office.who("head")
    asked = corrections.propose(
        obligation=late, field="submitted_on", after=days(29), reason="x", by=by, at=moment(days(40))
    )
    with pytest.raises(SecondPersonError):
        corrections.decide(correction=asked, granted=True, by=by, at=moment(days(41)))
    other = office.who("office_head")
    make.post("clerk", body=office.science, who=other)
    with pytest.raises(SecondPersonError):
        corrections.decide(correction=asked, granted=True, by=other, at=moment(days(41)))
    late.refresh_from_db()
    assert late.submitted_on == days(33)


def test_a_refused_or_withdrawn_correction_changes_nothing(late, office: Office):
    asked = propose(late, office, 29)
    with pytest.raises(CorrectionExistsError):
        propose(late, office, 28)
    with pytest.raises(NotAllowedError):
        corrections.withdraw(correction=asked, by=office.who("head"), at=NOW)
    corrections.withdraw(correction=asked, by=office.officer, at=NOW)
    again = propose(late, office, 29)
    with pytest.raises(WhyRequiredError):
        corrections.decide(correction=again, granted=False, by=office.who("head"), at=moment(days(41)))
    corrections.decide(correction=again, granted=False, word="Không đúng.", by=office.who("head"), at=moment(days(41)))
    late.refresh_from_db()
    assert late.submitted_on == days(33)


@pytest.mark.parametrize(("field", "day"), [("submitted_on", 33), ("submitted_on", 37), ("confirmed_on", 32)])
def test_days_that_cannot_have_been(late, office: Office, field, day):
    with pytest.raises(CorrectedDayError, match="từ ngày"):
        propose(late, office, day, field)


def test_nothing_was_handed_in_before_it_was_asked(office: Office):
    """Not before the day of the document, of tracking, of the event or the period; a part not before it was asked."""
    charged = make.row("Việc", office.science.name, deadline=make.by_date(days(30)))
    stands = make.row("Thường xuyên", office.science.name, deadline=make.continuous("month"))
    followed = make.programme(charged, stands, office=office.body, tracked_from=days(-60))
    followed.document.issued_on = days(-70)
    followed.document.save()
    once, period = followed.obligations.get(standing=False), followed.obligations.filter(standing=True).last()
    for one, first in ((once, days(-60)), (period, period.period_start)):
        make.submitted(one, at=moment(days(33)))
        one.refresh_from_db()
        with pytest.raises(CorrectedDayError, match=f"từ ngày {first:%d/%m/%Y} đến ngày"):
            propose(one, office, (first - days(0)).days - 1)
        assert propose(one, office, (first - days(0)).days).after == first
    for issued, since in ((days(-40), days(-40)), (days(31), days(-60))):  # the younger one is a register
        followed.document.issued_on = issued
        followed.document.save()
        assert asked_from(Obligation.objects.get(pk=once.pk)) == since
    part = Obligation.objects.get(pk=once.pk)
    part.role, part.raised_at = "coordinate", moment(days(3))
    assert asked_from(part) == days(3)
    opened = Opening(happened_on=days(8))
    once.opening = opened
    assert asked_from(once) == days(8)


def test_what_was_handed_in_again_was_not_confirmed_before(owed, office: Office):
    sent, head = make.submitted(owed, at=moment(days(1))), office.who("head")
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=head, at=moment(days(5)))
    sent = make.resubmitted(sent, at=moment(days(5)))
    reports.confirm(report=sent, seen_round=2, by=head, at=moment(days(9)))
    owed.refresh_from_db()
    for field, day in (("confirmed_on", 4), ("submitted_on", 6)):
        with pytest.raises(CorrectedDayError):
            propose(owed, office, day, field)


def test_what_was_said_to_the_body_before_and_taken_back_on_its_day_counts_too(owed, office: Office):
    """Asked for more and handed in by the heir on one day: neither leaves a turn."""
    sent, head, heir = make.submitted(owed, at=moment(days(1))), office.who("head"), office.health
    lead = owed.assignment
    changes.change_lead(
        assignment=lead, organisation=heir, number="12-QĐ/TU", decided_on=days(2), reason="Chuyển.", by=office.chief,
        at=moment(days(2)),
    )  # fmt: skip
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=head, at=moment(days(5)))
    owed.refresh_from_db()
    assert owed.organisation == heir
    again = make.submitted(owed, at=moment(days(5)))
    reports.confirm(report=again, seen_round=1, by=head, at=moment(days(5)))
    owed.refresh_from_db()
    for field, day in (("confirmed_on", 4), ("submitted_on", 6)):
        with pytest.raises(CorrectedDayError):
            propose(owed, office, day, field)
    reports.revoke(report=again, reason="Nhầm.", seen_round=1, by=head, at=moment(days(8)))
    reports.confirm(report=again, seen_round=1, by=head, at=moment(days(9)))
    owed.refresh_from_db()
    with pytest.raises(CorrectedDayError):
        propose(owed, office, 7, "confirmed_on")
    asked = propose(owed, office, 3)
    corrections.decide(correction=asked, granted=True, by=office.who("head"), at=moment(days(41)))
    owed.refresh_from_db()
    assert owed.supplement_due == days(5) + (owed.due - days(3)), "counted from the right day"


def test_what_has_no_day_yet(owed, office: Office):
    for field in ("submitted_on", "confirmed_on", "due"):
        with pytest.raises(NothingToCorrectError):
            propose(owed, office, 1, field)
