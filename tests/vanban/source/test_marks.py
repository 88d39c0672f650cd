"""Emphasis and invisible characters go; everything that means something stays."""

import unicodedata

import pytest

from vanban.source.marks import clean


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("**Điều 1.** Phạm vi", "Điều 1. Phạm vi"),
        ("**Điều 2. **Quyết định", "Điều 2. Quyết định"),
        ("theo *chuyên đề* của năm", "theo chuyên đề của năm"),
        ("*(Kèm theo Kế hoạch\ncủa huyện)*", "(Kèm theo Kế hoạch\ncủa huyện)"),
        ("*Căn cứ Luật; *\n\nsau", "Căn cứ Luật; \n\nsau"),
        ("***TM. BAN THƯỜNG VỤ\nBÍ THƯ***", "TM. BAN THƯỜNG VỤ\nBÍ THƯ"),
        ("<i>nghiêng</i> và <B>đậm</B> và <strong>mạnh</strong>", "nghiêng và đậm và mạnh"),
        ("dòng một<br/>dòng hai", "dòng một\ndòng hai"),
        ("__Nơi nhận__: - Như trên", "Nơi nhận: - Như trên"),
        ("trước\n* *\nsau", "trước\n\nsau"),
    ],
)
def test_emphasis_goes(given: str, expected: str) -> None:
    assert clean(given) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "(*) Số liệu ước tính",
        "Diện tích (**) theo kiểm kê",
        "*",
        "***",
        "3 * 4 * 5",
        "* gạch đầu dòng\n\n* dòng nữa",
        "* gạch đầu dòng\n* dòng nữa",
        "*Ghi chú: một dấu lẻ",
        "a < b và c > d",
        "__________",
        "ten_file__ban_2",
    ],
)
def test_what_means_something_stays(kept: str) -> None:
    assert clean(kept) == kept


def test_emphasis_does_not_reach_over_a_blank_line_or_a_bar() -> None:
    assert clean("*một\n\nhai*") == "*một\n\nhai*"
    assert clean("*một\n|\nhai*") == "*một\n|\nhai*"


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("\ufeffKế hoạch", "Kế hoạch"),
        ("hạn\u200b cuối\u00ad", "hạn cuối"),
        ("Số\u00a012", "Số 12"),
        ("12\u2011KH", "12-KH"),
        ("một\r\nhai\rba\u2028bốn", "một\nhai\nba\nbốn"),
        ("C\u1ed8NG H\u0309A", "CỘNG HA"),
        ("trang 1\ftrang 2\tô", "trang 1\ftrang 2\tô"),
        ("", ""),
    ],
)
def test_characters(given: str, expected: str) -> None:
    assert clean(given) == expected


def test_decomposed_letters_are_composed() -> None:
    assert clean(unicodedata.normalize("NFD", "Nghị quyết của Đảng ủy")) == "Nghị quyết của Đảng ủy"


@pytest.mark.parametrize("noise", ["*a ", "**", "_a__b", "(*", "<i", "* ", " "])
def test_much_noise_leaves_the_words(noise: str) -> None:
    found = clean("*nghiêng*\n" + noise * 20_000 + "x")
    assert found.startswith("nghiêng\n")
    assert found.endswith("x")
