"""Signing in and out: who came, who was refused, who left; sessions that are open elsewhere."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.db import transaction

from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.errors import UnknownSessionError, WrongPasswordError, WrongSignInError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.rules import canonical, plain
from tiendo.foundation.audit.actions import events

DOOR = "door:sign-in"
"""The actor of a sign-in that failed: nobody is known to have done it."""
NOWHERE = "::"
"""Kept where no address is known: the column takes no nothing."""
LONGEST_AGENT = 200


def sign_in(*, username: str, password: str, address: str, at: datetime) -> User:
    """The person who showed the right password, from an address. Raises WrongSignInError, TooManyAttemptsError.

    The session itself is opened by `open_session`, when no second step is left. Short transactions, not one: the
    password is checked outside, since that takes a while and others wait to write.
    """
    tries = throttle.take(username=username, address=address, at=at)
    user = authenticate(username=canonical(username), password=password)
    if not isinstance(user, User):
        _refuse(username, tries, at)
        raise WrongSignInError
    throttle.settle(username=username, address=address)
    return user


@transaction.atomic
def refuse(*, user: User, how: str, at: datetime) -> None:
    """Record that a known person was refused for another reason than a wrong password."""
    _event("refused", user, DOOR, at, how=how)


@transaction.atomic
def open_session(*, user: User, key: str, address: str, agent: str, how: str, at: datetime) -> None:
    """A person is in. `key`: of the session; `how`: what was shown ("password", "password+totp", "passkey"…)."""
    UserSession.objects.update_or_create(
        session_key=key,
        defaults={
            "user": user,
            "ip": plain(address) or NOWHERE,
            "user_agent": agent[:LONGEST_AGENT],
            "created_at": at,
            "last_seen_at": at,
            "data": {"how": how},
        },
    )
    _event("opened", user, user.actor, at, how=how)
    _sweep(user, at)


def see(*, key: str, at: datetime) -> None:
    """A session was used. (No event: the audit would be full of them.)"""
    UserSession.objects.filter(session_key=key).update(last_seen_at=at)


def rename(*, key: str, new: str) -> None:
    """A session goes on under a new key, as after a change of the password."""
    UserSession.objects.filter(session_key=key).update(session_key=new)


def unlock(*, user: User, password: str, address: str, at: datetime) -> None:
    """The person of an open session shows the password again. Raises WrongPasswordError, TooManyAttemptsError."""
    throttle.take(username=user.username, address=address, at=at)
    if not user.check_password(password):
        raise WrongPasswordError
    with transaction.atomic():
        throttle.settle(username=user.username, address=address)
        _event("unlocked", user, user.actor, at, how="password")


@transaction.atomic
def unlocked(*, user: User, how: str, at: datetime) -> None:
    """The person of an open session was recognised again in another way."""
    _event("unlocked", user, user.actor, at, how=how)


@transaction.atomic
def sign_out(*, user: User, key: str, at: datetime) -> None:
    """Record that a person left. (A session that merely runs out leaves no event.)"""
    UserSession.objects.filter(session_key=key).delete()
    _event("closed", user, user.actor, at)


@transaction.atomic
def end(*, user: User, session: int, by: str, at: datetime) -> None:
    """End one open session of a person. Raises UnknownSessionError."""
    found = UserSession.objects.filter(pk=session, user=user).first()
    if found is None:
        raise UnknownSessionError
    found.end()
    _event("ended", user, by, at, count=1)


@transaction.atomic
def end_all(*, user: User, by: str, at: datetime, but: str = "") -> int:
    """End every open session of a person, `but` the one of this key. How many there were."""
    found = list(UserSession.objects.filter(user=user).exclude(session_key=but))
    for each in found:
        each.end()
    if found:
        _event("ended", user, by, at, count=len(found))
    return len(found)


@transaction.atomic
def forget_tries(*, user: User, by: str, at: datetime) -> None:
    """Who typed too many wrong passwords or codes may try again at once."""
    throttle.forget(user.username)
    _event("tries_forgotten", user, by, at)


def _sweep(user: User, at: datetime) -> None:
    """What ran out leaves the tables: sessions of anybody, and of this person the rows of sessions that are gone."""
    Session.objects.filter(expire_date__lt=at).delete()
    gone = UserSession.objects.filter(user=user).exclude(session_key__in=Session.objects.values("session_key"))
    gone.exclude(created_at=at).delete()


@transaction.atomic
def _refuse(username: str, tries: int, at: datetime) -> None:
    """Of an account that exists the audit says which; of a name that does not, only how often it was tried."""
    _event("refused", User.objects.filter(username=canonical(username)).first(), DOOR, at, count=tries)


def _event(verb: str, user: User | None, actor: str, at: datetime, **data: object) -> None:
    subject = f"accounts.user:{user.pk if user else 0}"
    events.record(actor=actor, verb=f"accounts.session.{verb}", subject=subject, at=at, data=data)
