"""Charging bodies with tasks, taking that back, opening what waits for an event, who confirms, what is restricted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes.actions import evidence, obligations
from tiendo.work.programmes.actions.parts import citing, indexing, matters, passing, reasons, returning
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors import (
    AlreadyAssignedError,
    AnsweredError,
    ConfirmingLeadsError,
    EventDateError,
    FocalLeadError,
    HandedOverError,
    NotAPhraseError,
    NotAssignedError,
    NothingOpenError,
    OpenedAlreadyError,
    OpeningDueError,
    StandingConfirmingError,
)
from tiendo.work.programmes.errors_of_changes import TaskClosedError
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Decision,
    Evidence,
    Obligation,
    Opening,
    Passage,
    Programme,
    Report,
    Task,
)
from tiendo.work.programmes.queries.owing import opens_by_event, term_of
from tiendo.work.programmes.queries.passing import orphaned
from tiendo.work.programmes.queries.work import alike, answered, named_alike
from tiendo.work.programmes.rules.terms import EARLIEST, LATEST


@transaction.atomic
def name_body(
    *, assignment: Assignment, organisation: Organisation, by: User, at: datetime, remember: bool = True
) -> Assignment:
    """Say which body a printed name means; what it owes is raised at once. The printed name stays as it is.

    A phrase ("các cơ quan, đơn vị liên quan") stays a phrase: the body is added beside it. `remember` keeps the printed
    name of a single body as its alias for this office. Raises NotAllowedError, AlreadyAssignedError, OutsideError.
    """
    assignment = _hold(assignment, by, at)
    task = assignment.task
    require_inside(task.programme, [organisation])
    orphan = bool(orphaned([assignment.pk]))
    if assignment.organisation is not None and not orphan:  # it is taken back first (unname_body), or handed over
        raise AlreadyAssignedError(organisation=assignment.organisation.name)
    if Assignment.objects.on(None).filter(task=task, role=assignment.role, organisation=organisation).exists():
        raise AlreadyAssignedError(organisation=organisation.name)
    if assignment.group:
        assignment = Assignment(
            task=task, role=assignment.role, party_text=assignment.party_text, position=assignment.position
        )
    elif remember and not orphan:  # the name printed is that of the body that ended
        _remember(assignment, organisation, by, at)
    if orphan:
        assignment = _adopt([assignment], organisation, at)[0]
    else:
        assignment.organisation = organisation
        assignment.save()
    obligations.raise_due(programme=task.programme, at=at)
    _event("assigned", task, by, at, organisation=organisation.pk, role=assignment.role)
    return assignment


@transaction.atomic
def name_everywhere(
    *, assignment: Assignment, organisation: Organisation, by: User, at: datetime, remember: bool = True
) -> int:
    """Say it once for every row of the programme that prints exactly this name and has no body yet.

    Rows on which the body stands already in that role are left as they are. Returns how many rows were given to it.
    Raises NotAllowedError, AlreadyAssignedError (none was left to give), OutsideError.
    """
    assignment = _hold(assignment, by, at)
    programme = assignment.task.programme
    require_inside(programme, [organisation])
    rows = alike(assignment)
    taken = set(
        Assignment.objects.on(None)
        .filter(task__programme=programme, organisation=organisation)
        .values_list("task", "role")
    )
    given: list[Assignment] = []
    for row in rows.select_for_update(of=("self",)):
        if (row.task_id, row.role) not in taken:
            taken.add((row.task_id, row.role))
            given.append(row)
    if not given:
        raise AlreadyAssignedError(organisation=organisation.name)
    orphan = bool(orphaned([assignment.pk]))
    _give(given, organisation, at)
    if remember and not orphan:
        _remember(assignment, organisation, by, at)
    obligations.raise_due(programme=programme, at=at)
    _set_event("assigned_together", programme, given, by, at, organisation=organisation.pk)
    return len(given)


@transaction.atomic
def name_group(*, assignment: Assignment, organisations: Sequence[Organisation], by: User, at: datetime) -> int:
    """Charge the bodies that a phrase means, beside the phrase, which stays; those charged by it already stay too.

    Returns how many were added. Raises NotAllowedError, NotAPhraseError, OutsideError.
    """
    assignment = _hold(assignment, by, at)
    if not assignment.group:
        raise NotAPhraseError(party=assignment.party_text)
    task = assignment.task
    require_inside(task.programme, organisations)
    there = Assignment.objects.on(None).filter(task=task, role=assignment.role)
    taken = set(there.values_list("organisation", flat=True))
    new = [body for body in organisations if body.pk not in taken]
    made = Assignment.objects.bulk_create(
        Assignment(
            task=task,
            role=assignment.role,
            party_text=assignment.party_text,
            organisation=body,
            position=assignment.position,
        )
        for body in new
    )
    obligations.raise_due(programme=task.programme, at=at)
    _event("assigned_group", task, by, at, count=len(made), digest=which(row.pk for row in made), role=assignment.role)
    return len(made)


@transaction.atomic
def unname_body(*, assignment: Assignment, by: User, at: datetime) -> None:
    """Take a wrongly named body off again, while it has answered nothing: the row waits for its body as before, what
    was raised is withdrawn, and what the office remembered of the name is forgotten.

    Raises NotAllowedError, NotAssignedError, AnsweredError, HandedOverError.
    """
    assignment = _hold(assignment, by, at)
    organisation = _named(assignment)
    withdrawn = _withdraw([assignment], at)
    _forget(assignment, organisation, by, at)
    _event("unassigned", assignment.task, by, at, organisation=organisation.pk, withdrawn=withdrawn)


@transaction.atomic
def unname_everywhere(*, assignment: Assignment, by: User, at: datetime) -> int:
    """The same for every row of the programme that was given to this body under this printed name: all, or none.

    Returns how many rows wait again. Raises NotAllowedError, NotAssignedError, AnsweredError, HandedOverError.
    """
    assignment = _hold(assignment, by, at)
    organisation = _named(assignment)
    programme = assignment.task.programme
    rows = list(named_alike(assignment).select_for_update(of=("self",)))
    withdrawn = _withdraw(rows, at)
    _forget(assignment, organisation, by, at)
    _set_event("unassigned_together", programme, rows, by, at, organisation=organisation.pk, withdrawn=withdrawn)
    return len(rows)


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
def set_confirming(*, task: Task, organisation: Organisation | None, by: User, at: datetime) -> int:
    """Who confirms the results of this task, other than the programme says (None: as the programme says).

    What is not confirmed yet goes to that body, reports that wait for a word included. Returns how many obligations
    moved. Raises NotAllowedError, StandingConfirmingError, ConfirmingLeadsError, OutsideError.
    """
    require(by, Permission.OPEN_PROGRAMME, task.programme.office, timezone.localdate(at))
    require_inside(task.programme, [organisation])
    if term_of(task).standing:
        raise StandingConfirmingError
    leads = task.assignments.on(None).filter(role=Assignment.Role.LEAD)
    if organisation is not None and leads.filter(organisation=organisation).exists():
        raise ConfirmingLeadsError(organisation=organisation.name)
    Task.objects.filter(pk=task.pk).update(confirming=organisation)
    moved = obligations.reconfirm(programme=task.programme, on=timezone.localdate(at))
    _event("confirming_set", task, by, at, organisation=organisation and organisation.pk, moved=moved)
    return moved


@transaction.atomic
def open_by_event(*, task: Task, basis: str, happened_on: date, due: date, by: User, at: datetime) -> Opening:
    """A dated event makes a task fall due that has no date of its own, or one before it was tracked: its leads owe an
    answer by `due`.

    Raises NotAllowedError, NothingOpenError (the task has its own dates, or was done before), OpeningDueError,
    EventDateError, OpenedAlreadyError (the same two dates were given before), TaskClosedError, RestrictedReasonError
    (of a restricted task the basis is the number of a document).
    """
    require(by, Permission.OPEN_EVENT, task.programme.office, timezone.localdate(at))
    if not opens_by_event(task, task.programme):
        raise NothingOpenError
    if task.closed_at is not None:
        raise TaskClosedError
    if due < happened_on:
        raise OpeningDueError
    if happened_on < EARLIEST or due > LATEST:
        raise EventDateError(first=f"{EARLIEST:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")
    if task.openings.filter(happened_on=happened_on, due=due).exists():
        raise OpenedAlreadyError
    said = reasons.number(task, basis.strip())
    opening = Opening.objects.create(task=task, basis=said, happened_on=happened_on, due=due, by=by, at=at)
    obligations.raise_for_opening(opening=opening, at=at)
    review_on = timezone.localdate(at) + timedelta(days=settings.REVIEW_DAYS)  # the office has just looked at it
    Task.objects.filter(pk=task.pk).update(review_on=review_on)
    _event("opened_by_event", task, by, at, due=due.isoformat())
    return opening


@transaction.atomic
def set_restricted(*, task: Task, restricted: bool, by: User, at: datetime) -> None:
    """Put a task under the regime of numbers and dates only, or take it out again (recorded either way).

    What was already said on it goes: texts of answers, in earlier rounds too, and files with their names and hashes.
    Numbers and dates of cited documents stay. Taking the task out brings nothing back.
    """
    require(by, Permission.APPROVE, task.programme.office, timezone.localdate(at))
    text = "" if restricted else key(f"{task.number} {task.content} {task.duty.lead_text}")
    Task.objects.filter(pk=task.pk).update(restricted=restricted, search_text=text)
    gone = _wipe_content(task, by, at) if restricted else {}
    _event("restricted" if restricted else "unrestricted", task, by, at, **gone)


def _wipe_content(task: Task, by: User, at: datetime) -> dict[str, int]:
    """What a restricted task may not keep. Pages of it that are open at this moment save nothing any more."""
    indexing.forget_words()
    returning.forget(task)
    rows = Answer.objects.filter(obligation__task=task)
    owed = set(rows.values_list("obligation", flat=True))
    Report.objects.filter(answers__in=rows).update(version=F("version") + 1)
    texts = rows.exclude(text="").update(text="")
    decisions = list(Decision.objects.filter(report__answers__in=rows).distinct())
    for decision in decisions:
        decision.said = [{**row, "text": ""} if row["obligation"] in owed else row for row in decision.said]
    Decision.objects.bulk_update(decisions, ["said"], batch_size=200)
    texts += reasons.wipe(task) + citing.wipe(task)
    files = evidence.wipe(pieces=Evidence.objects.filter(answer__in=rows), by=by, at=at)
    return {"texts": texts + matters.wipe(task), "files": files}


def _hold(assignment: Assignment, by: User, at: datetime) -> Assignment:
    held = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("organisation", "task__programme__office")
        .get(pk=assignment.pk)
    )
    _require(held.task, by, at)
    return held


def _give(rows: list[Assignment], organisation: Organisation, at: datetime) -> None:
    alone = orphaned([row.pk for row in rows])
    _adopt([row for row in rows if row.pk in alone], organisation, at)
    Assignment.objects.filter(pk__in=[row.pk for row in rows if row.pk not in alone]).update(organisation=organisation)


def _adopt(rows: list[Assignment], organisation: Organisation, at: datetime) -> list[Assignment]:
    """What nobody held since its body ended is this body's from today on, with what is open of it."""
    heirs = {row.pk: (organisation.pk,) for row in rows}
    passed = passing.pass_on(rows, heirs, on=timezone.localdate(at), at=at)
    return [line.after for line in passed.passages]


def _named(assignment: Assignment) -> Organisation:
    if assignment.organisation is None:
        raise NotAssignedError(party=assignment.party_text)
    return assignment.organisation


def _withdraw(rows: list[Assignment], at: datetime) -> int:
    """Take the body off these rows; what was orphaned before is orphaned again. Returns how much is not owed any more.

    Raises AnsweredError; HandedOverError, where the body did not get the work by being named.
    """
    lines = list(Passage.objects.filter(after__in=rows))
    if any(line.succession_id is not None for line in lines):
        raise HandedOverError
    adopted = {line.after_id for line in lines}
    if lines and answered(Obligation.objects.filter(assignment__in=adopted)).exists():
        raise AnsweredError
    plain = [row for row in rows if row.pk not in adopted]
    withdrawn = obligations.withdraw(owed=Obligation.objects.filter(assignment__in=plain))
    _take_off(plain)
    return withdrawn + passing.take_back(lines, at=at)


def _take_off(rows: Iterable[Assignment]) -> None:
    """A body that was named beside a phrase leaves no row of its own: the phrase stands there still."""
    for row in rows:
        beside = Assignment.objects.on(None).filter(
            task=row.task_id, role=row.role, party_text=row.party_text, group=True
        )
        if beside.exclude(pk=row.pk).exists():
            row.delete()
        else:
            Assignment.objects.filter(pk=row.pk).update(
                organisation=None, focal=False, due=None, asked="", answers_to=None, part_done_on=None
            )


def _remember(assignment: Assignment, organisation: Organisation, by: User, at: datetime) -> None:
    organisations.add_alias(organisation=organisation, **_alias(assignment, by, at))


def _forget(assignment: Assignment, organisation: Organisation, by: User, at: datetime) -> None:
    organisations.remove_alias(organisation=organisation, **_alias(assignment, by, at))


def _alias(assignment: Assignment, by: User, at: datetime) -> dict[str, Any]:
    programme = assignment.task.programme
    told = not programme.document.internal
    return {"text": assignment.party_text, "office": programme.office, "by": by.actor, "at": at, "told": told}


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


def _set_event(verb: str, programme: Programme, rows: list[Assignment], by: User, at: datetime, **data: object) -> None:
    """Of a set-based act: one event with the count, and a digest of which rows they were."""
    events.record(
        actor=by.actor,
        verb=f"programmes.task.{verb}",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"count": len(rows), "digest": which(row.pk for row in rows), **data},
    )
