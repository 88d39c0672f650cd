"""Passkeys: what the browser is asked for, and whether its answer is right (WebAuthn Level 2, by fido2 in allauth).

The challenge lies in the session and is used once. allauth finds the request by itself (its middleware).
"""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from tiendo.foundation.accounts.errors import WrongPasskeyError
from tiendo.foundation.accounts.models import User

LARGEST = 100_000
"""Characters of an answer; a real one has some thousand."""
WRONG = (ValidationError, ValueError, TypeError, LookupError, AttributeError, RecursionError)
"""What fido2 raises for an answer that is wrong, damaged or made up."""


def to_add(user: User) -> str:
    """JSON for navigator.credentials.create: a passkey that asks for a PIN or a finger and knows its user."""
    return json.dumps(auth.begin_registration(user, passwordless=True))


def added(answer: str) -> dict[str, Any]:
    """The credential, verified, as it is kept. Raises WrongPasskeyError."""
    credential = _read(answer)
    try:
        auth.complete_registration(credential)
    except WRONG as error:
        raise WrongPasskeyError from error
    return credential


def to_show(user: User | None = None) -> dict[str, Any]:
    """For navigator.credentials.get: one of this person's, or (None) any that the browser holds for us."""
    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def shown(answer: str, user: User | None = None) -> tuple[User, int]:
    """Whose passkey it is, and which. Raises WrongPasskeyError: made up, not of `user`, or of one who left."""
    credential = _read(answer)
    try:
        owner = user or auth.extract_user_from_response(credential)
        row: Authenticator = auth.complete_authentication(owner, credential)
    except WRONG as error:
        raise WrongPasskeyError from error
    if not isinstance(owner, User) or not owner.is_active:
        raise WrongPasskeyError
    return owner, row.pk


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer[:LARGEST])
    except (ValueError, RecursionError) as error:
        raise WrongPasskeyError from error
    if not isinstance(read, dict):
        raise WrongPasskeyError
    return read
