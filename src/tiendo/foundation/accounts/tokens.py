"""Links that open something without a sign-in: `ID-SECRET`. Of the secret only a keyed digest is kept."""

from __future__ import annotations

import secrets
from typing import Any

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac


def secret() -> str:
    return secrets.token_urlsafe(32)


def token(pk: int, secret: str) -> str:
    return f"{pk}-{secret}"


def sealed(purpose: str, secret: str) -> str:
    """What is kept of a secret: of no use to whoever reads the database, nor for another purpose."""
    return salted_hmac(purpose, secret, algorithm="sha256").hexdigest()


def found[Row: Any](rows: QuerySet[Row], purpose: str, token: str) -> Row | None:
    """The row (with a `digest`) of a token. As long for a wrong secret as for a number that no row has."""
    pk, _, told = token.partition("-")
    number = int(pk) if pk.isascii() and pk.isdecimal() else 0
    row = rows.filter(pk=number).first()
    right = constant_time_compare(row.digest if row else sealed(purpose, ""), sealed(purpose, told))
    return row if right else None
