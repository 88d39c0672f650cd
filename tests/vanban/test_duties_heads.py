"""Which of several columns of one kind is meant, heads that say little, and rows that only read like a head."""

from __future__ import annotations

import pytest

from duty_tables import codes, column, leads, lined, read, sheet
from vanban.duties.grid import runs

ONE = ("1", "Trồng rừng ven biển.", "Sở Y tế", "Các cơ quan liên quan", "Quý I/2027")


def columns(head: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...] | None:
    found, _ = runs(sheet([head, row]))
    return found[0].columns if found else None


@pytest.mark.parametrize(
    ("head", "roles"),
    [
        (("TT", "Nội dung", "Cơ quan chủ trì", "Cơ quan phối hợp thực hiện"), "number content lead coordinator"),
        (("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp soạn thảo"), "number content lead coordinator"),
        (("TT", "Nhiệm vụ", "Cơ quan tham gia thực hiện", "Chủ trì"), "number content coordinator lead"),
        (("TT", "Nhiệm vụ", "Cơ quan thực hiện, phối hợp", "Thời hạn"), "number content lead deadline"),
        (("TT", "Nội dung", "Nhiệm vụ cụ thể", "Chủ trì"), "number other content lead"),
        (("TT", "Công việc", "Nội dung", "Chủ trì"), "number content other lead"),
        (("TT", "Việc", "Cơ quan thực hiện", "Cơ quan chủ trì"), "number content other lead"),
        (("TT", "Nhiệm vụ", "Cấp ủy lãnh đạo, chỉ đạo thực hiện", "Chủ trì"), "number content submitter lead"),
        (("TT", "Nội dung chỉ đạo", "Đơn vị thực hiện", "Thời hạn"), "number content lead deadline"),
        (("TT", "Hạng mục", "Đơn vị thực hiện", "Thời hạn"), "number content lead deadline"),
        (("TT", "Mục tiêu, nhiệm vụ", "Cơ quan chủ trì", "Hạn"), "number content lead deadline"),
        (("TT", "Nội dung chi tiết", "Cơ quan chủ trì", "Hạn"), "number content lead deadline"),
        (("TT", "Nhiệm vụ", "Căn cứ pháp lý", "Chủ trì", "Hạn"), "number content other lead deadline"),
        (("TT", "Nhiệm vụ", "Sở, ngành, địa phương thực hiện", "Hạn"), "number content lead deadline"),
        (("TT", "Nhiệm vụ", "Cơ quan chủ trì theo dõi, báo cáo", "Hạn"), "number content lead deadline"),
        (("TT", "Nhiệm vụ", "Lãnh đạo chỉ đạo", "Chủ trì", "Hạn"), "number content submitter lead deadline"),
        (("TT", "Nhiệm vụ", "Chủ trì", "Năm hoàn thành"), "number content lead deadline"),
        (("TT", "Nhiệm vụ", "Chủ trì", "Dự kiến hoàn thành"), "number content lead deadline"),
        (("TT", "Nhiệm vụ", "Chủ trì", "Bắt đầu", "Kết thúc"), "number content lead start deadline"),
        (("TT", "Nhiệm vụ", "Chủ trì", "Thời gian bắt đầu"), "number content lead deadline"),
        (
            ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian thực hiện", "Thời gian hoàn thành"),
            "number content lead other deadline",
        ),
    ],
)
def test_the_column_that_says_most_is_the_one(head: tuple[str, ...], roles: str) -> None:
    assert columns(head, ("1", *("x" for _ in head[1:]))) == tuple(roles.split())


@pytest.mark.parametrize("head", ["Trách nhiệm", "Phân công", "Đơn vị", "Thực hiện", "Chịu trách nhiệm"])
def test_a_head_that_says_little_is_one_of_leads_where_its_cells_name_bodies(head: str) -> None:
    assert columns(("TT", "Nội dung", head, "Thời hạn"), ("1", "Sửa đê.", "Sở Y tế chủ trì", "2027"))
    assert columns(("TT", "Nội dung", head, "Thời hạn"), ("1", "Giống lúa", "kg", "2027")) is None
    assert columns(("TT", "Nội dung", head, "Ghi chú"), ("1", "Sửa đê.", "Sở Y tế", "")) is None


def test_who_watches_over_it_stands_in_for_a_lead_only_where_there_is_none() -> None:
    roles = columns(("TT", "Nhiệm vụ", "Đồng chí phụ trách", "Hạn"), ("1", "Sửa đê.", "Đồng chí Phó Bí thư", "2027"))
    assert roles == ("number", "content", "lead", "deadline")


@pytest.mark.parametrize(
    "head",
    [
        ("TT", "Nội dung", "Đơn vị", "Số lượng", "Đơn giá", "Thành tiền"),
        ("TT", "Họ và tên", "Đơn vị", "Nhiệm vụ", "Thời gian"),
        ("TT", "Tên văn bản", "Cơ quan thực hiện", "Nội dung hết hiệu lực", "Thời điểm hết hiệu lực"),
    ],
)
def test_budgets_and_lists_of_names_are_no_tasks(head: tuple[str, ...]) -> None:
    found = read([head, ("1", "Sửa đê", "Sở Y tế", "5", "10", "50")[: len(head)]])
    assert (found.duties, "table_unread" in codes(found)) == ((), False)


@pytest.mark.parametrize("hour", ["8h00", "14 giờ 30", "Sáng 05/5", "Chiều", "07:30"])
def test_a_calendar_hour_by_hour_is_no_task_table(hour: str) -> None:
    head = ("Ngày", "Thời gian", "Nội dung", "Chủ trì", "Chuẩn bị")
    assert read([head, ("Thứ Hai", hour, "Họp giao ban", "Bí thư Đảng ủy", "Văn phòng")]).duties == ()


def test_an_hour_before_a_day_is_a_deadline() -> None:
    assert len(read(lined([(*ONE[:4], "17h00 ngày 05/10/2027")])).duties) == 1


@pytest.mark.parametrize("number", ["", "-", "+"])
@pytest.mark.parametrize("lead", ["Sở Xây dựng chủ trì", "Chủ trì: Sở Xây dựng; phối hợp: Sở Y tế", "Sở Xây dựng"])
def test_a_row_whose_words_read_like_a_head_is_a_row(number: str, lead: str) -> None:
    head = ("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn")
    found = read([head, ("1", "Trồng rừng.", "Sở Y tế", "2027"), (number, "Đề án đê biển", lead, "2028")])
    assert leads(found) == [["Sở Y tế"], ["Sở Xây dựng"]]
    assert [duty.deadline_text for duty in found.duties] == ["2027", "2028"]


@pytest.mark.parametrize("lead", ["- Chủ trì: Sở Xây dựng; - Phối hợp: Sở Y tế", "Sở Xây dựng chủ trì"])
def test_such_a_row_is_no_head_without_a_column_of_numbers_either(lead: str) -> None:
    head = ("Nội dung công việc", "Phân công thực hiện", "Thời gian")
    found = read([head, ("Chương trình đê biển", lead, "2027"), ("Dự án kè sông", lead, "2028")])
    assert column(found, "deadline_text") == ["2027", "2028"]
    assert leads(found) == [["Sở Xây dựng"]] * 2


def test_nor_where_the_table_goes_on_in_another() -> None:
    head = ("Nội dung công việc", "Phân công thực hiện", "Thời gian")
    found = read([head, ("Trồng rừng.", "Sở Y tế", "2027")], [("Đề án kè sông", "Sở Xây dựng chủ trì", "2028")])
    assert leads(found) == [["Sở Y tế"], ["Sở Xây dựng"]]


def test_beginning_and_end_are_one_period() -> None:
    head = ("TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "<")
    below = ("^", "^", "^", "Bắt đầu", "Hoàn thành")
    rows = [("1", "Trồng rừng.", "Sở Y tế", "Tháng 3/2027", "Tháng 9/2027"), ("2", "Đắp đê.", "Sở Y tế", "", "2028")]
    rows.append(("3", "Đo đạc.", "Sở Y tế", "Sau Tết", "2029"))
    texts = ["Tháng 3/2027 - Tháng 9/2027", "2028", "2029"]
    assert column(read([head, below, *rows]), "deadline_text") == texts
    flat = [("TT", "Nhiệm vụ", "Chủ trì", "Thời gian", "Thời gian"), ("", "", "", "Bắt đầu", "Hoàn thành"), *rows]
    assert column(read(flat), "deadline_text") == texts
