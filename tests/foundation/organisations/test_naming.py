"""How names of bodies are compared."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.foundation.organisations.naming import key, order, person_order


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


@pytest.mark.parametrize(
    "names",
    [
        [
            "An",
            "Ăn",
            "Ân",
            "Ban",
            "Dân",
            "Đảng",
            "Em",
            "Ê",
            "Giao",
            "Oanh",
            "Ô",
            "Ơ",
            "Quân",
            "Tỉnh",
            "Trường",
            "Ư",
            "Văn",
        ],
        ["ma", "mà", "mả", "mã", "má", "mạ", "mau"],
        ["Bàn", "Ban Dân vận", "Ban Tổ chức"],
        ["Quận 1", "Quận 1 (cũ)", "Quận 2", "Quận An"],
        [
            "Đảng ủy phường Vân Hà",
            "Đảng ủy xã Lạc Sơn",
            "Tỉnh ủy",
            "Trường Chính trị tỉnh",
            "Ủy ban nhân dân",
            "Văn phòng",
        ],
        ["Sở Y tế", "SỞ Y TẾ – cũ"],
    ],
    ids=lambda names: names[0],
)
def test_a_list_is_sorted_as_vietnamese_is(names):
    assert sorted(set(names), key=order) == names
    decomposed = [unicodedata.normalize("NFD", name) for name in names]
    assert sorted(set(decomposed), key=order) == decomposed


def test_people_stand_by_their_own_name():
    names = ["Trần Văn An", "Vũ Ánh", "Lê Thị Bình", "Phạm Bình", "Nguyễn Đức", "Hà"]
    assert sorted(set(names), key=person_order) == [
        "Trần Văn An",
        "Vũ Ánh",
        "Lê Thị Bình",
        "Phạm Bình",
        "Nguyễn Đức",
        "Hà",
    ]


def test_letters_of_other_languages_come_last():
    assert sorted(["Ж", "Zet", "Ø"], key=order) == ["Zet", "Ø", "Ж"]
    assert order("") == ("", "")
