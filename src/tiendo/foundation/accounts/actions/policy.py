"""What the office chose for signing in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tiendo.foundation.accounts.models import Policy
from tiendo.foundation.audit.actions import events


@transaction.atomic
def set_second_factor(*, wanted: str, by: str, at: datetime) -> Policy:
    """Who must have a second factor: nobody, those of a role that decides, everybody. Raises ValueError."""
    chosen = Policy.SecondFactor(wanted)
    policy, _ = Policy.objects.update_or_create(pk=1, defaults={"second_factor": chosen})
    events.record(
        actor=by,
        verb="accounts.policy.second_factor_set",
        subject="accounts.policy:1",
        at=at,
        data={"wanted": str(chosen)},
    )
    return policy
