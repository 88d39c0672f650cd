"""A decision, with number and date, changes a task or who is charged with it: withdrawn, reopened, split, given to
another lead, gathered by another. What was handed in stays as it is; each change is kept (TaskChange).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import closing, passing, reasons
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.actions.parts.splitting import Part, make_parts
from tiendo.work.programmes.errors_of_changes import (
    NotALeadError,
    SameLeadError,
    TaskClosedError,
    TaskNotWithdrawnError,
)
from tiendo.work.programmes.models import Asked, Assignment, Task, TaskChange
from tiendo.work.programmes.queries.amending import fates

__all__ = ["Part", "change_focal", "change_lead", "reopen", "split", "withdraw"]
Kind = TaskChange.Kind


@transaction.atomic
def withdraw(*, task: Task, number: str, decided_on: date, reason: str, by: User, at: datetime) -> TaskChange:
    """The task is not to be done any more: what is open of it is not owed, and it is closed.

    Raises NotAllowedError, TaskClosedError, PaperIncompleteError and what reasons.kept raises (as every act here).
    """
    task = _held(task, by, at)
    _check_live(task)
    change = _change(task, Kind.WITHDRAW, number, decided_on, reason, by, at)
    change.data = closing.close(task, by=by, at=at)
    change.save()
    _event("withdrawn", change, by, at, withdrawn=len(change.data["open"]) + len(change.data["suspended"]))
    return change


@transaction.atomic
def reopen(*, task: Task, number: str, decided_on: date, reason: str, by: User, at: datetime) -> TaskChange:
    """A task that was withdrawn is to be done after all: what was open is owed again, and what falls due from today on.
    Or one that the office's old register called done was not: it is owed by its own date, also where that is over.
    Periods that ended meanwhile are not asked for; what an amendment ended stays so.

    Raises TaskNotWithdrawnError, and as `withdraw`.
    """
    task = _held(task, by, at)
    closed = _closed(task)
    if closed is None or fates(task) or task.changes.filter(kind=Kind.SPLIT).exists():
        raise TaskNotWithdrawnError
    change = _change(task, Kind.REOPEN, number, decided_on, reason, by, at)
    change.data = {"done_before": True} if task.done_before else {}
    change.save()
    raised = closing.open_again(task, closed, at=at)
    _event("reopened", change, by, at, raised=raised)
    return change


def _closed(task: Task) -> closing.Closed | None:
    """What was open when the task was closed; None: it is not closed, or in another way."""
    if task.closed_at is None:
        return None
    if task.done_before:
        return {"open": [], "suspended": []}
    last = task.changes.filter(kind=Kind.WITHDRAW).last()
    return last.data if last else None


@transaction.atomic
def split(
    *, task: Task, parts: Sequence[Part], number: str, decided_on: date, reason: str, by: User, at: datetime
) -> list[Task]:
    """One task becomes several of the same row of the document, each with its own leads; the dates are the same.

    What is open of the old one is not owed any more; each part's leads owe the same periods by the same days. What was
    handed in stays with the old one, which is closed. Coordinators and monitors go along. Of a restricted task the
    parts have no words of their own. Raises PartsError, NothingToSplitError, RestrictedReasonError, OutsideError,
    and as `withdraw`.
    """
    task = _held(task, by, at)
    _check_live(task)
    require_inside(task.programme, [body for part in parts for body in part.leads])
    change = _change(task, Kind.SPLIT, number, decided_on, reason, by, at)
    made, raised = make_parts(task, parts, at=at)
    change.data = {**closing.close(task, by=by, at=at), "after": [one.pk for one in made]}
    change.save()
    obligations.raise_due(programme=task.programme, at=at)
    _event("split", change, by, at, count=len(made), raised=raised)
    return made


@transaction.atomic
def change_lead(
    *,
    assignment: Assignment,
    organisation: Organisation,
    number: str,
    decided_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> TaskChange:
    """Another body leads from today on: the charge ends, another begins, what is open goes along with its drafts.

    Raises NotALeadError, SameLeadError (it leads already), TaskClosedError, OutsideError, and as `withdraw`.
    """
    task = _held(assignment.task, by, at)
    _check_live(task)
    row = _lead(assignment)
    require_inside(task.programme, [organisation])
    if _leads(task).filter(organisation=organisation).exists():
        raise SameLeadError(organisation=organisation.name)
    change = _change(task, Kind.LEAD, number, decided_on, reason, by, at)
    row.refusals.filter(state=Asked.ASKED).update(state=Asked.GRANTED, word=number, decided_by=by, decided_at=at)
    passed = passing.pass_on([row], {row.pk: (organisation.pk,)}, on=timezone.localdate(at), at=at)
    change.data = {"before": [row.organisation_id], "after": [organisation.pk]}
    change.save()
    obligations.raise_due(programme=task.programme, at=at)
    _event("lead_changed", change, by, at, organisation=organisation.pk, passed=passed.moved)
    return change


@transaction.atomic
def change_focal(
    *, assignment: Assignment, number: str, decided_on: date, reason: str, by: User, at: datetime
) -> TaskChange:
    """Another of the leads gathers. Raises NotALeadError, SameLeadError (it gathers already), and as `withdraw`."""
    task = _held(assignment.task, by, at)
    _check_live(task)
    row = _lead(assignment)
    before = _leads(task).filter(focal=True).first()
    if before is not None and before.pk == row.pk:
        raise SameLeadError(organisation=row.party_text)
    change = _change(task, Kind.FOCAL, number, decided_on, reason, by, at)
    _leads(task).filter(focal=True).update(focal=False)
    Assignment.objects.filter(pk=row.pk).update(focal=True)
    change.data = {"before": [before.organisation_id] if before else [], "after": [row.organisation_id]}
    change.save()
    _event("focal_changed", change, by, at, organisation=row.organisation_id)
    return change


def _held(task: Task, by: User, at: datetime) -> Task:
    held = Task.objects.select_for_update(of=("self",)).select_related("programme__office", "duty").get(pk=task.pk)
    require(by, Permission.OPEN_PROGRAMME, held.programme.office, timezone.localdate(at))
    return held


def _check_live(task: Task) -> None:
    if task.closed_at is not None:
        raise TaskClosedError


def _leads(task: Task) -> QuerySet[Assignment]:
    return Assignment.objects.on(None).filter(task=task, role=Assignment.Role.LEAD)


def _lead(assignment: Assignment) -> Assignment:
    """A lead of today with a body."""
    rows = Assignment.objects.on(None).select_related("task__programme", "organisation")
    row = rows.filter(pk=assignment.pk, role=Assignment.Role.LEAD, organisation__isnull=False).first()
    if row is None:
        raise NotALeadError(party=assignment.party_text)
    return row


def _change(task: Task, kind: Kind, number: str, decided_on: date, reason: str, by: User, at: datetime) -> TaskChange:
    """The decision as it is kept, unsaved. Of a restricted task no reason is kept."""
    number, day = reasons.paper(number, decided_on, timezone.localdate(at), needed=True)
    assert day is not None
    return TaskChange(
        task=task,
        kind=kind,
        number=reasons.number(task, number),
        decided_on=day,
        reason=reasons.kept(task, reason, needed=not task.restricted),
        by=by,
        at=at,
    )


def _event(verb: str, change: TaskChange, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.task.{verb}",
        subject=f"programmes.task:{change.task_id}",
        at=at,
        office=change.task.programme.office.path,
        data={"change": change.pk, **data},
    )
