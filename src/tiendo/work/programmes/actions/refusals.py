"""A body says that work was assigned to it wrongly; the office that assigned it decides."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.foundation.organisations.rules.succession import eve
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import passing, reasons
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors import AnsweredError
from tiendo.work.programmes.errors_of_changes import (
    GiveOnError,
    NotChargedError,
    OwnRequestError,
    RefusalOpenError,
    RefusedTooLateError,
    RequestClosedError,
    SameLeadError,
    TaskClosedError,
)
from tiendo.work.programmes.models import Asked, Assignment, Obligation, Passage, Refusal

State = Obligation.State
HANDED_IN = (State.SUBMITTED, State.CONFIRMED)


@transaction.atomic
def refuse(*, assignment: Assignment, reason: str, by: User, at: datetime) -> Refusal:
    """The body asks to be freed of a charge, by whoever submits for it; until that is decided it owes what it owes.

    Raises NotAllowedError, NotChargedError, TaskClosedError, RefusalOpenError, RefusedTooLateError (it handed something
    in) and what reasons.kept raises.
    """
    row = _held(assignment)
    if row.organisation is None or row.ends is not None:
        raise NotChargedError
    require(by, Permission.SUBMIT_REPORT, row.organisation, timezone.localdate(at))
    if row.task.closed_at is not None:
        raise TaskClosedError
    if row.refusals.filter(state=Asked.ASKED).exists():
        raise RefusalOpenError
    if row.obligations.filter(state__in=HANDED_IN).exists():
        raise RefusedTooLateError
    refusal = Refusal.objects.create(
        assignment=row,
        organisation=row.organisation,
        reason=reasons.kept(row.task, reason),
        asked_by=by,
        asked_at=at,
    )
    _event("asked", refusal, row, by, at)
    return refusal


@transaction.atomic
def take_back(*, refusal: Refusal, by: User, at: datetime) -> Refusal:
    """The body carries the charge after all. Raises NotAllowedError, RequestClosedError."""
    refusal, row = _held_refusal(refusal)
    require(by, Permission.SUBMIT_REPORT, refusal.organisation, timezone.localdate(at))
    _close(refusal, Asked.WITHDRAWN, "", by, at)
    _event("taken_back", refusal, row, by, at)
    return refusal


@transaction.atomic
def decline(*, refusal: Refusal, word: str, by: User, at: datetime) -> Refusal:
    """The charge stays, with the reason why. Raises NotAllowedError, OwnRequestError, RequestClosedError and what
    reasons.kept raises.
    """
    refusal, row = _held_refusal(refusal)
    _require_deciding(refusal, row, by, at)
    _close(refusal, Asked.REFUSED, reasons.kept(row.task, word), by, at)
    _event("declined", refusal, row, by, at)
    return refusal


@transaction.atomic
def accept(
    *, refusal: Refusal, word: str = "", organisation: Organisation | None = None, by: User, at: datetime
) -> Refusal:
    """The body is free of it: the charge waits for its body again and what was raised is withdrawn; or, given at once,
    it is `organisation`'s from today on with all that is open.

    Raises NotAllowedError, OwnRequestError, RequestClosedError, NotChargedError (it was changed since), GiveOnError
    (drafts, moved dates or a hand-over hang on it: a body must be named), SameLeadError, OutsideError and what
    reasons.kept raises.
    """
    refusal, row = _held_refusal(refusal)
    _require_deciding(refusal, row, by, at)
    if row.organisation_id != refusal.organisation_id or row.ends is not None:
        raise NotChargedError
    _close(refusal, Asked.GRANTED, reasons.kept(row.task, word, needed=False), by, at)
    gone = 0
    if organisation is None:
        gone = _wait_again(row, at)
    else:
        _give(row, organisation, at)
    to = {"organisation": organisation.pk} if organisation else {"withdrawn": gone}
    _event("accepted", refusal, row, by, at, **to)
    return refusal


def _wait_again(row: Assignment, at: datetime) -> int:
    """As before it was named; a body that stood beside a phrase ends there, and the phrase stays."""
    passed = Passage.objects.filter(Q(before=row) | Q(after=row)).exists()
    if passed:
        raise GiveOnError
    try:
        gone = obligations.withdraw(owed=Obligation.objects.filter(assignment=row))
    except AnsweredError as error:
        raise GiveOnError from error
    beside = Assignment.objects.on(None).filter(
        task=row.task_id, role=row.role, party_text=row.party_text, group=True, organisation=None
    )
    rows = Assignment.objects.filter(pk=row.pk)
    if beside.exists():
        rows.update(ends=eve(timezone.localdate(at)), focal=False)
    else:
        rows.update(organisation=None, focal=False)
    return gone


def _give(row: Assignment, organisation: Organisation, at: datetime) -> None:
    require_inside(row.task.programme, [organisation])
    there = Assignment.objects.on(None).filter(task=row.task_id, role=row.role, organisation=organisation)
    if there.exists():
        raise SameLeadError(organisation=organisation.name)
    passing.pass_on([row], {row.pk: (organisation.pk,)}, on=timezone.localdate(at), at=at)
    obligations.raise_due(programme=row.task.programme, at=at)


def _held(assignment: Assignment) -> Assignment:
    rows = Assignment.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "task__programme__office").get(pk=assignment.pk)


def _held_refusal(refusal: Refusal) -> tuple[Refusal, Assignment]:
    row = _held(refusal.assignment)
    held = Refusal.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=refusal.pk)
    return held, row


def _require_deciding(refusal: Refusal, row: Assignment, by: User, at: datetime) -> None:
    held = rights(by, timezone.localdate(at))
    if not held.may(Permission.OPEN_PROGRAMME, row.task.programme.office):
        raise NotAllowedError
    if any(mine.pk == refusal.organisation_id for mine in held.organisations):
        raise OwnRequestError


def _close(refusal: Refusal, state: Asked, word: str, by: User, at: datetime) -> None:
    if refusal.state != Asked.ASKED:
        raise RequestClosedError(state=refusal.get_state_display())
    refusal.state, refusal.word, refusal.decided_by, refusal.decided_at = state, word, by, at
    refusal.save()


def _event(verb: str, refusal: Refusal, row: Assignment, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.refusal.{verb}",
        subject=f"programmes.task:{row.task_id}",
        at=at,
        office=row.task.programme.office.path,
        data={"organisation": refusal.organisation_id, "refusal": refusal.pk, **data},
    )
