"""Coordinators: asked for their part with a date, they owe it like any other work; without a date, they may say that
their part is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors import (
    NotAssignedError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_matters import (
    AskedAlreadyError,
    AskedDueError,
    InvitedLeadError,
    NobodyInvitedError,
    NotACoordinatorError,
    NotAskedError,
    PartOwedError,
    TextTooLongError,
)
from tiendo.work.programmes.models import Assignment, Task
from tiendo.work.programmes.queries.coordination import UNFINISHED, asked_of, asks_for, leads_of
from tiendo.work.programmes.rules.answers import TEXT_LIMIT
from tiendo.work.programmes.rules.terms import LATEST


@transaction.atomic
def invite(
    *,
    assignment: Assignment,
    organisations: Sequence[Organisation] = (),
    asked: str = "",
    due: date,
    by: User,
    at: datetime,
) -> int:
    """Ask coordinators for their part by a day: the bodies that a phrase means, or the body of this very row.

    Each owes one answer, which the lead that asked confirms (DESIGN, idea 12: never the body itself). The phrase stays
    a phrase and owes nothing. Whoever answered before may be asked again. Returns how many were asked.

    By someone who submits for a lead of the task, or assigns in the programme's office. Raises NotAllowedError,
    NotACoordinatorError, NotAssignedError, NobodyInvitedError, InvitedLeadError, AskedAlreadyError, AskedDueError,
    RestrictedTaskError (words on a restricted task), TextTooLongError, OutsideError.
    """
    assignment, today = _hold(assignment), timezone.localdate(at)
    task = assignment.task
    allowed, lead = asks_for(rights(by, today), task)
    if not allowed:
        raise NotAllowedError
    _check(task, asked, due, today)
    bodies = _bodies(assignment, organisations)
    require_inside(task.programme, bodies)
    leading = {body.pk for body in leads_of(task)}
    for body in bodies:
        if body.pk in leading:
            raise InvitedLeadError(organisation=body.name)
    rows = [_row(assignment, body) for body in bodies]
    for row in rows:
        if row.pk and asked_of(row).filter(Q(state__in=UNFINISHED) | Q(period_end=due)).exists():
            raise AskedAlreadyError(organisation=row.organisation.name if row.organisation else row.party_text)
        row.due, row.asked, row.answers_to, row.part_done_on = due, asked.strip(), lead, None
        row.save()
    obligations.raise_due(programme=task.programme, at=at)
    for row in rows:  # a body that it follows may have answered by that very day: that is not asked twice
        if not asked_of(row).filter(period_end=due).exists():
            raise AskedAlreadyError(organisation=row.organisation.name if row.organisation else row.party_text)
    data: dict[str, object] = {"count": len(rows), "digest": which(row.pk for row in rows), "due": due.isoformat()}
    if len(rows) == 1:
        data["organisation"] = rows[0].organisation_id
    _event("part_asked", task, by, at, **data)
    return len(rows)


@transaction.atomic
def withdraw(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Take back what was asked of a coordinator by mistake, while it has answered nothing.

    Raises NotAllowedError, NotAskedError, AnsweredError.
    """
    assignment = _hold(assignment)
    if not asks_for(rights(by, timezone.localdate(at)), assignment.task)[0]:
        raise NotAllowedError
    if assignment.due is None:
        raise NotAskedError
    owed = asked_of(assignment).filter(period_end=assignment.due)
    withdrawn = obligations.withdraw(owed=owed)
    assignment.due, assignment.asked, assignment.answers_to = None, "", None
    assignment.save(update_fields=["due", "asked", "answers_to"])
    _event("part_not_asked", assignment.task, by, at, organisation=assignment.organisation_id, withdrawn=withdrawn)


@transaction.atomic
def part_done(*, assignment: Assignment, by: User, at: datetime) -> None:
    """A coordinator of which nothing was asked with a date says that its part is done. Twice is once.

    Raises NotAllowedError, NotACoordinatorError, NotAssignedError, PartOwedError (it answers by a report).
    """
    assignment = _own(assignment, by, at)
    if assignment.due is not None:
        raise PartOwedError
    if assignment.part_done_on is None:
        _set_done(assignment, timezone.localdate(at))
        _event("part_done", assignment.task, by, at, organisation=assignment.organisation_id)


@transaction.atomic
def part_open(*, assignment: Assignment, by: User, at: datetime) -> None:
    """It takes that word back. Raises NotAllowedError, NotACoordinatorError, NotAssignedError."""
    assignment = _own(assignment, by, at)
    if assignment.part_done_on is not None:
        _set_done(assignment, None)
        _event("part_not_done", assignment.task, by, at, organisation=assignment.organisation_id)


def _hold(assignment: Assignment) -> Assignment:
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("organisation", "task__programme__office")
        .get(pk=assignment.pk)
    )


def _own(assignment: Assignment, by: User, at: datetime) -> Assignment:
    assignment = _hold(assignment)
    if assignment.organisation is None:
        raise NotAssignedError(party=assignment.party_text)
    require(by, Permission.WRITE_REPORT, assignment.organisation, timezone.localdate(at))
    if assignment.role != Assignment.Role.COORDINATE or assignment.ends is not None:
        raise NotACoordinatorError(party=assignment.party_text)
    return assignment


def _check(task: Task, asked: str, due: date, today: date) -> None:
    if task.restricted and asked.strip():
        raise RestrictedTaskError
    if len(asked) > TEXT_LIMIT:
        raise TextTooLongError(limit=TEXT_LIMIT)
    if not today <= due <= LATEST:
        raise AskedDueError(first=f"{today:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")


def _bodies(assignment: Assignment, organisations: Sequence[Organisation]) -> list[Organisation]:
    """Which bodies are meant: of a phrase those that were named now, else the body of the row."""
    if assignment.role != Assignment.Role.COORDINATE or assignment.ends is not None:
        raise NotACoordinatorError(party=assignment.party_text)
    if not assignment.group:
        if assignment.organisation is None:
            raise NotAssignedError(party=assignment.party_text)
        return [assignment.organisation]
    if not organisations:
        raise NobodyInvitedError
    return list({body.pk: body for body in organisations}.values())


def _row(assignment: Assignment, body: Organisation) -> Assignment:
    """The row on which a body coordinates: its own, or a new one beside the phrase."""
    there = Assignment.objects.on(None).filter(
        task=assignment.task, role=Assignment.Role.COORDINATE, organisation=body, group=False
    )
    return there.select_related("organisation").first() or Assignment(
        task=assignment.task,
        role=Assignment.Role.COORDINATE,
        party_text=assignment.party_text,
        organisation=body,
        position=assignment.position,
    )


def _set_done(assignment: Assignment, day: date | None) -> None:
    assignment.part_done_on = day
    assignment.save(update_fields=["part_done_on"])


def _event(verb: str, task: Task, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.task.{verb}",
        subject=f"programmes.task:{task.pk}",
        at=at,
        office=task.programme.office.path,
        data=data,
    )
