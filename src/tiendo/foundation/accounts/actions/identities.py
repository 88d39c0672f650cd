"""The province's single sign-on: which account a person recognised there has here.

A tie is made by the person, who is signed in here with a password, or by an administrator, who writes down what the
provider calls that person. An e-mail address that happens to be the same ties nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import IntegrityError, transaction

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.actions.sessions import DOOR
from tiendo.foundation.accounts.errors import (
    BadSsoNameError,
    NoPasswordError,
    SsoFailedError,
    SsoTakenError,
    SsoUnknownError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.rules import canonical
from tiendo.foundation.audit.actions import events

PROVIDER = "sso"
NOBODY = "accounts.user:0"
LONGEST = 255


def recognise(*, claims: Mapping[str, Any], at: datetime) -> User:
    """The person of verified claims (OpenID Connect Core 5.1), by the tie there is, or by the administrator's word.

    Raises SsoFailedError for claims without a subject, SsoUnknownError, SsoTakenError.
    """
    subject = _subject(claims)
    with transaction.atomic():
        user = _known(subject, claims, at)
        if user is not None:
            return user
        events.record(actor=DOOR, verb="accounts.session.refused", subject=NOBODY, at=at, data={"how": "sso"})
    raise SsoUnknownError


@transaction.atomic
def link(*, user: User, claims: Mapping[str, Any], at: datetime) -> None:
    """The person of an open session was recognised there as well: from now on that opens this account.

    Raises SsoFailedError, SsoTakenError.
    """
    _tie(user, _subject(claims), user.actor, at)


@transaction.atomic
def unlink(*, user: User, by: str, at: datetime) -> None:
    """Take the tie off, and the name that would make it again. Raises NoPasswordError where nothing else would open."""
    if not user.has_usable_password():
        raise NoPasswordError
    SocialAccount.objects.filter(user=user, provider=PROVIDER).delete()
    user.sso_name = ""
    user.save(update_fields=["sso_name"])
    _event("unlinked", user, by, at)


@transaction.atomic
def set_name(*, user: User, name: str, by: str, at: datetime) -> None:
    """An administrator writes what the provider calls this person (settings.SSO.claim). A tie to another subject ends.

    Raises BadSsoNameError, SsoTakenError.
    """
    name = name.strip()
    if len(name) > LONGEST:
        raise BadSsoNameError(longest=LONGEST)
    if name and User.objects.filter(sso_name=name).exclude(pk=user.pk).exists():
        raise SsoTakenError
    SocialAccount.objects.filter(user=user, provider=PROVIDER).delete()
    user.sso_name = name
    user.save(update_fields=["sso_name"])
    _event("named" if name else "unlinked", user, by, at)


def _known(subject: str, claims: Mapping[str, Any], at: datetime) -> User | None:
    tied = SocialAccount.objects.filter(provider=PROVIDER, uid=subject).select_related("user").first()
    user = tied.user if tied else _named(claims) or _made(claims, at)
    if user is None or not user.is_active:
        return None
    if not tied:
        _tie(user, subject, DOOR, at)
    return user


def _subject(claims: Mapping[str, Any]) -> str:
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST:
        raise SsoFailedError
    return subject


def _named(claims: Mapping[str, Any]) -> User | None:
    """The account that an administrator named so. An address counts when the provider has verified it."""
    claim = settings.SSO.claim
    value = claims.get(claim)
    if not isinstance(value, str) or not value or (claim == "email" and claims.get("email_verified") is not True):
        return None
    return User.objects.filter(sso_name=value).first()


def _made(claims: Mapping[str, Any], at: datetime) -> User | None:
    """A new account, without a post and without a password, where the office wants that and the name is free."""
    name = claims.get("preferred_username")
    if not settings.SSO.create or not isinstance(name, str) or User.objects.filter(username=canonical(name)).exists():
        return None
    told = claims.get("name")
    return users.add(username=name, full_name=told if isinstance(told, str) else name, password=None, by=DOOR, at=at)


def _tie(user: User, subject: str, by: str, at: datetime) -> None:
    """One account, one person there: neither is given away while it is tied."""
    if SocialAccount.objects.filter(user=user, provider=PROVIDER).exists():
        raise SsoTakenError
    try:
        with transaction.atomic():
            SocialAccount.objects.create(user=user, provider=PROVIDER, uid=subject)
    except IntegrityError as error:
        raise SsoTakenError from error
    _event("linked", user, by, at)


def _event(verb: str, user: User, by: str, at: datetime) -> None:
    events.record(actor=by, verb=f"accounts.identity.{verb}", subject=f"accounts.user:{user.pk}", at=at)
