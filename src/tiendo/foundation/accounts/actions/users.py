"""Making people known, giving them a new password, letting them go."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.accounts.errors import (
    AlreadyActiveError,
    AlreadyInactiveError,
    BadFullNameError,
    BadUsernameError,
    SamePasswordError,
    UsernameTakenError,
    WeakPasswordError,
    WrongPasswordError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.rules import canonical
from tiendo.foundation.audit.actions import events

USERNAME = re.compile(r"[\w.@+-]{1,60}")
LONGEST_NAME = 120


@transaction.atomic
def add(
    *,
    username: str,
    full_name: str,
    password: str | None,
    by: str,
    at: datetime,
    email: str = "",
    given: bool = True,
) -> User:
    """Add a person who may sign in. `by` is the actor (`user:1`, `shell:init`). Without a password: elsewhere (SSO).
    `given`: somebody else chose the password, which is changed at the first sign-in.

    Raises BadUsernameError, BadFullNameError, UsernameTakenError, WeakPasswordError.
    """
    typed, username, full_name = username.strip(), canonical(username), " ".join(full_name.split())
    if not USERNAME.fullmatch(username):
        raise BadUsernameError
    if not 0 < len(full_name) <= LONGEST_NAME:
        raise BadFullNameError(longest=LONGEST_NAME)
    if User.objects.filter(username=username).exists():
        raise UsernameTakenError(username=typed)
    user = User(username=username, full_name=full_name, email=email, created_at=at)
    if password is None:
        user.set_unusable_password()
    else:
        _give(user, password, given=given)
    user.save()
    _event("added", user, by, at)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: str, at: datetime) -> None:
    """Give somebody a new password, to be changed when they come in with it. Every session of theirs ends with the old
    one. Raises WeakPasswordError.

    One's own, known password is changed by `change_password`.
    """
    _give(user, password, given=True)
    user.save(update_fields=["password", "password_given"])
    throttle.forget(user.username)
    sessions.end_all(user=user, by=by, at=at)
    _event("password_set", user, by, at)


def change_password(*, user: User, current: str, password: str, address: str, at: datetime) -> None:
    """A new password of one's own, against the one that is in force: an open session alone does not give it away.

    Raises WrongPasswordError (counted like a wrong sign-in), TooManyAttemptsError, SamePasswordError,
    WeakPasswordError.
    """
    throttle.take(username=user.username, address=address, at=at)
    if not user.check_password(current):
        raise WrongPasswordError
    with transaction.atomic():
        throttle.settle(username=user.username, address=address)
        if password == current:
            raise SamePasswordError
        _give(user, password, given=False)
        user.save(update_fields=["password", "password_given"])
        _event("password_changed", user, user.actor, at)


@transaction.atomic
def begin(*, user: User, password: str) -> None:
    """Who had none chooses a first password. A part of accepting an invitation, which records it.

    Raises WeakPasswordError.
    """
    _give(user, password, given=False)
    user.save(update_fields=["password", "password_given"])


@transaction.atomic
def deactivate(*, user: User, by: str, at: datetime) -> None:
    """Nobody signs in with this account any more; its sessions end, an invitation opens nothing. Posts are
    ended by `posts.leave`.

    Raises AlreadyInactiveError.
    """
    if not User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        raise AlreadyInactiveError
    user.is_active = False
    user.invitations.filter(accepted_at=None, revoked_at=None).update(revoked_at=at)
    sessions.end_all(user=user, by=by, at=at)
    _event("deactivated", user, by, at)


@transaction.atomic
def activate(*, user: User, by: str, at: datetime) -> None:
    """Take a deactivation back. The posts that were ended stay ended. Raises AlreadyActiveError."""
    if not User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        raise AlreadyActiveError
    user.is_active = True
    _event("activated", user, by, at)


@transaction.atomic
def set_language(*, user: User, language: str, at: datetime) -> None:
    """Remember the language a person reads."""
    user.language = language
    user.save(update_fields=["language"])
    _event("language_set", user, user.actor, at, language=language)


def _give(user: User, password: str, *, given: bool) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPasswordError(reasons=" ".join(error.messages)) from error
    user.set_password(password)
    user.password_given = given


def _event(verb: str, user: User, by: str, at: datetime, **data: object) -> None:
    events.record(actor=by, verb=f"accounts.user.{verb}", subject=f"accounts.user:{user.pk}", at=at, data=data)
