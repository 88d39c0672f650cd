"""Bodies end, their open work goes on, the past stays as it was."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
import snapshots
from factories import NOW, TODAY, days, moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.ancestry import below, heirs_of, names_on, sides
from tiendo.foundation.organisations.errors import NotYetError, SuccessionInvalidError, SuccessionTwiceError
from tiendo.foundation.organisations.models import Organisation, Post, Seat
from tiendo.foundation.organisations.queries import rights
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.errors import NotItsHeirError, NotItsLineError
from tiendo.work.handovers.queries import preview, proposals
from tiendo.work.programmes.actions import cascading, obligations, reports, tasks
from tiendo.work.programmes.errors import BuiltOnPassageError, HandedOverError, LinesMissingError
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Obligation,
    Passage,
    Programme,
    Report,
    Requirement,
    Transfer,
)
from tiendo.work.programmes.queries.passing import holder_on, open_rows, orphans
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
IN_TERM = make.by_date(days(30))


@pytest.fixture
def registrar(office: Office):
    return office.who("registrar", office.root)


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, coordinators=["Sở Y tế"], deadline=IN_TERM, number="1"),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous(), number="2"),
        make.row("Khám bệnh", "Sở Y tế", coordinators=[SCIENCE], deadline=IN_TERM, number="3"),
        office=office.body,
        by=office.chief,
    )


def carry_out(kind, befores, afters, by, *, on=TODAY, at=NOW, **more):
    draft = make.succession(kind, befores, afters, on=on, by=by)
    return handovers.carry_out(succession=draft, by=by, at=at, **more)


def holders(day=None) -> list[tuple[str, str, str]]:
    """(number of the task, role, body)"""
    rows = Assignment.objects.on(day).select_related("task", "organisation")
    return sorted((row.task.number, row.role, row.organisation.name if row.organisation else "–") for row in rows)


def owed(day=None) -> list[tuple[str, str, str]]:
    rows = Obligation.objects.exclude(state="not_owed")
    if day:
        bodies = dict(Organisation.objects.values_list("pk", "name"))
        pairs = rows.annotate(then=holder_on(day)).values_list("task__number", "state", "then")
        return sorted((number, state, bodies[then]) for number, state, then in pairs)
    return sorted(rows.values_list("task__number", "state", "organisation__name"))


def test_an_absorbed_bodys_work_goes_to_its_heir_and_the_past_stays(programme, office, registrar):
    before, owed_before = holders(), owed()
    due = dict(Obligation.objects.values_list("pk", "due"))
    done = carry_out("absorb", [office.science], [office.health], registrar)
    assert (done.passed.assignments, done.passed.moved, done.passed.orphaned) == (3, 2, 0)
    assert holders() == [("1", "lead", "Sở Y tế"), ("2", "lead", "Sở Y tế"), ("3", "lead", "Sở Y tế")], (
        "nobody helps itself"
    )
    assert {body for _n, _s, body in owed()} == {"Sở Y tế"}
    assert (holders(days(-1)), owed(days(-1))) == (before, owed_before), "as it was then"
    assert dict(Obligation.objects.values_list("pk", "due")) == due, "no date moves"
    assert set(Assignment.objects.values_list("party_text", flat=True)) == {SCIENCE, "Sở Y tế"}, "as printed"
    science = Organisation.objects.get(pk=office.science.pk)
    assert science.ends == days(-1)
    assert heirs_of([science.pk]) == {science.pk: (office.health.pk,)}
    assert audit.verify() is None


def test_two_leads_of_one_task_that_merge_answer_once(office, registrar):
    make.programme(
        make.row("Việc chung", SCIENCE, "Sở Y tế", deadline=IN_TERM, number="1"), office=office.body, by=office.chief
    )
    new = make.organisation("Sở Khoa học và Y tế", parent=office.root)
    done = carry_out("merge", [office.science, office.health], [new], registrar)
    assert (done.passed.assignments, done.passed.moved, done.passed.joined) == (2, 1, 1)
    assert holders() == [("1", "lead", "Sở Khoa học và Y tế")]
    assert owed() == [("1", "open", "Sở Khoa học và Y tế")]
    assert len(owed(days(-1))) == 1, "what was joined is told by its transfer"
    assert Transfer.objects.get(kind="joined").before in (office.science, office.health)


def test_what_was_handed_in_stays_with_who_handed_it_in_and_nothing_is_asked_twice(programme, office, registrar):
    sent = make.submitted(Obligation.objects.get(task__number="1"))
    carry_out("absorb", [office.science], [office.health], registrar)
    assert owed() == [("1", "submitted", SCIENCE), ("2", "open", "Sở Y tế"), ("3", "open", "Sở Y tế")]
    obligations.raise_due(programme=programme, at=NOW)
    assert len(owed()) == 3
    head = office.who("head", office.body)
    reports.confirm(report=sent, seen_round=1, by=head, at=NOW)
    obligations.raise_due(programme=programme, at=NOW)
    assert owed()[0] == ("1", "confirmed", SCIENCE)


def test_what_comes_back_after_its_body_ended_is_the_heirs(programme, office, registrar):
    sent = make.submitted(Obligation.objects.get(task__number="1"))
    carry_out("absorb", [office.science], [office.health], registrar)
    reports.ask_more(report=sent, reason="Thiếu phụ lục", seen_round=1, by=office.who("head", office.body), at=NOW)
    assert owed()[0] == ("1", "open", "Sở Y tế")
    answer = Answer.objects.get(obligation__task__number="1")
    assert (answer.report.organisation, answer.report.state) == (office.health, "draft")
    assert answer.evidence.count() == 1, "evidence goes along"
    assert answer.report.follows == sent
    sent.refresh_from_db()
    assert sent.state == "passed_on"
    assert sent.decisions.get().said[0]["obligation"] == answer.obligation_id, "what was read stays"


def test_a_draft_goes_along_with_what_was_typed(programme, office, registrar):
    draft = make.report(Obligation.objects.get(task__number="2"))
    answer = draft.answers.get()
    said = {answer.obligation_id: reports.Said(text="Đã làm một nửa")}
    reports.save(report=draft, answers=said, version=1, by=draft.drafted_by, at=NOW)
    carry_out("absorb", [office.science], [office.health], registrar)
    moved = Report.objects.get()
    assert (moved.organisation, moved.state, moved.answers.get().text) == (office.health, "draft", "Đã làm một nửa")


def test_a_split_asks_for_each_line(programme, office, registrar):
    one = make.organisation("Sở Khoa học", parent=office.root)
    other = make.organisation("Sở Công nghệ", parent=office.root)
    draft = make.succession("split", [office.science], [one, other], by=registrar)
    rows = list(open_rows([office.science.pk]))
    assert preview(draft, *sides(draft), rights(registrar, TODAY)).undecided == 3
    with pytest.raises(LinesMissingError, match="3 dòng"):
        handovers.carry_out(succession=draft, by=registrar, at=NOW)
    assert holders()[0] == ("1", "coordinate", "Sở Y tế"), "nothing half done"
    handovers.choose(succession=draft, assignments=[rows[0].pk], heirs=[one, other], by=registrar, at=NOW)
    handovers.choose(succession=draft, assignments=[rows[1].pk, rows[2].pk], heirs=[other], by=registrar, at=NOW)
    assert preview(draft, *sides(draft), rights(registrar, TODAY)).undecided == 0
    done = handovers.carry_out(succession=draft, by=registrar, at=NOW)
    assert (done.passed.moved, done.passed.shared) == (2, 1)
    assert [row for row in holders() if row[1] == "lead" and row[0] != "3"] == [
        ("1", "lead", "Sở Công nghệ"),
        ("1", "lead", "Sở Khoa học"),
        ("2", "lead", "Sở Công nghệ"),
    ]
    assert owed()[:2] == [("1", "open", "Sở Công nghệ"), ("1", "open", "Sở Khoa học")], "each owes its part"


def test_only_lines_and_heirs_of_this_hand_over_are_taken(programme, office, registrar):
    draft = make.succession("absorb", [office.science], [office.health], by=registrar)
    mine, others = open_rows([office.science.pk])[0], open_rows([office.health.pk])[0]
    with pytest.raises(NotItsHeirError, match=r"Văn phòng"):
        handovers.choose(succession=draft, assignments=[mine.pk], heirs=[office.body], by=registrar, at=NOW)
    with pytest.raises(NotItsLineError):
        handovers.choose(succession=draft, assignments=[others.pk], heirs=[office.health], by=registrar, at=NOW)


def test_proposals_follow_names_and_shares(office, registrar):
    make.programme(
        make.row("Xây dựng đường xã Suối Mơ", SCIENCE, deadline=IN_TERM, number="1"),
        make.row("Chuyển đổi số", SCIENCE, deadline=IN_TERM, number="2"),
        make.row("Khám bệnh", SCIENCE, coordinators=["Xã Lạc Sơn"], deadline=IN_TERM, number="3"),
        make.row("Việc khác", SCIENCE, deadline=IN_TERM, number="4"),
        office=office.body,
        by=office.chief,
    )
    mo = make.organisation("Xã Suối Mơ", parent=office.root, kind="commune")
    son = make.organisation("Xã Lạc Sơn", parent=office.root, kind="commune")
    row = Assignment.objects.get(task__number="3", role="coordinate")
    tasks.name_body(assignment=row, organisation=son, by=office.chief, at=NOW)
    rows = list(open_rows([office.science.pk]))
    found = proposals(rows, [mo, son], {mo.pk: "chuyển đổi số; viễn thông"})
    numbers = {row.pk: row.task.number for row in rows}
    assert {numbers[pk]: body for pk, body in found.items()} == {"1": mo.pk, "2": mo.pk, "3": son.pk}


def test_work_of_a_dissolved_body_stands_with_the_orphans_until_a_body_is_named(programme, office, registrar):
    done = carry_out("dissolved", [office.science], [], registrar, on=days(-5))
    assert done.passed.orphaned == 3
    lost = list(orphans())
    assert [(row.task.number, row.role) for row in lost] == [("1", "lead"), ("2", "lead"), ("3", "coordinate")]
    assert owed()[0] == ("1", "open", SCIENCE), "still owed, and nobody's yet"
    tasks.name_body(assignment=lost[0], organisation=office.body, by=office.chief, at=NOW)
    assert [row.task.number for row in orphans()] == ["2", "3"]
    assert owed()[0] == ("1", "open", office.body.name)
    assert owed(days(-1))[0] == ("1", "open", SCIENCE)
    assert holders(days(-3))[1] == ("1", "lead", "–")
    obligations.raise_due(programme=programme, at=NOW)
    assert len(owed()) == 3
    named = Assignment.objects.on(None).get(task__number="1", role="lead")
    tasks.unname_body(assignment=named, by=office.chief, at=NOW)
    assert [row.task.number for row in orphans()] == ["1", "2", "3"]
    assert owed()[0] == ("1", "open", SCIENCE)


def test_a_body_that_got_work_by_a_hand_over_is_not_simply_taken_off(programme, office, registrar):
    carry_out("absorb", [office.science], [office.health], registrar)
    row = Assignment.objects.on(None).get(task__number="2")
    with pytest.raises(HandedOverError):
        tasks.unname_body(assignment=row, by=office.chief, at=NOW)


def test_undoing_puts_everything_back(programme, office, registrar):
    office.who("head", office.science)
    child = make.organisation("Trung tâm Số", parent=office.science)
    make.report(Obligation.objects.get(task__number="2"))
    kept = {label: rows for label, rows in snapshots.rows().items() if label not in CHANGED_BY_UNDOING}
    done = carry_out("absorb", [office.science], [office.health], registrar)
    child.refresh_from_db()
    assert child.parent_id == office.health.pk
    handovers.undo(succession=done.succession, by=registrar, at=NOW)
    now = {label: rows for label, rows in snapshots.rows().items() if label not in CHANGED_BY_UNDOING}
    for rows in (*kept["programmes.Report"], *now["programmes.Report"]):
        rows.pop("id")
    for rows in (*kept["programmes.Answer"], *now["programmes.Answer"]):
        rows.pop("report_id")
    for rows in (*kept["programmes.Tally"], *now["programmes.Tally"]):
        rows.pop("id")
    for tables in (kept, now):
        tables["programmes.Tally"].sort(key=str)
    assert now == kept
    assert not Passage.objects.exists()
    assert Report.objects.get().organisation == office.science
    assert list(below(office.science, "state").order_by("pk")) == [office.science, child]
    assert audit.verify() is None


CHANGED_BY_UNDOING = {
    "audit.Event", "audit.Head", "organisations.Succession", "organisations.Heir", "organisations.Seat",
    "notifications.Notice", "organisations.FormerPath",
}  # fmt: skip


def test_nothing_is_undone_once_something_was_built_on_it(programme, office, registrar):
    done = carry_out("absorb", [office.science], [office.health], registrar)
    make.submitted(Obligation.objects.get(task__number="1"))
    with pytest.raises(BuiltOnPassageError):
        handovers.undo(succession=done.succession, by=registrar, at=NOW)


def test_what_the_heir_sent_since_holds_it_up_also_when_it_was_sent_back(programme, office, registrar):
    done = carry_out("absorb", [office.science], [office.health], registrar)
    sent = make.submitted(Obligation.objects.get(task__number="1"), at=moment(TODAY, 11))
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu số liệu.", by=office.chief, at=moment(TODAY, 12))
    with pytest.raises(BuiltOnPassageError):
        handovers.undo(succession=done.succession, by=registrar, at=moment(TODAY, 13))


def test_a_later_hand_over_is_undone_first(programme, office, registrar):
    first = carry_out("absorb", [office.science], [office.health], registrar, at=moment(TODAY, 8))
    second = carry_out("absorb", [office.health], [office.body], registrar, at=moment(TODAY, 9))
    with pytest.raises(BuiltOnPassageError):
        handovers.undo(succession=first.succession, by=registrar, at=moment(TODAY, 10))
    handovers.undo(succession=second.succession, by=registrar, at=moment(TODAY, 10))
    handovers.undo(succession=first.succession, by=registrar, at=moment(TODAY, 11))
    assert owed()[0] == ("1", "open", SCIENCE)


def test_the_office_itself_may_be_absorbed_and_who_confirms_goes_along(programme, office, registrar):
    new = make.organisation("Văn phòng mới", parent=office.root)
    done = carry_out("reconstituted", [office.body], [new], registrar)
    programme.refresh_from_db()
    assert (programme.office, programme.confirming) == (new, new)
    assert set(Obligation.objects.values_list("confirming", flat=True)) == {new.pk}
    handovers.undo(succession=done.succession, by=registrar, at=NOW)
    programme.refresh_from_db()
    assert (programme.office, programme.confirming) == (office.body, office.body)
    assert set(Obligation.objects.values_list("confirming", flat=True)) == {office.body.pk}


def test_a_plan_that_is_owed_is_owed_by_the_heir(programme, office, registrar):
    owed = make.requirement(programme, office.science)
    done = carry_out("absorb", [office.science], [office.health], registrar)
    owed.refresh_from_db()
    assert owed.organisation == office.health
    handovers.undo(succession=done.succession, by=registrar, at=NOW)
    owed.refresh_from_db()
    assert owed.organisation == office.science
    done = carry_out("absorb", [office.science], [office.health], registrar)
    cascading.answer(requirement=owed, number="5-KH", issued_on=TODAY, by=office.officer, at=NOW)
    with pytest.raises(BuiltOnPassageError):
        handovers.undo(succession=done.succession, by=registrar, at=NOW)


def test_an_heir_makes_one_plan_and_what_was_issued_stays(programme, office, registrar):
    for body in (office.science, office.health):
        make.requirement(programme, body)
    issued = make.requirement(make.programme(office=office.body, by=office.chief), office.science)
    cascading.answer(requirement=issued, number="5-KH", issued_on=TODAY, by=office.officer, at=NOW)
    before = sorted(Requirement.objects.values_list("pk", "organisation"))
    carry_out("absorb", [office.science], [office.health], registrar)
    assert sorted(Requirement.objects.values_list("pk", "organisation")) == before


def test_posts_go_along_where_there_is_one_heir(programme, office, registrar):
    head = office.who("head", office.science)
    carry_out("absorb", [office.science], [office.health], registrar)
    assert [post.organisation for post in rights(head, days(-1)).posts] == [office.science]
    assert [(post.organisation, post.role) for post in rights(head, TODAY).posts] == [(office.health, "head")]


def test_posts_end_where_they_are_not_to_go_along(programme, office, registrar):
    head = office.who("head", office.science)
    carry_out("absorb", [office.science], [office.health], registrar, move_posts=False)
    assert rights(head, TODAY).posts == ()
    assert Post.objects.get(user=head).ends == days(-1)


def test_a_body_that_acts_through_another_lives_on_and_the_others_people_answer_for_it(programme, office, registrar):
    clerk = office.who("head", office.health)
    carry_out("acts_through", [office.science], [office.health], registrar)
    assert holders()[1] == ("1", "lead", SCIENCE)
    draft = reports.draft_once(obligation=Obligation.objects.get(task__number="1"), by=clerk, at=NOW)
    assert draft.organisation == office.science
    assert office.science.pk not in {post.organisation_id for post in rights(clerk, days(-1)).posts}


def test_bodies_do_not_act_through_each_other_in_a_circle(programme, office, registrar):
    carry_out("acts_through", [office.science], [office.health], registrar)
    with pytest.raises(SuccessionInvalidError, match="vòng tròn"):
        make.succession("acts_through", [office.health], [office.science], by=registrar)


def test_a_renamed_body_was_called_otherwise_then(office, registrar):
    draft = make.succession("rename", [office.science], [], by=registrar, new_name="Sở Đổi mới sáng tạo")
    done = handovers.carry_out(succession=draft, by=registrar, at=NOW)
    pk = office.science.pk
    assert Organisation.objects.get(pk=pk).name == "Sở Đổi mới sáng tạo"
    assert names_on([pk], days(-1)) == {pk: SCIENCE}
    assert names_on([pk], TODAY) == {pk: "Sở Đổi mới sáng tạo"}
    handovers.undo(succession=done.succession, by=registrar, at=NOW)
    assert Organisation.objects.get(pk=pk).name == SCIENCE
    assert names_on([pk], TODAY) == {pk: SCIENCE}


def test_a_plan_waits_for_its_day(programme, office, registrar):
    draft = make.succession("absorb", [office.science], [office.health], on=days(3), by=registrar)
    with pytest.raises(NotYetError, match=r"05/03/2026"):
        handovers.carry_out(succession=draft, by=registrar, at=NOW)
    handovers.carry_out(succession=draft, by=registrar, at=moment(days(3)))
    assert Organisation.objects.get(pk=office.science.pk).ends == days(2)


@pytest.mark.parametrize(
    ("kind", "befores", "afters", "said"),
    [
        ("merge", ["science"], ["health"], "ít nhất 2"),
        ("absorb", ["science"], [], "đúng một cơ quan kế thừa"),
        ("split", ["science"], ["health"], "ít nhất 2"),
        ("split", ["science", "health"], ["body", "body"], "đúng một cơ quan trước"),
        ("dissolved", ["science"], ["health"], "không có cơ quan kế thừa"),
        ("absorb", ["science"], ["science"], "chính mình"),
        ("absorb", ["root"], ["health"], "gốc"),
        ("rename", ["science"], [], "tên mới"),
        ("nothing", ["science"], [], "hình thức"),
    ],
)
def test_what_cannot_be_is_told_in_words(office, registrar, kind, befores, afters, said):
    before = snapshots.rows()
    with pytest.raises(SuccessionInvalidError, match=said):
        make.succession(
            kind, [getattr(office, name) for name in befores], [getattr(office, name) for name in afters], by=registrar
        )
    assert snapshots.rows() == before


def test_a_body_that_ended_takes_nothing_and_ends_no_more(programme, office, registrar):
    carry_out("absorb", [office.science], [office.health], registrar, on=days(-10))
    with pytest.raises(SuccessionInvalidError, match="không thể nhận"):
        make.succession("absorb", [office.body], [office.science], by=registrar)
    with pytest.raises(SuccessionInvalidError, match="không hoạt động vào ngày"):
        make.succession("dissolved", [office.science], [], by=registrar)


def test_a_decision_is_recorded_once(office, registrar):
    carry = {"decision": "12-QĐ/TU", "decided_on": date(2026, 2, 28)}
    draft = make.succession("rename", [office.science], [], by=registrar, new_name="Sở Mới", **carry)
    handovers.carry_out(succession=draft, by=registrar, at=NOW)
    with pytest.raises(SuccessionTwiceError, match=r"12-QĐ/TU"):
        make.succession("rename", [office.science], [], by=registrar, new_name="Sở Mới", **carry)


def test_only_who_keeps_the_register_over_all_the_bodies_may(programme, office, registrar):
    draft = make.succession("absorb", [office.science], [office.health], by=registrar)
    rows = [open_rows([office.science.pk])[0].pk]
    below_only = make.user()
    make.post("registrar", body=office.science, who=below_only, scope=office.science)
    wrong = (office.chief, office.who("administrator", office.root), below_only)
    before = snapshots.rows()
    for who in wrong:
        with pytest.raises(NotAllowedError):
            handovers.carry_out(succession=draft, by=who, at=NOW)
        with pytest.raises(NotAllowedError):
            handovers.choose(succession=draft, assignments=rows, heirs=[office.health], by=who, at=NOW)
        with pytest.raises(NotAllowedError):
            make.succession("absorb", [office.science], [office.elsewhere], by=who)
    assert snapshots.rows() == before


def test_seats_of_an_ended_body_end_and_what_stood_below_stands_below_the_heir(office, registrar):
    child = make.organisation("Trung tâm Số", parent=office.science)
    carry_out("absorb", [office.science], [office.health], registrar)
    assert list(below(office.health, "state")) == [office.health, child]
    assert set(below(office.science, "state", days(-1))) == {office.science, child}
    assert Seat.objects.filter(organisation=child).count() == 2


def test_the_audit_tells_it_once_with_its_count(programme, office, registrar):
    carry_out("absorb", [office.science], [office.health], registrar)
    event = Event.objects.get(verb="handovers.handover.carried_out")
    assert (event.actor, event.data["count"], len(event.data["digest"])) == (registrar.actor, 3, 64)


def test_a_document_issued_later_charges_the_living_only(office, registrar):
    carry_out("absorb", [office.science], [office.health], registrar, on=days(-20))
    newer = make.programme(make.row("Việc mới", SCIENCE, deadline=IN_TERM), office=office.body, by=office.chief)
    assert newer.tasks.get().assignments.get().organisation is None, "a dissolved body is charged with nothing new"


def test_an_older_document_charges_who_was_there_then_and_its_heirs_hold_it_now(office, registrar):
    carry_out("absorb", [office.science], [office.health], registrar, on=days(-1))
    make.programme(make.row("Việc cũ", SCIENCE, deadline=IN_TERM, number="1"), by=office.chief, office=office.body)
    assert holders() == [("1", "lead", "Sở Y tế")]
    assert holders(days(-2)) == [("1", "lead", SCIENCE)]
    assert owed() == [("1", "open", "Sở Y tế")]


def test_a_body_that_the_register_ended_without_a_hand_over_leaves_orphans(programme, office, registrar):
    Organisation.objects.filter(pk=office.science.pk).update(ends=days(-3))  # as a list that was read in does
    assert [(row.task.number, row.role) for row in orphans()] == [("1", "lead"), ("2", "lead"), ("3", "coordinate")]
    row = orphans()[0]
    tasks.name_body(assignment=row, organisation=office.body, by=office.chief, at=NOW)
    assert owed()[0] == ("1", "open", office.body.name)
    assert not office.body.names.filter(text=SCIENCE).exists(), "the printed name is the ended body's"
    assert tasks.name_everywhere(assignment=orphans()[0], organisation=office.body, by=office.chief, at=NOW) == 2
