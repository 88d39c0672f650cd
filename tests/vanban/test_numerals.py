"""Roman numerals and their misreadings."""

import pytest

from duty_tables import codes, column, lined, read
from vanban import numerals


@pytest.mark.parametrize(("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (39, "XXXIX")])
def test_numerals_both_ways(number: int, text: str) -> None:
    assert numerals.roman(number) == text
    assert numerals.value(text) == number


@pytest.mark.parametrize("text", ["", "A", "IIII", "IC", "H", "1"])
def test_no_numeral(text: str) -> None:
    assert numerals.value(text) is None


@pytest.mark.parametrize(
    ("printed", "number"),
    [("H", 2), ("IH", 3), ("IIH", 3), ("HI", 3), ("VỊ", 6), ("Il", 2), ("11", 2), ("1V", 4), ("VH", 7)],
)
def test_what_recognition_makes_of_one(printed: str, number: int) -> None:
    assert numerals.meant(printed, number)


@pytest.mark.parametrize(
    ("printed", "like"), [("IH", True), ("Vl", True), ("Vụ", False), ("", False), ("IHIHIHI", False)]
)
def test_what_may_be_some_numeral(printed: str, like: bool) -> None:
    assert numerals.is_like(printed) is like


@pytest.mark.parametrize(("printed", "number"), [("II", 2), ("H", 3), ("", 1), ("A", 2), ("2", 2), ("HHHHHHHH", 9)])
def test_what_it_does_not(printed: str, number: int) -> None:
    assert not numerals.meant(printed, number)


def test_a_title_between_rows_gets_the_numeral_that_comes_next_and_a_note() -> None:
    rows = [("I", "Thể chế", "", "", ""), ("1", "Sửa đê.", "Sở Y tế", "", "2027")]
    rows += [("H", "Hạ tầng", "", "", ""), ("1", "Đắp đập.", "Sở Y tế", "", "2027")]
    rows += [("IH", "Nhân lực", "", "", ""), ("1", "Đào tạo.", "Sở Y tế", "", "2027")]
    found = read(lined(rows))
    assert column(found, "section") == ["I Thể chế", "II Hạ tầng", "III Nhân lực"]
    assert codes(found) == ["section_slip", "section_slip"]
    assert ["“H”" in found.doubts[0].message, "“III”" in found.doubts[1].message] == [True, True]


def test_letters_that_head_sections_stay_letters() -> None:
    rows = [("G", "Thể chế", "", "", ""), ("1", "Sửa đê.", "Sở Y tế", "", "2027")]
    rows += [("H", "Hạ tầng", "", "", ""), ("1", "Đắp đập.", "Sở Y tế", "", "2027")]
    assert column(read(lined(rows)), "section") == ["G Thể chế", "H Hạ tầng"]
