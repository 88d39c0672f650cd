"""Raising what is owed: set-based, and safe to repeat; taking back what was raised by mistake; who is to confirm."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from django.db import transaction
from django.db.models import Exists, F, OuterRef, ProtectedError, Q, QuerySet
from django.utils import timezone

from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.errors import AnsweredError
from tiendo.work.programmes.errors_of_changes import CalendarGoneError
from tiendo.work.programmes.models import Answer, Assignment, Obligation, Opening, Passage, Programme, Report, Transfer
from tiendo.work.programmes.queries.amending import amended, asked_before, began
from tiendo.work.programmes.queries.owing import (
    Span,
    confirming_of,
    for_opening,
    owed_by,
    programmes_to_raise,
    still_new,
)
from tiendo.work.programmes.queries.work import answered

AT_ONCE = 50
"""Programmes raised in one transaction by the daily job."""
ASKED = (
    *("role", "organisation", "due", "answers_to"),
    *(f"task__{name}" for name in ("programme", "confirming", "done_before")),
    *(f"task__deadline_{name}" for name in ("kind", "start", "end", "every")),
)
"""What raising reads of an assignment and its task; not their texts."""
log = logging.getLogger(__name__)


def raise_due(*, programme: Programme, at: datetime) -> int:
    """Raise every obligation that a programme's named leads owe up to the current period, and what coordinators were
    asked for with a date. Returns how many were new.

    Work with an end: one per lead. Standing work: one per lead and period, all periods from `tracked_from` on. What
    ended before `tracked_from` is not raised: there are no figures for it. Other deadlines wait for a dated event.
    Raises CalendarGoneError.
    """
    return _raise_due([programme.pk], at)


@transaction.atomic
def _raise_due(keys: Iterable[int], at: datetime) -> int:
    programmes = _held(keys)
    today = timezone.localdate(at)
    owing = Q(role=Assignment.Role.LEAD) | Q(role=Assignment.Role.COORDINATE, due__isnull=False)
    charged = (
        Assignment.objects.on(None)
        .filter(owing, task__programme__in=programmes, task__closed_at=None, organisation__isnull=False)
        .select_related("task")
        .only(*ASKED)
    )
    held = _spans(programmes)
    openings: dict[int, list[Opening]] = {}
    for opening in Opening.objects.filter(task__programme__in=programmes):
        openings.setdefault(opening.task_id, []).append(opening)
    owed: dict[int, list[Obligation]] = {pk: [] for pk in programmes}
    for one in charged:
        pk, events_of = one.task.programme_id, openings.get(one.task_id, ())
        owed[pk] += owed_by(programmes[pk], one, today, openings=events_of, held=held.get(one.pk, frozenset()))
    return _raise(programmes, owed, held, at)


@dataclass(frozen=True, slots=True)
class Raised:
    """How many obligations were new; the programmes of which nothing could be raised, each with the reason."""

    new: int
    failed: tuple[tuple[Programme, str], ...] = ()


def raise_everywhere(*, at: datetime) -> Raised:
    """Raise what time has brought since, in all programmes: some programmes in one transaction, so that a run that was
    cut off leaves whole programmes, and the next goes on. One whose calendar is gone does not silence the others.
    """
    new, failed = 0, []
    for some in batched(programmes_to_raise(timezone.localdate(at)), AT_ONCE):
        try:
            new += _raise_due(some, at)
        except CalendarGoneError:
            for programme in Programme.objects.filter(pk__in=some).order_by("pk"):
                try:
                    new += raise_due(programme=programme, at=at)
                except CalendarGoneError as error:
                    log.warning("programme %s: %s", programme.pk, error.code)
                    failed.append((programme, error.message))
    return Raised(new, tuple(failed))


@transaction.atomic
def raise_for_opening(*, opening: Opening, at: datetime) -> int:
    """Raise what the leads of a task owe after a dated event."""
    key = opening.task.programme_id
    programmes = _held([key])
    leads = opening.task.assignments.on(None).filter(role=Assignment.Role.LEAD, organisation__isnull=False)
    owed = [for_opening(programmes[key], lead, opening) for lead in leads.select_related("task")]
    return _raise(programmes, {key: owed}, _spans(programmes), at)


@transaction.atomic
def withdraw(*, owed: QuerySet[Obligation]) -> int:
    """Take back what nobody has answered; a draft without a word goes with it. Raises AnsweredError.

    A part of the act that says why, which records it. Returns how many were taken back.
    """
    rows = list(owed.select_for_update().values_list("pk", flat=True))
    if answered(Obligation.objects.filter(pk__in=rows)).exists():
        raise AnsweredError
    empty = Answer.objects.filter(obligation__in=rows)
    drafts = set(empty.values_list("report", flat=True))
    empty.delete()
    left = Answer.objects.filter(report=OuterRef("pk"))
    Report.objects.filter(~Exists(left), pk__in=drafts, round=0).delete()
    with ledger.kept(rows, on=None):
        try:
            Obligation.objects.filter(pk__in=rows).delete()
        except ProtectedError as error:  # a cause that was asked for, a hand-over: it is kept
            raise AnsweredError from error
    return len(rows)


@transaction.atomic
def reconfirm(*, programme: Programme, on: date) -> int:
    """Give what is not confirmed yet to the bodies that confirm it now; what waits for a word moves with it.

    A part of the act that changed them. Returns how many obligations moved.
    """
    programme = _held([programme.pk])[programme.pk]
    moved = []
    rows = programme.obligations.exclude(state=Obligation.State.CONFIRMED).select_related("task", "assignment")
    for one in rows.select_for_update(of=("self",)):
        now = confirming_of(programme, one.task, one.organisation_id, one.assignment.answers_to_id)
        if now != one.confirming_id:
            one.confirming_id = now
            moved.append(one)
    with ledger.kept([one.pk for one in moved], on=on):
        Obligation.objects.bulk_update(moved, ["confirming"], batch_size=500)
    reports = Report.objects.filter(answers__obligation__in=[one.pk for one in moved])
    by_report = {
        answer.report_id: answer.obligation.confirming_id
        for answer in Answer.objects.filter(obligation__in=[one.pk for one in moved]).select_related("obligation")
    }
    for report in reports.exclude(state=Report.State.CONFIRMED).distinct():
        report.confirming_id = by_report[report.pk]
        report.save(update_fields=["confirming"])
    return len(moved)


def _held(keys: Iterable[int]) -> dict[int, Programme]:
    """As they are now, and nobody else raises anything in them meanwhile."""
    rows = Programme.objects.select_for_update(of=("self",)).select_related("office")
    return {one.pk: one for one in rows.filter(pk__in=list(keys)).order_by("pk")}


def _spans(programmes: Collection[int]) -> dict[int, set[Span]]:
    """What each assignment was asked for, and those before it: that is not asked again."""
    held: dict[int, set[Span]] = {}
    rows = Obligation.objects.filter(programme__in=programmes).order_by()
    for assignment, start, end in rows.values_list("assignment", "period_start", "period_end"):
        held.setdefault(assignment, set()).add((start, end))
    passages = Passage.objects.filter(before__task__programme__in=programmes, before__role=F("after__role"))
    passages = passages.order_by("on", "pk")
    passed = list(passages.values_list("before", "after"))
    if passed:  # what went on to one heir was asked for before it came to any
        went = Transfer.objects.filter(obligation__programme__in=programmes).order_by()
        for before, start, end in went.values_list(
            "passage__before", "obligation__period_start", "obligation__period_end"
        ):
            held.setdefault(before, set()).add((start, end))
    for before, after in passed:
        held.setdefault(after, set()).update(held.get(before, ()))
    return held


def _not_before_amended(programme: Programme, owed: list[Obligation], held: dict[int, set[Span]]) -> list[Obligation]:
    """Of a task that an amendment made: no period that was over by then, and nothing that its body was asked on the
    task before (told to `held`).
    """
    since = began(programme)
    of = {(one.task_id, one.organisation_id): one.assignment_id for one in owed}
    for task, body, start, end in asked_before(programme):
        if (task, body) in of:
            held.setdefault(of[task, body], set()).add((start, end))
    return [one for one in owed if not one.standing or one.period_end >= since.get(one.task_id, one.period_end)]


def _raise(
    programmes: dict[int, Programme], owed: dict[int, list[Obligation]], held: dict[int, set[Span]], at: datetime
) -> int:
    """Store what is new of what is owed in each programme, and one event for each."""
    today = timezone.localdate(at)
    new: dict[int, list[Obligation]] = {}
    for pk in amended(programmes):
        owed[pk] = _not_before_amended(programmes[pk], owed[pk], held)
    for pk, rows in owed.items():
        new[pk] = list(still_new(rows, held))
    every = [one for rows in new.values() for one in rows]
    for obligation in every:
        obligation.raised_at, obligation.held_since = at, today
    Obligation.objects.bulk_create(every, batch_size=500)
    ledger.entered(every)
    said = [
        events.Said(
            f"programmes.programme:{pk}",
            programmes[pk].office.path,
            {"count": len(rows), "digest": which(one.pk for one in rows)},
        )
        for pk, rows in new.items()
        if rows
    ]
    if said:
        events.record_all(actor="job:raise", verb="programmes.obligation.raised", said=said, at=at)
    return len(every)
