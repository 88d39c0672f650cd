"""The only writer of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from tiendo.foundation.audit.door import via
from tiendo.foundation.audit.models import Event, Head
from tiendo.foundation.audit.rules import digest


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
    event = Event.objects.create(**facts, digest=digest(**facts))  # type: ignore[arg-type]
    head.sequence, head.digest = event.sequence, event.digest
    head.save(update_fields=["sequence", "digest"])
    return event
