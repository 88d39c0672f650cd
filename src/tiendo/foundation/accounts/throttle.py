"""Counting wrong passwords and codes, for the acts that ask for one. Limits are settings (docs/settings.md).

Why not django-axes: docs/adr/0007-we-count-wrong-passwords-ourselves.md.
"""

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

PASSWORD, CODE = "name", "code"
"""The steps that can be guessed at."""


@transaction.atomic
def take(*, username: str, address: str, at: datetime, step: str = PASSWORD) -> int:
    """Count a try before the password is looked at, so that guesses made side by side are counted too.

    `step`: of what; the right password leaves the wrong codes counted. How many of this name there are now in its
    window. Raises TooManyAttemptsError.
    """
    window = timedelta(minutes=settings.SIGN_IN_MINUTES)
    _forget_old(at, window)
    name = _name(username, step)
    limits = {name: settings.SIGN_IN_TRIES, _address(address): settings.SIGN_IN_TRIES_ADDRESS}
    rows = {row.key: row for row in Attempt.objects.select_for_update().filter(key__in=limits)}
    for key, row in rows.items():
        until = wait_until(count=row.count, since=row.since, most=limits[key], window=window, at=at)
        if until:
            shown = timezone.localtime(_whole_minute(until))
            raise TooManyAttemptsError(hour=f"{shown:%H:%M}", day=f"{shown:%d/%m/%Y}", until=until)
    for key in limits:
        Attempt.objects.update_or_create(key=key, defaults={"count": F("count") + 1}, create_defaults=_first(key, at))
    before = rows.get(name)
    return before.count + 1 if before else 1


@transaction.atomic
def settle(*, username: str, address: str, step: str = PASSWORD) -> None:
    """It was right: the name's count is forgotten, the address gets its one try back."""
    Attempt.objects.filter(key=_name(username, step)).delete()
    Attempt.objects.filter(key=_address(address), count__gt=0).update(count=F("count") - 1)


@transaction.atomic
def knock(*, kind: str, who: str, most: int, at: datetime) -> bool:
    """Count a call at a door that asks for no name (`who`: an address, a link). False: too many in this window."""
    window = timedelta(minutes=settings.SIGN_IN_MINUTES)
    _forget_old(at, window)
    key = _key(kind, who)
    row = Attempt.objects.select_for_update().filter(key=key).first()
    if row and wait_until(count=row.count, since=row.since, most=most, window=window, at=at):
        return False
    Attempt.objects.update_or_create(key=key, defaults={"count": F("count") + 1}, create_defaults=_first(key, at))
    return True


def locked_until(*, username: str, at: datetime) -> datetime | None:
    """Until when nobody comes in by this name, whatever is typed; None: nothing stands in the way."""
    window = timedelta(minutes=settings.SIGN_IN_MINUTES)
    rows = Attempt.objects.filter(key__in=[_name(username, step) for step in (PASSWORD, CODE)], since__lte=at + window)
    ends = (
        wait_until(count=row.count, since=row.since, most=settings.SIGN_IN_TRIES, window=window, at=at) for row in rows
    )
    return max((_whole_minute(until) for until in ends if until), default=None)


def _whole_minute(until: datetime) -> datetime:
    """The minute that is named is not too early."""
    return until + timedelta(seconds=59)


def _forget_old(at: datetime, window: timedelta) -> None:
    """Also what a clock that was ahead has counted: nobody stays outside until that hour comes."""
    Attempt.objects.exclude(since__gt=at - window, since__lte=at + window).delete()


def forget(username: str) -> None:
    """All that was counted of a name, of any step."""
    Attempt.objects.filter(key__in=[_name(username, step) for step in (PASSWORD, CODE)]).delete()


def _first(key: str, at: datetime) -> dict[str, object]:
    return {"key": key, "count": 1, "since": at}


def _name(username: str, step: str) -> str:
    return _key(step, canonical(username))


def _address(address: str) -> str:
    return _key("address", network(address))


def _key(kind: str, value: str) -> str:
    return f"{kind}:{salted_hmac('tiendo.accounts.throttle', value, algorithm='sha256').hexdigest()}"
