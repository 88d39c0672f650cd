"""A product that another body issues goes from hand to hand: trình → cho ý kiến → ban hành."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions.parts import reasons, telling
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors_of_changes import (
    StageDueError,
    StageNotHeldError,
    StagePaperError,
    StagesBegunError,
    StagesError,
    TaskClosedError,
)
from tiendo.work.programmes.models import Stage, Task
from tiendo.work.programmes.rules.reasons import NUMBER_LIMIT
from tiendo.work.programmes.rules.stages import days_in_order, in_order
from tiendo.work.programmes.rules.terms import EARLIEST, LATEST


@dataclass(frozen=True, slots=True)
class Step:
    """One stage that is thought of; `kind`: Stage.Kind."""

    kind: str
    holder: Organisation
    due: date | None = None


@transaction.atomic
def set_up(*, task: Task, steps: Sequence[Step], by: User, at: datetime) -> list[Stage]:
    """Lay down the stages; the first begins today. Set up again, they take the place of stages none of which is done.

    Raises NotAllowedError, TaskClosedError, StagesError, StageDueError, StagesBegunError,
    OutsideError.
    """
    task, today = _held(task), timezone.localdate(at)
    require(by, Permission.ASSIGN, task.programme.office, today)
    if task.closed_at is not None:
        raise TaskClosedError
    require_inside(task.programme, [step.holder for step in steps])
    if not in_order([step.kind for step in steps]):
        raise StagesError
    days = [step.due for step in steps]
    if not days_in_order(days) or any(day and not EARLIEST <= day <= LATEST for day in days):
        raise StageDueError(first=f"{EARLIEST:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")
    if task.stages.filter(finished_on__isnull=False).exists():
        raise StagesBegunError
    task.stages.all().delete()
    made = Stage.objects.bulk_create(
        Stage(
            task=task,
            kind=step.kind,
            position=place,
            holder=step.holder,
            due=step.due,
            started_on=today if place == 1 else None,
        )
        for place, step in enumerate(steps, start=1)
    )
    _event("set_up", task, by, at, count=len(made))
    _tell(made[0], by, at)
    return made


@transaction.atomic
def finish(*, stage: Stage, number: str, issued_on: date, by: User, at: datetime) -> Stage | None:
    """The stage ends with a paper, on that paper's day, and the next holder's clock begins. By the holder, or by the
    office for it. Returns the next stage; None: the product is issued.

    Raises NotAllowedError, StageNotHeldError, StagePaperError, RestrictedReasonError.
    """
    stage, today = _held_stage(stage), timezone.localdate(at)
    held = rights(by, today)
    holds = held.may(Permission.SUBMIT_REPORT, stage.holder)
    if not holds and not held.may(Permission.ASSIGN, stage.task.programme.office):
        raise NotAllowedError
    if stage.started_on is None or stage.finished_on is not None:
        raise StageNotHeldError
    if not number.strip() or len(number) > NUMBER_LIMIT or not stage.started_on <= issued_on <= today:
        raise StagePaperError(first=f"{stage.started_on:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")
    stage.number, stage.issued_on = reasons.number(stage.task, number.strip()), issued_on
    stage.finished_on = issued_on
    stage.save()
    after = stage.task.stages.filter(position=stage.position + 1).first()
    if after is not None:
        after.started_on = issued_on
        after.save(update_fields=["started_on"])
        _tell(after, by, at)
    _event("finished", stage.task, by, at, organisation=stage.holder_id)
    return after


@transaction.atomic
def reopen_last(*, task: Task, by: User, at: datetime) -> Stage:
    """The stage that was done last was not done: its clock goes on, the next one's has not begun.

    Raises NotAllowedError, StageNotHeldError (none is done).
    """
    task = _held(task)
    require(by, Permission.ASSIGN, task.programme.office, timezone.localdate(at))
    stage = task.stages.filter(finished_on__isnull=False).select_related("holder").last()
    if stage is None:
        raise StageNotHeldError
    task.stages.filter(position__gt=stage.position).update(started_on=None)
    stage.number, stage.issued_on, stage.finished_on = "", None, None
    stage.save()
    _event("reopened", task, by, at, organisation=stage.holder_id)
    _tell(stage, by, at)
    return stage


def _tell(stage: Stage, by: User, at: datetime) -> None:
    """From today on the work lies with this body."""
    key, words = f"stage:{stage.pk}:{at:%Y%m%d%H%M%S}", partial(messages.in_turn, stage)
    telling.body(stage.holder_id, kind="programmes.stage", key=key, words=words, but=by, at=at)


def _held(task: Task) -> Task:
    return Task.objects.select_for_update(of=("self",)).select_related("programme__office").get(pk=task.pk)


def _held_stage(stage: Stage) -> Stage:
    task = _held(stage.task)
    held = Stage.objects.select_related("holder").get(pk=stage.pk)
    held.task = task
    return held


def _event(verb: str, task: Task, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.stage.{verb}",
        subject=f"programmes.task:{task.pk}",
        at=at,
        office=task.programme.office.path,
        data=data,
    )
