"""Reading documents: how far they are, what the machine doubts, and the way back to the sentence."""

from __future__ import annotations

import pytest

import factories as make
from tiendo.work.directives import queries
from tiendo.work.directives.actions import duties
from tiendo.work.directives.exports import reconciliation_xlsx
from tiendo.work.directives.models import Document
from vanban import model
from workbooks import cells
from worlds import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(office: Office) -> Document:
    doubts = [
        model.Doubt(code="late", message="Thời hạn lạ", severity="note", duty=0),
        model.Doubt(code="lead", message="Chưa rõ chủ trì", severity="blocking", duty=0),
        model.Doubt(code="number", message="Số nhảy", duty=1),
        model.Doubt(code="heading_symbol", message="Chưa thấy số", severity="check"),
        model.Doubt(code="two_annexes", message="Hai phụ lục", severity="check"),
    ]
    seen = make.machine(
        make.row("Việc một", "Sở A"), make.row("Việc hai", "Sở B"), make.row("=SUM(A1)", "Sở C"), doubts=doubts
    )
    return make.read(seen, office=office.body, by=office.clerk)


def split_first(document: Document, office: Office) -> None:
    one, two, _ = document.duties.all()
    a, _b = duties.split(duty=one, parts=["a", "b"], by=office.officer, at=make.NOW)
    duties.sign(duty=a, by=office.officer, at=make.NOW)
    duties.leave_out(duty=two, reason="Trùng", by=office.officer, at=make.NOW)


def test_progress_counts_rows_that_stand(document, office: Office):
    assert queries.progress(document) == queries.Progress(total=3, signed=0, left_out=0, waiting=3)
    split_first(document, office)
    far = queries.progress(document)
    assert far == queries.Progress(total=4, signed=1, left_out=1, waiting=2)
    assert far.seen == 2


def test_progress_of_many_is_one_query(document, django_assert_num_queries):
    empty = make.document()
    with django_assert_num_queries(1):
        found = queries.progress_of([document, empty])
    assert found == {document.pk: queries.Progress(3, 0, 0, 3), empty.pk: queries.Progress(0, 0, 0, 0)}


def test_doubts_of_a_row_the_costliest_first(document, office: Office):
    reading = queries.reading_of(document)
    one, two, three = document.duties.all()
    assert [doubt.code for doubt in queries.doubts_of(reading, one)] == ["lead", "late"]
    assert queries.doubts_of(reading, three) == []
    whole = duties.join(duties=[one, two], by=office.officer, at=make.NOW)
    assert [doubt.code for doubt in queries.doubts_of(reading, whole)] == ["lead", "number", "late"]


def test_a_doubt_about_the_heading_is_settled_once_written(document):
    reading = queries.reading_of(document)
    assert [doubt.code for doubt in queries.general_doubts(document, reading)] == ["two_annexes"]
    document.symbol = ""
    assert [doubt.code for doubt in queries.general_doubts(document, reading)] == ["heading_symbol", "two_annexes"]


def test_a_row_leads_back_to_its_sentence(document, office: Office):
    one, two, _ = document.duties.all()
    source = queries.source_of(one)
    assert (source.document, source.duty, source.sentences) == (document, one, ["Việc một"])
    assert source.pieces[0].page == 1
    whole = duties.join(duties=[one, two], by=office.officer, at=make.NOW)
    assert queries.source_of(whole).sentences == ["Việc một", "Việc hai"]
    part = duties.split(duty=whole, parts=["x", "y"], by=office.officer, at=make.NOW)[1]
    assert queries.source_of(part).sentences == ["Việc một", "Việc hai"]


def test_without_a_reading_there_is_no_way_back(document):
    duty = document.duties.all()[0]
    document.readings.update(document=make.document())
    assert queries.reading_of(document) is None
    assert queries.source_of(duty) is None
    assert queries.reconcile(document) == []


def test_no_line_of_the_document_is_lost(document, office: Office):
    split_first(document, office)
    lines = queries.reconcile(document)
    assert [(line.index, line.machine.content, [row.content for row in line.rows]) for line in lines] == [
        (0, "Việc một", ["a", "b"]),
        (1, "Việc hai", ["Việc hai"]),
        (2, "=SUM(A1)", ["=SUM(A1)"]),
    ]
    duties.join(
        duties=[document.duties.get(content="b"), document.duties.get(content="=SUM(A1)")], by=office.chief, at=make.NOW
    )
    assert [[row.content for row in line.rows] for line in queries.reconcile(document)] == [
        ["a", "b\n=SUM(A1)"],
        ["Việc hai"],
        ["b\n=SUM(A1)"],
    ]


def test_the_reconciliation_goes_both_ways(document, office: Office):
    split_first(document, office)
    book = reconciliation_xlsx(document)
    lines, rows = cells(book, 1), cells(book, 2)
    assert lines[0] == ["Bảng đối chiếu Chương trình 12-CTr/TU"]
    assert [row[3] for row in lines[2:]] == ["Việc một", "Việc một", "Việc hai", "=SUM(A1)"]
    assert lines[4][6:8] == ["không theo dõi", "Trùng"]
    assert lines[2][9:] == [str(office.officer), "09:30 02/03/2026", "từng dòng"]
    assert [row[2] for row in rows[2:]] == ["a", "b", "Việc hai", "=SUM(A1)"]
    assert [row[8] for row in rows[2:]] == ["1", "1", "2", "3"]


def test_a_line_of_which_nothing_came_says_so(document):
    document.duties.filter(content="Việc hai").delete()
    assert cells(reconciliation_xlsx(document), 1)[3][6] == "không còn dòng nào"
