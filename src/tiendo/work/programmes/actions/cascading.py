"""Plans below a programme (cụ thể hóa): asked for, answered, and their lines tied to the lines above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors import (
    BasisTooLongError,
    LinkedAlreadyError,
    NotBelowError,
    NotItsPlanError,
    PlanAnsweredError,
    PlanDateError,
    PlanDueError,
    PlanMissingError,
    PlanNotRequiredError,
)
from tiendo.work.programmes.models import LineLink, Programme, Requirement, Task
from tiendo.work.programmes.queries import cascading
from tiendo.work.programmes.rules.terms import EARLIEST, LATEST

BASIS_LIMIT, NUMBER_LIMIT = 300, 80


@transaction.atomic
def require_plans(
    *, programme: Programme, organisations: Sequence[Organisation], due: date, basis: str = "", by: User, at: datetime
) -> int:
    """Ask bodies for a plan of their own, issued by `due`; `basis`: the sentence or document that asks.

    Bodies that were asked already stay as they are. Returns how many were new. Raises NotAllowedError, PlanDueError,
    BasisTooLongError, PlanNotRequiredError (none was new, or the office itself), OutsideError.
    """
    require(by, Permission.OPEN_PROGRAMME, programme.office, timezone.localdate(at))
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office", "document").get(
        pk=programme.pk
    )  # fmt: skip
    first = programme.document.issued_on or EARLIEST
    if not first <= due <= LATEST:
        raise PlanDueError(first=f"{first:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")
    if len(basis.strip()) > BASIS_LIMIT:
        raise BasisTooLongError(limit=BASIS_LIMIT)
    taken = {*programme.requirements.values_list("organisation", flat=True), programme.office_id}
    new = {body.pk: body for body in organisations if body.pk not in taken}
    if not new:
        raise PlanNotRequiredError
    require_inside(programme, new.values())
    made = Requirement.objects.bulk_create(
        (Requirement(programme=programme, organisation=body, due=due, basis=basis.strip(), by=by, at=at)
         for body in new.values()),
        batch_size=500,
    )  # fmt: skip
    said = {"count": len(made), "digest": which(one.organisation_id for one in made), "due": due.isoformat()}
    _event("plans_required", programme, by, at, **said)
    return len(made)


@transaction.atomic
def withdraw_requirement(*, requirement: Requirement, by: User, at: datetime) -> None:
    """The body was asked by mistake. Raises NotAllowedError, PlanAnsweredError."""
    held = _hold(requirement)
    require(by, Permission.OPEN_PROGRAMME, held.programme.office, timezone.localdate(at))
    if held.issued_on is not None:
        raise PlanAnsweredError
    held.delete()
    _event("plan_requirement_withdrawn", held.programme, by, at, organisation=held.organisation_id)


@transaction.atomic
def answer(
    *,
    requirement: Requirement,
    document: Document | None = None,
    number: str = "",
    issued_on: date | None = None,
    by: User,
    at: datetime,
) -> Requirement:
    """The body's plan: an approved document that is held here, by its own office or by the one that asks; else its
    number and date. In time or late is fixed by its date.

    Raises NotAllowedError, PlanAnsweredError, NotItsPlanError, PlanMissingError, PlanDateError.
    """
    held = _hold(requirement)
    seen = rights(by, timezone.localdate(at))
    if not cascading.may_answer(held, seen):
        raise NotAllowedError
    if held.issued_on is not None:
        raise PlanAnsweredError
    if document is not None:
        if not cascading.plans_for(held, seen).filter(pk=document.pk).exists():
            raise NotItsPlanError
        number, issued_on = document.symbol, document.issued_on or issued_on
    elif not number.strip():
        raise PlanMissingError
    if issued_on is None:
        raise PlanMissingError
    first = held.programme.document.issued_on or EARLIEST
    if not first <= issued_on <= timezone.localdate(at):
        raise PlanDateError(first=f"{first:%d/%m/%Y}", last=f"{timezone.localdate(at):%d/%m/%Y}")
    held.answered_by, held.number, held.issued_on = document, number.strip()[:NUMBER_LIMIT], issued_on
    held.save(update_fields=["answered_by", "number", "issued_on"])
    said = {"organisation": held.organisation_id, "issued_on": issued_on.isoformat()}
    _event("plan_recorded", held.programme, by, at, held=document is not None, **said)
    return held


@transaction.atomic
def take_answer_back(*, requirement: Requirement, by: User, at: datetime) -> int:
    """The plan was recorded by mistake: the body owes it again, and ties of its lines go. Returns how many went.

    Raises NotAllowedError, PlanMissingError (none was recorded).
    """
    held = _hold(requirement)
    if not cascading.may_answer(held, rights(by, timezone.localdate(at))):
        raise NotAllowedError
    if held.issued_on is None:
        raise PlanMissingError
    gone = 0
    if held.answered_by_id is not None:
        ties = LineLink.objects.filter(upper__programme=held.programme, lower__programme__document=held.answered_by_id)
        gone = ties.delete()[0]
    held.answered_by, held.number, held.issued_on = None, "", None
    held.save(update_fields=["answered_by", "number", "issued_on"])
    _event("plan_taken_back", held.programme, by, at, organisation=held.organisation_id, untied=gone)
    return gone


@transaction.atomic
def link_lines(*, upper: Task, lower: Task, by: User, at: datetime) -> LineLink:
    """A line of a plan that was handed in answers a line above.

    Raises NotAllowedError, NotBelowError (the plan below answers no requirement of the programme), LinkedAlreadyError.
    """
    above, below = upper.programme, lower.programme
    if not cascading.may_link(above, below, rights(by, timezone.localdate(at))):
        raise NotAllowedError
    if not above.requirements.filter(answered_by=below.document_id).exists():
        raise NotBelowError
    link, made = LineLink.objects.get_or_create(upper=upper, lower=lower, defaults={"by": by, "at": at})
    if not made:
        raise LinkedAlreadyError
    _event("lines_linked", above, by, at, upper=upper.pk, lower=lower.pk)
    return link


@transaction.atomic
def unlink(*, link: LineLink, by: User, at: datetime) -> None:
    """Raises NotAllowedError."""
    above, below = link.upper.programme, link.lower.programme
    if not cascading.may_link(above, below, rights(by, timezone.localdate(at))):
        raise NotAllowedError
    said = {"upper": link.upper_id, "lower": link.lower_id}
    link.delete()
    _event("lines_unlinked", above, by, at, **said)


def _hold(requirement: Requirement) -> Requirement:
    rows = Requirement.objects.select_for_update(of=("self",))
    return rows.select_related("programme__office", "programme__document", "organisation").get(pk=requirement.pk)


def _event(verb: str, programme: Programme, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.programme.{verb}",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data=data,
    )
