"""Reading the audit, and checking that nobody touched it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DataError, OperationalError
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


UNREADABLE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, DataError)
"""What comes of a value in the table that no event can have: written past the system."""


def verify(kept: tuple[int, str] | None = None, *, begun: bool = False) -> Break | None:
    """Walk the whole chain; None when it holds. Finds a changed, missing or inserted event and a cut tail.

    Who can write the database can cut the tail and set the head to match: that is found by a head kept elsewhere
    (`kept`), which must be one of the events. `begun`: there are bodies or people, so there must be events of them.
    """
    walk = _Walk(kept)
    if (found := walk.broken()) is not None:
        return found
    if walk.expected == 1 and begun:
        return Break(1, "emptied")
    head = Head.objects.filter(pk=1).first()
    if head is None and walk.expected > 1:
        return Break(walk.expected, "headless")
    moved = head is not None and (head.sequence, head.digest) != (walk.expected - 1, walk.previous)
    if moved or (kept and kept[0] >= walk.expected):
        return Break(walk.expected, "cut")
    return None


class _Walk:
    """From the first event on: the number that comes next, the digest of the one before."""

    def __init__(self, kept: tuple[int, str] | None) -> None:
        self.expected, self.previous = 1, ""
        self._kept = kept

    def broken(self) -> Break | None:
        try:
            for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
                if (reason := self._wrong(event)) is not None:
                    return Break(self.expected, reason)
                self.expected, self.previous = self.expected + 1, event.digest
        except UNREADABLE:
            return Break(self.expected, "changed")
        except OperationalError as error:
            if "decode" not in str(error):  # the database itself is in trouble
                raise
            return Break(_undecodable(self.expected), "changed")
        return None

    def _wrong(self, event: Event) -> str | None:
        if event.sequence != self.expected:
            return "missing"
        if event.previous != self.previous or _digest(event) != event.digest:
            return "changed"
        if self._kept and event.sequence == self._kept[0] and event.digest != self._kept[1]:
            return "replaced"
        return None


def _undecodable(start: int) -> int:
    """The first event from `start` on whose text is none: SQLite says so of the rows that it fetches together."""
    for sequence in Event.objects.filter(sequence__gte=start).order_by("sequence").values_list("sequence", flat=True):
        try:
            Event.objects.get(sequence=sequence)
        except OperationalError:
            return sequence
    return start


def _digest(event: Event) -> str:
    names = ("sequence", "at", "actor", "verb", "subject", "office", "data", "previous")
    return digest(**{name: getattr(event, name) for name in names})


def end() -> tuple[int, str]:
    """Number and digest of the last event (0 and "" before the first): what is to be kept elsewhere."""
    head = Head.objects.filter(pk=1).first()
    return (head.sequence, head.digest) if head else (0, "")
