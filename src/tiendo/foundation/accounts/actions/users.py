"""Making people known, and their passwords."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from tiendo.foundation.accounts.errors import (
    BadFullNameError,
    BadUsernameError,
    UsernameTakenError,
    WeakPasswordError,
)
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events

USERNAME = re.compile(r"[\w.@+-]{1,60}")
LONGEST_NAME = 120


@transaction.atomic
def add(*, username: str, full_name: str, password: str, by: str, at: datetime, email: str = "") -> User:
    """Add a person who may sign in. `by` is the actor (`user:1`, `shell:init`).

    Raises BadUsernameError, BadFullNameError, UsernameTakenError, WeakPasswordError.
    """
    username, full_name = username.strip(), " ".join(full_name.split())
    if not USERNAME.fullmatch(username):
        raise BadUsernameError
    if not 0 < len(full_name) <= LONGEST_NAME:
        raise BadFullNameError(longest=LONGEST_NAME)
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTakenError(username=username)
    user = User(username=username, full_name=full_name, email=email, created_at=at)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPasswordError(reasons=" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    events.record(actor=by, verb="accounts.user.added", subject=f"accounts.user:{user.pk}", at=at)
    return user


@transaction.atomic
def set_language(*, user: User, language: str, at: datetime) -> None:
    """Remember the language a person reads."""
    user.language = language
    user.save(update_fields=["language"])
    events.record(
        actor=user.actor,
        verb="accounts.user.language_set",
        subject=f"accounts.user:{user.pk}",
        at=at,
        data={"language": language},
    )
