"""The only writer of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tiendo.foundation.audit.door import via
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.rules import digest, seal


def record(
    *, actor: str, verb: str, subject: str, at: datetime, office: str = "", data: Mapping[str, object] | None = None
) -> Event:
    """Append one event, inside the caller's transaction: the act and its event stand or fall together.

    `data` must be JSON and free of personal data. Through a door that is told (`door.through`) it says which.
    """
    head = _head()
    event = _next(head, actor=actor, verb=verb, at=at, said=Said(subject, office, data or {}))
    event.save(force_insert=True)
    head.save(update_fields=["sequence", "digest"])
    return event


@dataclass(frozen=True, slots=True)
class Said:
    """What one event of many says."""

    subject: str
    office: str = ""
    data: Mapping[str, object] = field(default_factory=dict)


def record_all(*, actor: str, verb: str, said: Iterable[Said], at: datetime) -> int:
    """As `record`, of an act on many subjects: one event for each, in this order, in a few statements whatever their
    number. Returns how many.
    """
    head = _head()
    made = [_next(head, actor=actor, verb=verb, at=at, said=one) for one in said]
    if made:
        Event.objects.bulk_create(made, batch_size=500)
        head.save(update_fields=["sequence", "digest"])
    return len(made)


def record_once(*, actor: str, verb: str, subject: str, at: datetime, data: Mapping[str, object] | None = None) -> bool:
    """Append an event unless its subject has one of this verb already: of two who do it at once the second records
    nothing. Returns whether it was recorded.
    """
    _head()
    if Event.objects.filter(subject=subject, verb=verb).exists():
        return False
    record(actor=actor, verb=verb, subject=subject, at=at, data=data)
    return True


def _head() -> Head:
    """The end of the chain, held: whoever else appends waits here."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    return head


def _next(head: Head, *, actor: str, verb: str, at: datetime, said: Said) -> Event:
    """The event that comes after this end of the chain, not stored yet; the end moves on to it."""
    facts = {
        "sequence": head.sequence + 1,
        "at": at,
        "actor": actor,
        "verb": verb,
        "subject": said.subject,
        "office": said.office,
        "data": {**said.data, **via()},
        "previous": head.digest,
    }
    made = digest(**facts)  # type: ignore[arg-type]
    head.sequence, head.digest = head.sequence + 1, made
    return Event(**facts, digest=made, seal=seal(made, settings.AUDIT_KEYS[-1]))
