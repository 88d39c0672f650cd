"""Raising what is owed: set-based, and safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.models import Assignment, Obligation, Opening, Programme
from tiendo.work.programmes.rules.confirming import confirming_body
from tiendo.work.programmes.rules.periods import DATED, STANDING, calendars


@transaction.atomic
def raise_due(*, programme: Programme, at: datetime) -> int:
    """Raise every obligation that a programme's named leads owe up to the current period. Returns how many were new.

    Work with an end: one per lead. Standing work: one per lead and period, all periods from `tracked_from` on. What
    ended before `tracked_from` is not raised: there are no figures for it. Other deadlines wait for a dated event.
    """
    today = timezone.localdate(at)
    leads = Assignment.objects.filter(
        task__programme=programme, task__closed_at=None, role=Assignment.Role.LEAD, organisation__isnull=False
    ).select_related("task")
    return _raise(programme, [owed for lead in leads for owed in _owed(programme, lead, today)], at)


@transaction.atomic
def raise_for_opening(*, opening: Opening, at: datetime) -> int:
    """Raise what the leads of a task owe after a dated event."""
    programme = opening.task.programme
    leads = opening.task.assignments.filter(role=Assignment.Role.LEAD, organisation__isnull=False).select_related(
        "task"
    )
    owed = [
        _obligation(
            programme,
            lead,
            standing=False,
            start=opening.happened_on,
            end=opening.due,
            due=opening.due,
            opening=opening,
        )
        for lead in leads
    ]
    return _raise(programme, owed, at)


def _owed(programme: Programme, lead: Assignment, today: date) -> Iterator[Obligation]:
    task = lead.task
    if task.deadline_kind in DATED and task.deadline_end and task.deadline_end >= programme.tracked_from:
        start = task.deadline_start or min(programme.tracked_from, task.deadline_end)
        yield _obligation(programme, lead, standing=False, start=start, end=task.deadline_end, due=task.deadline_end)
    elif task.deadline_kind in STANDING:
        every = task.deadline_every or programme.standing_every
        for period in calendars()[programme.calendar].periods(every, programme.tracked_from, today):
            yield _obligation(
                programme, lead, standing=True, start=period.start, end=period.cutoff, due=period.due, name=period.name
            )
    for opening in task.openings.all() if task.deadline_kind not in (*DATED, *STANDING) else ():
        yield _obligation(
            programme,
            lead,
            standing=False,
            start=opening.happened_on,
            end=opening.due,
            due=opening.due,
            opening=opening,
        )


def _obligation(
    programme: Programme,
    lead: Assignment,
    *,
    standing: bool,
    start: date,
    end: date,
    due: date,
    name: str = "",
    opening: Opening | None = None,
) -> Obligation:
    body = lead.organisation_id
    if body is None:
        raise ValueError("a lead without a body owes nothing")
    return Obligation(
        assignment=lead,
        task=lead.task,
        programme=programme,
        organisation_id=body,
        standing=standing,
        period_start=start,
        period_end=end,
        period_name=name,
        due=due,
        first_due=due,
        opening=opening,
        confirming_id=confirming_body(
            reporting=body,
            candidates=(lead.task.confirming_id, programme.confirming_id, programme.office_id, programme.monitor_id),
        ),
    )


def _raise(programme: Programme, owed: list[Obligation], at: datetime) -> int:
    for obligation in owed:
        obligation.raised_at = at
    before = programme.obligations.count()
    Obligation.objects.bulk_create(owed, batch_size=500, ignore_conflicts=True)
    made = programme.obligations.count() - before
    if made:
        events.record(
            actor="job:raise",
            verb="programmes.obligation.raised",
            subject=f"programmes.programme:{programme.pk}",
            at=at,
            office=programme.office.path,
            data={"count": made},
        )
    return made
