"""What may have been built on a hand-over: by its heirs, by bodies that began with it, by people for another body."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import causes, letters, obligations, obstacles, refusals, reports, tasks
from tiendo.work.programmes.errors import BuiltOnPassageError
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Report
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
AFTER, LATER = moment(TODAY, 12), moment(TODAY, 15)
IN_TERM = make.by_date(days(30))


@pytest.fixture
def programme(office: Office) -> Programme:
    return opened(office, SCIENCE)


def opened(office: Office, lead: str) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", lead, deadline=IN_TERM, number="1"),
        make.row("Tuyên truyền", lead, deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )


def carry_out(kind, befores, afters, *, at=NOW) -> Succession:
    draft = make.succession(kind, befores, afters)
    return handovers.carry_out(succession=draft, by=draft.drafted_by, at=at).succession


def undo(done: Succession, at=LATER) -> None:
    handovers.undo(succession=done, by=done.drafted_by, at=at)


def refused(done: Succession, at=LATER) -> str:
    with pytest.raises(BuiltOnPassageError) as caught:
        undo(done, at)
    done.refresh_from_db()
    assert done.state == Succession.State.IN_FORCE
    return caught.value.message


def one(number: str = "1") -> Obligation:
    return Obligation.objects.exclude(state="not_owed").filter(task__number=number).latest("pk")


def writes(owed: Obligation, by, *, text: str = "Đã làm một nửa") -> Report:
    draft = reports.draft_once(obligation=owed, by=by, at=AFTER)
    said = {owed.pk: reports.Said(text=text)}
    return reports.save(report=draft, answers=said, version=draft.version, by=by, at=AFTER)


# -- what an heir did on what it took over ---------------------------------------------------------------------------


def _obstacle(owed, by, office):
    obstacles.report(obligation=owed, text="Thiếu kinh phí.", level=office.body, by=by, at=AFTER)


def _cause(owed, by, office):
    causes.ask(obligation=owed, reason="Bão lũ.", number="5/QĐ", proved_on=TODAY, by=by, at=AFTER)


def _progress(owed, by, office):
    draft = reports.draft_once(obligation=owed, by=by, at=AFTER)
    said = {owed.pk: reports.Said(text="Đã làm một nửa", percent=50)}
    draft = reports.save(report=draft, answers=said, version=draft.version, by=by, at=AFTER)
    reports.send_progress(report=draft, by=by, at=AFTER)


def _refusal(owed, by, office):
    refusals.refuse(assignment=owed.assignment, reason="Giao nhầm.", by=by, at=AFTER)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (_obstacle, "đã báo cáo vướng mắc"),
        (_cause, "đã đề nghị ghi nhận nguyên nhân khách quan"),
        (_progress, "đã báo cáo tiến độ"),
        (_refusal, "đã đề nghị xem lại việc được giao"),
    ],
)
def test_whatever_the_heir_did_is_named(programme, office: Office, act, said):
    done = carry_out("absorb", [office.science], [office.health])
    act(one(), office.who("head", office.health), office)
    assert f"{programme}, nhiệm vụ 1: Sở Y tế {said}" in refused(done)


def test_a_period_that_was_raised_after_it_counts_as_what_was_taken_over(programme, office: Office):
    done = carry_out("absorb", [office.science], [office.health])
    later = moment(days(120))
    obligations.raise_due(programme=programme, at=later)
    owed = one("2")
    assert owed.raised_at == later
    make.submitted(owed, at=later)
    assert "nhiệm vụ 2: Sở Y tế đã gửi báo cáo" in refused(done, at=moment(days(121)))


def test_a_letter_about_what_was_taken_over_is_named(programme, office: Office):
    done = carry_out("absorb", [office.science], [office.health])
    letters.draft(
        programme=programme, organisation=Organisation.objects.get(pk=office.health.pk), kind="remind",
        by=office.chief, at=moment(days(60)),
    )  # fmt: skip
    assert f"{programme}: đã soạn công văn gửi Sở Y tế" in refused(done, at=moment(days(61)))


def test_what_the_heir_confirms_since_is_named(programme, office: Office):
    """The office that confirms was absorbed: its heir said a word to a report."""
    make.submitted(one())
    done = carry_out("absorb", [office.body], [office.health])
    sent = Report.objects.get()
    assert sent.confirming == office.health
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.health), at=AFTER)
    assert "nhiệm vụ 1: Sở Y tế đã xác nhận hoặc đề nghị bổ sung báo cáo" in refused(done)


def test_what_the_heir_did_besides_stands_in_nobodys_way(programme, office: Office):
    make.programme(make.row("Khám bệnh", "Sở Y tế", deadline=IN_TERM, number="9"), office=office.body, by=office.chief)
    done = carry_out("absorb", [office.science], [office.health])
    make.submitted(one("9"), at=AFTER)
    undo(done)
    assert one().organisation == office.science


# -- bodies that began with it ---------------------------------------------------------------------------------------


def merged(office: Office) -> tuple[Organisation, Succession]:
    """Recorded when neither led anything yet."""
    new = make.organisation("Sở Khoa học và Y tế", parent=office.root)
    Organisation.objects.filter(pk=new.pk).update(starts=TODAY)
    return new, carry_out("merge", [office.science, office.health], [new])


def named(office: Office, body: Organisation) -> None:
    """The office gives it work that no hand-over brought."""
    opened(office, "Cơ quan đang lập")
    for row in Assignment.objects.filter(role="lead"):
        tasks.name_body(assignment=row, organisation=body, by=office.chief, at=AFTER)


def test_what_began_with_it_and_reported_since_holds_its_undoing_up(office: Office):
    new, done = merged(office)
    named(office, new)
    make.submitted(one(), at=AFTER)
    said = refused(done)
    assert "nhiệm vụ 1: Sở Khoa học và Y tế đã gửi báo cáo" in said
    assert not Organisation.objects.filter(pk=office.science.pk, ends=None).exists()


def test_work_that_was_given_to_it_since_is_enough(office: Office):
    new, done = merged(office)
    named(office, new)
    assert "nhiệm vụ 1: Sở Khoa học và Y tế được giao việc sau lần sắp xếp này" in refused(done)


def test_one_that_did_nothing_yet_goes(office: Office):
    _new, done = merged(office)
    undo(done)
    assert Organisation.objects.get(pk=office.science.pk).ends is None


# -- through another -------------------------------------------------------------------------------------------------


@pytest.fixture
def acting(programme, office: Office) -> Succession:
    return carry_out("acts_through", [office.science], [office.health])


def test_a_report_drafted_for_the_other_is_named(acting, office: Office):
    writes(one(), office.who("clerk", office.health))
    said = refused(acting)
    assert "nhiệm vụ 1: Sở Y tế thay Sở Khoa học và Công nghệ đang soạn báo cáo" in said


def test_a_report_handed_in_for_the_other_is_named(acting, office: Office):
    head = office.who("head", office.health)
    draft = writes(one(), head)
    make.evidence(draft.answers.get(), by=head)
    reports.submit(report=draft, by=head, at=AFTER)
    assert "nhiệm vụ 1: Sở Y tế thay Sở Khoa học và Công nghệ đã gửi báo cáo" in refused(acting)


def test_what_its_own_people_did_stands_in_nobodys_way(acting, office: Office):
    writes(one(), office.who("clerk", office.science))
    undo(acting)
    assert Report.objects.get().organisation == office.science


def test_a_draft_without_a_word_does_not(acting, office: Office):
    writes(one(), office.who("clerk", office.health), text="")
    undo(acting)


def test_what_was_asked_for_the_other_is_named(acting, office: Office):
    _cause(one(), office.who("head", office.health), office)
    assert "thay Sở Khoa học và Công nghệ đã đề nghị ghi nhận nguyên nhân khách quan" in refused(acting)
