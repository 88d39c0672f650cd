"""Titles between the rows: bodies that lead what stands below, parts of a task; sums; printed lines taken for rows."""

from __future__ import annotations

import pytest

from duty_tables import codes, column, leads, lined, read
from vanban import duties
from vanban.duties.sections import body_of
from vanban.model import Heading, Outline
from vanban.sheet import RawCell, SheetBuilder

ONE = ("1", "Trồng rừng ven biển.", "Sở Y tế", "Các cơ quan liên quan", "Quý I/2027")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Ban Tổ chức Tỉnh ủy", "Ban Tổ chức Tỉnh ủy"),
        ("SỞ TÀI CHÍNH", "Sở Tài chính"),
        ("NHIỆM VỤ CỦA SỞ NỘI VỤ", "Sở Nội vụ"),
        ("Nội dung do Công an tỉnh thực hiện", None),
        ("Sở Nội vụ (02 nhiệm vụ)", "Sở Nội vụ"),
        ("CÔNG AN TỈNH", "Công an tỉnh"),
        ("Giao Sở Y tế:", "Sở Y tế"),
        ("CHÍNH PHỦ SỐ", None),
        ("Chính phủ số", None),
        ("Công an nhân dân", None),
        ("THANH TRA, KIỂM TRA", None),
        ("Hội nghị, hội thảo", None),
        ("Ban hành văn bản", None),
        ("Đảng bộ trong sạch, vững mạnh", None),
        ("Các sở, ngành", None),
        ("Sở Y tế, Sở Nội vụ", None),
        ("Nhiệm vụ thường xuyên", None),
        ("Sở Y tế rà soát trạm xá", None),
        ("", None),
    ],
)
def test_a_title_that_is_a_body(title: str, body: str | None) -> None:
    assert body_of(title) == body


def test_a_section_that_is_a_body_leads_the_rows_below_where_their_lead_is_blank() -> None:
    rows = [("I", "NHIỆM VỤ CỦA SỞ NỘI VỤ", "", "", ""), ("1", "Trồng rừng.", "", "", "2027")]
    rows += [
        ("II", "Sở Tài chính", "", "", ""),
        ("2", "Sửa đê.", "", "", "2027"),
        ("3", "Đo đạc.", "Sở Y tế", "", "2028"),
    ]
    rows += [("III", "Việc chung", "", "", ""), ("4", "Vẽ bản đồ.", "", "", "2028")]
    found = read(lined(rows))
    assert leads(found) == [["Sở Nội vụ"], ["Sở Tài chính"], ["Sở Y tế"], []]
    assert column(found, "lead_inherited") == [True, True, False, False]
    assert "lead_inherited" in codes(found)


def test_a_table_without_a_column_of_leads_is_read_where_its_sections_are_bodies() -> None:
    head = ("TT", "Nội dung công việc", "Thời gian trình", "Cấp trình")
    rows = [("I", "Ban Tổ chức Tỉnh ủy", "", ""), ("1", "Đề án vị trí việc làm", "Tháng 3/2027", "Ban Thường vụ")]
    rows += [("II", "Đảng ủy UBND tỉnh", "", ""), ("2", "Báo cáo quý", "Hằng quý", "Ban Thường vụ")]
    assert leads(read([head, *rows])) == [["Ban Tổ chức Tỉnh ủy"], ["Đảng ủy UBND tỉnh"]]
    assert read([head, ("I", "Việc chung", "", ""), *rows[1:2]]).duties == ()
    assert "table_unread" in codes(read([head, *rows[1:2]]))


@pytest.mark.parametrize("number", ["-", "+", "", "a)"])
def test_a_title_above_its_parts_is_no_duty(number: str) -> None:
    rows = [ONE, ("2", "Thủy lợi", "", "", ""), (number, "Nạo vét kênh", "Sở Xây dựng", "", "2027")]
    found = read(lined(rows))
    assert column(found, "content") == ["Trồng rừng ven biển.", "Nạo vét kênh"]
    assert column(found, "section") == [None, "2 Thủy lợi"]


def test_a_row_without_a_lead_above_one_that_has_its_own_number_stays_a_row() -> None:
    rows = [ONE, ("2", "Nạo vét kênh", "", "", ""), ("3", "Đắp đê", "Sở Xây dựng", "", "2027")]
    assert column(read(lined(rows)), "number") == ["1", "2", "3"]


def test_the_section_ends_with_the_last_of_its_parts() -> None:
    rows = [("2", "Thủy lợi", "", "", ""), ("2.1", "Kênh mương:", "", "", "")]
    rows += [("a", "Khảo sát", "Sở Y tế", "", "2027"), ("b", "Nạo vét", "Sở Y tế", "", "2027")]
    rows += [("2.2", "Đê biển", "Sở Xây dựng", "", "2027"), ("2.3", "Kè sông", "Sở Xây dựng", "", "2027")]
    titles = ["2.1 Kênh mương:", "2.1 Kênh mương:", "2 Thủy lợi", "2 Thủy lợi"]
    assert column(read(lined(rows)), "section") == titles


@pytest.mark.parametrize("text", ["Tổng số: 02 nhiệm vụ", "Tổng cộng", "Cộng:", "Tổng (02 việc)"])
def test_a_sum_is_no_part_of_the_row_above(text: str) -> None:
    assert column(read(lined([ONE, ("", text, "", "", "")])), "content") == ["Trồng rừng ven biển."]
    assert column(read(lined([ONE, (text, "", "", "", "02")])), "content") == ["Trồng rừng ven biển."]


def test_a_printed_line_taken_for_a_row_goes_on_with_the_row_above() -> None:
    rows = [("1", "Lập đề án cây xanh giai đoạn 2027 -", "Sở Khoa học và Công", "Sở Tài chính, Sở Nội", "Quý")]
    rows += [("", "2030", "nghệ", "vụ", "III/2027"), ("2", "Đo đạc", "Sở Y tế", "", "2027")]
    found = read(lined(rows))
    assert column(found, "content") == ["Lập đề án cây xanh giai đoạn 2027 - 2030", "Đo đạc"]
    assert leads(found)[0] == ["Sở Khoa học và Công nghệ"]
    assert column(found, "deadline_text")[0] == "Quý III/2027"
    assert "row_joined" in codes(found)


@pytest.mark.parametrize("lead", ["Sở Nội vụ", "các sở, ngành"])
def test_a_row_with_a_lead_of_its_own_goes_on_with_none(lead: str) -> None:
    rows = [("1", "Lập đề án cây xanh", "Sở Y tế", "", "2027"), ("", "rà soát đất trống", lead, "", "2028")]
    assert len(read(lined(rows)).duties) == 2


def test_two_rows_side_by_side_that_a_page_cut_are_each_whole() -> None:
    head = ["TT", "Nội dung", "Chủ trì", "Thời hạn", "", "", "", ""]
    rows = [["1", "Trồng rừn", "Sở Y", "2027", "2", "Sửa", "Sở Xây", "Quý"]]
    cut = [["", "g ven biển", "tế", "", "", "đê", "dựng", "I/2028"]]
    builder = SheetBuilder("pdf")
    builder.table([[RawCell(text) for text in row] for row in [head, *rows, *cut]], pages=[1, 1, 2])
    found = duties.find(builder.build(), Outline(), Heading())
    assert column(found, "content") == ["Trồng rừng ven biển", "Sửa đê"]
    assert leads(found) == [["Sở Y tế"], ["Sở Xây dựng"]]
    assert column(found, "deadline_text") == ["2027", "Quý I/2028"]
