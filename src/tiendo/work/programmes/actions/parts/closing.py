"""A task is closed, and what is open of it is not owed any more; or it is opened again. Parts of actions/changes.py."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import ledger, moving, passing, rehoming
from tiendo.work.programmes.models import Asked, Obligation, Refusal, Task

State = Obligation.State
Closed = dict[str, list[int]]
"""Ids of the obligations that were `open` and `suspended`."""


def close(task: Task, *, by: User, at: datetime) -> Closed:
    """Nothing is asked any more: requests about it end too. Returns what was open, so that it can be opened again."""
    rows = Obligation.objects.select_for_update().filter(task=task, state__in=[State.OPEN, State.SUSPENDED])
    found = dict(rows.values_list("pk", "state"))
    with ledger.kept(found, on=timezone.localdate(at)):
        Obligation.objects.filter(pk__in=found).update(state=State.NOT_OWED)
    moving.drop_requests(found, by=by, at=at)
    Refusal.objects.filter(assignment__task=task, state=Asked.ASKED).update(
        state=Asked.WITHDRAWN, decided_by=by, decided_at=at
    )
    Task.objects.filter(pk=task.pk).update(closed_at=at)
    return {
        "open": [pk for pk, state in found.items() if state == State.OPEN],
        "suspended": [pk for pk, state in found.items() if state == State.SUSPENDED],
    }


def open_again(task: Task, closed: Closed, *, at: datetime) -> int:
    """What was open is open again, for whoever holds the charge now; what ended meanwhile is not. Counts it. Work with
    an end that was never asked for, since it was called done, is owed whatever its day.
    """
    today = timezone.localdate(at)
    Task.objects.filter(pk=task.pk).update(closed_at=None, done_before=False)
    rehoming.catch_up(task.programme, at=at, tasks=[task.pk])
    back = list(
        Obligation.objects.select_for_update().filter(
            pk__in=[*closed["open"], *closed["suspended"]], state=State.NOT_OWED
        )
    )
    for one in back:
        one.state = State.SUSPENDED if one.pk in closed["suspended"] else State.OPEN
    with ledger.kept([one.pk for one in back], on=today):
        Obligation.objects.bulk_update(back, ["state"], batch_size=500)
    passing.catch_up(back, at=at)
    there = set(task.obligations.values_list("pk", flat=True))
    obligations.raise_due(programme=task.programme, at=at)
    new = list(task.obligations.exclude(pk__in=there))
    past = [one.pk for one in new if one.due < today and (one.standing or not task.done_before)]
    with ledger.kept(past, on=today):
        Obligation.objects.filter(pk__in=past).update(state=State.NOT_OWED)
    return len(back) + len(new) - len(past)
