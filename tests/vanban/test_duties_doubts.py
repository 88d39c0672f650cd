"""What a person is told to look at."""

from __future__ import annotations

from datetime import date

import pytest

from duty_tables import HEAD, codes, lined, read, sheet
from vanban import duties
from vanban.duties import Found
from vanban.lexicon import load
from vanban.model import Heading, Outline


def rows(*numbers: str) -> list[tuple[str, ...]]:
    return [(number, f"Việc thứ {place}.", "Sở Y tế", "", "2027") for place, number in enumerate(numbers)]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (("1", "2", "3"), []),
        (("1.", "2.", "3."), []),
        (("01", "02", "03"), []),
        (("1", "3"), ["number_gap"]),
        (("1", "2", "2"), ["number_twice"]),
        (("1", "3", "2"), ["number_gap", "number_order"]),
        (("1.1", "1.2", "1.4"), ["number_gap"]),
        (("1.1", "1.2", "2.1"), []),
        (("a", "c"), []),
        (("", ""), []),
    ],
)
def test_numbers_must_run_on(numbers: tuple[str, ...], expected: list[str]) -> None:
    assert codes(read(lined(rows(*numbers)))) == expected


def test_numbers_begin_again_in_each_section() -> None:
    first, second = ("I", "Về thể chế", "", "", ""), ("II", "Về hạ tầng", "", "", "")
    assert codes(read(lined([first, *rows("1", "2"), second, *rows("1", "2")]))) == []


def test_numbers_begin_again_in_each_table() -> None:
    assert codes(read(lined(rows("1", "2")), "PHỤ LỤC HAI", lined(rows("1", "2")))) == ["tables_many"]


def test_a_deadline_that_is_not_understood() -> None:
    found = read(lined([("1", "Sửa đê.", "Sở Y tế", "", "khi trời tạnh")]))
    (doubt,) = found.doubts
    assert (doubt.code, doubt.severity, doubt.duty) == ("deadline_unknown", "check", 0)
    assert "khi trời tạnh" in doubt.message
    assert doubt.span == found.duties[0].spans[0]


@pytest.mark.parametrize(
    ("printed", "proposal"),
    [("Tháng 1O/2027", "Tháng 10/2027"), ("3O/O6/2O27", "30/06/2027"), ("Quý II/2O27", "Quý II/2027")],
)
def test_letters_for_figures_in_a_deadline_are_proposed_not_changed(printed: str, proposal: str) -> None:
    found = read(lined([("1", "Sửa đê.", "Sở Y tế", "", printed)]))
    (doubt,) = found.doubts
    assert (doubt.code, doubt.severity) == ("deadline_slip", "check")
    assert proposal in doubt.message
    assert (found.duties[0].deadline_text, found.duties[0].deadline.end) == (printed, None)


def test_a_missing_lead_blocks() -> None:
    (doubt,) = read(lined([("1", "Sửa đê.", "", "Sở Y tế", "2027")])).doubts
    assert (doubt.code, doubt.severity) == ("no_lead", "blocking")


def test_a_restricted_proposal() -> None:
    (doubt,) = read(lined([("1", "Quản lý hoạt động tôn giáo.", "Sở Nội vụ", "", "2027")])).doubts
    assert (doubt.code, doubt.severity) == ("restricted", "check")
    assert "tôn giáo" in doubt.message


def test_a_table_that_looks_like_tasks_but_has_no_lead_column() -> None:
    found = read([("TT", "Nội dung công việc", "Thời gian", "Ghi chú"), ("1", "Sửa đê.", "2027", "")])
    assert found.duties == ()
    assert codes(found) == ["table_unread"]


@pytest.mark.parametrize("head", [("a", "b"), ("TT", "Tên", "Tuổi"), ("TT", "Nội dung", "Kinh phí")])
def test_other_tables_raise_no_doubt(head: tuple[str, ...]) -> None:
    assert read([head, ["1", *("x" for _ in head[1:])]]).doubts == ()


def test_no_doubt_about_a_plain_table() -> None:
    assert read([HEAD, ("1", "Sửa đê.", "Sở Y tế", "Các sở, ngành", "Quý I/2027")]).doubts == ()


def test_every_message_says_what_to_do() -> None:
    for code, words in load("duty_doubts.toml").items():
        if code not in {"reasons", "columns"}:
            assert words["severity"] in {"note", "check", "blocking"}
            assert "Hãy" in words["message"]


def of_day(text: str, heading: Heading) -> Found:
    return duties.find(sheet(lined([("1", "Sửa đê.", "Sở Y tế", "", text)])), Outline(), heading)


@pytest.mark.parametrize(("text", "end"), [("Quý IV", (12, 31)), ("Tháng 10", (10, 31)), ("Trước 15/12", (12, 15))])
def test_a_deadline_without_its_year_is_of_the_documents_own_and_doubted(text: str, end: tuple[int, int]) -> None:
    found = of_day(text, Heading(date=date(2027, 7, 5), title="Trồng rừng"))
    assert found.duties[0].deadline.end == date(2027, *end)
    (doubt,) = found.doubts
    assert (doubt.code, doubt.severity) == ("deadline_own_year", "check")
    assert "2027" in doubt.message


def test_the_titles_year_goes_before_the_documents() -> None:
    found = of_day("Quý IV", Heading(date=date(2027, 7, 5), title="Trồng rừng năm 2028"))
    assert found.duties[0].deadline.end == date(2028, 12, 31)
    assert codes(found) == ["deadline_year"]


def test_a_day_that_would_be_past_is_not_guessed() -> None:
    found = of_day("Quý I", Heading(date=date(2027, 7, 5)))
    assert found.duties[0].deadline.end is None
    assert codes(found) == ["deadline_unknown"]


def test_a_table_that_is_passed_over_says_how_many_rows_it_has() -> None:
    found = read([("TT", "Nội dung công việc", "Thời gian", "Ghi chú"), *[("1", "Sửa đê.", "2027", "")] * 3])
    assert "3 dòng" in found.doubts[0].message


BARE = [("1", "Trồng rừng ven biển", "Sở Y tế", "Quý I/2027"), ("2", "Nạo vét kênh mương", "Các sở, ngành", "2028")]


def test_a_table_without_a_head_says_that_it_was_passed_over() -> None:
    (doubt,) = read(BARE).doubts
    assert (doubt.code, doubt.severity) == ("table_headless", "check")
    assert "2 dòng" in doubt.message


def test_so_does_one_that_goes_on_with_fewer_columns() -> None:
    found = read(lined([("1", "Sửa đê.", "Sở Y tế", "", "2027")]), BARE)
    assert codes(found) == ["table_headless"]
    assert codes(read(lined([("1", "Sửa đê.", "Sở Y tế", "", "2027")]), [("Nơi nhận:", "TM. UBND TỈNH")])) == []


@pytest.mark.parametrize(
    "rows",
    [
        [("1", "Lê Văn A", "Sở Y tế", "Trưởng phòng")] * 3,
        [("1", "Tiếp nhận hồ sơ của công dân", "Sở Y tế", "03 ngày làm việc")] * 3,
        [("1", "Trồng rừng ven biển", "Sở Y tế", "2027"), *[("2", "Giống lúa", "kg", "5")] * 4],
    ],
)
def test_other_tables_without_a_head_raise_no_doubt(rows: list[tuple[str, ...]]) -> None:
    assert read(rows).doubts == ()


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("2", "Đắp đập.", "Quý I/2027", "Sở Y tế", ""), "chủ trì"),
        (("2", "Đắp đập.", "Sở Y tế", "Quý I/2027", ""), "phối hợp"),
        (("2", "Đắp đập.", "Sở Y tế", "", "Sở Nội vụ"), "thời hạn"),
    ],
)
def test_cells_that_stand_in_each_others_columns(row: tuple[str, ...], column: str) -> None:
    found = read(lined([("1", "Sửa đê.", "Sở Y tế", "", "2027"), row, ("3", *row[1:])]))
    moved = [doubt for doubt in found.doubts if doubt.code == "columns_moved"]
    assert [(doubt.duty, doubt.severity) for doubt in moved] == [(1, "check")]
    assert "2 dòng" in moved[0].message
    assert column in moved[0].message


def test_a_row_far_longer_than_its_neighbours() -> None:
    short = [(str(number), f"Sửa đê số {number} ven sông.", "Sở Y tế", "", "2027") for number in range(1, 6)]
    long = ("6", "Trồng rừng ven biển và nạo vét kênh mương. " * 20, "Sở Y tế", "", "2027")
    found = read(lined([*short, long]))
    assert [(doubt.code, doubt.duty, doubt.severity) for doubt in found.doubts] == [("row_long", 5, "check")]
    assert "row_long" not in codes(read(lined([*short[:2], ("3", *long[1:])])))
