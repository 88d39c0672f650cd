"""The only writer of the audit."""

from __future__ import annotations

from collections.abc import Mapping
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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    head, _ = Head.objects.select_for_update().get_or_create(pk=1)
    facts = {
        "sequence": head.sequence + 1,
        "at": at,
        "actor": actor,
        "verb": verb,
        "subject": subject,
        "office": office,
        "data": {**(data or {}), **via()},
        "previous": head.digest,
    }
    made = digest(**facts)  # type: ignore[arg-type]
    event = Event.objects.create(**facts, digest=made, seal=seal(made, settings.AUDIT_KEYS[-1]))
    head.sequence, head.digest = event.sequence, event.digest
    head.save(update_fields=["sequence", "digest"])
    return event


def record_once(*, actor: str, verb: str, subject: str, at: datetime, data: Mapping[str, object] | None = None) -> bool:
    """Append an event unless its subject has one of this verb already: of two who do it at once the second records
    nothing. Returns whether it was recorded.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an event is recorded in the transaction of its act")
    Head.objects.select_for_update().get_or_create(pk=1)  # whoever appends waits here
    if Event.objects.filter(subject=subject, verb=verb).exists():
        return False
    record(actor=actor, verb=verb, subject=subject, at=at, data=data)
    return True
