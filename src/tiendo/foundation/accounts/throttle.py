"""Counting wrong passwords, for the acts that ask for one. Limits are settings (docs/settings.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from tiendo.foundation.accounts.errors import TooManyAttemptsError
from tiendo.foundation.accounts.models import Attempt
from tiendo.foundation.accounts.rules import canonical, network, wait_until


@transaction.atomic
def take(*, username: str, address: str, at: datetime) -> int:
    """Count a try before the password is looked at, so that guesses made side by side are counted too.

    How many of this name there are now in its window. Raises TooManyAttemptsError.
    """
    window = timedelta(minutes=settings.SIGN_IN_MINUTES)
    Attempt.objects.filter(since__lte=at - window).delete()
    limits = {_name(username): settings.SIGN_IN_TRIES, _address(address): settings.SIGN_IN_TRIES_ADDRESS}
    rows = {row.key: row for row in Attempt.objects.select_for_update().filter(key__in=limits)}
    for key, row in rows.items():
        until = wait_until(count=row.count, since=row.since, most=limits[key], window=window, at=at)
        if until:
            shown = timezone.localtime(until + timedelta(seconds=59))  # the minute that is named is not too early
            raise TooManyAttemptsError(hour=f"{shown:%H:%M}", day=f"{shown:%d/%m/%Y}", until=until)
    for key in limits:
        Attempt.objects.update_or_create(key=key, defaults={"count": F("count") + 1}, create_defaults=_first(key, at))
    before = rows.get(_name(username))
    return before.count + 1 if before else 1


@transaction.atomic
def settle(*, username: str, address: str) -> None:
    """The password was right: the name's count is forgotten, the address gets its one try back."""
    forget(username)
    Attempt.objects.filter(key=_address(address), count__gt=0).update(count=F("count") - 1)


def forget(username: str) -> None:
    Attempt.objects.filter(key=_name(username)).delete()


def _first(key: str, at: datetime) -> dict[str, object]:
    return {"key": key, "count": 1, "since": at}


def _name(username: str) -> str:
    return _key("name", canonical(username))


def _address(address: str) -> str:
    return _key("address", network(address))


def _key(kind: str, value: str) -> str:
    return f"{kind}:{salted_hmac('tiendo.accounts.throttle', value, algorithm='sha256').hexdigest()}"
