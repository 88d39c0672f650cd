"""Pieces of words, and words."""

import pytest

from vanban.syllables import is_syllable, joins, run_on, torn


@pytest.mark.parametrize(
    "word",
    [
        "quan",
        "Nghiệm",
        "NGHIÊNG",
        "ơ",
        "khuya",
        "oanh",
        "huỳnh",
        "yêu",
        "giếng",
        "xoong",
        "thuở",
        "uống",
        "khoáy",
        "êm",
    ],
)
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["", "n", "ng", "chỉđạo", "CƠCH", "hànhphòng", "UBND", "smart", "nộI", "zalo", "lịch2"]
)
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("piece", "rest"),
    [
        ("qua", "n"),
        ("hoà", "n,"),
        ("(thàn", "h)"),
        ("Trư", "ớc"),
        ("UB", "ND"),
        ("202", "5"),
        ("30/1", "1/20"),
        ("11/20", "25"),
        ("xã", ";"),
    ],
)
def test_pieces_of_one_word(piece: str, rest: str) -> None:
    assert joins(piece, rest)


@pytest.mark.parametrize(
    ("piece", "rest"),
    [("chủ", "trì"), ("Cơ", "quan"), ("HÀNH", "PH"), ("2025", "2026"), ("xã", "(nếu"), ("", "a"), ("5", "a")],
)
def test_two_words(piece: str, rest: str) -> None:
    assert not joins(piece, rest)


def test_a_text_runs_on_with_a_blank_but_where_a_word_is_torn() -> None:
    assert run_on("Ban hàn", "h Quy chế") == "Ban hành Quy chế"
    assert run_on("Sở Công", "Thương") == "Sở Công Thương"
    assert run_on("", "Sở") == "Sở"
    assert not torn("ho", "à")
