import re
import unicodedata

import pytest

from vanban.fold import fold, key, same_marks, squeeze


def letter_by_letter(text: str) -> str:
    plain = [unicodedata.normalize("NFD", "d" if char == "đ" else char) for char in text.lower()]
    return "".join(char for char in "".join(plain) if not unicodedata.combining(char))


@pytest.mark.parametrize("start", range(0, 0x10000, 0x1000))
def test_every_letter_folds_as_its_marks_say(start: int) -> None:
    letters = [chr(code) for code in range(start, start + 0x1000) if not 0xD800 <= code < 0xE000]
    assert [fold(letter) for letter in letters] == [letter_by_letter(letter) for letter in letters]


@pytest.mark.parametrize("rare", ["", "Ω", "😀", "ß", "\ufffe"])
def test_a_rare_letter_does_not_change_how_the_others_fold(rare: str) -> None:
    assert fold(f"Ủy ban – Đường {rare}") == f"uy ban – duong {rare.lower()}"


def test_the_length_stays_on_composed_text() -> None:
    text = "Quyết định số 12/QĐ-TTg – “về việc” khoá XVII…"
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "text", ["", "  ", " a\t b\n", "a\u00a0b", "a\u2003\u3000b", "a\x1cb\x85c", "\u2028a", "a\u200bb", "một  hai"]
)
def test_squeezing_takes_all_white_space_for_one(text: str) -> None:
    assert squeeze(text) == re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize(
    ("one", "other"), [("Uỷ ban", "ỦY  BAN"), ("hoá", "hóa"), ("Đe\u0302\u0300 án", "đề án"), ("khóa", "KHOA")]
)
def test_names_that_differ_in_spelling_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("printed", "same"), [("quản", True), ("QUẢN", True), ("quan", True), ("quận", False)])
def test_marks_tell_apart_what_folds_alike(printed: str, *, same: bool) -> None:
    assert same_marks(printed, "quản") is same
