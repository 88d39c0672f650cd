"""Raising what is owed: set-based, and safe to repeat; taking back what was raised by mistake; who is to confirm."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.errors import AnsweredError
from tiendo.work.programmes.models import Answer, Assignment, Obligation, Opening, Programme, Report
from tiendo.work.programmes.queries.owing import confirming_of, for_opening, owed_by, still_new
from tiendo.work.programmes.queries.work import answered


@transaction.atomic
def raise_due(*, programme: Programme, at: datetime) -> int:
    """Raise every obligation that a programme's named leads owe up to the current period. Returns how many were new.

    Work with an end: one per lead. Standing work: one per lead and period, all periods from `tracked_from` on. What
    ended before `tracked_from` is not raised: there are no figures for it. Other deadlines wait for a dated event.
    """
    programme = _held(programme)
    today = timezone.localdate(at)
    leads = (
        Assignment.objects.filter(
            task__programme=programme, task__closed_at=None, role=Assignment.Role.LEAD, organisation__isnull=False
        )
        .select_related("task")
        .prefetch_related("task__openings")
    )
    return _raise(programme, [owed for lead in leads for owed in owed_by(programme, lead, today)], at)


@transaction.atomic
def raise_for_opening(*, opening: Opening, at: datetime) -> int:
    """Raise what the leads of a task owe after a dated event."""
    programme = _held(opening.task.programme)
    leads = opening.task.assignments.filter(role=Assignment.Role.LEAD, organisation__isnull=False)
    return _raise(programme, [for_opening(programme, lead, opening) for lead in leads.select_related("task")], at)


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
    Obligation.objects.filter(pk__in=rows).delete()
    return len(rows)


@transaction.atomic
def reconfirm(*, programme: Programme) -> int:
    """Give what is not confirmed yet to the bodies that confirm it now; what waits for a word moves with it.

    A part of the act that changed them. Returns how many obligations moved.
    """
    programme = _held(programme)
    moved = []
    rows = programme.obligations.exclude(state=Obligation.State.CONFIRMED).select_related("task")
    for one in rows.select_for_update(of=("self",)):
        now = confirming_of(programme, one.task, one.organisation_id)
        if now != one.confirming_id:
            one.confirming_id = now
            moved.append(one)
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


def _held(programme: Programme) -> Programme:
    """As it is now, and nobody else raises anything in it meanwhile."""
    return Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=programme.pk)


def _raise(programme: Programme, owed: list[Obligation], at: datetime) -> int:
    held: dict[int, list[tuple[date, date]]] = {}
    for assignment, start, end in programme.obligations.values_list("assignment", "period_start", "period_end"):
        held.setdefault(assignment, []).append((start, end))
    new = list(still_new(owed, held))
    for obligation in new:
        obligation.raised_at = at
    Obligation.objects.bulk_create(new, batch_size=500)
    if new:
        events.record(
            actor="job:raise",
            verb="programmes.obligation.raised",
            subject=f"programmes.programme:{programme.pk}",
            at=at,
            office=programme.office.path,
            data={"count": len(new)},
        )
    return len(new)
