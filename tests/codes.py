"""What a person's app would show."""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value

from tiendo.foundation.accounts.actions import factors
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.sealing import unseal

STEP = 30
"""Seconds for which a code is shown."""


def shown(secret: str, *, later: int = 0) -> str:
    """The code of this half minute, or of one `later`."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // STEP + later))


def with_app(user: User, at) -> str:
    """Give a person an app; its secret."""
    secret = generate_totp_secret()
    factors.add_app(user=user, secret=secret, code=shown(secret), at=at)
    return secret


def recovery_codes(user: User) -> list[str]:
    return Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()


def secret_of(user: User) -> str:
    return unseal(Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"])
