"""Where a product is on its way to being issued, and how long it lay with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Stage, Task
from tiendo.work.programmes.queries.internal import open_to
from tiendo.work.programmes.rules.stages import Clock, clock


@dataclass(frozen=True, slots=True)
class Held:
    """A stage at a day. `current`: it lies there now."""

    stage: Stage
    clock: Clock
    current: bool


def course(task: Task, on: date) -> list[Held]:
    """The stages of a task in their order. One query."""
    return [
        Held(
            stage,
            clock(started=stage.started_on, finished=stage.finished_on, due=stage.due, on=on),
            current=stage.started_on is not None and stage.finished_on is None,
        )
        for stage in task.stages.select_related("holder").order_by("position")
    ]


def in_turn(rights: Rights) -> QuerySet[Stage]:
    """The stages that lie now with a body for which this person writes or signs, soonest due first."""
    bodies = {body.pk for one in (Permission.WRITE_REPORT, Permission.SUBMIT_REPORT) for body in rights.bodies(one)}
    rows = Stage.objects.filter(
        holder__in=bodies, started_on__isnull=False, finished_on=None, task__closed_at=None
    ).filter(open_to(rights, rights.bodies(Permission.SEE_WORK), "task__programme"))
    return rows.select_related("task__programme", "holder").order_by("due", "pk")


def by_holder(held: Iterable[Held]) -> dict[int, Clock]:
    """Days held and late days by body (id), summed over its stages."""
    found: dict[int, Clock] = {}
    for one in held:
        sum_ = found.get(one.stage.holder_id, Clock(0, 0))
        found[one.stage.holder_id] = Clock(sum_.days + one.clock.days, sum_.late + one.clock.late)
    return found


def current(task: Task) -> Stage | None:
    """The stage in which it is; None: no stages, or all are done."""
    return task.stages.filter(started_on__isnull=False, finished_on=None).select_related("holder").first()
