"""Bảng đối chiếu: no line and no row is lost, and no text becomes a formula."""

import io
import re
import zipfile

import pytest
from lxml import etree

import factories as make
from tiendo.work.directives.actions import duties
from tiendo.work.directives.exports import LINES, ROWS, reconciliation_xlsx

pytestmark = pytest.mark.django_db
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content):
    """Every sheet as rows of texts; asserts that there is no formula in it."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = [e.get("name") for e in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{S}sheet")]
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            shared = ["".join(e.itertext()) for e in etree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{S}si")]
        found = {}
        for place, name in enumerate(names, start=1):
            root = etree.fromstring(book.read(f"xl/worksheets/sheet{place}.xml"))
            assert not list(root.iter(f"{S}f"))
            found[name] = [row(e, shared) for e in root.iter(f"{S}row")]
    return found


def row(element, shared):
    cells = {}
    for cell in element:
        text = "".join(cell.itertext())
        cells[column(cell.get("r"))] = shared[int(text)] if cell.get("t") == "s" else text
    return [cells.get(place, "") for place in range(max(cells, default=-1) + 1)]


def column(reference):
    place = 0
    for letter in re.match(r"[A-Z]+", reference).group():
        place = place * 26 + ord(letter) - 64
    return place - 1


@pytest.fixture
def document(office):
    rows = [
        make.row(content, office.science.name)
        for content in ("Việc một", "Việc hai; việc ba", "=HYPERLINK(1)", "Việc bốn")
    ]
    return make.read(make.machine(*rows), office=office.body, by=office.chief)


def lines_and_rows(document):
    both = list(sheets(reconciliation_xlsx(document)).values())
    return [dict(zip(LINES, cells, strict=False)) for cells in both[0][2:]], [
        dict(zip(ROWS, cells, strict=False)) for cells in both[1][2:]
    ]


def test_every_line_says_what_became_of_it(document, office):
    one, two, three, four = document.duties.all()
    duties.sign(duty=one, by=office.chief, at=make.NOW)
    duties.split(duty=two, parts=["Việc hai", "Việc ba"], by=office.chief, at=make.NOW)
    duties.leave_out(duty=three, reason="Đã có ở dòng 1", by=office.chief, at=make.NOW)
    duties.join(duties=[one, four], by=office.chief, at=make.NOW)
    lines, rows = lines_and_rows(document)
    assert [(line["Dòng của văn bản"], line["Kết quả"]) for line in lines] == [
        ("1", "chờ xem"),
        ("2", "chờ xem"),
        ("2", "chờ xem"),
        ("3", "không theo dõi"),
        ("4", "chờ xem"),
    ]
    assert lines[3]["Lý do"] == "Đã có ở dòng 1"
    assert lines[3]["Nội dung máy đọc"] == "=HYPERLINK(1)"
    assert {line["Thành dòng"] for line in lines} == {row["Dòng"] for row in rows} == {"1", "2", "3", "4"}
    assert sorted(row["Từ dòng của văn bản"] for row in rows) == ["1, 4", "2", "2", "3"]
    assert lines[0]["Thành dòng"] == lines[4]["Thành dòng"]


def test_says_who_signed_and_how(document, office):
    duties.sign_table(document=document, by=office.chief, at=make.NOW, signed_as="bulk")
    lines, rows = lines_and_rows(document)
    assert {(line["Người xác nhận"], line["Cách ký"]) for line in lines} == {(office.chief.full_name, "hàng loạt")}
    assert {line["Lúc"] for line in lines} == {"09:30 02/03/2026"}
    assert {row["Tình trạng"] for row in rows} == {"đã xác nhận dòng"}


def test_a_line_without_a_row_is_shown(document):
    document.duties.first().delete()
    lines, rows = lines_and_rows(document)
    assert lines[0]["Kết quả"] == "không còn dòng nào"
    assert len(rows) == 3


def test_an_edited_row_says_so(document):
    document.duties.filter(pk=document.duties.first().pk).update(edited=True)
    _, rows = lines_and_rows(document)
    assert [row.get("Sửa so với bản máy đọc", "") for row in rows] == ["có", "", "", ""]


def test_a_document_without_a_reading_is_an_empty_table(office):
    document = make.document(office=office.body, by=office.clerk)
    assert lines_and_rows(document) == ([], [])
