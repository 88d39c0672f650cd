"""Signing in and out: who came, who was refused, who left."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth import authenticate
from django.db import transaction

from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.errors import WrongSignInError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.rules import canonical
from tiendo.foundation.audit.actions import events

DOOR = "door:sign-in"
"""The actor of a sign-in that failed: nobody is known to have done it."""


def sign_in(*, username: str, password: str, address: str, at: datetime) -> User:
    """The person who showed the right password, from an address. Raises WrongSignInError, TooManyAttemptsError.

    Short transactions, not one: the password is checked outside, since that takes a while and others wait to write.
    """
    tries = throttle.take(username=username, address=address, at=at)
    user = authenticate(username=canonical(username), password=password)
    if not isinstance(user, User):
        _refuse(username, tries, at)
        raise WrongSignInError
    with transaction.atomic():
        throttle.settle(username=username, address=address)
        _event("opened", user, user.actor, at)
    return user


@transaction.atomic
def sign_out(*, user: User, at: datetime) -> None:
    """Record that a person left. (A session that merely runs out leaves no event.)"""
    _event("closed", user, user.actor, at)


@transaction.atomic
def _refuse(username: str, tries: int, at: datetime) -> None:
    """Of an account that exists the audit says which; of a name that does not, only how often it was tried."""
    _event("refused", User.objects.filter(username=canonical(username)).first(), DOOR, at, count=tries)


def _event(verb: str, user: User | None, actor: str, at: datetime, **data: object) -> None:
    subject = f"accounts.user:{user.pk if user else 0}"
    events.record(actor=actor, verb=f"accounts.session.{verb}", subject=subject, at=at, data=data)
