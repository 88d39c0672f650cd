"""Opening a programme from an approved directive, and changing how it is followed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import batched

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.actions.parts import rehoming
from tiendo.work.programmes.actions.parts.inside import hold, require_inside
from tiendo.work.programmes.errors import (
    AlreadyOpenError,
    NotApprovedError,
    NothingToOpenError,
    SettingsFixedError,
    TrackedFromError,
)
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.opening import assignments_of, first_day, search_words, task_of
from tiendo.work.programmes.queries.owing import term_of
from tiendo.work.programmes.queries.work import answered, signed_late
from tiendo.work.programmes.rules.periods import calendar_for
from tiendo.work.programmes.rules.terms import EARLIEST

BATCH = 500


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

    `confirming` defaults to the monitor, else the office itself; `tracked_from` to queries.opening.first_day. Names
    that are exactly a known body's are assigned; the others stay "chờ gán", and of an internal document those of bodies
    outside. Raises NotAllowedError, NotApprovedError, AlreadyOpenError, NothingToOpenError, TrackedFromError,
    OutsideError.
    """
    today = timezone.localdate(at)
    require(by, Permission.OPEN_PROGRAMME, document.office, today)
    duties = _rows_to_open(document)
    calendar = calendar_for(today)
    if tracked_from is not None:
        _check_tracked_from(tracked_from, today)
    programme = Programme(
        document=document,
        office=document.office,
        symbol=document.symbol,
        title=document.title or document.filename,
        search_text=search_words(document.symbol, document.title or document.filename),
        tracked_from=tracked_from or first_day(document, standing_every, today),
        monitor=monitor,
        confirming=confirming or monitor or document.office,
        standing_every=standing_every,
        calendar=calendar.id,
        opened_by=by,
        opened_at=at,
    )
    require_inside(programme, [confirming, monitor])
    programme.save()
    tasks = _open_tasks(programme, duties, after=0, at=at)
    raised = obligations.raise_due(programme=programme, at=at)
    _event(
        "opened",
        programme,
        by,
        at,
        tasks=len(tasks),
        digest=which(task.pk for task in tasks),
        obligations=raised,
        tracked_from=programme.tracked_from.isoformat(),
    )
    return programme


def _rows_to_open(document: Document) -> list[Duty]:
    if document.state != Document.State.APPROVED:
        raise NotApprovedError
    if Programme.objects.filter(document=document).exists():
        raise AlreadyOpenError
    duties = list(document.duties.filter(state=Duty.State.SIGNED))
    if not duties:
        raise NothingToOpenError
    return duties


@transaction.atomic
def open_more(*, programme: Programme, by: User, at: datetime) -> int:
    """Open the rows that were signed after the programme was opened. Returns how many were new. Safe to repeat."""
    require(by, Permission.OPEN_PROGRAMME, programme.office, timezone.localdate(at))
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=programme.pk)
    programme.document = hold(programme.document_id)
    last = programme.tasks.aggregate(last=Max("position"))["last"] or 0
    tasks = _open_tasks(programme, list(signed_late(programme)), after=last, at=at)
    if tasks:
        raised = obligations.raise_due(programme=programme, at=at)
        _event(
            "opened_more",
            programme,
            by,
            at,
            count=len(tasks),
            digest=which(task.pk for task in tasks),
            obligations=raised,
        )
    return len(tasks)


@transaction.atomic
def change(
    *,
    programme: Programme,
    confirming: Organisation,
    monitor: Organisation | None,
    standing_every: str,
    tracked_from: date,
    by: User,
    at: datetime,
) -> Programme:
    """Change how an open programme is followed.

    What is not confirmed yet goes to the body that confirms it now. While nobody has answered anything, what is owed is
    raised anew from `tracked_from` in the new rhythm; afterwards `tracked_from` stands, and a new rhythm begins after
    the periods that were raised already. Raises NotAllowedError, TrackedFromError, SettingsFixedError, OutsideError.
    """
    today = timezone.localdate(at)
    require(by, Permission.OPEN_PROGRAMME, programme.office, today)
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=programme.pk)
    wanted = {
        "confirming_id": confirming.pk,
        "monitor_id": monitor and monitor.pk,
        "standing_every": standing_every,
        "tracked_from": tracked_from,
    }
    changed = [name for name, value in wanted.items() if getattr(programme, name) != value]
    if not changed:
        return programme
    require_inside(programme, [confirming, monitor])
    untouched = not answered(programme.obligations.all()).exists()
    if "tracked_from" in changed:
        _check_tracked_from(tracked_from, today)
        if not untouched:
            raise SettingsFixedError
    for name in changed:
        setattr(programme, name, wanted[name])
    programme.save(update_fields=changed)
    anew = untouched and bool({"tracked_from", "standing_every"} & set(changed))
    withdrawn = obligations.withdraw(owed=programme.obligations.all()) if anew else 0
    raised = obligations.raise_due(programme=programme, at=at)
    moved = obligations.reconfirm(programme=programme, on=today)
    fields = sorted(name.removesuffix("_id") for name in changed)
    _event("changed", programme, by, at, fields=fields, withdrawn=withdrawn, raised=raised, moved=moved)
    return programme


def _open_tasks(programme: Programme, duties: Sequence[Duty], *, after: int, at: datetime) -> list[Task]:
    made = [task_of(programme, place, duty) for place, duty in enumerate(duties, start=after + 1)]
    for task in made:
        if term_of(task).waits:
            task.review_on = timezone.localdate(at) + timedelta(days=settings.REVIEW_DAYS)
    tasks = Task.objects.bulk_create(made)
    done = [task.pk for task in tasks if task.done_before]
    for some in batched(done, BATCH):
        Task.objects.filter(pk__in=some).update(closed_at=at)
    Assignment.objects.bulk_create(assignments_of(programme, tasks, timezone.localdate(at)), batch_size=500)
    rehoming.catch_up(programme, at=at)
    return tasks


def _check_tracked_from(day: date, today: date) -> None:
    if not EARLIEST <= day <= today:
        raise TrackedFromError(first=f"{EARLIEST:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")


def _event(verb: str, programme: Programme, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.programme.{verb}",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data=data,
    )
