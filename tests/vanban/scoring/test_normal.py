"""The one form in which gold and found are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban.scoring.normal import normal, symbol


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Uỷ ban", "Ủy ban"),
        ("xã hội hoá", "Xã hội hóa"),
        ("thuý", "thúy"),
        ("Sở Y tế", unicodedata.normalize("NFD", "SỞ Y TẾ")),
        ("Sở  Y\n tế", "Sở Y tế"),
        ("Sở\u00a0Y tế", "Sở Y tế"),
        ("*Sở Y tế*", "Sở Y tế"),
        ("<i>Sở</i> <B>Y tế</B>", "Sở Y tế"),
        ("- Xây dựng đề án", "Xây dựng đề án"),
        ("– Xây dựng đề án", "Xây dựng đề án"),
        ("+ Xây dựng đề án", "Xây dựng đề án"),
        ("- Sở A;\n- Sở B", "Sở A; - Sở B"),
        ("Sở A ; Sở B", "Sở A; Sở B"),
        ("kinh tế - xã hội", "kinh tế – xã hội"),
        ("kinh tế-xã hội", "kinh tế - xã hội"),
        ("( 95 % )", "(95%)"),
        ("co\u00ad-", "co-"),
        (None, ""),
    ],
)
def test_the_same_in_two_spellings(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sở Y tế", "Sở Y tê"), ("Sở A; Sở B", "Sở A, Sở B"), ("10", "1 0"), ("1.", "1"), ("đ", "d"), ("ma", "mà")],
)
def test_two_things_stay_two(one, other):
    assert normal(one) != normal(other)


@given(st.text())
def test_normal_of_normal_is_itself_but_for_dashes(text):
    once = normal(text)
    assert unicodedata.is_normalized("NFC", once)
    assert "\n" not in once
    assert "  " not in once


@pytest.mark.parametrize(
    ("one", "other"),
    [("27/CT-TTG", "27/CT-TTg"), ("55 - CTr / TU", "55-CTr/TU"), ("55‑CTr/TU", "55–CTr/TU"), (None, "")],
)
def test_symbols(one, other):
    assert symbol(one) == symbol(other)


def test_two_symbols_stay_two():
    assert symbol("05/QĐ") != symbol("05/QD")
