"""What was built on a hand-over holds its undoing up, and is named; a draft is no fact."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.organisations.models import Succession
from tiendo.work.directives.models import Document
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import cascading, reports, tasks
from tiendo.work.programmes.errors import BuiltOnPassageError
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Report
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
LATER = moment(TODAY, 15)
IN_TERM = make.by_date(days(30))


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=IN_TERM, number="1"),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )


def carry_out(kind, befores, afters, *, at=NOW, lines=None) -> Succession:
    draft = make.succession(kind, befores, afters)
    by = draft.drafted_by
    if lines:
        rows = list(Assignment.objects.on(None).filter(organisation__in=befores).values_list("pk", flat=True))
        handovers.choose(succession=draft, assignments=rows, heirs=lines, by=by, at=at)
    return handovers.carry_out(succession=draft, by=by, at=at).succession


def undo(done: Succession, at=LATER) -> None:
    handovers.undo(succession=done, by=done.drafted_by, at=at)


def write(number: str, body, text: str = "Đã làm một nửa") -> Report:
    """A draft of a body, with words."""
    draft = make.report(Obligation.objects.get(task__number=number, organisation=body))
    said = {row.obligation_id: reports.Said(text=text) for row in draft.answers.all()}
    return reports.save(report=draft, answers=said, version=draft.version, by=draft.drafted_by, at=moment(TODAY, 12))


def refused(done: Succession) -> str:
    with pytest.raises(BuiltOnPassageError) as caught:
        undo(done)
    return caught.value.message


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_draft_with_words_of_the_heir_is_named_until_it_is_emptied(programme, office: Office, number):
    done = carry_out("absorb", [office.science], [office.health])
    write(number, office.health)
    said = refused(done)
    assert f"nhiệm vụ {number}: Sở Y tế đang soạn báo cáo" in said
    assert "xóa nội dung đã soạn" in said
    write(number, office.health, text="")
    undo(done)
    assert Report.objects.get().organisation == office.science
    assert Obligation.objects.get(task__number=number).organisation == office.science


@pytest.mark.parametrize("number", ["1", "2"])
def test_a_draft_that_came_along_goes_back_with_its_words(programme, office: Office, number):
    draft = make.report(Obligation.objects.get(task__number=number))
    answer = draft.answers.get()
    reports.save(
        report=draft, answers={answer.obligation_id: reports.Said(text="Đã làm một nửa")}, version=draft.version,
        by=draft.drafted_by, at=NOW,
    )  # fmt: skip
    done = carry_out("absorb", [office.science], [office.health])
    assert Report.objects.get().organisation == office.health
    undo(done)
    draft = Report.objects.get()
    assert (draft.organisation, draft.state) == (office.science, "draft")
    assert draft.answers.get().text == "Đã làm một nửa"


def test_a_draft_on_a_part_that_began_with_it_is_named_until_it_is_emptied(programme, office: Office):
    one, other = (make.organisation(name, parent=office.root) for name in ("Sở Khoa học", "Sở Công nghệ"))
    done = carry_out("split", [office.science], [one, other], lines=[one, other])
    write("1", other)
    assert "nhiệm vụ 1: Sở Công nghệ đang soạn báo cáo" in refused(done)
    write("1", other, text="")
    undo(done)
    assert set(Obligation.objects.values_list("organisation__name", flat=True)) == {SCIENCE}


def test_evidence_on_a_part_that_began_with_it_cannot_go_back(programme, office: Office):
    one, other = (make.organisation(name, parent=office.root) for name in ("Sở Khoa học", "Sở Công nghệ"))
    done = carry_out("split", [office.science], [one, other], lines=[one, other])
    make.evidence(write("1", other, text="").answers.get())
    assert "Sở Công nghệ đã đính kèm minh chứng" in refused(done)


def test_what_was_handed_in_is_named_by_task_and_body(programme, office: Office):
    done = carry_out("absorb", [office.science], [office.health])
    make.submitted(Obligation.objects.get(task__number="1"))
    said = refused(done)
    assert f"{programme}, nhiệm vụ 1: Sở Y tế đã gửi báo cáo" in said
    assert "nhiệm vụ 2" not in said


def test_a_later_succession_is_named_with_its_day(programme, office: Office):
    done = carry_out("absorb", [office.science], [office.health])
    carry_out("absorb", [office.health], [office.body], at=moment(TODAY, 11))
    said = refused(done)
    assert "Sở Y tế đã bàn giao tiếp khi ghi “nhập vào cơ quan đang có” từ ngày 02/03/2026" in said


def test_what_the_office_gave_on_is_named(programme, office: Office):
    done = carry_out("dissolved", [office.science], [])
    lost = Assignment.objects.on(None).filter(organisation=None).first()
    tasks.name_body(assignment=lost, organisation=office.health, by=office.chief, at=moment(TODAY, 11))
    assert "nhiệm vụ 1: cơ quan ban hành đã giao việc này cho cơ quan khác" in refused(done)


def test_a_plan_of_its_own_is_named(programme, office: Office):
    owed = make.requirement(programme, office.science)
    done = carry_out("absorb", [office.science], [office.health])
    cascading.answer(requirement=owed, number="5-KH", issued_on=TODAY, by=office.officer, at=NOW)
    assert f"{programme}: Sở Y tế đã ban hành kế hoạch cụ thể hóa" in refused(done)


def test_of_an_internal_programme_it_is_only_told_that_something_stands_in_the_way(programme, office: Office):
    done = carry_out("absorb", [office.science], [office.health])
    make.submitted(Obligation.objects.get(task__number="1"))
    Document.objects.update(internal=True)
    Document.objects.update(office=office.elsewhere)
    Programme.objects.update(office=office.elsewhere)
    said = refused(done)
    assert "nội bộ" in said
    assert str(programme) not in said
    assert "Sở Y tế" not in said
