"""That the evidence of a programme was taken out of the house."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries.work import whole_visible_to


@transaction.atomic
def pack(*, programme: Programme, evidence: Collection[int], by: User, at: datetime) -> Event:
    """Record, before the first byte is sent, who takes the files of which `evidence` along. Returns the event.

    For those who see the whole of the programme. Raises NotAllowedError.
    """
    seen = whole_visible_to(rights(by, timezone.localdate(at)))
    if not seen.filter(pk=programme.pk).exists():
        raise NotAllowedError
    return events.record(
        actor=by.actor,
        verb="programmes.programme.evidence_packed",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"count": len(evidence), "digest": which(evidence)},
    )
