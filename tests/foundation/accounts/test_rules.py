"""How names are compared, and when one must wait."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest

from factories import NOW
from tiendo.foundation.accounts.rules import canonical, network, wait_until


@pytest.mark.parametrize(
    "typed", ["đức", "Đức", "ĐỨC", " đức ", unicodedata.normalize("NFD", "Đức"), "ｄ".replace("ｄ", "đ") + "ức"]
)
def test_one_name_however_it_is_typed(typed):
    assert canonical(typed) == "đức"


@pytest.mark.parametrize(("typed", "kept"), [("ＢＩＮＨ", "binh"), ("ﬁ", "fi"), ("a\u00a0", "a"), ("", "")])
def test_letters_that_only_look_different_are_one(typed, kept):
    assert canonical(typed) == kept
    assert canonical(canonical(typed)) == canonical(typed)


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_what_tries_are_counted_by(address, counted_as):
    assert network(address) == counted_as


@pytest.mark.parametrize(
    ("count", "minutes", "waits"), [(4, 0, False), (5, 0, True), (9, 14, True), (5, 15, False), (0, 0, False)]
)
def test_when_one_waits(count, minutes, waits):
    window = timedelta(minutes=15)
    until = wait_until(count=count, since=NOW, most=5, window=window, at=NOW + timedelta(minutes=minutes))
    assert until == (NOW + window if waits else None)
