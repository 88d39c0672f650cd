"""How sure text recognition is, and what becomes of a number by hand."""

from datetime import date

import pytest

from vanban import certainty, doubts, heading, outline
from vanban.model import Deadline, Duty, Heading, Outline, Party, Place, Span
from vanban.sheet import Sheet, SheetBuilder

BOX = (0.0, 0.0, 1.0, 1.0)
LINES = (
    "UBND TỈNH SƠN LÂM",
    "Số: 45/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Sơn Lâm, ngày 5 tháng 7 năm 2027",
    "KẾ HOẠCH",
    "Về trồng rừng, xong trước ngày 30/9/2027",
)


def scanned(*sure: int | None) -> Sheet:
    """One line each, with how sure recognition is of it."""
    builder = SheetBuilder("scan")
    for text, confidence in zip(LINES, sure, strict=True):
        builder.line(text, places=[Place(start=0, end=len(text), page=1, box=BOX, confidence=confidence)])
    return builder.build()


def place(start: int, end: int, confidence: int | None) -> Place:
    return Place(start=start, end=end, page=1, box=BOX, confidence=confidence)


PLACES = (place(0, 5, 90), place(6, 10, 41), place(11, 20, None), place(21, 30, 75))


@pytest.mark.parametrize(
    ("start", "end", "sure"),
    [(0, 5, 90), (0, 7, 41), (7, 8, 41), (11, 20, None), (12, 25, 75), (5, 6, None), (40, 50, None)],
)
def test_the_least_sure_line_counts(start: int, end: int, sure: int | None) -> None:
    span = Span(start=start, end=end)
    assert certainty.least(PLACES, span) == sure
    assert certainty.is_unsure(PLACES, span) is (sure == 41)


def test_a_sheet_that_states_its_letters_is_sure() -> None:
    assert certainty.least((), Span(start=0, end=5)) is None


def test_what_is_sure_is_a_value() -> None:
    found = heading.find(scanned(95, 60, 95, 88, 95, 95), Outline())
    assert (found.symbol, found.number, found.date) == ("45/KH-UBND", 45, date(2027, 7, 5))


def test_a_number_and_a_day_by_hand_are_doubts_and_no_guess() -> None:
    sheet = scanned(95, 38, 95, 51, 95, 95)
    found = heading.find(sheet, Outline())
    assert (found.symbol, found.number, found.date) == (None, None, None)
    assert (found.kind, found.issuer) == ("Kế hoạch", "Ủy ban nhân dân tỉnh Sơn Lâm")
    told = {one.code: one for one in doubts.find(sheet, found, (duty(),))}
    assert set(told) == {"heading_symbol_unsure", "heading_date_unsure"}
    assert "45/KH-UBND" in told["heading_symbol_unsure"].message
    assert told["heading_symbol_unsure"].span == found.spans["symbol"]


@pytest.mark.parametrize(
    ("at", "field", "value"), [(0, "issuer", "Ủy ban nhân dân tỉnh Sơn Lâm"), (4, "kind", "Kế hoạch")]
)
def test_a_name_that_is_unsure_is_kept_and_doubted(at: int, field: str, value: str) -> None:
    sheet = scanned(*(30 if number == at else 95 for number in range(len(LINES))))
    found = heading.find(sheet, Outline())
    assert getattr(found, field) == value
    assert [one.code for one in doubts.find(sheet, found, (duty(),))] == [f"heading_{field}_unsure"]


def duty() -> Duty:
    start = sum(len(text) + 1 for text in LINES[:-1])
    span = Span(start=start, end=start + len(LINES[-1]))
    deadline = Deadline(kind="date", end=date(2027, 9, 30), phrase="trước ngày 30/9/2027", rule="before-day")
    return Duty(origin="table", content="Trồng rừng", leads=(Party(name="Sở X"),), deadline=deadline, spans=(span,))


def test_a_deadline_that_is_unsure() -> None:
    sheet = scanned(95, 95, 95, 95, 95, 44)
    (doubt,) = doubts.find(sheet, heading.find(sheet, Outline()), (duty(),))
    assert (doubt.code, doubt.duty, doubt.severity) == ("deadline_unsure", 0, "check")
    assert doubt.span is not None
    assert sheet.text[doubt.span.start : doubt.span.end] == "trước ngày 30/9/2027"


def test_no_heading_at_all_is_no_matter_of_certainty() -> None:
    codes = [one.code for one in doubts.find(scanned(95, 95, 95, 95, 95, 95), Heading(), (duty(),))]
    assert codes == ["heading_symbol", "heading_date", "heading_issuer", "heading_kind"]


def test_a_number_in_a_caption_is_not_made_unsure_by_its_annex() -> None:
    builder = SheetBuilder("scan")
    lines = [("KẾ HOẠCH", 95), ("Về trồng rừng", 95), ("I. MỤC TIÊU", 95), ("1. Trồng rừng.", 95), ("PHỤ LỤC", 95)]
    lines += [("(Kèm theo Kế hoạch số 45/KH-UBND ngày 5/7/2027 của UBND tỉnh)", 90), ("vết mờ", 5)]
    for text, confidence in lines:
        builder.line(text, places=[Place(start=0, end=len(text), page=1, box=BOX, confidence=confidence)])
    sheet = builder.build()
    found = heading.find(sheet, outline.build(sheet))
    assert (found.symbol, found.date) == ("45/KH-UBND", date(2027, 7, 5))
    assert sheet.text[found.spans["symbol"].start :].startswith("(Kèm theo")
