"""Reading the audit, and checking that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.rules import digest


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which the chain does not hold."""

    sequence: int
    reason: str


def about(subjects: Iterable[str]) -> QuerySet[Event]:
    """Events about these subjects (`room.noun:id`), oldest first."""
    return Event.objects.filter(subject__in=list(subjects))


def verify(kept: tuple[int, str] | None = None) -> Break | None:
    """Walk the whole chain; None when it holds. Finds a changed, missing or inserted event and a cut tail.

    Who can write the database can cut the tail and set the head to match: that is found by a head kept elsewhere
    (`kept`), which must be one of the events.
    """
    expected, previous = 1, ""
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected:
            return Break(expected, "missing")
        facts = {
            name: getattr(event, name)
            for name in ("sequence", "at", "actor", "verb", "subject", "office", "data", "previous")
        }
        if event.previous != previous or digest(**facts) != event.digest:
            return Break(event.sequence, "changed")
        expected, previous = expected + 1, event.digest
        if kept and event.sequence == kept[0] and event.digest != kept[1]:
            return Break(event.sequence, "replaced")
    head = Head.objects.filter(pk=1).first()
    if head is None and expected > 1:
        return Break(expected, "headless")
    if (head and (head.sequence, head.digest) != (expected - 1, previous)) or (kept and kept[0] >= expected):
        return Break(expected, "cut")
    return None


def end() -> tuple[int, str]:
    """Number and digest of the last event (0 and "" before the first): what is to be kept elsewhere."""
    head = Head.objects.filter(pk=1).first()
    return (head.sequence, head.digest) if head else (0, "")
