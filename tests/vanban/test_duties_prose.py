"""Orders in running text: found precisely, and left alone where nobody is ordered."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import duties, outline
from vanban.model import Duty, Heading
from vanban.sheet import SheetBuilder


def orders(*lines: str) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    found = duties.find(sheet, outline.build(sheet), Heading()).duties
    return [duty for duty in found if duty.origin == "prose"]


def leads(*lines: str) -> list[list[str]]:
    return [[party.name for party in duty.leads] for duty in orders(*lines)]


UNDER = "IV. TỔ CHỨC THỰC HIỆN"


def test_a_body_and_a_verb_under_the_heading() -> None:
    (duty,) = orders(
        UNDER,
        "1. Sở Xây dựng chủ trì, phối hợp với Sở Y tế và các cơ quan liên quan lập bản đồ, xong trước ngày 30/6/2027.",
    )
    assert (duty.number, duty.lead_text, duty.lead_inherited) == ("1.", "Sở Xây dựng", False)
    assert [party.name for party in duty.coordinators] == ["Sở Y tế", "các cơ quan liên quan"]
    assert duty.deadline.end == date(2027, 6, 30)
    assert duty.content.startswith("Sở Xây dựng chủ trì")
    assert duty.provision


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Ban Tuyên huấn Huyện ủy chỉ đạo báo chí đưa tin.", "Ban Tuyên huấn Huyện ủy"),
        (
            "1. Ban cán sự đảng Ủy ban nhân dân huyện tiếp tục hoàn thiện quy chế.",
            "Ban cán sự đảng Ủy ban nhân dân huyện",
        ),
        ("1. Các sở, ban, ngành căn cứ Kế hoạch này xây dựng kế hoạch riêng.", "Các sở, ban, ngành"),
        ("1. Ban Quản lý rừng phòng hộ tổ chức tuần tra.", "Ban Quản lý rừng phòng hộ"),
        ("1. Giám đốc Công an tỉnh có trách nhiệm báo cáo.", "Giám đốc Công an tỉnh"),
    ],
)
def test_the_verb_ends_the_name(text: str, lead: str) -> None:
    assert leads(UNDER, text) == [[lead]]


def test_giao_orders_anywhere() -> None:
    (duty,) = orders("I. TÌNH HÌNH", "1. Giao Sở Y tế rà soát các trạm đo, báo cáo trong quý I năm 2027.")
    assert duty.lead_text == "Sở Y tế"
    assert duty.deadline.end == date(2027, 3, 31)


def test_several_bodies() -> None:
    assert leads(UNDER, "1. Sở Y tế, Công an tỉnh và UBND các xã kiểm tra bến đò.") == [
        ["Sở Y tế", "Công an tỉnh", "UBND các xã"]
    ]


def test_tasks_below_a_body_are_that_body_s() -> None:
    found = orders(
        UNDER,
        "1. Sở Y tế",
        "a) Lập bản đồ bến đò.",
        "b) Tổ chức tập huấn cho chủ đò.",
        "2. Công an tỉnh",
        "a) Kiểm tra bến đò.",
    )
    assert [duty.lead_text for duty in found] == ["Sở Y tế", "Sở Y tế", "Công an tỉnh"]
    assert all(duty.lead_inherited for duty in found)


def test_a_line_that_ends_in_a_colon_only_names_the_body() -> None:
    found = orders(
        "Điều 3. Giao Sở Y tế thực hiện các nhiệm vụ sau:", "a) Công bố danh mục bến đò.", "b) Kiểm tra định kỳ."
    )
    assert [(duty.lead_text, duty.content[:7]) for duty in found] == [("Sở Y tế", "Công bố"), ("Sở Y tế", "Kiểm tr")]


@pytest.mark.parametrize(
    "lines",
    [
        ("I. MỤC ĐÍCH", "1. Sở Y tế chủ trì các hoạt động này từ nhiều năm nay."),
        (UNDER, "1. Lập bản đồ bến đò."),
        (UNDER, "1. Kinh phí thực hiện do ngân sách huyện bảo đảm."),
        (UNDER, "1. Sở Y tế chịu trách nhiệm thi hành Quyết định này."),
        (UNDER, "1. Trường hợp đò hỏng nặng, người lái không kịp báo, đơn vị quản lý bến phải dừng ngay mọi chuyến."),
        (UNDER, "1. Quản lý bến đò theo quy định."),
        ("I. NHIỆM VỤ", "1. Nâng cao trách nhiệm của các cấp", "Các cấp ủy tiếp tục học tập."),
        ("Giao thông đường thủy phát triển nhanh.",),
        ("Giao lưu văn hóa giữa các xã.",),
    ],
)
def test_what_orders_nothing_of_a_named_body(lines: tuple[str, ...]) -> None:
    assert orders(*lines) == []


def test_a_colon_ends_the_name_and_a_label_is_no_order() -> None:
    assert leads("I. TÌNH HÌNH", "1. Giao Sở Y tế: Chỉ đạo các trạm chủ trì đo mưa.") == [["Sở Y tế"]]
    assert orders(UNDER, "1. Đơn vị phối hợp: Các trạm chủ trì đo mưa.") == []


def test_brackets_in_a_name_hide_no_verb_and_make_none() -> None:
    assert leads(UNDER, "1. Sở Y tế (cơ quan chủ trì)", "a) Lập danh sách bến đò.") == [["Sở Y tế"]]


def test_lists_of_tasks_are_not_read_twice() -> None:
    assert orders(UNDER, "1. Sở Y tế chủ trì lập bản đồ", "- Cơ quan chủ trì: Sở Y tế.", "- Thời hạn: năm 2027.") == []


def of(heading: Heading, *lines: str) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    return [duty for duty in duties.find(sheet, outline.build(sheet), heading).duties if duty.origin == "prose"]


ORDER = "1. Sở Xây dựng khẩn trương kiểm tra cầu cũ."


@pytest.mark.parametrize(
    "heading",
    [
        Heading(kind="Chỉ thị"),
        Heading(kind="Công điện"),
        Heading(kind="Thông báo", title="KẾT LUẬN CỦA CHỦ TỊCH UBND TỈNH TẠI CUỘC HỌP"),
    ],
)
def test_kinds_whose_every_item_orders(heading: Heading) -> None:
    assert [duty.lead_text for duty in of(heading, ORDER)] == ["Sở Xây dựng"]
    assert of(Heading(kind="Báo cáo"), ORDER) == []


def test_a_letter_orders_behind_its_opening() -> None:
    opening = "Chủ tịch UBND tỉnh yêu cầu các sở, ngành:"
    assert [duty.lead_text for duty in of(Heading(kind="Công văn"), opening, ORDER)] == ["Sở Xây dựng"]
    assert of(Heading(kind="Công văn"), ORDER) == []
    assert of(Heading(kind="Tờ trình"), opening, ORDER) == []


@pytest.mark.parametrize(
    "heading",
    [
        Heading(kind="Thông tư", symbol="5/2026/TT-BYT"),
        Heading(kind="Quyết định", symbol="31/2026/QĐ-UBND"),
        Heading(kind="Quyết định", symbol="31/QĐ-UBND", title="Ban hành Quy chế làm việc"),
    ],
)
def test_general_law_orders_no_tasks(heading: Heading) -> None:
    assert of(heading, UNDER, ORDER, "2. Giao Sở Y tế báo cáo.") == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Xây dựng đã tập trung kiểm tra cầu cũ.",
        "1. Các nội dung khác thực hiện theo quy định.",
        "1. Sở Xây dựng có Văn bản số 01/SXD ngày 30/7/2026 báo cáo kết quả.",
        "- Thanh tra, kiểm tra chặt chẽ các nguồn thải.",
        "Thực hiện Nghị quyết số 5/NQ-CP, các sở tập trung triển khai.",
        "Căn cứ Luật Đất đai;",
    ],
)
def test_what_tells_is_no_order(text: str) -> None:
    assert of(Heading(kind="Chỉ thị"), "I. YÊU CẦU", text) == []


def test_several_bodies_before_a_colon_and_coordinators_without_a_word() -> None:
    (duty,) = of(Heading(kind="Chỉ thị"), "1. Các sở: Y tế, Nội vụ phối hợp Sở Tài chính; UBND các xã rà soát.")
    assert [party.name for party in duty.leads] == ["Sở Y tế", "Sở Nội vụ"]
    assert [party.name for party in duty.coordinators] == ["Sở Tài chính", "UBND các xã"]
