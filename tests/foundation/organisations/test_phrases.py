"""What the words of a phrase say of the bodies it means."""

from __future__ import annotations

import pytest

from tiendo.foundation.organisations.models import Kind
from tiendo.foundation.organisations.rules.phrases import Meant, _known, meant


@pytest.mark.parametrize(
    ("phrase", "kinds", "named"),
    [
        ("Các huyện uỷ, thành ủy", ("party_committee",), ("Huyện ủy", "Thành ủy")),
        ("CÁC SỞ", ("department",), ("Sở",)),
        ("các sở, ban, ngành", ("department",), ()),
        ("các tổ chức chính trị - xã hội tỉnh", ("political_social",), ()),
        ("Các đảng ủy xã, phường", ("party_committee", "commune"), ("Đảng ủy xã", "Đảng ủy phường", "Đảng ủy đặc khu")),
        ("UBND các xã, phường", ("peoples_committee", "commune"),
         ("Ủy ban nhân dân xã", "Ủy ban nhân dân phường", "Ủy ban nhân dân đặc khu")),
        ("các xã, phường, đặc khu", ("commune",), ()),
        ("các sở và các đoàn thể", ("department", "political_social"), ()),
        ("thủ trưởng các sở", ("department",), ("Sở",)),
    ],
)  # fmt: skip
def test_known_words(phrase, kinds, named):
    assert meant(phrase) == Meant(kinds, named)


@pytest.mark.parametrize(
    "phrase",
    ["các cơ quan, đơn vị liên quan", "các tổ chức xã hội", "toàn thể cán bộ", "Thủ trưởng cơ quan", "", "các"],
)
def test_words_that_say_nothing(phrase):
    assert meant(phrase) is None


def test_every_kind_of_the_data_is_one():
    known, openers = _known()
    assert {kind for one in known.values() for kind in one.kinds} <= set(Kind.values)
    assert openers
