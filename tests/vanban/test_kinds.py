"""Kinds and their codes."""

from __future__ import annotations

import pytest

from vanban import kinds


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("NGHỊ QUYẾT", "Nghị quyết"),
        ("nghị  quyết", "Nghị quyết"),
        ("Công\nvăn", "Công văn"),
        ("chương trình hành động", "Chương trình hành động"),
        ("Bản thoả thuận", "Bản thỏa thuận"),
        ("Nghị quyết số", None),
    ],
)
def test_canonical(printed, kind):
    assert kinds.canonical(printed) == kind


@pytest.mark.parametrize(
    ("code", "first"),
    [
        ("NQ", "Nghị quyết"),
        ("QĐi", "Quy định"),
        ("CTr", "Chương trình hành động"),
        ("TTR", "Tờ trình"),
        ("QÐ", "Quyết định"),
    ],
)
def test_codes(code, first):
    assert kinds.of_code(code)[0] == first


def test_a_code_that_is_an_issuers():
    assert kinds.of_code("UBND") == ()


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Nghị quyết", "Nghị quyết", True),
        ("Chương trình", "Chương trình hành động", True),
        ("Văn bản", "Công văn", True),
        (None, "Luật", True),
        ("Luật", "Nghị quyết", False),
        ("Quyết định", "Quy định", False),
    ],
)
def test_agree(one, other, agree):
    assert kinds.agree(one, other) is agree
    assert kinds.agree(other, one) is agree


@pytest.mark.parametrize(
    ("text", "kind", "at"),
    [
        ("theo Nghị quyết", "Nghị quyết", 5),
        ("theo Nghị quyết:  ", "Nghị quyết", 5),
        ("Chương trình hành động", "Chương trình hành động", 0),
        ("tại Công\nvăn ", "Công văn", 4),
        ("bản thoả thuận", "Bản thỏa thuận", 0),
    ],
)
def test_at_end(text, kind, at):
    assert kinds.at_end(text) == (at, kind)


@pytest.mark.parametrize("text", ["", "Nghị quyết này", "12", "Nghị quyết ("])
def test_nothing_at_the_end(text):
    assert kinds.at_end(text) is None


def test_laws_are_cited_by_name():
    assert {"Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh"} == kinds.named()
