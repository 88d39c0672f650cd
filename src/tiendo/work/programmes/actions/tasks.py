"""Charging bodies with tasks, and opening tasks that wait for a dated event."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.errors import AlreadyAssignedError, FocalLeadError, NothingOpenError, OpeningDueError
from tiendo.work.programmes.models import Assignment, Opening, Task
from tiendo.work.programmes.rules.periods import DATED, STANDING


@transaction.atomic
def name_body(
    *, assignment: Assignment, organisation: Organisation, by: User, at: datetime, remember: bool = True
) -> Assignment:
    """Say which body a printed name means; what it owes is raised at once. The printed name stays as it is.

    A phrase ("các cơ quan, đơn vị liên quan") stays a phrase: the body is added beside it. `remember` keeps the printed
    name of a single body as its alias for this office. Raises NotAllowedError, AlreadyAssignedError.
    """
    assignment = (
        Assignment.objects.select_for_update()
        .select_related("organisation", "task__programme__office")
        .get(pk=assignment.pk)
    )
    task = assignment.task
    _require(task, by, at)
    if assignment.organisation is not None:  # what it owes stands; another body is a matter of a hand-over
        raise AlreadyAssignedError(organisation=assignment.organisation.name)
    if Assignment.objects.filter(task=task, role=assignment.role, organisation=organisation).exists():
        raise AlreadyAssignedError(organisation=organisation.name)
    if assignment.group:
        assignment = Assignment(
            task=task, role=assignment.role, party_text=assignment.party_text, position=assignment.position
        )
    elif remember:
        office = task.programme.office
        organisations.add_alias(
            organisation=organisation, text=assignment.party_text, office=office, by=by.actor, at=at
        )
    assignment.organisation = organisation
    assignment.save()
    obligations.raise_due(programme=task.programme, at=at)
    _event("assigned", task, by, at, organisation=organisation.pk, role=assignment.role)
    return assignment


@transaction.atomic
def set_focal(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Of several leads, this one gathers. Raises NotAllowedError, FocalLeadError (no body, or not a lead)."""
    _require(assignment.task, by, at)
    if assignment.role != Assignment.Role.LEAD or assignment.organisation_id is None:
        raise FocalLeadError(party=assignment.party_text)
    Assignment.objects.filter(task=assignment.task, focal=True).update(focal=False)
    Assignment.objects.filter(pk=assignment.pk).update(focal=True)
    _event("focal_set", assignment.task, by, at, organisation=assignment.organisation_id)


@transaction.atomic
def open_by_event(*, task: Task, basis: str, happened_on: date, due: date, by: User, at: datetime) -> Opening:
    """A dated event makes a task without a date of its own fall due: its leads owe an answer by `due`.

    Raises NotAllowedError, NothingOpenError (the task has its own dates), OpeningDueError.
    """
    require(by, Permission.OPEN_EVENT, task.programme.office, timezone.localdate(at))
    if task.deadline_kind in (*DATED, *STANDING):
        raise NothingOpenError
    if due < happened_on:
        raise OpeningDueError
    opening = Opening.objects.create(task=task, basis=basis.strip(), happened_on=happened_on, due=due, by=by, at=at)
    obligations.raise_for_opening(opening=opening, at=at)
    _event("opened_by_event", task, by, at, due=due.isoformat())
    return opening


@transaction.atomic
def set_restricted(*, task: Task, restricted: bool, by: User, at: datetime) -> None:
    """Put a task under the regime of numbers and dates only, or take it out again (recorded either way)."""
    require(by, Permission.APPROVE, task.programme.office, timezone.localdate(at))
    text = "" if restricted else key(f"{task.number} {task.content} {task.duty.lead_text}")
    Task.objects.filter(pk=task.pk).update(restricted=restricted, search_text=text)
    _event("restricted" if restricted else "unrestricted", task, by, at)


def _require(task: Task, by: User, at: datetime) -> None:
    require(by, Permission.ASSIGN, task.programme.office, timezone.localdate(at))


def _event(verb: str, task: Task, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.task.{verb}",
        subject=f"programmes.task:{task.pk}",
        at=at,
        office=task.programme.office.path,
        data=data,
    )
