"""A later document changes an open programme: begun with what the comparison proposes, decided line by line, done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import amending as parts
from tiendo.work.programmes.actions.parts import rehoming
from tiendo.work.programmes.errors import (
    AmendedFromError,
    AmendedLineError,
    AmendedTwiceError,
    AmendmentBegunError,
    AmendmentDoneError,
    NotAmendingError,
    NothingAmendedError,
)
from tiendo.work.programmes.models import AmendedLine, Amendment, Programme, Task
from tiendo.work.programmes.queries import amending
from tiendo.work.programmes.rules.terms import EARLIEST

Kind = AmendedLine.Kind


@dataclass(frozen=True, slots=True)
class Done:
    """Counts of what was carried out: tasks, then obligations."""

    added: int
    changed: int
    ended: int
    carried: int
    closed: int
    raised: int


@transaction.atomic
def begin(*, programme: Programme, document: Document, by: User, at: datetime) -> Amendment:
    """Record that an approved document amends the programme, with the lines that a comparison of the confirmed rows
    proposes. Nothing changes yet. Raises NotAllowedError, AmendmentBegunError, NotAmendingError.
    """
    today = timezone.localdate(at)
    require(by, Permission.OPEN_PROGRAMME, programme.office, today)
    programme = _hold_programme(programme.pk)
    if programme.amendments.filter(document=document).exists():
        raise AmendmentBegunError
    if not amending.amending(programme).filter(pk=document.pk).exists():
        raise NotAmendingError
    on = min(document.issued_on or today, today)
    amendment = Amendment.objects.create(programme=programme, document=document, on=on, by=by, at=at)
    lines = amending.proposed(programme, document)
    for line in lines:
        line.amendment = amendment
    AmendedLine.objects.bulk_create(lines, batch_size=500)
    _event("amendment_begun", amendment, by, at, count=len(lines))
    return amendment


@transaction.atomic
def choose(
    *,
    amendment: Amendment,
    kind: str,
    task: Task | None = None,
    duty: Duty | None = None,
    chosen: bool = True,
    line: AmendedLine | None = None,
    by: User,
    at: datetime,
) -> AmendedLine:
    """Decide a line, or (without `line`) add one. ADD: a row of the document; CHANGE: an open task and the row in its
    place; END: an open task, and the row that says so, if there is one.

    Raises NotAllowedError, AmendmentDoneError, AmendedLineError, AmendedTwiceError.
    """
    held = _hold(amendment, by, at)
    decided = AmendedLine(amendment=held) if line is None else held.lines.get(pk=line.pk)
    decided.kind, decided.task, decided.duty, decided.chosen = Kind(kind), task, duty, chosen
    if chosen:
        _check(held, decided)
    decided.save()
    _event("amendment_line_chosen", held, by, at, line=decided.pk, kind=decided.kind, chosen=chosen)
    return decided


@transaction.atomic
def discard(*, amendment: Amendment, by: User, at: datetime) -> None:
    """The wrong document, or no amendment at all. Raises NotAllowedError, AmendmentDoneError."""
    held = _hold(amendment, by, at)
    pk = held.pk
    held.delete()
    held.pk = pk
    _event("amendment_discarded", held, by, at)


@transaction.atomic
def carry_out(*, amendment: Amendment, on: date, by: User, at: datetime) -> Done:
    """Change the programme from `on`: added rows are opened, changed tasks end and their successors open, tasks that
    were done away with end. What is open and still asked of the same body by the same day goes along; the rest is not
    owed any more. Both states stay readable.

    Raises NotAllowedError, AmendmentDoneError, AmendedFromError, NothingAmendedError, AmendedLineError,
    AmendedTwiceError.
    """
    held = _hold(amendment, by, at)
    today = timezone.localdate(at)
    first = held.programme.document.issued_on or EARLIEST
    if not first <= on <= today:
        raise AmendedFromError(first=f"{first:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")
    lines = list(held.lines.filter(chosen=True).select_related("task", "duty").order_by("duty__position", "pk"))
    if not lines:
        raise NothingAmendedError
    for line in lines:
        _check(held, line)
    held.on, held.carried_out_at = on, at
    held.save(update_fields=["on", "carried_out_at"])
    parts.follow(held, [line for line in lines if line.kind in amending.MAKING], at=at)
    rehoming.catch_up(held.programme, at=at)
    turned = parts.settle(held.programme, lines, on=on, by=by, at=at)
    raised = obligations.raise_due(programme=held.programme, at=at)
    kinds = [line.kind for line in lines]
    done = Done(
        added=kinds.count(Kind.ADD),
        changed=kinds.count(Kind.CHANGE),
        ended=kinds.count(Kind.END),
        carried=turned.carried,
        closed=turned.closed,
        raised=raised,
    )
    _event("amended", held, by, at, from_day=on.isoformat(), added=done.added, changed=done.changed, ended=done.ended,
           carried=done.carried, closed=done.closed, raised=done.raised)  # fmt: skip
    return done


def _check(amendment: Amendment, line: AmendedLine) -> None:
    """Whether a chosen line can be done. Raises AmendedLineError, AmendedTwiceError."""
    needs_task, needs_duty = line.kind != Kind.ADD, line.kind != Kind.END
    if needs_task != (line.task is not None) or (needs_duty and line.duty is None):
        raise AmendedLineError
    if line.task is not None and (line.task.programme_id != amendment.programme_id or line.task.closed_at is not None):
        raise AmendedLineError
    if line.duty is not None and not amending.signed_rows(amendment.document).filter(pk=line.duty.pk).exists():
        raise AmendedLineError
    others = amendment.lines.filter(chosen=True).exclude(pk=line.pk)
    if line.task is not None and others.filter(task=line.task).exists():
        raise AmendedTwiceError
    if needs_duty and others.filter(duty=line.duty, kind__in=amending.MAKING).exists():
        raise AmendedTwiceError


def _hold_programme(pk: int) -> Programme:
    rows = Programme.objects.select_for_update(of=("self",)).select_related("office", "document")
    return rows.get(pk=pk)


def _hold(amendment: Amendment, by: User, at: datetime) -> Amendment:
    require(by, Permission.OPEN_PROGRAMME, amendment.programme.office, timezone.localdate(at))
    programme = _hold_programme(amendment.programme_id)
    held = Amendment.objects.select_for_update(of=("self",)).select_related("document").get(pk=amendment.pk)
    if held.carried_out_at is not None:
        raise AmendmentDoneError
    held.programme = programme
    return held


def _event(verb: str, amendment: Amendment, by: User, at: datetime, **data: object) -> None:
    programme = amendment.programme
    events.record(
        actor=by.actor,
        verb=f"programmes.programme.{verb}",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"amendment": amendment.pk, **data},
    )
