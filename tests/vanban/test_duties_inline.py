"""Fields within a task's own paragraph."""

from __future__ import annotations

import pytest

from vanban import duties, outline
from vanban.duties import inline
from vanban.model import Duty, Heading
from vanban.sheet import SheetBuilder


def read(*lines: str) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    return list(duties.find(sheet, outline.build(sheet), Heading()).duties)


@pytest.mark.parametrize(
    "text",
    [
        "1. Lập sổ bến đò. Cơ quan chủ trì: Sở Y tế. Cơ quan phối hợp: Công an tỉnh. Thời gian hoàn thành: Năm 2027.",
        "1. Lập sổ bến đò (Chủ trì: Sở Y tế; phối hợp: Công an tỉnh; hoàn thành: Năm 2027).",
        "1. Lập sổ bến đò (Sở Y tế chủ trì, phối hợp với Công an tỉnh; hoàn thành trong năm 2027).",
        "1. Lập sổ bến đò (Sở Y tế chủ trì; Công an tỉnh phối hợp; xong trong năm 2027);",
    ],
)
def test_a_task_with_its_fields_in_one_paragraph(text: str) -> None:
    (duty,) = read("I. NHIỆM VỤ", text)
    assert (duty.origin, duty.number, duty.content.rstrip(".")) == ("list", "1.", "Lập sổ bến đò")
    assert (duty.lead_text, duty.coordinator_text) == ("Sở Y tế", "Công an tỉnh")
    assert duty.deadline.end is not None
    assert duty.deadline.end.year == 2027


def test_a_bracket_alone_below_the_task() -> None:
    (duty,) = read(
        "I. NHIỆM VỤ", "a) Nối sổ bến đò với huyện", "(Chủ trì: Công an tỉnh; phối hợp: Sở Y tế (phòng Dược))"
    )
    assert (duty.content, duty.lead_text) == ("Nối sổ bến đò với huyện", "Công an tỉnh")
    assert duty.coordinator_text == "Sở Y tế (phòng Dược)"


def test_a_paragraph_with_fields_makes_no_task_of_its_heading() -> None:
    lines = (
        "I. NHIỆM VỤ",
        "1. Đào tạo chủ đò. Cơ quan chủ trì: Sở Nội vụ.",
        "2. Mua phao. Cơ quan chủ trì: Sở Tài chính.",
    )
    assert [(duty.number, duty.lead_text) for duty in read(*lines)] == [("1.", "Sở Nội vụ"), ("2.", "Sở Tài chính")]


@pytest.mark.parametrize(
    "text",
    [
        "Lập sổ bến đò (kèm theo danh sách các sở).",
        "Lập sổ bến đò (người chủ trì do huyện chọn).",
        "Lập sổ bến đò. Lưu ý: ghi đủ tên.",
        "Lập sổ bến đò. Thời hạn: năm 2027.",
        "Cơ quan chủ trì: Sở Y tế.",
    ],
)
def test_what_names_no_lead_is_no_task(text: str) -> None:
    assert inline.read(text) is None


def test_standing_work_in_a_bracket() -> None:
    (duty,) = read("3. Giữ sạch bến đò (Công an xã chủ trì; Phòng Y tế phối hợp; thực hiện thường xuyên).")
    assert duty.deadline.kind == "continuous"
