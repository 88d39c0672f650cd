"""How names of bodies are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.foundation.organisations.naming import key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "Ủy ban nhân dân tỉnh"),
        ("Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh"),
        ("BCSĐ UBND tỉnh", "Ban cán sự đảng Ủy ban nhân dân tỉnh"),
        ("BTV Tỉnh đoàn", "Ban Thường vụ Tỉnh đoàn"),
        ("Hội LHPN tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Sở GD&ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở VH,TT&DL", "Sở Văn hóa, Thể thao và Du lịch"),
        ("Sở Văn hoá, Thể thao và Du lịch", "Sở Văn hóa Thể thao và Du lịch"),
        ("Văn phòng Tỉnh ủy.", "VP Tỉnh uỷ"),
        ("Sở\u00a0Y\u00a0tế", "Sở Y tế"),
        ("ĐẢNG ỦY QUÂN SỰ TỈNH", "Đảng ủy Quân sự tỉnh"),
        (unicodedata.normalize("NFD", "Sở Tài chính"), "Sở Tài chính"),
        ("Ban Tổ chức (Tỉnh ủy)", "Ban Tổ chức Tỉnh ủy"),
        ("Ban Quản lý khu kinh tế – công nghiệp", "Ban Quản lý khu kinh tế - công nghiệp"),
    ],
)
def test_names_that_are_one(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UBND tỉnh", "UBND xã"),
        ("Sở Y tế", "Sở Tài chính"),
        ("Đảng ủy Ủy ban", "Đảng ủy"),
        ("UBNDT", "UBND T"),
    ],
)
def test_names_that_are_two(one, other):
    assert key(one) != key(other)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text):
    once = key(text)
    assert key(once) == once
