"""A register is received as a document, its rows are taken in, and it opens a programme that is tracked from today."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days
from register_files import HEAD, ROWS, register
from tiendo.work.directives import registers
from tiendo.work.directives.actions import documents, duties
from tiendo.work.directives.actions import registers as acts
from tiendo.work.directives.errors import (
    DocumentStateError,
    RegisterChangedError,
    RegisterRowsError,
    RowsTouchedError,
)
from tiendo.work.directives.intake.columns import Mapped
from tiendo.work.directives.models import Document, Duty, RegisterColumns
from tiendo.work.programmes.actions import programmes, tasks
from tiendo.work.programmes.errors import NothingOpenError
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries.lineage import lineage
from tiendo.work.programmes.queries.owing import silence_of
from tiendo.work.programmes.rules.terms import Silence

pytestmark = pytest.mark.django_db


def received(office, data: bytes | None = None) -> Document:
    return make.register(data or register(), office=office.body, by=office.chief)


def take_in(document: Document, by, mapped: Mapped | None = None) -> int:
    seen = registers.preview(document, mapped or registers.proposed(document, registers.sheets(document)), today=TODAY)
    return acts.take_in(document=document, mapped=seen.mapped, digest=seen.digest, by=by, at=NOW)


def opened(office):
    document = received(office)
    take_in(document, office.officer)
    duties.sign_table(document=document, by=office.chief, at=NOW)
    document = documents.approve(document=document, by=office.chief, at=NOW)
    return programmes.open(document=document, by=office.chief, at=NOW)


def test_the_rows_of_the_file_become_rows_that_wait_for_a_person(office):
    document = received(office)
    assert take_in(document, office.officer) == 5
    rows = list(document.duties.all())
    assert {row.state for row in rows} == {Duty.State.PROPOSED}
    assert [(row.done, row.done_on is not None) for row in rows] == [
        (False, False),
        (True, True),
        *[(False, False)] * 3,
    ]
    assert [row.spans[0]["row"] for row in rows] == [4, 5, 6, 7, 8]
    assert rows[1].lead_text == rows[1].leads[0]["name"]


def test_taken_in_again_under_other_columns_there_is_one_set_of_rows(office):
    document = received(office)
    take_in(document, office.officer)
    other = Mapped(0, 3, 3, {"content": 1, "lead": 3})
    take_in(document, office.officer, other)
    assert document.duties.count() == 5
    assert document.duties.first().lead_text == "Sở Y tế"
    assert registers.proposed(document, registers.sheets(document)) == other
    assert RegisterColumns.objects.count() == 1
    assert document.readings.count() == 3


def test_the_office_is_asked_for_a_head_once_and_another_office_for_itself(office):
    take_in(received(office), office.officer, Mapped(0, 3, 3, {"content": 1, "lead": 3}))
    later = received(office, register(ROWS[1:3], HEAD, titles=4))
    assert registers.proposed(later, registers.sheets(later)).columns == {"content": 1, "lead": 3}
    elsewhere = make.register(register(), office=office.elsewhere)
    assert "state" in registers.proposed(elsewhere, registers.sheets(elsewhere)).columns


def test_rows_that_somebody_worked_on_are_not_thrown_away(office):
    document = received(office)
    take_in(document, office.officer)
    duties.leave_out(duty=document.duties.first(), reason="Trùng.", by=office.officer, at=NOW)
    with pytest.raises(RowsTouchedError):
        take_in(document, office.officer)


def test_nothing_is_taken_in_while_a_row_is_refused(office):
    document = received(office, register([*ROWS, ["", "", "Sở Y tế", "", "30/6/2026", "", "", ""]]))
    before = list(document.duties.values_list("pk", flat=True))
    with pytest.raises(RegisterRowsError):
        take_in(document, office.officer)
    assert list(document.duties.values_list("pk", flat=True)) == before


def test_what_is_written_is_what_was_seen(office):
    document = received(office)
    mapped = registers.proposed(document, registers.sheets(document))
    with pytest.raises(RegisterChangedError):
        acts.take_in(document=document, mapped=mapped, digest="0" * 64, by=office.officer, at=NOW)


def test_only_a_document_that_was_read_takes_rows(office):
    document = received(office)
    documents.set_aside(document=document, reason="Gửi nhầm.", by=office.chief, at=NOW)
    with pytest.raises(DocumentStateError):
        take_in(document, office.officer)


def test_a_programme_from_a_register_does_not_open_red(office):
    programme = opened(office)
    assert programme.tracked_from == TODAY
    assert not Obligation.objects.filter(programme=programme, due__lt=TODAY).exists()
    done, late = programme.tasks.get(number="2"), programme.tasks.get(number="3")
    assert (done.done_before, done.closed_at) == (True, NOW)
    assert {silence_of(task, programme, task.assignments.all()) for task in (done, late)} == {
        Silence.DONE_BEFORE,
        Silence.NO_DATA,
    }
    assert not Obligation.objects.filter(task__in=[done, late]).exists()
    assert programme.obligations.filter(task__number__in=["1", "4"]).count() == 2


def test_work_whose_day_is_over_gets_a_new_date_by_an_event_and_what_is_done_gets_none(office):
    programme = opened(office)
    when = {"basis": "Công văn 5-CV/VP", "happened_on": TODAY, "due": days(30), "by": office.chief, "at": NOW}
    tasks.open_by_event(task=programme.tasks.get(number="3"), **when)
    assert programme.obligations.get(task__number="3").due == days(30)
    for number in ("1", "2"):
        with pytest.raises(NothingOpenError):
            tasks.open_by_event(task=programme.tasks.get(number=number), **when)


def test_the_way_back_ends_in_the_row_of_the_file(office):
    source = lineage(opened(office).tasks.get(number="3"))
    assert source.sentences == ["3\tRà soát trang thiết bị\tSở Y tế\t\t30/11/2025\tChưa hoàn thành\t\t"]
    assert source.duty.spans[0]["row"] == 6


def test_of_joined_rows_the_work_is_done_when_all_of_them_are(office):
    document = received(office, register([[n, f"Việc {n}", "Sở Y tế", "", "", said, "", ""] for n, said in
                                          ((1, "Xong"), (2, "Xong"), (3, "Đang làm"))]))  # fmt: skip
    take_in(document, office.officer)
    one, two, three = document.duties.all()
    whole = duties.join(duties=[one, two], by=office.officer, at=NOW)
    assert whole.done
    assert not duties.join(duties=[whole, three], by=office.officer, at=NOW).done
