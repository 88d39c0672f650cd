"""How names are compared, when one must wait, when a second factor is due."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest

from factories import NOW
from tiendo.foundation.accounts.rules import Step, canonical, idle, inside, network, second_step, wait_until


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


@pytest.mark.parametrize(
    ("has", "decides", "wanted", "within", "step"),
    [
        (True, False, "off", True, Step.ASK),
        (True, True, "all", False, Step.ASK),
        (False, True, "roles", True, Step.SET_UP),
        (False, False, "roles", True, Step.NONE),
        (False, False, "all", True, Step.SET_UP),
        (False, True, "off", True, Step.NONE),
        (False, False, "off", False, Step.REFUSE),
        (False, True, "roles", False, Step.REFUSE),
    ],
)
def test_what_stands_between_the_password_and_the_pages(has, decides, wanted, within, step):
    assert second_step(has=has, decides=decides, wanted=wanted, inside=within) is step


OFFICE = ["10.0.0.0/8", "2001:db8::/32", "203.0.113.7/32"]


@pytest.mark.parametrize(
    ("address", "networks", "is_inside"),
    [
        ("10.1.2.3", OFFICE, True),
        ("::ffff:10.1.2.3", OFFICE, True),
        ("2001:db8::9", OFFICE, True),
        ("203.0.113.7", OFFICE, True),
        ("203.0.113.8", OFFICE, False),
        ("11.1.2.3", OFFICE, False),
        ("", OFFICE, False),
        ("khong-phai-dia-chi", OFFICE, False),
        ("11.1.2.3", [], True),
        ("", [], True),
    ],
)
def test_where_the_office_is(address, networks, is_inside):
    assert inside(address, networks) is is_inside


@pytest.mark.parametrize(("after", "minutes", "is_idle"), [(29, 30, False), (30, 30, True), (900, 0, False)])
def test_when_nobody_may_sit_there_any_more(after, minutes, is_idle):
    assert idle(seen=NOW, at=NOW + timedelta(minutes=after), minutes=minutes) is is_idle
