"""Milestones and measured levels in running text."""

from __future__ import annotations

import pytest

from vanban import targets
from vanban.model import Outline, Recipient, Span, Target
from vanban.sheet import RawCell, SheetBuilder


def find(text: str) -> list[Target]:
    builder = SheetBuilder("text")
    builder.line(text)
    return list(targets.find(builder.build(), Outline()))


def one(text: str) -> Target:
    (target,) = find(text)
    return target


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Đến năm 2030, huyện có cảng sông mới.", 2030),
        ("là huyện phát triển khá vào năm 2027", 2027),
        ("Đến cuối năm 2028 mọi xã có điện.", 2028),
        ("ĐẾN NĂM 2030 có cảng sông.", 2030),
    ],
)
def test_a_milestone(text: str, year: int) -> None:
    target = one(text)
    assert (target.kind, target.year, target.low) == ("milestone", year, None)
    assert str(year) in text[target.span.start : target.span.end]


@pytest.mark.parametrize(
    "text",
    [
        "Chương trình phát triển cảng sông đến năm 2030",
        "Nghị quyết số 12-NQ/HU ngày 03/02/2026 của Huyện ủy về nông nghiệp, nông dân đến năm 2030.",
        "Chiến lược thủy lợi giai đoạn 2021-2030",
        "Ban hành kèm theo “Đề án cảng sông đến năm 2030”.",
        "Ngày 03/02/2026 họp tại xã.",
        "Quyết định số 95/QĐ-UBND.",
    ],
)
def test_names_of_works_and_dates_are_no_targets(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit", "comparison"),
    [
        ("tỷ lệ hộ dùng nước sạch đạt 95 %", "level", 95, 95, "%", "exactly"),
        ("tỷ lệ che phủ rừng đạt 45,5%", "level", 45.5, 45.5, "%", "exactly"),
        ("Trên 90% số xã có bến đò", "level", 90, None, "%", "over"),
        ("đạt tối thiểu 80% kế hoạch", "level", 80, None, "%", "at_least"),
        ("đạt 85% trở lên", "level", 85, None, "%", "at_least"),
        ("không quá 5% số hộ", "level", None, 5, "%", "at_most"),
        ("còn dưới 3%", "level", None, 3, "%", "under"),
        ("giảm 2–3 %/năm", "change", 2, 3, "%/năm", "between"),
        ("tăng trưởng bình quân 8%/năm", "change", 8, 8, "%/năm", "exactly"),
        ("100% cán bộ được tập huấn", "level", 100, 100, "%", "exactly"),
        ("mỗi xã có ít nhất 01 bến đò", "count", 1, None, "bến đò", "at_least"),
        ("tối thiểu 1.250 hộ", "count", 1250, None, "hộ", "at_least"),
    ],
)
def test_a_measured_target(
    text: str, kind: str, low: float | None, high: float | None, unit: str, comparison: str
) -> None:
    target = one(text)
    assert (target.kind, target.low, target.high, target.unit, target.comparison) == (kind, low, high, unit, comparison)


def test_a_level_takes_the_year_said_before_it() -> None:
    milestone, level = find("Đến năm 2030 có trên 90% số xã có điện; các xã khác chậm hơn.")
    assert (milestone.kind, level.kind, level.year) == ("milestone", "level", 2030)


def test_the_year_of_another_sentence_is_not_taken() -> None:
    assert [target.year for target in find("Đến năm 2030 có cảng. Tỷ lệ đạt 90%.")] == [2030, None]


def test_spans_are_offsets_into_the_whole_text() -> None:
    builder = SheetBuilder("text")
    builder.line("Mở đầu.")
    builder.line("Tỷ lệ đạt 1.234,5 % kế hoạch.")
    sheet = builder.build()
    (target,) = targets.find(sheet, Outline())
    assert sheet.text[target.span.start : target.span.end] == "1.234,5 %"
    assert target.low == 1234.5


def test_tables_and_recipients_hold_no_targets() -> None:
    builder = SheetBuilder("text")
    builder.table([[RawCell("đến năm 2030 đạt 95%")]])
    builder.line("- Như trên, đạt 95%")
    sheet = builder.build()
    span = Span(start=sheet.text.index("- Như"), end=len(sheet.text))
    assert targets.find(sheet, Outline(recipients=(Recipient(name="x", span=span),))) == ()


def test_of_an_endless_list_each_target_tells_what_stands_around_it() -> None:
    text = "đến năm 2030 " + "đạt 95 %, " * 2000
    found = find(text)
    assert len(found) == 2001
    assert {target.year for target in found} == {2030}
    assert max(len(target.text) for target in found) <= 1200
    assert all(text[target.span.start : target.span.end] in target.text for target in found)
    assert len({id(target.text) for target in found}) < len(text) / 100, "neighbours share what is told"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phấn đấu 100% trường có thư viện.", [("level", None, 100.0, "%", "exactly")]),
        ("Bảo đảm 100% hồ sơ đúng hạn.", [("level", None, 100.0, "%", "exactly")]),
        ("Thu nhập đạt 120 triệu đồng/người/năm.", [("level", None, 120.0, "triệu đồng/người/năm", "exactly")]),
        ("Thu ngân sách đạt trên 25.000 tỷ đồng.", [("level", None, 25000.0, "tỷ đồng", "over")]),
        ("Lệ phí là 200.000 đồng/lần.", []),
        ("Phạt từ 5 triệu đồng.", []),
        (
            "Đến năm 2030 có 2 đô thị.",
            [("milestone", 2030, None, None, None), ("count", 2030, 2.0, "đô thị", "exactly")],
        ),
        ("Điều này có 3 khoản.", []),
        ("2. Tầm nhìn đến năm 2045: dẫn đầu.", [("milestone", 2045, None, None, None)]),
        ("Theo Chiến lược, tầm nhìn đến năm 2045.", []),
    ],
)
def test_sums_counts_and_the_vision(text: str, expected: list[tuple[object, ...]]) -> None:
    assert [(target.kind, target.year, target.low, target.unit, target.comparison) for target in find(text)] == expected
