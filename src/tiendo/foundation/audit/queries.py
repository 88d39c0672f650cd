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


def verify() -> Break | None:
    """Walk the whole chain; None when it holds. Finds a changed, missing or inserted event and a cut tail."""
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
    head = Head.objects.filter(pk=1).first()
    if head and (head.sequence, head.digest) != (expected - 1, previous):
        return Break(expected, "cut")
    return None
