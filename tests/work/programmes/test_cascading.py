"""Plans below a programme: who had to make one, who did, which lines answer which, what rolls up."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
import snapshots
from factories import by_date, days, row
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.work.programmes.actions import cascading, reports
from tiendo.work.programmes.errors import (
    BasisTooLongError,
    LinkedAlreadyError,
    NotBelowError,
    NotItsPlanError,
    PlanAnsweredError,
    PlanDateError,
    PlanDueError,
    PlanMissingError,
    PlanNotRequiredError,
)
from tiendo.work.programmes.models import LineLink, Programme, Requirement
from tiendo.work.programmes.queries import cascading as queries
from tiendo.work.programmes.rules.cascading import Plan, plan, symbols
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def upper(office: Office) -> Programme:
    return make.programme(
        row("Xây dựng kế hoạch chuyển đổi số toàn tỉnh", SCIENCE, deadline=by_date(days(60))),
        row("Triển khai Nghị quyết số 57-NQ/TW trong các cơ quan", SCIENCE, deadline=by_date(days(60))),
        row("Khám sức khỏe định kỳ cho cán bộ", HEALTH, deadline=by_date(days(60))),
        row("Bảo vệ chính trị nội bộ", SCIENCE, deadline=by_date(days(60)), restricted="rule"),
        office=office.body,
        by=office.chief,
    )


def asked(upper: Programme, office: Office, **more: object) -> Requirement:
    return make.requirement(upper, office.science, **more)


def plan_of(office: Office, *rows: object) -> Programme:
    rows = rows or (row("Xây dựng kế hoạch chuyển đổi số toàn ngành", HEALTH, deadline=by_date(days(30))),)
    return make.programme(*rows, office=office.science)


def answered(upper: Programme, office: Office, below: Programme) -> Requirement:
    head = office.who("office_head", office.science)
    return cascading.answer(requirement=asked(upper, office), document=below.document, by=head, at=make.NOW)


def test_bodies_asked_already_stay_as_they_are(upper: Programme, office: Office):
    first = asked(upper, office, due=days(10))
    count = cascading.require_plans(
        programme=upper, organisations=[office.science, office.health, office.health, office.body],
        due=days(20), by=office.chief, at=make.NOW,
    )  # fmt: skip
    assert count == 1
    first.refresh_from_db()
    assert first.due == days(10)
    assert set(upper.requirements.values_list("organisation", flat=True)) == {office.science.pk, office.health.pk}


def test_nobody_new_is_no_act(upper: Programme, office: Office):
    asked(upper, office)
    before = snapshots.rows()
    for bodies in ([], [office.science], [office.body]):
        with pytest.raises(PlanNotRequiredError):
            cascading.require_plans(programme=upper, organisations=bodies, due=days(9), by=office.chief, at=make.NOW)
    assert snapshots.rows() == before


@pytest.mark.parametrize("due", [date(2026, 2, 19), date(1, 1, 1), date(2101, 1, 1)])
def test_a_due_day_that_can_only_be_a_slip_is_refused(upper: Programme, office: Office, due):
    with pytest.raises(PlanDueError, match="từ 20/02/2026"):
        cascading.require_plans(programme=upper, organisations=[office.science], due=due, by=office.chief, at=make.NOW)


def test_a_basis_longer_than_its_column_is_refused(upper: Programme, office: Office):
    with pytest.raises(BasisTooLongError):
        cascading.require_plans(
            programme=upper, organisations=[office.science], due=days(9), basis="x" * 301, by=office.chief, at=make.NOW
        )


def test_in_time_or_late_is_the_day_of_the_plan(upper: Programme, office: Office):
    early, late = asked(upper, office, due=days(-2)), make.requirement(upper, office.health, due=days(-2))
    waiting, overdue = make.requirement(upper, due=days(0)), make.requirement(upper, due=days(-1))
    cascading.answer(requirement=early, number="5-KH/ĐU", issued_on=days(-2), by=office.officer, at=make.NOW)
    cascading.answer(requirement=late, number="6-KH/ĐU", issued_on=days(-1), by=office.officer, at=make.NOW)
    found = queries.coverage(upper, make.TODAY)
    assert (found.required, found.answered, found.in_time, found.late, found.waiting, found.overdue) == (
        4,
        2,
        1,
        1,
        1,
        1,
    )
    for one in (early, late, waiting, overdue):
        one.refresh_from_db()
        how = plan(one.due, one.issued_on, on=make.TODAY)
        assert one in upper.requirements.filter(queries.stands(how, make.TODAY))
        assert sum(upper.requirements.filter(queries.stands(each, make.TODAY), pk=one.pk).count() for each in Plan) == 1


@pytest.mark.parametrize(
    ("said", "error"),
    [({}, PlanMissingError), ({"number": "  ", "issued_on": days(-1)}, PlanMissingError),
     ({"number": "5-KH"}, PlanMissingError), ({"number": "5-KH", "issued_on": days(1)}, PlanDateError),
     ({"number": "5-KH", "issued_on": date(2026, 2, 19)}, PlanDateError)],
)  # fmt: skip
def test_half_a_plan_is_none(upper: Programme, office: Office, said, error):
    one = asked(upper, office)
    with pytest.raises(error):
        cascading.answer(requirement=one, by=office.officer, at=make.NOW, **said)


def test_a_plan_is_recorded_once_and_can_be_taken_back(upper: Programme, office: Office):
    one = answered(upper, office, plan_of(office))
    assert (one.number, one.issued_on) == ("12-CTr/TU", date(2026, 2, 20))
    with pytest.raises(PlanAnsweredError):
        cascading.answer(requirement=one, number="5-KH", issued_on=days(-1), by=office.officer, at=make.NOW)
    with pytest.raises(PlanAnsweredError):
        cascading.withdraw_requirement(requirement=one, by=office.chief, at=make.NOW)
    cascading.take_answer_back(requirement=one, by=office.officer, at=make.NOW)
    with pytest.raises(PlanMissingError):
        cascading.take_answer_back(requirement=one, by=office.officer, at=make.NOW)
    cascading.withdraw_requirement(requirement=one, by=office.chief, at=make.NOW)
    assert not upper.requirements.exists()


def test_only_a_document_of_the_body_that_the_person_may_see_is_its_plan(upper: Programme, office: Office):
    one, below = asked(upper, office), plan_of(office)
    strange = make.approved(office=office.health)
    waiting = make.read(office=office.science)
    head = office.who("office_head", office.science)
    for document in (strange, waiting, upper.document):
        with pytest.raises(NotItsPlanError):
            cascading.answer(requirement=one, document=document, by=head, at=make.NOW)
    with pytest.raises(NotItsPlanError):  # the office does not see the body's own documents: it records the number
        cascading.answer(requirement=one, document=below.document, by=office.officer, at=make.NOW)
    with pytest.raises(NotAllowedError):
        cascading.answer(requirement=one, document=below.document, by=office.who("head", office.health), at=make.NOW)


def test_lines_are_tied_only_to_a_plan_that_was_handed_in(upper: Programme, office: Office):
    below = plan_of(office)
    pair = {"upper": upper.tasks.get(position=1), "lower": below.tasks.get()}
    with pytest.raises(NotBelowError):
        cascading.link_lines(**pair, by=office.officer, at=make.NOW)
    answered(upper, office, below)
    cascading.link_lines(**pair, by=office.who("officer", office.science), at=make.NOW)
    with pytest.raises(LinkedAlreadyError):
        cascading.link_lines(**pair, by=office.officer, at=make.NOW)
    assert queries.coverage(upper, make.TODAY).unanswered == 3
    assert upper.tasks.get(position=1) not in queries.unanswered(upper, make.TODAY)


def test_taking_a_plan_back_unties_its_lines_alone(upper: Programme, office: Office):
    below = plan_of(office)
    one = answered(upper, office, below)
    cascading.link_lines(upper=upper.tasks.get(position=1), lower=below.tasks.get(), by=office.officer, at=make.NOW)
    other = make.line_link()
    assert cascading.take_answer_back(requirement=one, by=office.officer, at=make.NOW) == 1
    assert list(LineLink.objects.all()) == [other]


def test_only_what_is_confirmed_rolls_up(upper: Programme, office: Office):
    below = plan_of(
        office,
        row("Xây dựng kế hoạch của ngành", HEALTH, deadline=by_date(days(30))),
        row("Xây dựng kế hoạch của đơn vị", HEALTH, deadline=by_date(days(-3))),
        row("Sơ kết kế hoạch", HEALTH, deadline=by_date(days(30))),
    )
    answered(upper, office, below)
    top = upper.tasks.get(position=1)
    for task in below.tasks.all():
        cascading.link_lines(upper=top, lower=task, by=office.officer, at=make.NOW)
    assert (queries.roll_up([top])[top.pk].lines, queries.roll_up([top])[top.pk].confirmed) == (3, 0)
    sent = [make.submitted(one) for one in below.obligations.exclude(task__position=3)]
    assert queries.roll_up([top])[top.pk].confirmed == 0
    for report in sent:
        reports.confirm(report=report, seen_round=1, by=office.who("head", office.science), at=make.NOW)
    found = queries.roll_up(upper.tasks.all())
    assert set(found) == {top.pk}
    assert (found[top.pk].bodies, found[top.pk].on_time, found[top.pk].late) == (1, 1, below_late(below))


def below_late(below: Programme) -> int:
    return sum(one.submitted_on > one.due for one in below.obligations.filter(state="confirmed"))


def test_alike_lines_and_lines_that_cite_the_same_are_proposed(upper: Programme, office: Office):
    below = plan_of(
        office,
        row("Xây dựng kế hoạch chuyển đổi số toàn ngành", HEALTH, deadline=by_date(days(30))),
        row("Phổ biến Nghị quyết 57-NQ/TW đến đảng viên", HEALTH, deadline=by_date(days(30))),
        row("Bảo vệ chính trị nội bộ", HEALTH, deadline=by_date(days(30)), restricted="rule"),
        row("Bảo vệ chính trị nội bộ cơ quan", HEALTH, deadline=by_date(days(30))),
        row("Mua sắm trang thiết bị", HEALTH, deadline=by_date(days(30))),
    )
    answered(upper, office, below)
    found = queries.proposals(upper, below)
    assert [(one.upper.position, one.lower.position, one.cited) for one in found] == [(1, 1, ()), (2, 2, ("57-NQ/TW",))]
    cascading.link_lines(upper=found[0].upper, lower=found[0].lower, by=office.officer, at=make.NOW)
    assert [one.lower.position for one in queries.proposals(upper, below)] == [2]


@pytest.mark.parametrize(
    ("text", "found"),
    [("Thực hiện 57-NQ/TW, 749/QĐ-TTg", {"57-NQ/TW", "749/QĐ-TTG"}), ("Nghị định 335/2025/NĐ-CP", {"335/2025/NĐ-CP"}),
     ("trước 30/6/2026, giai đoạn 2026-2030, tỷ lệ 3/4", set()), ("", set())],
)  # fmt: skip
def test_a_symbol_is_told_from_a_date(text, found):
    assert symbols(text) == found


def test_a_requirement_is_seen_by_both_sides_alone(upper: Programme, office: Office):
    one = asked(upper, office)
    for rights in (
        office.rights("officer"),
        office.rights("clerk", office.science),
        office.rights("leader", office.root),
    ):
        assert list(queries.requirements_visible_to(rights)) == [one]
    for body in (office.health, office.elsewhere):
        assert not queries.requirements_visible_to(office.rights("officer", body)).exists()
