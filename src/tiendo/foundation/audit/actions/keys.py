"""What the audit says of its own key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.chain import KEY_REPLACED
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import key_name


@transaction.atomic
def replace(*, former: Sequence[str], by: str, at: datetime) -> Event:
    """Say, sealed by the key that seals now, that it does; `former`: names of keys that are lost.

    What those sealed can be proved no further than the digests do: that it is as it was at this moment.
    """
    return events.record(
        actor=by,
        verb=KEY_REPLACED,
        subject="audit.chain:1",
        at=at,
        data={"key": key_name(settings.AUDIT_KEYS[-1]), "former": sorted(former)},
    )
