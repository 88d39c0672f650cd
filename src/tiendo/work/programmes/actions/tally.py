"""Putting the cube right, where it differs from what it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.models import Programme, Tally
from tiendo.work.programmes.queries.tally import KEY, Difference, differences


@transaction.atomic
def repair(*, at: datetime, actor: str) -> list[Difference]:
    """Make every wrong cell right, with one event for each programme touched. Returns what was wrong.

    `actor`: who runs it, as the audit names them (job:tally, shell:…). Cells are counted anew with their programmes
    held, so that nothing is written meanwhile.
    """
    touched = sorted({wrong.cell.programme for wrong in differences()})
    held = {
        one.pk: one
        for one in Programme.objects.select_for_update(of=("self",)).select_related("office").filter(pk__in=touched)
    }
    wrong = list(differences(touched))
    for each in wrong:
        key: dict[str, Any] = dict(zip(KEY, each.cell, strict=True))
        Tally.objects.update_or_create(**key, defaults={"n": each.true})
    Tally.objects.filter(programme__in=touched, n=0).delete()
    for pk, programme in held.items():
        cells = sum(1 for each in wrong if each.cell.programme == pk)
        if cells:
            events.record(
                actor=actor, verb="programmes.tally.repaired", subject=f"programmes.programme:{pk}", at=at,
                office=programme.office.path, data={"count": cells},
            )  # fmt: skip
    return wrong
