"""Passwords that would be guessed are refused, and nothing is asked of a network for that."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

import factories as make
from tiendo.foundation.accounts import strength
from tiendo.foundation.accounts.models import User


@pytest.mark.parametrize(
    "weak",
    ["matkhau2024", "Vietnam@2024", "Tinhuy@123", "anhyeuem1990", "Vanphong@2025", "qwertyuiop1", "P@ssw0rd2024",
     "aaaaaaaaaaaa", "Thanhcong99@Tran", "1234567890a"],
)  # fmt: skip
def test_what_offices_choose_and_lists_hold_is_refused(weak):
    with pytest.raises(ValidationError):
        validate_password(weak, User(username="tran.thanhcong", full_name="Trần Thành Công"))


@pytest.mark.parametrize(
    "good", ["mua-xuan-nho-nho", "lua chin vang dong", "tiendo-demo-2026", "Kẹo dừa Bến Tre ngọt lịm"]
)
def test_some_words_that_do_not_belong_together_are_good(good):
    person = User(username="binh", full_name="Nguyễn Thị Bình")
    assert validate_password(good, person) is None, "what is wrong is raised"


def test_of_a_long_one_only_the_beginning_is_looked_at(db, monkeypatch):
    looked: list[int] = []
    real = strength.zxcvbn
    monkeypatch.setattr(strength, "zxcvbn", lambda text, **more: looked.append(len(text)) or real(text, **more))
    validate_password("Chữ dài " * 500, make.user())
    assert looked == [strength.READ]
