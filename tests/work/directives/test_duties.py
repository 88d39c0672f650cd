"""Rows: edited, signed, left out, joined, split, and all of it taken back until the document is approved."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import factories as make
import snapshots
from tiendo.foundation.audit.models import Event
from tiendo.work.directives import queries
from tiendo.work.directives.actions import documents, duties
from tiendo.work.directives.errors import (
    BlockingDoubtError,
    ContentRequiredError,
    DeadlineInvalidError,
    DeadlinesDifferError,
    DocumentStateError,
    NothingToJoinError,
    QuoteNotFoundError,
    ReasonRequiredError,
    RowChangedError,
    RowStateError,
    SplitTooSmallError,
)
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.rules import DeadlineFields
from worlds import Office

pytestmark = pytest.mark.django_db
State = Duty.State
JUNE = DeadlineFields("date", end=date(2026, 6, 30))


@pytest.fixture
def document(office: Office) -> Document:
    seen = make.machine(
        make.row(
            "Việc một", "Sở A", coordinators=["Sở X"], deadline=make.by_date(date(2026, 5, 1)), product="Kế hoạch"
        ),
        make.row("Việc hai", "Sở B", "Sở A"),
        make.row("Việc ba", "Sở C", origin="prose"),
        make.row("Việc không ai chủ trì"),
    )
    return make.read(seen, office=office.body, by=office.clerk)


def rows(document: Document) -> list[Duty]:
    return list(document.duties.all())


def shown(document: Document) -> list[str]:
    return [duty.content for duty in document.duties.exclude(state=State.REPLACED)]


def edit(duty: Duty, office: Office, *, version: int | None = None, deadline=JUNE, **changes: object) -> Duty:
    return duties.edit(
        duty=duty, version=version or duty.version, changes=changes, deadline=deadline, by=office.officer, at=make.NOW
    )


def test_an_edit_writes_the_row_anew(document, office: Office):
    row = edit(
        rows(document)[0],
        office,
        content="Việc một, sửa",
        number="1a",
        product="Đề án",
        restricted=True,
        section="Mục I",
        leads=[{"name": "Sở M", "group": False}],
        coordinators=[],
    )
    row.refresh_from_db()
    assert (row.content, row.number, row.product, row.restricted, row.section) == (
        "Việc một, sửa",
        "1a",
        "Đề án",
        True,
        "Mục I",
    )
    assert (row.leads, row.coordinators) == ([{"name": "Sở M", "group": False}], [])
    assert (row.deadline_kind, row.deadline_start, row.deadline_end, row.deadline_every) == ("date", None, JUNE.end, "")
    assert (row.edited, row.version, row.state) == (True, 2, State.PROPOSED)
    assert row.deadline_text == "trước ngày 01/05/2026", "what was printed is not for editing"


def test_an_edit_takes_a_signature_or_a_leaving_out_away(document, office: Office):
    one, two, *_ = rows(document)
    duties.sign(duty=one, by=office.officer, at=make.NOW)
    duties.leave_out(duty=two, reason="Trùng", by=office.officer, at=make.NOW)
    for row in (one, two):
        row.refresh_from_db()
        after = edit(row, office, content="Khác")
        assert (after.state, after.signed_by, after.signed_at, after.signed_as, after.reason) == (
            State.PROPOSED,
            None,
            None,
            "",
            "",
        )


def test_only_what_is_editable_is_written(document, office: Office):
    row = edit(rows(document)[0], office, lead_text="XX", state=State.SIGNED, document_id=99)
    row.refresh_from_db()
    assert (row.lead_text, row.state, row.document) == ("Sở A", State.PROPOSED, document)


@pytest.mark.parametrize("content", ["", "   ", "\n"])
def test_content_is_needed(document, office: Office, content):
    with pytest.raises(ContentRequiredError):
        edit(rows(document)[0], office, content=content)
    assert rows(document)[0].content == "Việc một"


@pytest.mark.parametrize(
    "deadline",
    [
        DeadlineFields("someday"),
        DeadlineFields("date"),
        DeadlineFields("period", start=date(2026, 1, 1)),
        DeadlineFields("period", end=date(2026, 1, 1)),
        DeadlineFields("period", start=date(2026, 2, 1), end=date(2026, 1, 1)),
        DeadlineFields("recurring", every="fortnight"),
    ],
)
def test_a_deadline_must_be_one(document, office: Office, deadline):
    with pytest.raises(DeadlineInvalidError):
        edit(rows(document)[0], office, deadline=deadline)
    assert rows(document)[0].version == 1


def test_two_clerks_on_one_row_lose_nothing(document, office: Office):
    mine, theirs = rows(document)[0], rows(document)[0]
    edit(mine, office, content="Của tôi")
    with pytest.raises(RowChangedError):
        edit(theirs, office, content="Của họ")
    kept = rows(document)[0]
    assert (kept.content, kept.version) == ("Của tôi", 2)
    edit(kept, office, content="Cả hai")
    assert rows(document)[0].content == "Cả hai"


@pytest.mark.parametrize(
    "act",
    [
        lambda duty, who: duties.sign(duty=duty, version=1, **who),
        lambda duty, who: duties.leave_out(duty=duty, reason="Trùng", version=1, **who),
        lambda duty, who: duties.restore(duty=duty, version=1, **who),
        lambda duty, who: duties.split(duty=duty, parts=["a", "b"], version=1, **who),
    ],
    ids=["sign", "leave_out", "restore", "split"],
)
def test_an_act_on_a_row_as_it_no_longer_is_changes_nothing(document, office: Office, act):
    stale = rows(document)[0]
    edit(rows(document)[0], office, content="Mới")
    before = snapshots.rows()
    with pytest.raises(RowChangedError):
        act(stale, {"by": office.officer, "at": make.NOW})
    assert snapshots.rows() == before


def test_a_signature_has_who_when_and_how(document, office: Office):
    row = duties.sign(duty=rows(document)[0], by=office.officer, at=make.NOW)
    row.refresh_from_db()
    assert (row.state, row.signed_by, row.signed_at, row.signed_as, row.version) == (
        State.SIGNED,
        office.officer,
        make.NOW,
        "row",
        2,
    )


@pytest.mark.parametrize(("place", "what"), [(3, "cơ quan chủ trì")])
def test_a_row_that_lacks_something_is_not_signed(document, office: Office, place, what):
    with pytest.raises(BlockingDoubtError, match=what):
        duties.sign(duty=rows(document)[place], by=office.officer, at=make.NOW)


def test_a_row_left_out_is_not_signed_before_it_is_restored(document, office: Office):
    row = duties.leave_out(duty=rows(document)[0], reason="Trùng", by=office.officer, at=make.NOW)
    with pytest.raises(RowStateError, match="không theo dõi"):
        duties.sign(duty=row, by=office.officer, at=make.NOW)
    back = duties.restore(duty=row, by=office.officer, at=make.NOW)
    assert (back.state, back.reason) == (State.PROPOSED, "")
    assert duties.sign(duty=row, by=office.officer, at=make.NOW).state == State.SIGNED


def test_a_table_is_signed_as_far_as_it_lacks_nothing(document, office: Office):
    assert duties.sign_table(document=document, by=office.officer, at=make.NOW) == 2
    assert [row.state for row in rows(document)] == [State.SIGNED, State.SIGNED, State.PROPOSED, State.PROPOSED]
    assert {row.signed_as for row in rows(document)[:2]} == {"table"}
    event = Event.objects.get(verb="directives.duty.signed_together")
    assert (event.data["count"], event.data["rows"]) == (2, [row.pk for row in rows(document)[:2]])
    assert duties.sign_table(document=document, by=office.officer, at=make.NOW) == 0
    assert duties.sign_table(document=document, origin="prose", signed_as="bulk", by=office.officer, at=make.NOW) == 1


def test_signing_a_table_overwrites_no_one(document, office: Office):
    before = duties.sign(duty=rows(document)[0], by=office.chief, at=make.NOW)
    duties.leave_out(duty=rows(document)[1], reason="Trùng", by=office.chief, at=make.NOW)
    assert duties.sign_table(document=document, by=office.officer, at=make.NOW) == 0
    assert rows(document)[0].signed_by == before.signed_by
    assert rows(document)[1].state == State.LEFT_OUT


@pytest.mark.parametrize("reason", ["", "  "])
def test_leaving_out_needs_a_reason(document, office: Office, reason):
    with pytest.raises(ReasonRequiredError):
        duties.leave_out(duty=rows(document)[0], reason=reason, by=office.officer, at=make.NOW)


def test_leaving_out_keeps_the_reason_and_drops_the_signature(document, office: Office):
    row = duties.sign(duty=rows(document)[0], by=office.officer, at=make.NOW)
    row = duties.leave_out(duty=row, reason=" Đã giao ở văn bản khác ", by=office.officer, at=make.NOW)
    assert (row.state, row.reason, row.signed_by) == (State.LEFT_OUT, "Đã giao ở văn bản khác", None)


def join(office: Office, *which: Duty) -> Duty:
    return duties.join(duties=which, by=office.officer, at=make.NOW)


def split(office: Office, row: Duty, *parts: str) -> list[Duty]:
    return duties.split(duty=row, parts=parts, by=office.officer, at=make.NOW)


def restore(office: Office, row: Duty) -> Duty:
    return duties.restore(duty=row, by=office.officer, at=make.NOW)


def test_joined_rows_become_one(document, office: Office):
    one, two, *_ = rows(document)
    Duty.objects.filter(pk=two.pk).update(restricted=True)
    whole = join(office, two, one)
    assert whole.content == "Việc một\nViệc hai"
    assert (whole.indexes, whole.spans, whole.position) == ([0, 1], one.spans + two.spans, one.position)
    assert [party["name"] for party in whole.leads] == ["Sở A", "Sở B"]
    assert [party["name"] for party in whole.coordinators] == ["Sở X"]
    assert (whole.deadline_end, whole.product, whole.restricted) == (date(2026, 5, 1), "Kế hoạch", True)
    assert shown(document) == ["Việc một\nViệc hai", "Việc ba", "Việc không ai chủ trì"]
    assert {row.state for row in whole.replaces.all()} == {State.REPLACED}


def test_a_join_is_undone(document, office: Office):
    one, two, *_ = rows(document)
    back = restore(office, join(office, one, two))
    assert back == one
    assert shown(document) == ["Việc một", "Việc hai", "Việc ba", "Việc không ai chủ trì"]
    assert document.duties.count() == 4
    assert {row.state for row in rows(document)} == {State.PROPOSED}


@pytest.mark.parametrize("which", [[], [0], [0, 0]])
def test_one_row_is_nothing_to_join(document, office: Office, which):
    with pytest.raises(NothingToJoinError):
        join(office, *[rows(document)[place] for place in which])


def test_rows_of_two_documents_are_not_joined(document, office: Office):
    with pytest.raises(NothingToJoinError):
        join(office, rows(document)[0], make.duty())


def test_a_split_row_gives_its_parts_all_but_the_content(document, office: Office):
    row = rows(document)[0]
    parts = split(office, row, "Việc một, a", " ", "Việc một, b")
    assert [(part.content, part.number, part.version, part.edited) for part in parts] == [
        ("Việc một, a", "1a", 1, True),
        ("Việc một, b", "1b", 1, True),
    ]
    for part in parts:
        assert (part.leads, part.coordinators, part.deadline_end, part.spans, part.indexes, part.product) == (
            row.leads,
            row.coordinators,
            row.deadline_end,
            row.spans,
            row.indexes,
            row.product,
        )
    assert shown(document) == ["Việc một, a", "Việc một, b", "Việc hai", "Việc ba", "Việc không ai chủ trì"]


def test_parts_of_a_part_stay_between_their_neighbours(document, office: Office):
    first, *_ = split(office, rows(document)[0], "A", "B", "C")
    split(office, first, "A1", "A2", "A3")
    middle = document.duties.get(content="B")
    split(office, middle, "B1", "B2")
    assert shown(document)[:6] == ["A1", "A2", "A3", "B1", "B2", "C"]
    assert shown(document)[6] == "Việc hai"


def test_the_last_row_is_split_too(document, office: Office):
    split(office, rows(document)[3], "Y", "Z")
    assert shown(document)[-2:] == ["Y", "Z"]


def test_a_row_without_a_number_and_many_parts(document, office: Office):
    one, two, *_ = rows(document)
    Duty.objects.filter(pk=two.pk).update(number="")
    assert {part.number for part in split(office, two, "a", "b")} == {""}
    many = split(office, one, *[f"phần {n}" for n in range(28)])
    assert [many[n].number for n in (0, 25, 26, 27)] == ["1a", "1z", "1aa", "1ab"]
    assert len({part.position for part in many}) == 28
    assert max(Duty.objects.get(pk=part.pk).position for part in many) < Decimal(2)


@pytest.mark.parametrize("parts", [[], ["một"], ["một", " ", ""]])
def test_a_split_needs_two_parts(document, office: Office, parts):
    with pytest.raises(SplitTooSmallError):
        split(office, rows(document)[0], *parts)


def test_a_split_is_undone_from_any_part(document, office: Office):
    row = rows(document)[0]
    back = restore(office, split(office, row, "a", "b", "c")[2])
    assert (back, back.state) == (row, State.PROPOSED)
    assert document.duties.count() == 4


def test_a_later_split_is_undone_first(document, office: Office):
    a, b = split(office, rows(document)[0], "a", "b")
    a1, _a2 = split(office, a, "a1", "a2")
    with pytest.raises(RowStateError):
        restore(office, b)
    assert shown(document)[:3] == ["a1", "a2", "b"]
    restore(office, a1)
    assert shown(document)[:2] == ["a", "b"]
    restore(office, b)
    assert shown(document)[0] == "Việc một"
    assert document.duties.count() == 4


def test_a_part_joined_with_another_row_is_undone_first(document, office: Office):
    a, b = split(office, rows(document)[0], "a", "b")
    whole = join(office, b, document.duties.get(content="Việc hai"))
    with pytest.raises(RowStateError):
        restore(office, a)
    restore(office, whole)
    restore(office, a)
    assert shown(document) == ["Việc một", "Việc hai", "Việc ba", "Việc không ai chủ trì"]


@pytest.mark.parametrize(
    "act",
    [
        lambda office, one, _two: edit(one, office, content="x"),
        join,
        lambda office, one, _two: split(office, one, "a", "b"),
        lambda office, one, _two: restore(office, one),
    ],
    ids=["edit", "join", "split", "restore"],
)
def test_a_row_that_was_replaced_is_left_alone(document, office: Office, act):
    one, two, *_ = rows(document)
    split(office, one, "a", "b")
    one.refresh_from_db()
    with pytest.raises(RowStateError, match="gộp hoặc tách"):
        act(office, one, two)


def approve(document: Document, office: Office, **more: object) -> None:
    for origin in ("table", "prose"):
        duties.sign_table(document=document, origin=origin, by=office.chief, at=make.NOW)
    documents.approve(document=document, by=office.chief, at=make.NOW, **more)


def test_what_was_approved_stands(document, office: Office):
    edit(rows(document)[3], office, leads=[{"name": "Sở D", "group": False}])
    approve(document, office)
    row, who = rows(document)[0], {"by": office.chief, "at": make.NOW}
    before = snapshots.rows()
    for act in (
        lambda: edit(row, office, content="x"),
        lambda: duties.sign(duty=row, **who),
        lambda: duties.leave_out(duty=row, reason="x", **who),
        lambda: restore(office, row),
        lambda: join(office, *rows(document)[:2]),
        lambda: split(office, row, "a", "b"),
    ):
        with pytest.raises(RowStateError, match="đã xác nhận"):
            act()
    assert snapshots.rows() == before


def test_a_row_left_waiting_is_worked_on_after_the_approval(document, office: Office):
    approve(document, office, leave_waiting=True)
    waiting = document.duties.get(state=State.PROPOSED)
    row = edit(waiting, office, leads=[{"name": "Sở D", "group": False}])
    a, b = split(office, row, "a", "b")
    assert restore(office, a) == row
    a, b = split(office, row, "a", "b")
    duties.sign(duty=a, by=office.officer, at=make.NOW)
    with pytest.raises(RowStateError, match="đã xác nhận"):
        restore(office, b)
    assert shown(document)[-2:] == ["a", "b"]
    assert document.duties.get(content="a").state == State.SIGNED


@pytest.mark.parametrize("state", ["quarantined", "failed", "refused"])
def test_rows_of_a_document_that_is_not_read_are_left_alone(document, office: Office, state):
    Document.objects.filter(pk=document.pk).update(state=state)
    for act in (
        lambda: edit(rows(document)[0], office, content="x"),
        lambda: duties.sign_table(document=document, by=office.officer, at=make.NOW),
    ):
        with pytest.raises(DocumentStateError):
            act()


def test_every_act_on_a_row_is_told_about_its_document(document, office: Office):
    one, two, *_ = rows(document)
    edit(one, office, content="x")
    restore(office, join(office, one, two))
    split(office, one, "a", "b")
    events = Event.objects.filter(verb__startswith="directives.duty.")
    assert {event.subject for event in events} == {f"directives.document:{document.pk}"}
    assert [event.verb.rsplit(".", 1)[1] for event in events] == ["edited", "joined", "join_or_split_undone", "split"]


class TestAdded:
    """A row that the machine did not find."""

    def add(self, document, office, **fields):
        leads = [{"name": "Sở Y", "group": False}]
        return duties.add(**{"document": document, "content": "Việc mới", "leads": leads, "by": office.officer, "at": make.NOW, **fields})  # fmt: skip # noqa: E501

    def test_it_stands_where_its_sentence_stands(self, document, office: Office):
        row = self.add(document, office, quote=" Việc \n hai ")
        text = queries.reading_of(document).text
        assert [text[span["start"] : span["end"]] for span in row.spans] == ["Việc hai"]
        assert shown(document) == ["Việc một", "Việc hai", "Việc mới", "Việc ba", "Việc không ai chủ trì"]
        assert (row.origin, row.indexes, row.state) == ("hand", [], State.PROPOSED)
        assert Event.objects.latest("sequence").verb == "directives.duty.added"

    def test_without_a_sentence_it_stands_at_the_end(self, document, office: Office):
        assert self.add(document, office).spans == []
        assert shown(document)[-1] == "Việc mới"

    def test_a_sentence_that_is_not_there_is_refused(self, document, office: Office):
        with pytest.raises(QuoteNotFoundError):
            self.add(document, office, quote="Việc một trăm")
        with pytest.raises(ContentRequiredError):
            self.add(document, office, content="  ")
        assert document.duties.count() == 4

    def test_the_first_row_of_a_document_without_any(self, office: Office):
        document = make.read(make.machine(), office=office.body)
        row = self.add(document, office, quote="Chương trình 12-CTr/TU")
        assert shown(document) == ["Việc mới"]
        duties.sign(duty=row, by=office.officer, at=make.NOW)


def test_rows_of_different_deadlines_are_not_joined(document, office: Office):
    one, two, *_ = rows(document)
    Duty.objects.filter(pk=two.pk).update(deadline_kind="date", deadline_end=date(2027, 1, 1), product="Đề án")
    with pytest.raises(DeadlinesDifferError):
        join(office, one, two)
    Duty.objects.filter(pk=two.pk).update(deadline_kind=one.deadline_kind, deadline_end=one.deadline_end)
    assert join(office, one, two).product == "Kế hoạch; Đề án"


def test_the_only_deadline_of_joined_rows_stays(document, office: Office):
    one, two, *_ = rows(document)
    Duty.objects.filter(pk=one.pk).update(deadline_kind="none", deadline_end=None)
    Duty.objects.filter(pk=two.pk).update(deadline_kind="date", deadline_end=date(2027, 1, 1))
    assert join(office, one, two).deadline_end == date(2027, 1, 1)


def test_a_row_that_changed_meanwhile_is_not_joined(document, office: Office):
    one, two, *_ = rows(document)
    with pytest.raises(RowChangedError):
        duties.join(duties=[one, two], versions={two.pk: two.version - 1}, by=office.officer, at=make.NOW)
