"""Trình → cho ý kiến → ban hành: each with its holder and its clock."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes import errors_of_changes as wrong
from tiendo.work.programmes.actions import stages, tasks
from tiendo.work.programmes.actions.stages import Step
from tiendo.work.programmes.queries.stages import by_holder, course, current, in_turn
from tiendo.work.programmes.rules.stages import Clock, clock, in_order
from worlds import SCIENCE


@pytest.fixture
def task(office):
    row = make.row("Trình ban hành nghị quyết", SCIENCE, deadline=make.by_date(days(90)))
    return make.programme(row, office=office.body, by=office.chief).tasks.get()


def steps(office):
    return [
        Step("draft", office.science, days(10)), Step("opinion", office.health, days(20)),
        Step("issue", office.root, days(30)),
    ]  # fmt: skip


@pytest.fixture
def begun(task, office):
    return stages.set_up(task=task, steps=steps(office), by=office.officer, at=NOW)


def finish(stage, by, day, number="5-TTr/SKHCN"):
    return stages.finish(stage=stage, number=number, issued_on=day, by=by, at=moment(day))


@pytest.mark.django_db
def test_the_first_begins_and_the_others_wait(task, begun, office):
    assert [stage.started_on for stage in begun] == [TODAY, None, None]
    assert current(task).holder == office.science


@pytest.mark.django_db
def test_from_hand_to_hand(task, begun, office):
    second = finish(begun[0], office.who("head", office.science), days(12))
    assert (second.holder, second.started_on) == (office.health, days(12))
    third = finish(second, office.officer, days(15), "9-CV/SYT")
    assert finish(third, office.officer, days(40), "12-NQ/TU") is None
    held = course(task, days(60))
    assert [(one.clock.days, one.clock.late, one.current) for one in held] == [
        (12, 2, False), (3, 0, False), (25, 10, False)
    ]  # fmt: skip
    assert by_holder(held)[office.root.pk] == Clock(25, 10)
    assert current(task) is None
    assert [one.stage.number for one in held] == ["5-TTr/SKHCN", "9-CV/SYT", "12-NQ/TU"]


@pytest.mark.django_db
def test_its_clock_runs_where_it_lies(task, begun):
    held = course(task, days(13))
    assert [(one.clock.days, one.clock.late, one.current) for one in held] == [
        (13, 3, True), (0, 0, False), (0, 0, False)
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_last_one_is_opened_again(task, begun, office):
    second = finish(begun[0], office.officer, days(2))
    back = stages.reopen_last(task=task, by=office.officer, at=moment(days(3)))
    second.refresh_from_db()
    assert (back.pk, back.finished_on, back.number, second.started_on) == (begun[0].pk, None, "", None)
    with pytest.raises(wrong.StageNotHeldError):
        stages.reopen_last(task=task, by=office.officer, at=NOW)
    finish(back, office.officer, days(4))
    assert course(task, days(9))[1].clock.days == 5


@pytest.mark.django_db
def test_the_holder_or_the_office_and_nobody_else(begun, office):
    for other in (office.who("clerk", office.science), office.who("head", office.health), office.clerk):
        with pytest.raises(NotAllowedError):
            finish(begun[0], other, TODAY)


@pytest.mark.django_db
def test_what_has_not_come_or_is_done_is_not_ended(begun, office):
    with pytest.raises(wrong.StageNotHeldError):
        finish(begun[1], office.officer, TODAY)
    finish(begun[0], office.officer, TODAY)
    with pytest.raises(wrong.StageNotHeldError):
        finish(begun[0], office.officer, TODAY)


@pytest.mark.django_db
@pytest.mark.parametrize(("number", "day"), [(" ", TODAY), ("5-TTr", days(-1)), ("5-TTr", days(1)), ("5" * 81, TODAY)])
def test_a_stage_ends_with_a_paper(begun, office, number, day):
    with pytest.raises(wrong.StagePaperError):
        stages.finish(stage=begun[0], number=number, issued_on=day, by=office.officer, at=NOW)


@pytest.mark.django_db
def test_set_up_again_until_one_is_done(task, begun, office):
    again = stages.set_up(task=task, steps=steps(office)[::2], by=office.officer, at=NOW)
    assert [stage.kind for stage in task.stages.all()] == ["draft", "issue"]
    finish(again[0], office.officer, TODAY)
    with pytest.raises(wrong.StagesBegunError):
        stages.set_up(task=task, steps=steps(office), by=office.officer, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kinds", [[], ["draft"], ["issue", "draft"], ["draft", "draft", "issue"], ["opinion", "issue"]]
)
def test_drafted_first_and_issued_last(task, office, kinds):
    with pytest.raises(wrong.StagesError):
        stages.set_up(task=task, steps=[Step(kind, office.science) for kind in kinds], by=office.officer, at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("due", [(days(10), days(5)), (days(10), date(2101, 1, 1))])
def test_their_days_follow_each_other(task, office, due):
    thought = [Step(kind, office.science, day) for kind, day in zip(("draft", "issue"), due, strict=True)]
    with pytest.raises(wrong.StageDueError):
        stages.set_up(task=task, steps=thought, by=office.officer, at=NOW)


@pytest.mark.django_db
def test_of_a_restricted_task_a_number_is_a_number(task, begun, office):
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=NOW)
    with pytest.raises(wrong.RestrictedReasonError):
        finish(begun[0], office.officer, TODAY, "tờ trình về chuyên án")
    finish(begun[0], office.officer, TODAY, "5-TTr/SKHCN")


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(st.none() | DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_days_late_are_days_held(started, finished, due, on):
    found = clock(started=started, finished=finished, due=due, on=on)
    assert 0 <= found.late <= found.days


def test_order():
    assert in_order(["draft", "issue"])
    assert in_order(["draft", "opinion", "opinion", "issue"])


@pytest.mark.django_db
def test_whose_turn_it_is_hears_it_and_finds_it(task, begun, office):
    """Told by numbers alone, on the day that the work comes to them; it stands on Việc của tôi while it lies there."""
    drafts, gives = office.who("clerk", office.science), office.who("head", office.health)

    def turns(user) -> list[str]:
        return [stage.kind for stage in in_turn(rights(user, TODAY))]

    def told(user) -> list[str]:
        return list(Notice.objects.filter(user=user, kind="programmes.stage").values_list("subject", flat=True))

    assert (turns(drafts), turns(gives), told(gives)) == (["draft"], [], [])
    second = finish(begun[0], office.who("head", office.science), TODAY)
    assert (turns(drafts), turns(gives)) == ([], ["opinion"])
    assert told(gives) == ["Đến lượt cơ quan bạn cho ý kiến: 12-CTr/TU, nhiệm vụ 1"]
    assert Notice.objects.get(user=gives).url == f"/nhiem-vu/{task.pk}/quy-trinh/"
    finish(second, gives, TODAY, "9-CV/SYT")
    assert turns(gives) == []
    stages.reopen_last(task=task, by=office.officer, at=moment(TODAY, 16))
    assert turns(gives) == ["opinion"]
    tasks.set_restricted(task=task, restricted=True, by=office.chief, at=NOW)
    assert turns(gives) == ["opinion"]
