"""Slips of recognition are doubted with a proposal, and nothing is changed."""

import time
import unicodedata

import pytest

from vanban import read, slips


@pytest.mark.parametrize(
    ("printed", "proposal"),
    [
        ("S7-NQ/TW", "57-NQ/TW"),
        ("OI-NQ/TW", None),
        ("5S-NQ/TW", "55-NQ/TW"),
        ("l2-KH/TU", "12-KH/TU"),
        ("1O/NQ-CP", "10/NQ-CP"),
        ("3O/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("15/QD-TTg", "15/QĐ-TTg"),
        ("15/QD-UBND", "15/QĐ-UBND"),
        ("57-NQ/TVV", "57-NQ/TW"),
        ("57-NQ/TW", None),
        ("15/QĐ-TTg", None),
        ("123/UBND-TH", None),
        ("I/1", None),
        ("O-O", None),
        ("12.345", None),
        ("", None),
    ],
)
def test_what_a_misread_number_stands_for(printed, proposal):
    assert slips.mended(printed) == proposal


def doubts(text, code):
    reading = read(f"KẾ HOẠCH\n{text}\n".encode())
    found = [one for one in reading.doubts if one.code == code]
    assert all(one.span and reading.text[one.span.start : one.span.end] in one.message for one in found)
    return reading, found


def test_a_number_is_doubted_where_it_stands_and_stays_as_printed():
    text = "Thực hiện Nghị quyết số 5O-NQ/TW, Quyết định 15/QD-TTg và Nghị quyết số 57-NQ/TW."
    reading, found = doubts(text, "symbol_slip")
    assert [(one.message.split("”")[0], "“" in one.message) for one in found] == [
        ("“5O-NQ/TW", True),
        ("“15/QD-TTg", True),
    ]
    assert "số 5O-NQ/TW, Quyết định 15/QD-TTg" in reading.text
    assert all(one.severity == "check" for one in found)


@pytest.mark.parametrize(
    ("quarter", "proposal"),
    [("IIH", "III"), ("HI", "III"), ("lI", "II"), ("Il1", "III"), ("H", "II"), ("l", "I"), ("|I", "II")],
)
def test_no_such_quarter(quarter, proposal):
    _, found = doubts(f"Hoàn thành trong quý {quarter}/2026.", "quarter_slip")
    assert [f"“{proposal}”" in one.message for one in found] == [True]


@pytest.mark.parametrize("quarter", ["I", "II", "III", "IV", "1", "4", "hai", "này"])
def test_quarters_that_are_right(quarter):
    assert doubts(f"Hoàn thành trong quý {quarter}/2026.", "quarter_slip")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "Số: 12/KH-UBND",
        "số 5 - 10 hộ",
        "số lượng/năm",
        "Số I/2026",
        "tỷ số 2-1",
        "số O/0",
        "the Decree No. 30/2020/ND-CP",
    ],
)
def test_other_figures_are_left_alone(text):
    assert doubts(text, "symbol_slip")[1] == []


def test_decomposed_letters_are_seen_alike():
    text = "Thực hiện Nghị quyết số 5O-NQ/TW trong quý IIH/2026."
    for code in ("symbol_slip", "quarter_slip"):
        assert len(doubts(unicodedata.normalize("NFD", text), code)[1]) == 1


def test_a_text_full_of_them_is_bounded():
    start = time.process_time()
    assert len(doubts("số 5O-NQ/TW quý IIH " * 20_000, "symbol_slip")[1]) <= 200
    assert time.process_time() - start < 20
