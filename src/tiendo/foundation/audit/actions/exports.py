"""Events that leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event


@transaction.atomic
def exported(*, count: int, last: int, filters: Sequence[str], form: str, office: str, by: str, at: datetime) -> Event:
    """Say that so many events, up to number `last`, were taken as a file (`form`: csv, xlsx).

    `filters` names by what they were chosen, never what was asked for. `office`: the path of the bodies looked after.
    """
    return events.record(
        actor=by,
        verb="audit.events.exported",
        subject=f"audit.events:{last}",
        at=at,
        office=office,
        data={"count": count, "last": last, "filters": list(filters), "format": form},
    )
