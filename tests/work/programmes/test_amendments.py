"""A later document changes an open programme: what is proposed, decided, carried out, and how both states are read."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
import snapshots
from factories import by_date, continuous, days, row
from tiendo.work.programmes.actions import amendments, changes, obligations, reports, tasks
from tiendo.work.programmes.errors import (
    AmendedFromError,
    AmendedLineError,
    AmendedTwiceError,
    AmendmentBegunError,
    AmendmentDoneError,
    NotAmendingError,
    NothingAmendedError,
)
from tiendo.work.programmes.errors_of_changes import NothingOwedError, TaskNotWithdrawnError
from tiendo.work.programmes.models import AmendedLine, Amendment, Obligation, Programme, Report, Task
from tiendo.work.programmes.queries import amending
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
PLAN = "Xây dựng kế hoạch chuyển đổi số của tỉnh giai đoạn 2026-2030"
TELL = "Tuyên truyền chủ trương trên báo, đài của tỉnh"
TRAIN = "Bồi dưỡng cán bộ về kỹ năng số"


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        row(PLAN, SCIENCE, deadline=by_date(days(30))),
        row(TELL, SCIENCE, deadline=continuous()),
        row(TRAIN, HEALTH, deadline=by_date(days(20))),
        office=office.body,
        by=office.chief,
        tracked_from=days(-70),
    )


def begun(programme: Programme, *rows: object) -> Amendment:
    return make.amendment(programme, *rows)


def done(amendment: Amendment, office: Office, on: date | None = None) -> amendments.Done:
    return amendments.carry_out(amendment=amendment, on=on or days(0), by=office.chief, at=make.NOW)


def task(programme: Programme, position: int) -> Task:
    return programme.tasks.get(position=position)


def owed(task: Task) -> Obligation:
    return task.obligations.get()


def only(amendment: Amendment, kind: str) -> AmendedLine:
    return amendment.lines.get(kind=kind, chosen=True)


def test_rows_are_compared_and_silence_ends_nothing(programme: Programme):
    lines = begun(
        programme,
        row(PLAN.replace("2026-2030", "2026-2035"), SCIENCE, deadline=by_date(days(30))),
        row("Lập tổ công nghệ số cộng đồng ở mọi thôn", HEALTH, deadline=by_date(days(50))),
    ).lines
    told = [(line.kind, line.task and line.task.position, line.duty and line.duty.number, line.chosen)
            for line in lines.order_by("pk")]  # fmt: skip
    assert sorted(told, key=str) == [
        ("add", None, "2", True), ("change", 1, "1", True), ("end", 2, None, False), ("end", 3, None, False),
    ]  # fmt: skip


def test_a_document_that_replaces_the_first_ends_what_it_does_not_name(programme: Programme, office: Office):
    amendment = begun(programme, row(TELL, SCIENCE, deadline=continuous()))
    document = amendment.document
    amendments.discard(amendment=amendment, by=office.chief, at=make.NOW)
    from tiendo.work.directives.models import WorkLink

    source = make.work("41-CTr/TU")
    type(document).objects.filter(pk=document.pk).update(work=source)
    programme.document.refresh_from_db()
    WorkLink.objects.create(source=source, target=programme.document.work, relation="replaces")
    document.refresh_from_db()
    amendment = amendments.begin(programme=programme, document=document, by=office.chief, at=make.NOW)
    assert [(line.kind, line.task.position, line.chosen) for line in amendment.lines.all()] == [
        ("end", 1, True), ("end", 3, True),
    ]  # fmt: skip


def test_which_documents_amend(programme: Programme, office: Office):
    amendment = begun(programme)
    other = make.programme(row("Khác", SCIENCE), office=office.body, by=office.chief)
    unread = make.read(office=office.body, by=office.chief)
    strange = make.approved(office=office.science)
    with pytest.raises(AmendmentBegunError):
        amendments.begin(programme=programme, document=amendment.document, by=office.chief, at=make.NOW)
    for document in (programme.document, other.document, unread, strange):
        with pytest.raises(NotAmendingError):
            amendments.begin(programme=programme, document=document, by=office.chief, at=make.NOW)


def test_what_is_added_is_opened_and_owed(programme: Programme, office: Office):
    amendment = begun(programme, row("Lập tổ công nghệ số", HEALTH, deadline=by_date(days(50))))
    found = done(amendment, office)
    assert (found.added, found.changed, found.ended, found.raised) == (1, 0, 0, 1)
    made = task(programme, 4)
    assert (owed(made).organisation, owed(made).due) == (office.health, days(50))
    assert made.duty.document == amendment.document
    assert [(one.kind, one.ended) for one in amending.fates(made)] == [("add", False)]


def test_what_is_ended_is_not_owed_any_more_and_stays_readable(programme: Programme, office: Office):
    amendment = begun(programme)
    line = amendment.lines.get(task__position=3)
    amendments.choose(amendment=amendment, line=line, kind="end", task=line.task, by=office.chief, at=make.NOW)
    found = done(amendment, office)
    assert (found.ended, found.closed, found.carried) == (1, 1, 0)
    ended = task(programme, 3)
    assert ended.closed_at == make.NOW
    assert owed(ended).state == "not_owed"
    assert [(one.kind, one.other, one.ended) for one in amending.fates(ended)] == [("end", None, True)]
    obligations.raise_due(programme=programme, at=make.NOW)
    assert ended.obligations.count() == 1
    with pytest.raises(TaskNotWithdrawnError):
        changes.reopen(task=ended, number="1-QĐ", decided_on=days(0), reason="Nhầm.", by=office.chief, at=make.NOW)


def test_same_body_and_deadline_go_along_with_the_draft(programme: Programme, office: Office):
    before = owed(task(programme, 1))
    draft = make.report(before)
    said = {before.pk: reports.Said(text="Đang xây dựng.")}
    head = office.who("head", office.science)
    reports.save(report=draft, answers=said, version=1, by=head, at=make.NOW)
    amendment = begun(programme, row(PLAN.replace("2026-2030", "2026-2035"), SCIENCE, deadline=by_date(days(30))))
    found = done(amendment, office)
    assert (found.changed, found.carried, found.closed, found.raised) == (1, 1, 0, 0)
    old, made = task(programme, 1), task(programme, 4)
    assert (old.content, made.content) == (PLAN, PLAN.replace("2026-2030", "2026-2035"))
    before.refresh_from_db()
    assert (before.task, before.assignment.task, before.state) == (made, made, "open")
    assert before.answer.text == "Đang xây dựng."
    assert [one.other for one in amending.fates(old)] == [made]
    assert [one.other for one in amending.fates(made)] == [old]
    assert obligations.raise_due(programme=programme, at=make.NOW) == 0


def test_another_deadline_or_body_closes_and_asks_anew(programme: Programme, office: Office):
    amendment = begun(
        programme,
        row(f"{PLAN}.", SCIENCE, deadline=by_date(days(60))),
        row(f"{TRAIN}.", SCIENCE, deadline=by_date(days(20))),
    )
    found = done(amendment, office)
    assert (found.changed, found.carried, found.closed, found.raised) == (2, 0, 2, 2)
    assert {one.state for one in Obligation.objects.filter(task__position__in=[1, 3])} == {"not_owed"}
    assert (owed(task(programme, 4)).due, owed(task(programme, 4)).organisation) == (days(60), office.science)
    assert (owed(task(programme, 5)).due, owed(task(programme, 5)).organisation) == (days(20), office.science)


def test_periods_answered_or_over_are_not_asked_again(programme: Programme, office: Office):
    """Tracked since December: two half-years are owed; one was confirmed, the present one is open."""
    rows = list(task(programme, 2).obligations.order_by("due"))
    sent = make.submitted(rows[0])
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.body), at=make.NOW)
    amendment = begun(programme, row(f"{TELL} và trên mạng", SCIENCE, deadline=continuous()))
    found = done(amendment, office)
    assert found.carried == len(rows) - 1
    assert found.raised == 0
    made = task(programme, 4)
    assert [one.pk for one in made.obligations.order_by("due")] == [one.pk for one in rows[1:]]
    amendment = make.amendment(programme, row(f"{TELL} và trên mạng xã hội", SCIENCE, deadline=continuous()))
    assert done(amendment, office).raised == 0  # a change of a change knows what was asked of the first
    assert obligations.raise_due(programme=programme, at=make.NOW) == 0


def test_a_period_over_before_the_change_is_not_asked_of_another_body(programme: Programme, office: Office):
    amendment = begun(programme, row(f"{TELL}.", HEALTH, deadline=continuous()))
    done(amendment, office)
    made = task(programme, 4)
    assert all(one.period_end >= days(0) for one in made.obligations.all())
    assert {one.organisation for one in made.obligations.all()} == {office.health}


def test_what_waits_for_a_word_stays_where_it_was_handed_in(programme: Programme, office: Office):
    sent = make.submitted(owed(task(programme, 1)))
    amendment = begun(programme, row(f"{PLAN} và hằng năm", SCIENCE, deadline=by_date(days(30))))
    found = done(amendment, office)
    assert (found.carried, found.closed, found.raised) == (0, 0, 0)
    reports.confirm(report=sent, seen_round=1, by=office.who("head", office.body), at=make.NOW)
    assert owed(task(programme, 1)).state == "confirmed"


def test_a_report_of_which_nothing_is_owed_is_not_handed_in(programme: Programme, office: Office):
    draft = make.evidence(make.report(owed(task(programme, 3))).answers.get()).answer.report
    empty = make.report(owed(task(programme, 1)))
    sent = make.submitted(task(programme, 2).obligations.latest("due"))
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=office.who("head", office.body), at=make.NOW)
    amendment = begun(programme)
    for line in amendment.lines.filter(kind="end"):
        amendments.choose(amendment=amendment, line=line, kind="end", task=line.task, by=office.chief, at=make.NOW)
    done(amendment, office)
    with pytest.raises(NothingOwedError):
        reports.submit(report=draft, by=office.who("head", office.health), at=make.NOW)
    with pytest.raises(Obligation.DoesNotExist):
        reports.draft_once(obligation=owed(task(programme, 3)), by=office.who("head", office.health), at=make.NOW)
    assert not Report.objects.filter(pk=empty.pk).exists()
    sent.refresh_from_db()
    assert sent.state == "passed_on"


def test_names_and_phrases_that_people_knew_are_known_still(office: Office):
    programme = make.programme(
        row("Một", SCIENCE, "Sở Lạ", deadline=by_date(days(30)), groups=["các sở, ngành"], coordinators=["Sở Lạ"]),
        office=office.body, by=office.chief,
    )  # fmt: skip
    old = programme.tasks.get()
    strange = old.assignments.get(role="lead", party_text="Sở Lạ")
    tasks.name_body(assignment=strange, organisation=office.elsewhere, remember=False, by=office.chief, at=make.NOW)
    phrase = old.assignments.get(group=True)
    tasks.name_group(assignment=phrase, organisations=[office.health], by=office.chief, at=make.NOW)
    tasks.set_focal(assignment=old.assignments.get(organisation=office.science), by=office.chief, at=make.NOW)
    tasks.set_restricted(task=old, restricted=True, by=office.chief, at=make.NOW)
    later = make.amendment(
        programme,
        row("Một một", SCIENCE, "Sở Lạ", deadline=by_date(days(30)), groups=["các sở, ngành"], coordinators=["Sở Lạ"]),
    )
    amendments.choose(
        amendment=later, line=later.lines.exclude(duty=None).get(), kind="change", task=old,
        duty=later.document.duties.get(), by=office.chief, at=make.NOW,
    )  # fmt: skip
    found = done(later, office)
    made = programme.tasks.get(position=2)
    named = {(one.role, one.party_text, one.organisation_id, one.focal) for one in made.assignments.all()}
    assert named == {
        ("lead", SCIENCE, office.science.pk, True), ("lead", "Sở Lạ", office.elsewhere.pk, False),
        ("lead", "các sở, ngành", None, False), ("lead", "các sở, ngành", office.health.pk, False),
        ("coordinate", "Sở Lạ", None, False),
    }  # fmt: skip
    assert (made.restricted, made.search_text) == (True, "")
    assert (found.carried, found.raised) == (3, 0)


def test_an_event_that_was_told_goes_along(office: Office):
    programme = make.programme(row("Sơ kết khi có chỉ đạo", SCIENCE), office=office.body, by=office.chief)
    tasks.open_by_event(
        task=programme.tasks.get(), basis="CV 1", happened_on=days(0), due=days(9), by=office.chief, at=make.NOW
    )
    done(begun(programme, row("Sơ kết khi có chỉ đạo mới", SCIENCE, HEALTH)), office)
    made = task(programme, 2)
    assert {one.organisation for one in made.obligations.all()} == {office.science, office.health}
    assert made.openings.get().due == days(9)


def test_what_cannot_be_meant_is_refused_line_by_line(programme: Programme, office: Office):
    amendment = begun(programme, row("Việc mới", SCIENCE), row("Việc mới khác hẳn", HEALTH))
    first, second = amendment.lines.filter(kind="add")
    strange, foreign = make.task(), make.duty()
    one = task(programme, 1)
    before = snapshots.rows()
    wrong = [
        {"kind": "add"}, {"kind": "add", "task": one, "duty": first.duty}, {"kind": "change", "task": one},
        {"kind": "change", "duty": first.duty}, {"kind": "end"}, {"kind": "end", "task": strange},
        {"kind": "change", "task": strange, "duty": first.duty}, {"kind": "add", "duty": foreign},
    ]  # fmt: skip
    for said in wrong:
        with pytest.raises(AmendedLineError):
            amendments.choose(amendment=amendment, line=first, by=office.chief, at=make.NOW, **said)
    with pytest.raises(AmendedTwiceError):
        amendments.choose(amendment=amendment, kind="add", duty=second.duty, by=office.chief, at=make.NOW)
    assert snapshots.rows() == before
    amendments.choose(
        amendment=amendment, line=first, kind="change", task=one, duty=first.duty, by=office.chief, at=make.NOW
    )
    with pytest.raises(AmendedTwiceError):
        amendments.choose(amendment=amendment, kind="end", task=one, by=office.chief, at=make.NOW)


def test_it_is_carried_out_once_on_a_day_that_can_be_meant(programme: Programme, office: Office):
    amendment = begun(programme)
    before = snapshots.rows()
    for on in (days(1), date(2026, 2, 19), date(1, 1, 1)):
        with pytest.raises(AmendedFromError, match="từ 20/02/2026 đến 02/03/2026"):
            done(amendment, office, on)
    assert snapshots.rows() == before
    line = only(amendment, "add")
    wish = {"amendment": amendment, "line": line, "kind": "add", "duty": line.duty, "by": office.chief, "at": make.NOW}
    amendments.choose(**wish, chosen=False)
    with pytest.raises(NothingAmendedError):
        done(amendment, office)
    amendments.choose(**wish)
    done(amendment, office)
    for act in (
        lambda: done(amendment, office),
        lambda: amendments.choose(**wish),
        lambda: amendments.discard(amendment=amendment, by=office.chief, at=make.NOW),
    ):
        with pytest.raises(AmendmentDoneError):
            act()
