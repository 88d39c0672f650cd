"""Signing in and out: who may, what the audit says, how guessing is slowed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

import factories as make
from factories import NOW
from factories.foundation import PASSWORD
from tiendo.foundation.accounts.actions import sessions, users
from tiendo.foundation.accounts.errors import (
    TooManyAttemptsError,
    UnknownSessionError,
    WrongPasswordError,
    WrongSignInError,
)
from tiendo.foundation.accounts.models import Attempt
from tiendo.foundation.accounts.queries import sessions_of
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


def opened(user, key: str = "k1", *, address: str = HERE, agent: str = "Firefox/133.0", at=NOW) -> UserSession:
    sessions.open_session(user=user, key=key, address=address, agent=agent, how="password", at=at)
    Session.objects.create(session_key=key, session_data="", expire_date=at + timedelta(hours=12))
    return UserSession.objects.get(session_key=key)


def test_who_signs_in_and_out_is_in_the_audit():
    user = make.user()
    assert enter(user.username.upper()) == user
    opened(user)
    assert last() == (user.actor, "accounts.session.opened", f"accounts.user:{user.pk}", {"how": "password"})
    sessions.sign_out(user=user, key="k1", at=NOW)
    assert last() == (user.actor, "accounts.session.closed", f"accounts.user:{user.pk}", {})
    assert not UserSession.objects.exists()
    assert audit.verify() is None


def test_open_sessions_are_listed_the_last_used_first_without_those_that_ran_out():
    user = make.user()
    for key in ("k1", "k2", "k3"):
        opened(user, key)
    Session.objects.filter(session_key="k2").update(expire_date=NOW)
    sessions.see(key="k1", at=NOW + timedelta(minutes=2))
    opened(make.user(), "another")
    assert [row.session_key for row in sessions_of(user, NOW + timedelta(minutes=2))] == ["k1", "k3"]


def test_ending_sessions_ends_them():
    user, other = make.user(), make.user()
    first, _, foreign = opened(user, "k1"), opened(user, "k2"), opened(other, "k3")
    with pytest.raises(UnknownSessionError):
        sessions.end(user=user, session=foreign.pk, by=user.actor, at=NOW)
    sessions.end(user=user, session=first.pk, by=user.actor, at=NOW)
    assert last() == (user.actor, "accounts.session.ended", f"accounts.user:{user.pk}", {"count": 1})
    opened(user, "k4")
    assert sessions.end_all(user=user, by="user:9", at=NOW, but="k4") == 1
    assert set(Session.objects.values_list("session_key", flat=True)) == {"k3", "k4"}
    assert sessions.end_all(user=user, by="user:9", at=NOW, but="k4") == 0, "nothing to tell"
    assert Event.objects.filter(verb="accounts.session.ended").count() == 2


@pytest.mark.parametrize(
    ("told", "kept"), [("", sessions.NOWHERE), ("unknown", sessions.NOWHERE), (" 10.1.2.3 ", "10.1.2.3")]
)
def test_an_address_that_is_none_is_no_obstacle(told, kept):
    assert opened(make.user(), address=told).ip == kept


def test_what_ran_out_leaves_the_tables():
    user = make.user()
    opened(user, "old")
    opened(user, "new", at=NOW + timedelta(hours=13))
    sessions.open_session(user=user, key="newest", address="", agent="", how="password", at=NOW + timedelta(hours=14))
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {"new", "newest"}
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]


def test_an_open_session_asks_for_the_password_and_counts_the_wrong_ones():
    user = make.user()
    for _ in range(5):
        with pytest.raises(WrongPasswordError):
            sessions.unlock(user=user, password="khong-phai", address=HERE, at=NOW)
    with pytest.raises(TooManyAttemptsError):
        sessions.unlock(user=user, password=PASSWORD, address=HERE, at=NOW)
    sessions.forget_tries(user=user, by="user:9", at=NOW)
    assert last() == ("user:9", "accounts.session.tries_forgotten", f"accounts.user:{user.pk}", {})
    sessions.unlock(user=user, password=PASSWORD, address=HERE, at=NOW)
    assert last()[1] == "accounts.session.unlocked"


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


@pytest.mark.parametrize("act", ["set_password", "deactivate"])
def test_a_new_password_from_the_administrator_and_leaving_end_every_session(act):
    user = make.user()
    opened(user)
    more = {"password": "gio-mua-thu-ve"} if act == "set_password" else {}
    getattr(users, act)(user=user, by="user:9", at=NOW, **more)
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


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
