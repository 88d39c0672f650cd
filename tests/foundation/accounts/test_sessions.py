"""Signing in and out: who may, what the audit says, how guessing is slowed."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import sessions, users
from tiendo.foundation.accounts.errors import TooManyAttemptsError, WrongPasswordError, WrongSignInError
from tiendo.foundation.accounts.models import Attempt
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.models import Event

pytestmark = pytest.mark.django_db

HERE, THERE = "203.0.113.7", "198.51.100.9"


def enter(username: str, password: str = PASSWORD, *, address: str = HERE, at=NOW):
    return sessions.sign_in(username=username, password=password, address=address, at=at)


def fail(username: str, times: int, **more) -> None:
    for _ in range(times):
        with pytest.raises(WrongSignInError):
            enter(username, "sai-mat-khau", **more)


def last() -> tuple[str, str, str, dict[str, object]]:
    event = Event.objects.last()
    return event.actor, event.verb, event.subject, event.data


def test_who_signs_in_and_out_is_in_the_audit():
    user = make.user()
    assert enter(user.username.upper()) == user
    assert last() == (user.actor, "accounts.session.opened", f"accounts.user:{user.pk}", {})
    sessions.sign_out(user=user, at=NOW)
    assert last() == (user.actor, "accounts.session.closed", f"accounts.user:{user.pk}", {})
    assert audit.verify() is None


def test_a_wrong_password_is_in_the_audit_and_counted():
    user = make.user()
    fail(user.username, 2)
    assert last() == ("door:sign-in", "accounts.session.refused", f"accounts.user:{user.pk}", {"count": 2})


def test_of_a_name_nobody_has_only_the_count_is_kept():
    fail("mat-khau-cua-toi-go-nham", 3)
    assert last() == ("door:sign-in", "accounts.session.refused", "accounts.user:0", {"count": 3})
    kept = " ".join(f"{event.actor} {event.subject} {event.data}" for event in Event.objects.all())
    kept += " ".join(Attempt.objects.values_list("key", flat=True))
    assert "go-nham" not in kept
    assert HERE not in kept


def test_one_who_left_is_refused_like_anybody():
    user = make.user()
    users.deactivate(user=user, by="user:9", at=NOW)
    with pytest.raises(WrongSignInError):
        enter(user.username)


def test_after_five_wrong_ones_even_the_right_password_waits():
    user = make.user()
    fail(user.username, 5)
    before = Event.objects.count()
    with pytest.raises(TooManyAttemptsError, match="thử lại từ 09:45 ngày 02/03/2026") as raised:
        enter(user.username, at=NOW + timedelta(seconds=20))
    assert raised.value.status == 429
    assert Event.objects.count() == before, "who waits does not fill the audit"
    with pytest.raises(TooManyAttemptsError):
        enter(user.username, address=THERE)
    assert enter(user.username, at=NOW + timedelta(minutes=15)) == user


def test_the_minute_that_is_named_is_not_too_early():
    user = make.user()
    fail(user.username, 5, at=NOW + timedelta(seconds=30))
    with pytest.raises(TooManyAttemptsError, match="thử lại từ 09:46"):
        enter(user.username, at=NOW + timedelta(minutes=1))
    assert enter(user.username, at=NOW + timedelta(minutes=16)) == user


def test_the_right_password_forgets_the_wrong_ones():
    user = make.user()
    for _ in range(3):
        fail(user.username, 4)
        enter(user.username)
    assert set(Attempt.objects.values_list("count", flat=True)) == {12}, "but the address keeps its count"


def test_many_names_from_one_address_are_slowed_too(settings):
    settings.SIGN_IN_TRIES_ADDRESS = 7
    user = make.user()
    for number in range(7):
        fail(f"ten-{number}", 1)
    with pytest.raises(TooManyAttemptsError):
        enter(user.username)
    assert enter(user.username, address=THERE) == user


def test_counts_are_dropped_when_their_window_is_over():
    fail("ai-do", 5)
    fail("ai-khac", 1, address=THERE, at=NOW + timedelta(minutes=15))
    assert Attempt.objects.count() == 2
    assert str(Attempt.objects.first()) in {"name 1", "address 1"}


def test_a_new_password_from_the_administrator_lets_in_at_once():
    user = make.user()
    fail(user.username, 5)
    users.set_password(user=user, password="gio-mua-thu-ve", by="user:9", at=NOW)
    assert last() == ("user:9", "accounts.user.password_set", f"accounts.user:{user.pk}", {})
    with pytest.raises(WrongSignInError):
        enter(user.username)
    assert enter(user.username, "gio-mua-thu-ve") == user


def change(user, current: str, at=NOW) -> None:
    users.change_password(user=user, current=current, password="gio-mua-thu-ve", address=HERE, at=at)


def test_ones_own_password_is_changed_against_the_old_one():
    user = make.user()
    with pytest.raises(WrongPasswordError):
        change(user, "khong-phai")
    change(user, PASSWORD)
    assert last() == (user.actor, "accounts.user.password_changed", f"accounts.user:{user.pk}", {})
    assert enter(user.username, "gio-mua-thu-ve") == user


def test_an_open_session_does_not_guess_the_password_either():
    user = make.user()
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            change(user, "khong-phai")
    with pytest.raises(TooManyAttemptsError):
        change(user, PASSWORD)
