"""Where a product is on its way to being issued, and how long it lay with whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tiendo.work.programmes.models import Stage, Task
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
