"""Task tables: heads, sections, cut rows, inherited leads, and tables that are none."""

from __future__ import annotations

from datetime import date

import pytest

from duty_tables import HEAD, codes, column, leads, lined, read, sheet
from vanban.duties.grid import runs

ONE = ("1", "Trồng rừng ven biển.", "Sở Y tế", "Các cơ quan liên quan", "Quý I/2027")
TWO = ("2", "Nạo vét kênh mương.", "Sở Xây dựng", "", "Thường xuyên")


def test_a_row_becomes_a_duty_with_all_its_fields() -> None:
    duty = read(lined([ONE])).duties[0]
    assert (duty.origin, duty.number, duty.content) == ("table", "1", "Trồng rừng ven biển.")
    assert (duty.lead_text, duty.lead_inherited) == ("Sở Y tế", False)
    assert [party.name for party in duty.leads] == ["Sở Y tế"]
    assert [(party.name, party.group) for party in duty.coordinators] == [("Các cơ quan liên quan", True)]
    assert (duty.deadline.kind, duty.deadline.end) == ("period", date(2027, 3, 31))
    assert duty.section is None


def test_spans_point_to_the_row_in_the_text() -> None:
    page = sheet("Kế hoạch", lined([ONE, TWO]))
    found = read("Kế hoạch", lined([ONE, TWO]))
    span = found.duties[1].spans[0]
    assert page.text[span.start : span.end].split("\t")[:2] == ["2", "Nạo vét kênh mương."]
    assert (span.table, span.row) == (0, 2)


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        (("STT", "Nhiệm vụ", "Đơn vị thực hiện", "Thời hạn"), ("number", "content", "lead", "deadline")),
        (("Số TT", "Nhiệm vụ, giải pháp", "CHỦ TRÌ", "PHỐI HỢP"), ("number", "content", "lead", "coordinator")),
        (("TT", "Cơ quan chủ trì", "Nội dung công việc", "Tiến độ"), ("number", "lead", "content", "deadline")),
        (("Nội dung", "Đơn vị chủ trì", "Sản phẩm"), ("content", "lead", "product")),
        (
            ("TT", "Tên đề án", "Cấp trình", "Cơ quan chủ trì [1]", "Ghi chú"),
            ("number", "content", "submitter", "lead", "note"),
        ),
        (("TT", "Công việc", "Cơ quan chịu trách nhiệm", "Kinh phí"), ("number", "content", "lead", "money")),
        (("TT", "Thuộc nhóm nhiệm vụ", "Nội dung nhiệm vụ", "Chủ trì"), ("number", "category", "content", "lead")),
        (("TT", "Tên dự án", "Nội dung chính", "Cơ quan chủ trì"), ("number", "content", "category", "lead")),
        (
            ("TT", "Tên dự án luật", "Chủ trì thẩm tra", "Tham gia thẩm tra"),
            ("number", "content", "lead", "coordinator"),
        ),
        (("TT", "Nội dung", "Phân công thực hiện", "Kết quả dự kiến"), ("number", "content", "lead", "product")),
    ],
)
def test_heads_in_many_words_and_orders(head: tuple[str, ...], roles: tuple[str, ...]) -> None:
    found, strange = runs(sheet([head, ["1", *("x" for _ in head[1:])]]))
    assert found[0].columns == roles
    assert strange == []


@pytest.mark.parametrize(
    "head",
    [
        ("TT", "Mã thủ tục hành chính", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Cơ quan thực hiện"),
        ("Bước", "Nội dung công việc", "Đơn vị thực hiện", "Thời gian"),
        ("Các bước", "Nội dung công việc", "Trách nhiệm thực hiện", "Thời gian (ngày làm việc)"),
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026", "Cơ quan chủ trì"),
        ("TT", "Nội dung", "Kinh phí", "Ghi chú"),
        ("TT", "Tên văn bản", "Ngày ban hành"),
        ("TT", "Nội dung", "Địa điểm thực hiện"),
        ("1", "Nội dung công việc", "Cơ quan chủ trì", "Thời gian"),
    ],
)
def test_tables_that_are_no_task_tables(head: tuple[str, ...]) -> None:
    assert read([head, ["1", "a", "Sở Y tế", "2027", ""]]).duties == ()


@pytest.mark.parametrize("time", ["0,5 ngày", "03 ngày làm việc", "4 giờ"])
def test_steps_of_a_procedure_are_no_duties(time: str) -> None:
    steps = [(str(number), "Tiếp nhận hồ sơ", "Bộ phận Một cửa", "", time) for number in range(1, 4)]
    assert read(lined(steps)).duties == ()


def test_a_head_of_two_rows() -> None:
    head = [
        ("TT", "Nội dung nhiệm vụ", "Phân công thực hiện", "<", "Thời gian"),
        ("^", "^", "Chủ trì", "Phối hợp", "^"),
    ]
    duty = read([*head, ONE]).duties[0]
    assert (duty.lead_text, duty.coordinator_text, duty.deadline_text) == (ONE[2], ONE[3], ONE[4])


def test_a_row_that_counts_the_columns_is_no_duty() -> None:
    assert column(read([HEAD, ("(1)", "(2)", "(3)", "(4)", "(5)"), ONE]), "number") == ["1"]


def test_a_title_row_above_the_head_is_passed_over() -> None:
    assert column(read([("BẢNG PHÂN CÔNG", "<", "<", "<", "<"), HEAD, ONE]), "number") == ["1"]


def test_a_blank_lead_means_the_one_above() -> None:
    found = read(lined([ONE, ("2", "Sửa đê.", "", "", "2027"), ("3", "Đắp đập.", "Sở Xây dựng", "", "2027")]))
    assert leads(found) == [["Sở Y tế"], ["Sở Y tế"], ["Sở Xây dựng"]]
    assert column(found, "lead_inherited") == [False, True, False]
    assert "lead_inherited" in codes(found)


def test_only_a_merged_cell_hands_on_coordinators_and_deadlines() -> None:
    merged = ("2", "Sửa đê.", "^", "^", "^")
    blank = ("3", "Đắp đập.", "", "", "")
    found = read(lined([ONE, merged, ("4", "Đo đạc.", "Sở Xây dựng", "", "2027"), ("5", "Vẽ.", "", "", "2027")]))
    assert column(found, "coordinator_text") == [ONE[3], ONE[3], "", ""]
    assert column(found, "deadline_text") == [ONE[4], ONE[4], "2027", "2027"]
    assert read(lined([ONE, blank])).duties[1].coordinator_text == ""


def test_a_merged_number_is_no_number() -> None:
    found = read(lined([ONE, ("^", "- Sửa đê.", "^", "^", "2028")]))
    assert column(found, "number") == ["1", None]
    assert column(found, "content")[1] == "- Sửa đê."


@pytest.mark.parametrize(
    ("row", "section"),
    [
        (("I", "Về thể chế", "", "", ""), "I Về thể chế"),
        (("II.", "Về hạ tầng", "<", "<", "<"), "II. Về hạ tầng"),
        (("A", "NHÓM MỘT", "", "", ""), "A NHÓM MỘT"),
        (("III. Về đào tạo", "<", "<", "<", "<"), "III. Về đào tạo"),
        (("", "NHÓM NHIỆM VỤ CHUNG", "", "", ""), "NHÓM NHIỆM VỤ CHUNG"),
        (("B.", "SỞ Y TẾ", "", "^", "^"), "B. SỞ Y TẾ"),
    ],
)
def test_section_rows_name_what_follows(row: tuple[str, ...], section: str) -> None:
    found = read(lined([row, ONE, TWO]))
    assert column(found, "section") == [section, section]


def test_a_number_with_children_heads_a_section() -> None:
    found = read(
        lined(
            [("1", "Về thể chế", "", "", ""), ("1.1", "Sửa đê.", "Sở Y tế", "", "2027"), ("2", "Vẽ.", "", "", "2027")]
        )
    )
    assert column(found, "number") == ["1.1", "2"]
    assert column(found, "section")[0] == "1 Về thể chế"


def test_a_lead_is_not_inherited_across_a_section() -> None:
    found = read(lined([ONE, ("II", "Về hạ tầng", "", "", ""), ("1", "Sửa đê.", "", "", "2027")]))
    assert found.duties[1].lead_text == ""
    assert [(doubt.code, doubt.severity, doubt.duty) for doubt in found.doubts] == [("no_lead", "blocking", 1)]


def test_a_line_of_dots_ends_a_section() -> None:
    found = read(lined([("I", "Về thể chế", "", "", ""), ONE, ("…………", "", "", "", ""), TWO]))
    assert column(found, "section") == ["I Về thể chế", None]


def test_a_row_cut_by_a_page_end_is_joined() -> None:
    cut = ("1", "Trồng rừng ven biển, chăm sóc và", "Sở Y tế", "Các cơ quan", "2027")
    found = read(lined([cut]), "", lined([("", "bảo vệ rừng.", "", "liên quan", ""), TWO]))
    assert column(found, "content") == ["Trồng rừng ven biển, chăm sóc và bảo vệ rừng.", TWO[1]]
    assert found.duties[0].coordinator_text == "Các cơ quan liên quan"
    assert len(found.duties[0].spans) == 2
    assert codes(found) == ["row_joined"]


def test_a_cut_coordinator_alone_is_joined_too() -> None:
    cut = ("1", "Trồng rừng.", "Sở Y tế", "Sở Nội vụ, các cơ quan", "2027")
    found = read(lined([cut]), "3", lined([("", "", "", "liên quan", ""), TWO]))
    assert found.duties[0].coordinator_text == "Sở Nội vụ, các cơ quan liên quan"
    assert len(found.duties) == 2


@pytest.mark.parametrize(
    "row",
    [
        ("", "- Chăm sóc rừng.", "", "", ""),
        ("", "Chăm sóc rừng.", "", "", ""),
        ("", "Chăm sóc rừng.", "^", "^", "^"),
    ],
)
def test_a_row_without_a_number_that_begins_anew_is_a_duty(row: tuple[str, ...]) -> None:
    found = read(lined([ONE, row]))
    assert len(found.duties) == 2
    assert leads(found)[1] == ["Sở Y tế"]


def test_pages_of_one_table_are_one_table() -> None:
    found = read(lined([ONE]), "", "12", lined([("2", "Sửa đê.", "", "", "2027")]), [("3", "Vẽ.", "", "", "2027")])
    assert leads(found) == [["Sở Y tế"]] * 3
    assert "tables_many" not in codes(found)


def test_a_title_between_two_tables_makes_them_two() -> None:
    found = read(lined([ONE]), "PHỤ LỤC II", lined([("1", "Sửa đê.", "", "", "2027")]))
    assert found.duties[1].lead_text == ""
    assert set(codes(found)) == {"no_lead", "tables_many"}


def test_a_table_of_another_kind_ends_the_run() -> None:
    other = [("TT", "Chỉ tiêu", "Đơn vị tính", "Số tiền", "Ghi chú"), ("1", "Gạo", "tấn", "5", "")]
    assert len(read(lined([ONE]), other).duties) == 1


def test_a_table_of_another_width_ends_the_run() -> None:
    assert len(read(lined([ONE]), [("a", "b")], lined([TWO])).duties) == 2


def test_many_lines_between_end_the_run() -> None:
    found = read(lined([ONE]), *["một câu"] * 6, [("2", "Sửa đê.", "", "", "2027")])
    assert len(found.duties) == 1


def test_product_is_kept_raw_and_clean() -> None:
    head = ("TT", "Nhiệm vụ", "Chủ trì", "Sản phẩm")
    found = read([head, ("1", "Sửa đê.", "Sở Y tế", "- Báo cáo;"), ("2", "Vẽ.", "Sở Y tế", "")])
    assert column(found, "product_text") == ["- Báo cáo;", ""]
    assert column(found, "product") == ["Báo cáo", None]


def test_content_that_spans_several_leads_makes_a_duty_of_each() -> None:
    found = read(lined([ONE, ("^", "^", "Sở Xây dựng", "", "^")]))
    assert column(found, "content") == [ONE[1], ONE[1]]
    assert leads(found) == [["Sở Y tế"], ["Sở Xây dựng"]]


def test_a_row_that_is_covered_all_over_adds_nothing() -> None:
    assert len(read(lined([("^", "^", "^", "^", "^"), ONE, ("^", "^", "^", "^", "^")])).duties) == 1
    assert read(lined([("", "^", "Sở Y tế", "", "")])).duties == ()


def test_an_empty_table_or_sheet_has_none() -> None:
    assert read().duties == ()
    assert read([HEAD]).duties == ()
    assert read([HEAD, ("", "", "", "", "")]).duties == ()


def test_blank_rows_and_a_number_alone_are_passed_over() -> None:
    found = read(lined([ONE, ("", "", "", "", ""), ("2", "", "", "", ""), ("3", "Vẽ.", "Sở Y tế", "", "2027")]))
    assert column(found, "number") == ["1", "3"]


@pytest.mark.parametrize("same", ["nt", "-nt-", "n.t", "//", "Như trên", "”"])
def test_marks_that_mean_the_same_as_above(same: str) -> None:
    found = read(lined([ONE, ("2", "Nạo vét kênh mương.", same, same, same)]))
    first, second = found.duties
    assert (second.leads, second.coordinators, second.deadline) == (first.leads, first.coordinators, first.deadline)
    assert (second.lead_inherited, codes(found)) == (True, [])


def test_a_line_between_two_tables_titles_what_follows() -> None:
    found = read(lined([ONE]), "II. Đường thủy", [TWO])
    assert column(found, "section") == [None, "II. Đường thủy"]


def test_a_row_put_behind_another_is_read() -> None:
    wide = [*HEAD, "", "", "", "", "", ""]
    row = [*ONE, "…", *TWO]
    found = read([wide, row])
    assert column(found, "number") == ["1", "2"]
    assert leads(found) == [["Sở Y tế"], ["Sở Xây dựng"]]


def test_the_foot_of_a_portal_is_no_row() -> None:
    foot = ["Địa chỉ:", "Phố Giả Định", "Điện thoại:", "028", "E-mail: x"]
    assert column(read(lined([ONE, foot])), "number") == ["1"]


def test_a_head_in_two_rows_without_merges() -> None:
    upper = ["", "TT", "Nội dung nhiệm vụ", "Phân công", "Thời gian"]
    lower = ["", "", "", "Chủ trì", "Phối hợp"]
    found = read([upper, lower, ["1", "Trồng rừng.", "Sở Y tế", "Tỉnh đoàn", "Năm 2027"]])
    assert leads(found) == [["Sở Y tế"]]
    assert found.duties[0].coordinator_text == "Tỉnh đoàn"
    assert found.duties[0].deadline.end == date(2027, 12, 31)


def test_blank_leads_are_doubted_once_for_their_rows() -> None:
    rows = [ONE, ("2", "Đắp đê.", "", "", "2027"), ("3", "Lát đường.", "", "", "2027"), ("4", *TWO[1:])]
    found = read(lined(rows))
    assert codes(found) == ["lead_inherited"]
    assert "2 dòng" in found.doubts[0].message
