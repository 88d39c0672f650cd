"""Reading the audit, and checking that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import DataError, OperationalError, connection
from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Substr

from tiendo.foundation.audit.chain import KEY_REPLACED, Walk
from tiendo.foundation.audit.chain import Break as Break  # noqa: PLC0414 (what verify answers with)
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.rules import KEY_NAME


def about(subjects: Iterable[str]) -> QuerySet[Event]:
    """Events about these subjects (`room.noun:id`), oldest first."""
    return Event.objects.filter(subject__in=list(subjects))


def in_affairs_of(paths: Iterable[str]) -> Q:
    """Events in the affairs of these bodies and all below them (none: nothing)."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= begins("office", path)
    return condition


def begins(field: str, with_: str) -> Q:
    """The text in this column begins so. In SQLite as a range, which an index serves: `/1/2/…` lies before `/1/20`,
    since 0 comes after the stroke. Elsewhere the order of texts is a matter of the language.
    """
    if connection.vendor != "sqlite":
        return Q(**{f"{field}__startswith": with_})
    return Q(**{f"{field}__gte": with_, f"{field}__lt": f"{with_[:-1]}{chr(ord(with_[-1]) + 1)}"})


UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, DataError)
"""What comes of a value in the table that no event can have: written past the system."""

LATELY = 200
"""So many events are looked at: so long after the clock was put right is it said."""
TOLERATED = timedelta(minutes=10)
"""Clocks are put right by so much without a word."""

Heads = Mapping[int, set[str]]
"""Number of an event → its digest, as kept elsewhere (more than one: they contradict each other)."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """`broken`: where the chain does not hold. `unsealed`, `on_trust`: how many events no key of ours has sealed."""

    broken: Break | None
    events: int = 0
    unsealed: int = 0
    on_trust: int = 0


def verify(kept: tuple[int, str] | None = None, *, begun: bool = False, heads: Heads | None = None) -> Break | None:
    """Walk the whole chain; None when it holds: see `check`."""
    return check(kept, begun=begun, heads=heads).broken


def check(kept: tuple[int, str] | None = None, *, begun: bool = False, heads: Heads | None = None) -> Verdict:
    """Walk the whole chain. Finds a changed, missing or inserted event, a cut tail, a chain made anew without the key.

    Who can write the database can cut the tail and set the head to match, and who has the key can write all of it anew:
    that is found by heads kept elsewhere (`kept`, `heads`), each of which must be one of the events. `begun`: there are
    bodies or people, so there must be events of them.
    """
    known = {number: set(digests) for number, digests in (heads or {}).items()}
    if kept:
        known.setdefault(kept[0], set()).add(kept[1])
    walk = Walk(settings.AUDIT_KEYS, known)
    broken = _walked(walk) or _end_of(walk, known, begun=begun) or walk.ended()
    return Verdict(broken, walk.expected - 1, walk.unsealed, walk.on_trust)


def _walked(walk: Walk) -> Break | None:
    try:
        return walk.over(Event.objects.order_by("sequence").iterator(chunk_size=2000))
    except UNREADABLE:
        return Break(walk.expected, "changed")
    except OperationalError as error:
        if "decode" not in str(error):  # the database itself is in trouble
            raise
        return Break(_undecodable(walk.expected), "changed")


def _end_of(walk: Walk, heads: Heads, *, begun: bool) -> Break | None:
    if walk.expected == 1 and begun:
        return Break(1, "emptied")
    head = Head.objects.filter(pk=1).first()
    if head is None and walk.expected > 1:
        return Break(walk.expected, "headless")
    moved = head is not None and (head.sequence, head.digest) != (walk.expected - 1, walk.previous)
    if moved or max(heads, default=0) >= walk.expected:
        return Break(walk.expected, "cut")
    return None


def _undecodable(start: int) -> int:
    """The first event from `start` on whose text is none: SQLite says so of the rows that it fetches together."""
    for sequence in Event.objects.filter(sequence__gte=start).order_by("sequence").values_list("sequence", flat=True):
        try:
            Event.objects.get(sequence=sequence)
        except OperationalError:
            return sequence
    return start


def ahead(at: datetime) -> datetime | None:
    """The latest moment that lately was recorded, where this one lies well before it: the clock was set back, or it had
    been ahead. None: it goes on as it should. The order of events is their number and needs no clock.
    """
    lately = Event.objects.order_by("-sequence").values_list("at", flat=True)[:LATELY]
    latest = max(lately, default=at)
    return latest if latest > at + TOLERATED else None


def end() -> tuple[int, str]:
    """Number and digest of the last event (0 and "" before the first): what is to be kept elsewhere."""
    head = Head.objects.filter(pk=1).first()
    return (head.sequence, head.digest) if head else (0, "")


def keys_in_use() -> dict[str, int]:
    """Names of the keys that sealed something, in the order of their first use → how many events."""
    sealed = Event.objects.exclude(seal=None).annotate(name=Substr("seal", 1, KEY_NAME)).order_by().values("name")
    counted = sealed.annotate(first=Min("sequence"), count=Count("pk")).order_by("first")
    return {row["name"]: row["count"] for row in counted}


def keys_given_up() -> set[str]:
    """Names of the keys that were said to be lost."""
    said = Event.objects.filter(verb=KEY_REPLACED).values_list("data", flat=True)
    return {name for data in said for name in data["former"]}
