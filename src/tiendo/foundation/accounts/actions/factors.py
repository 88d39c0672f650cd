"""Second factors: one-time codes of an app, passkeys, recovery codes. Kept in allauth's table, what is secret sealed.

A passkey's ceremony is the browser's and the door's; what comes here was verified (doors/desk/session/ceremony.py).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    validate_totp_code,
    yield_hotp_counters_from_time,
)
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from tiendo.foundation.accounts import throttle
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.accounts.errors import (
    BadFactorNameError,
    LastFactorError,
    UnknownFactorError,
    WrongCodeError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.sealing import unseal
from tiendo.foundation.audit.actions import events

LONGEST_NAME = 60
Kind = Authenticator.Type


@transaction.atomic
def add_app(*, user: User, secret: str, code: str, at: datetime) -> None:
    """An app that shows one-time codes, proved by one; it takes the place of the one before. Raises WrongCodeError."""
    if not validate_totp_code(secret, _digits(code)):
        raise WrongCodeError
    Authenticator.objects.filter(user=user, type=Kind.TOTP).delete()
    _added(TOTP.activate(user, secret).instance, at)


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: dict[str, Any], at: datetime) -> None:
    """A passkey that the door has verified, under a name of the person's own. Raises BadFactorNameError."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadFactorNameError(longest=LONGEST_NAME)
    _added(WebAuthn.add(user, name, credential).instance, at)


@transaction.atomic
def remove(*, user: User, factor: int, needed: bool, at: datetime) -> None:
    """Take one's own factor off; recovery codes alone are none. `needed`: the last one stays.

    Raises UnknownFactorError, LastFactorError.
    """
    rows = list(Authenticator.objects.select_for_update().filter(user=user).exclude(type=Kind.RECOVERY_CODES))
    found = next((row for row in rows if row.pk == factor), None)
    if found is None:
        raise UnknownFactorError
    if needed and len(rows) == 1:
        raise LastFactorError
    found.delete()
    if len(rows) == 1:
        Authenticator.objects.filter(user=user).delete()
    _event("removed", user, user.actor, at, kind=found.type)


@transaction.atomic
def renew_codes(*, user: User, at: datetime) -> None:
    """Ten new recovery codes; the old ones are void. Raises UnknownFactorError where there is nothing to recover."""
    if not Authenticator.objects.filter(user=user).exclude(type=Kind.RECOVERY_CODES).exists():
        raise UnknownFactorError
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(user)
    _event("codes_renewed", user, user.actor, at)


@transaction.atomic
def codes_noted(*, user: User, at: datetime) -> None:
    """The person has put the recovery codes away: they are not shown again."""
    row = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    if row is None:
        raise UnknownFactorError
    row.data["viewed_at"] = at.timestamp()
    row.save(update_fields=["data"])
    _event("codes_noted", user, user.actor, at)


def check_code(*, user: User, code: str, address: str, at: datetime) -> str:
    """Which kind of factor a typed code proves: an app's, or a recovery code, which is used up by it.

    Raises WrongCodeError (counted as a wrong password is), TooManyAttemptsError, SealedElsewhereError.
    """
    tries = throttle.take(username=user.username, address=address, at=at, step=throttle.CODE)
    with transaction.atomic():
        kind = _kind_of(user, _digits(code))
        if kind:
            throttle.settle(username=user.username, address=address, step=throttle.CODE)
            Authenticator.objects.filter(user=user, type=kind).update(last_used_at=at)
            return kind
        events.record(
            actor=sessions.DOOR,
            verb="accounts.session.code_refused",
            subject=f"accounts.user:{user.pk}",
            at=at,
            data={"count": tries},
        )
    raise WrongCodeError


def passkey_used(*, factor: int, at: datetime) -> None:
    """A passkey was shown. (The event is that of the session which it opens.)"""
    Authenticator.objects.filter(pk=factor).update(last_used_at=at)


@transaction.atomic
def reset(*, user: User, by: str, at: datetime) -> int:
    """For one who lost the device: every second factor is taken off, every session ends. How many factors it were."""
    count: int = Authenticator.objects.filter(user=user).exclude(type=Kind.RECOVERY_CODES).count()
    Authenticator.objects.filter(user=user).delete()
    throttle.forget(user.username)
    _event("reset", user, by, at, count=count)
    sessions.end_all(user=user, by=by, at=at)
    return count


def _kind_of(user: User, code: str) -> str | None:
    """Of the person's kinds the one that a code proves."""
    rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=user)}
    app, codes = rows.get(Kind.TOTP), rows.get(Kind.RECOVERY_CODES)
    if app is not None and _fits(app, code):
        return str(Kind.TOTP)
    if codes is not None and RecoveryCodes(codes).validate_code(code):
        return str(Kind.RECOVERY_CODES)
    return None


def _fits(app: Authenticator, code: str) -> bool:
    """No code is taken twice, nor one before it: allauth remembers that in a cache of each process only."""
    secret = unseal(app.data["secret"])
    for counter in yield_hotp_counters_from_time():
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > app.data.get("last", 0) and compare_user_code(actual=code, expected=expected):
            app.data["last"] = counter
            app.save(update_fields=["data"])
            return True
    return False


def _digits(code: str) -> str:
    return "".join(code.split()).replace("-", "")


def _added(factor: Authenticator, at: datetime) -> None:
    """With the first factor come the recovery codes."""
    factor.created_at = at
    factor.save(update_fields=["created_at"])
    user: User = factor.user
    _event("added", user, user.actor, at, kind=str(factor.type))
    RecoveryCodes.activate(user)


def _event(verb: str, user: User, actor: str, at: datetime, **data: object) -> None:
    events.record(actor=actor, verb=f"accounts.factor.{verb}", subject=f"accounts.user:{user.pk}", at=at, data=data)
