"""Opening a programme from an approved directive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Matcher, require
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.errors import AlreadyOpenError, NotApprovedError
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.work import signed_late
from tiendo.work.programmes.rules.periods import calendar_for


@transaction.atomic
def open(  # noqa: A001 (the act is called so)
    *,
    document: Document,
    by: User,
    at: datetime,
    confirming: Organisation | None = None,
    monitor: Organisation | None = None,
    tracked_from: date | None = None,
    standing_every: str = "half",
) -> Programme:
    """Open every signed row as a task, charge the bodies it names, and raise what is owed from `tracked_from` on.

    `confirming` defaults to the monitor, else the office itself; `tracked_from` to the start of the current period.
    Names that are exactly a known body's are assigned; the others stay "chờ gán".
    Raises NotAllowedError, NotApprovedError, AlreadyOpenError.
    """
    require(by, Permission.OPEN_PROGRAMME, document.office, timezone.localdate(at))
    if document.state != Document.State.APPROVED:
        raise NotApprovedError
    if Programme.objects.filter(document=document).exists():
        raise AlreadyOpenError
    today = timezone.localdate(at)
    calendar = calendar_for(today)
    programme = Programme.objects.create(
        document=document,
        office=document.office,
        symbol=document.symbol,
        title=document.title or document.filename,
        tracked_from=tracked_from or calendar.period(standing_every, today).start,
        monitor=monitor,
        confirming=confirming or monitor or document.office,
        standing_every=standing_every,
        calendar=calendar.id,
        opened_by=by,
        opened_at=at,
    )
    duties = document.duties.filter(state=Duty.State.SIGNED)
    tasks = Task.objects.bulk_create(_task(programme, place, duty) for place, duty in enumerate(duties, start=1))
    _assign(document.office, tasks)
    raised = obligations.raise_due(programme=programme, at=at)
    events.record(
        actor=by.actor,
        verb="programmes.programme.opened",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"tasks": len(tasks), "obligations": raised, "tracked_from": programme.tracked_from.isoformat()},
    )
    return programme


@transaction.atomic
def open_more(*, programme: Programme, by: User, at: datetime) -> int:
    """Open the rows that were signed after the programme was opened. Returns how many were new. Safe to repeat."""
    require(by, Permission.OPEN_PROGRAMME, programme.office, timezone.localdate(at))
    programme = Programme.objects.select_for_update().select_related("office", "document").get(pk=programme.pk)
    late = signed_late(programme)
    last = programme.tasks.aggregate(last=Max("position"))["last"] or 0
    tasks = Task.objects.bulk_create(_task(programme, place, duty) for place, duty in enumerate(late, start=last + 1))
    if tasks:
        _assign(programme.office, tasks)
        raised = obligations.raise_due(programme=programme, at=at)
        events.record(
            actor=by.actor,
            verb="programmes.programme.opened_more",
            subject=f"programmes.programme:{programme.pk}",
            at=at,
            office=programme.office.path,
            data={"count": len(tasks), "obligations": raised},
        )
    return len(tasks)


def _task(programme: Programme, position: int, duty: Duty) -> Task:
    return Task(
        programme=programme,
        duty=duty,
        position=position,
        number=duty.number,
        content=duty.content,
        section=duty.section,
        product=duty.product,
        deadline_kind=duty.deadline_kind,
        deadline_start=duty.deadline_start,
        deadline_end=duty.deadline_end,
        deadline_every=duty.deadline_every,
        deadline_text=duty.deadline_text,
        restricted=duty.restricted,
        search_text="" if duty.restricted else key(f"{duty.number} {duty.content} {duty.lead_text}"),
    )


def _assign(office: Organisation, tasks: Sequence[Task]) -> None:
    matcher = Matcher(office)
    assignments = []
    for task in tasks:
        for role, parties in (
            (Assignment.Role.LEAD, task.duty.leads),
            (Assignment.Role.COORDINATE, task.duty.coordinators),
        ):
            taken: set[int] = set()
            for place, party in enumerate(parties):
                meant = None if party["group"] else matcher.exact(party["name"])
                body = meant if meant not in taken else None
                if body:
                    taken.add(body)
                assignments.append(
                    Assignment(
                        task=task,
                        role=role,
                        party_text=party["name"][:500],
                        group=party["group"],
                        organisation_id=body,
                        position=place,
                    )
                )
    Assignment.objects.bulk_create(assignments, batch_size=500)
