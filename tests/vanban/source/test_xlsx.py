"""Annexes that come as workbooks."""

import datetime as dt
import io
import unicodedata
import zipfile

import pytest
from openpyxl import Workbook

from vanban import read
from vanban.errors import TooLarge, Unreadable
from vanban.source import Limits, open_sheet

HEAD = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn thành"]


def saved(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(*rows, title="Phụ lục"):
    book = Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def grids(sheet):
    return [
        [[cell.text + "^" * cell.above + "<" * cell.left for cell in row.cells] for row in t.rows]
        for t in sheet.tables()
    ]


def codes(sheet):
    return [doubt.code for doubt in sheet.doubts]


def test_titles_then_the_table_then_what_stands_below():
    book = workbook(
        ["PHỤ LỤC"], ["(Kèm theo Kế hoạch)"], [], HEAD, [1, "Lập hồ sơ", "Sở Y tế", "Quý I/2026"], [], ["Nơi nhận"]
    )
    sheet = open_sheet(saved(book), name="a.xlsx")
    assert [line.text for line in sheet.lines()] == ["PHỤ LỤC", "(Kèm theo Kế hoạch)", "Nơi nhận"]
    assert grids(sheet) == [[HEAD, ["1", "Lập hồ sơ", "Sở Y tế", "Quý I/2026"]]]
    assert (sheet.format, codes(sheet)) == ("xlsx", [])


def test_the_duties_of_a_workbook_with_merged_leads_and_sections():
    book = workbook(
        HEAD, ["I", "Y TẾ", None, None], [1, "Lập hồ sơ", "Sở Y tế", "Quý I/2026"], [2, "Mở lớp", None, "Năm 2026"]
    )
    book.active.merge_cells("B2:D2")
    book.active.merge_cells("C3:C4")
    duties = read(saved(book)).duties
    assert [(one.number, one.lead_text, one.lead_inherited, one.section) for one in duties] == [
        ("1", "Sở Y tế", False, "I Y TẾ"),
        ("2", "Sở Y tế", True, "I Y TẾ"),
    ]
    assert duties[1].deadline.end == dt.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("value", "number_format", "printed"),
    [
        (dt.datetime(2026, 6, 30, 8, 15), "dd/mm/yyyy", "30/06/2026"),  # noqa: DTZ001 - a workbook has no zones
        (dt.date(2026, 6, 30), "d-mmm", "30/06/2026"),
        (0.955, "0.0%", "95,5%"),
        (1.0, "General", "1"),
        (2.5, "General", "2,5"),
        (12, "0", "12"),
        (True, "General", "TRUE"),
        (" hai \n dòng ", "@", "hai\ndòng"),
        (unicodedata.normalize("NFD", "Sở Y tế"), "@", "Sở Y tế"),
    ],
)
def test_cells_as_they_print(value, number_format, printed):
    book = workbook(["a", "b", "c"])
    book.active["A2"], book.active["B2"], book.active["C2"] = "x", "y", value
    book.active["C2"].number_format = number_format
    assert grids(open_sheet(saved(book)))[0][1][2] == printed


def test_a_block_of_merged_cells():
    book = workbook(["a", "b", "c"], [1, 2, 3], [4, 5, 6])
    book.active.merge_cells("A2:B3")
    assert grids(open_sheet(saved(book)))[0][1:] == [["1", "<", "3"], ["^", "^<", "6"]]


@pytest.mark.parametrize("hide", ["row", "column", "sheet"])
def test_what_is_hidden_is_left_out_and_told(hide):
    book = workbook(["a", "b", "c", "d"], ["ẩn", "ẩn", "ẩn", "ẩn"], ["e", "f", "g", "h"])
    if hide == "row":
        book.active.row_dimensions[2].hidden = True
    elif hide == "column":
        book.active.column_dimensions["B"].hidden = True
    else:
        book.create_sheet("Ẩn").sheet_state = "hidden"
    sheet = open_sheet(saved(book))
    assert codes(sheet) == ["xlsx_hidden"]
    width, height = len(grids(sheet)[0][0]), len(grids(sheet)[0])
    assert (width, height) == {"row": (4, 2), "column": (3, 3), "sheet": (4, 3)}[hide]


def test_sheets_are_named_where_there_are_several():
    book = workbook(HEAD, title="Biểu 1")
    book.create_sheet("Biểu 2").append(HEAD)
    book.create_sheet("Trống")
    sheet = open_sheet(saved(book))
    assert [line.text for line in sheet.lines()] == ["Biểu 1", "Biểu 2"]
    assert len(grids(sheet)) == 2


def test_an_empty_workbook():
    with pytest.raises(Unreadable) as caught:
        open_sheet(saved(Workbook()))
    assert caught.value.reason == "empty"


def test_a_broken_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable) as caught:
        open_sheet(file.getvalue())
    assert caught.value.reason == "xlsx_broken"


def test_too_many_cells_are_refused_before_they_are_read():
    book = workbook(*([["x"] * 30] * 300))
    with pytest.raises(TooLarge):
        open_sheet(saved(book), limits=Limits(sheets=1000))


def test_formatted_emptiness_is_no_table():
    book = workbook(HEAD, [1, "a", "b", "c"])
    book.active.cell(1_048_576, 1).number_format = "0"
    assert len(grids(open_sheet(saved(book)))[0]) == 2


def test_a_secrecy_mark_in_a_workbook_is_seen():
    from vanban.errors import Classified

    with pytest.raises(Classified):
        open_sheet(saved(workbook(["MẬT"], HEAD)))
