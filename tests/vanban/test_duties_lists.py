"""Itemised tasks with labelled fields. The outline is the real one: these tests read small plain texts."""

from __future__ import annotations

from vanban import duties, outline
from vanban.duties import Found
from vanban.duties.lists import printed_label
from vanban.model import Heading, Provision, Span
from vanban.sheet import SheetBuilder

FLAT = """II. NHIỆM VỤ

1. Lập bản đồ ngập lụt cho các xã ven sông

- Cơ quan chủ trì: Sở Xây dựng.

- Cơ quan phối hợp: Sở Y tế và các cơ quan có liên quan.

- Thời gian thực hiện: quý II năm 2027.

- Sản phẩm: Bản đồ số.

2. Mua thuyền cứu hộ

- Đơn vị thực hiện: Công an tỉnh.

- Thời hạn: trước ngày 30 tháng 9 năm 2027.
"""

DEEP = """II. NHIỆM VỤ

1. Về hạ tầng

1.1. Trạm đo mưa:

a) Nhiệm vụ: Lắp đặt trạm đo mưa tại các xã vùng cao.

b) Cơ quan thực hiện:

- Đơn vị chủ trì: Sở Y tế.

- Đơn vị phối hợp: Các sở, ngành.

c) Thời gian thực hiện: Thường xuyên.

1.2. Nhân lực:

a) Nhiệm vụ:

- Tuyển quan trắc viên.

- Tập huấn quan trắc viên.

b) Cơ quan thực hiện:

- Đơn vị chủ trì: Sở Nội vụ.

c) Thời gian thực hiện: Hoàn thành trong năm 2027.
"""


def read(text: str) -> Found:
    builder = SheetBuilder("text")
    for line in text.splitlines():
        builder.line(line)
    sheet = builder.build()
    return duties.find(sheet, outline.build(sheet), Heading())


def listed(text: str) -> list[tuple[str | None, str, list[str], str]]:
    found = [duty for duty in read(text).duties if duty.origin == "list"]
    return [(duty.number, duty.content, [lead.name for lead in duty.leads], duty.deadline.kind) for duty in found]


def test_fields_below_a_numbered_title() -> None:
    assert listed(FLAT) == [
        ("1.", "Lập bản đồ ngập lụt cho các xã ven sông", ["Sở Xây dựng"], "period"),
        ("2.", "Mua thuyền cứu hộ", ["Công an tỉnh"], "date"),
    ]


def test_the_other_fields_and_the_place() -> None:
    first, second = read(FLAT).duties
    assert [party.name for party in first.coordinators] == ["Sở Y tế", "các cơ quan có liên quan"]
    assert (first.product, second.product) == ("Bản đồ số", None)
    assert first.section is None
    assert first.provision
    assert first.spans[0].start < second.spans[0].start


def test_fields_one_level_deeper_and_a_content_field() -> None:
    assert listed(DEEP) == [
        ("1.1.", "Lắp đặt trạm đo mưa tại các xã vùng cao.", ["Sở Y tế"], "continuous"),
        ("1.2.", "- Tuyển quan trắc viên.\n- Tập huấn quan trắc viên.", ["Sở Nội vụ"], "period"),
    ]
    assert {duty.section for duty in read(DEEP).duties} == {"1. Về hạ tầng"}


def test_a_field_is_no_duty_of_its_own() -> None:
    assert all(duty.content != "Cơ quan thực hiện" for duty in read(DEEP).duties)


def test_paragraphs_below_the_title_are_the_content() -> None:
    text = """II. NHIỆM VỤ

1. Cổng thông tin

Cổng thông tin đăng cảnh báo mưa lũ cho người dân.

- Cơ quan chủ trì: Sở Y tế.
"""
    assert listed(text) == [("1.", "Cổng thông tin đăng cảnh báo mưa lũ cho người dân.", ["Sở Y tế"], "none")]


def test_two_tasks_under_one_title() -> None:
    span = Span(start=0, end=1)

    def dash(number: int, text: str) -> Provision:
        return Provision(id=f"1/{number}", kind="dash", label="-", text=text, span=span)

    children = (
        dash(1, "Quy chế trực ban."),
        dash(2, "Cơ quan chủ trì: Sở Y tế."),
        dash(3, "Quy chế thông tin."),
        dash(4, "Cơ quan chủ trì: Sở Nội vụ."),
    )
    node = Provision(id="1", kind="number", label="1", text="Ban hành quy chế", span=span, children=children)
    builder = SheetBuilder("text")
    builder.line("1. Ban hành quy chế")
    found = duties.find(builder.build(), outline.Outline(provisions=(node,)), Heading()).duties
    assert [(duty.content, duty.lead_text) for duty in found] == [
        ("Quy chế trực ban.", "Sở Y tế"),
        ("Quy chế thông tin.", "Sở Nội vụ"),
    ]
    assert {duty.section for duty in found} == {"1. Ban hành quy chế"}


def test_a_label_without_a_lead_makes_no_duty() -> None:
    assert listed("1. Hội nghị\n\n- Thời gian: tháng 6/2027.\n\n- Địa điểm: Hội trường.\n") == []


def test_the_box_of_a_signature_and_a_heading_are_no_leads() -> None:
    assert listed("1. Nội dung\n\n- Cơ quan: SỞ Y TẾ\n\n- Thời gian ký: 01/02/2027\n") == []
    assert listed("1. Nội dung\n\n- Tổ chức thực hiện: Sở Y tế.\n") == []


def test_labels_are_given_as_printed() -> None:
    text = "a) Sở Y tế"
    node = Provision(id="a", kind="letter", label="a", text="Sở Y tế", span=Span(start=0, end=len(text)))
    assert printed_label(text, node) == "a)"
    lost = Provision(id="b", kind="letter", label="b", text="x", span=Span(start=0, end=1))
    assert printed_label(text, lost) == "b"


def test_titles_over_lists_may_be_a_tasks_fields() -> None:
    (duty,) = read(
        """I. ĐẮP ĐÊ

1. Nội dung, biện pháp

a) Đắp 3 km đê;

b) Trồng tre chắn sóng.

2. Cơ quan chủ trì, phối hợp

a) Cơ quan chủ trì

- Sở Xây dựng.

- UBND các xã.

b) Cơ quan phối hợp

- Hội Nông dân tỉnh.

3. Thời gian thực hiện: Tháng 12/2027.
"""
    ).duties
    assert "Trồng tre" in duty.content
    assert [party.name for party in duty.leads] == ["Sở Xây dựng", "UBND các xã"]
    assert [party.name for party in duty.coordinators] == ["Hội Nông dân tỉnh"]
    assert duty.deadline_text == "Tháng 12/2027"


def test_whose_duty_a_section_is_makes_no_field() -> None:
    assert not listed("IV. TRÁCH NHIỆM THỰC HIỆN\n\n1. Sở Y tế\n\n- Rà soát sổ sách.\n")


def test_several_fields_in_one_paragraph_below_the_task() -> None:
    (duty,) = read(
        """1. Lập bảng giá đò

Cơ quan chủ trì: Sở Xây dựng. Cơ quan phối hợp: Sở Y tế, Công an tỉnh. Thời gian trình: trước ngày 15/10/2027.
"""
    ).duties
    assert (duty.lead_text, duty.coordinator_text) == ("Sở Xây dựng", "Sở Y tế, Công an tỉnh")
    assert duty.deadline_text == "trước ngày 15/10/2027"


def test_a_sentence_with_a_colon_is_no_label() -> None:
    text = (
        "1. Sở Xây dựng:\n\n- Chủ trì, phối hợp với các sở liên quan: Y tế, Nội vụ lập bản đồ.\n\n- Bố trí kinh phí.\n"
    )
    assert not [duty for duty in read(text).duties if duty.origin == "list"]
