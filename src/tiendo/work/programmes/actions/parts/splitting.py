"""Several tasks are made of one. Parts of actions/changes.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max
from django.utils import timezone

from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.errors_of_changes import NothingToSplitError, PartsError, RestrictedReasonError
from tiendo.work.programmes.models import Assignment, Obligation, Task
from tiendo.work.programmes.queries.dates import suspension
from tiendo.work.programmes.queries.owing import obligation, term_of
from tiendo.work.programmes.rules.dates import resumed

FEWEST = 2
OPEN = (Obligation.State.OPEN, Obligation.State.SUSPENDED)


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the new tasks is about and who leads it. Of a restricted task it has no words of its own."""

    content: str
    leads: Sequence[Organisation]


def make_parts(task: Task, parts: Sequence[Part], *, at: datetime) -> tuple[list[Task], int]:
    """The new tasks with their charges and what their leads owe; and how many obligations were raised.

    No period is asked twice: what is open of the old task is asked of each part, what was handed in of nobody. What
    coordinators were asked for with a date is asked anew.

    Raises PartsError, NothingToSplitError, RestrictedReasonError.
    """
    _check(task, parts)
    owed = list(task.obligations.filter(state__in=OPEN, role=Assignment.Role.LEAD).order_by("period_start", "due"))
    if not owed and task.obligations.exists():
        raise NothingToSplitError
    last = task.programme.tasks.aggregate(last=Max("position"))["last"] or 0
    start = _asked_from(task)
    made = Task.objects.bulk_create(
        _task(task, part, place, last + place, start) for place, part in enumerate(parts, start=1)
    )
    charged = _charged(task, made, parts, timezone.localdate(at))
    raised = _owed(owed, [row for row in charged if row.role == Assignment.Role.LEAD], at)
    return made, raised


def _check(task: Task, parts: Sequence[Part]) -> None:
    if task.restricted and any(part.content.strip() for part in parts):
        raise RestrictedReasonError
    wordless = not task.restricted and any(not part.content.strip() for part in parts)
    if len(parts) < FEWEST or wordless or any(not part.leads for part in parts):
        raise PartsError


def _asked_from(task: Task) -> date | None:
    """Standing work: the first day whose period was not asked of the old task."""
    if not term_of(task).standing:
        return task.deadline_start
    ended = task.obligations.filter(role=Assignment.Role.LEAD).aggregate(last=Max("period_end"))["last"]
    return ended + timedelta(days=1) if ended else task.deadline_start


def _task(task: Task, part: Part, place: int, position: int, start: date | None) -> Task:
    content = part.content.strip() or f"{task.content} ({place})"
    number = f"{task.number or task.position}.{place}"[:20]
    return Task(
        programme=task.programme,
        duty=task.duty,
        part_of=task,
        position=position,
        number=number,
        content=content,
        section=task.section,
        product=task.product,
        deadline_kind=task.deadline_kind,
        deadline_start=start,
        deadline_end=task.deadline_end,
        deadline_every=task.deadline_every,
        deadline_text=task.deadline_text,
        restricted=task.restricted,
        confirming=task.confirming,
        review_on=task.review_on,
        search_text="" if task.restricted else key(f"{number} {content} {' '.join(one.name for one in part.leads)}"),
    )


def _charged(task: Task, made: Sequence[Task], parts: Sequence[Part], today: date) -> list[Assignment]:
    """Each part's leads, the first one gathering where there are several; coordinators and monitors as they were, but
    that nobody helps with what it leads.
    """
    beside = list(Assignment.objects.on(None).filter(task=task).exclude(role=Assignment.Role.LEAD))
    rows = []
    for new, part in zip(made, parts, strict=True):
        leads = list({body.pk: body for body in part.leads}.values())
        rows += [
            Assignment(
                task=new,
                role=Assignment.Role.LEAD,
                party_text=body.name[:500],
                organisation=body,
                focal=place == 0 and len(leads) > 1,
                position=place,
                starts=today,
            )
            for place, body in enumerate(leads)
        ]
        rows += [
            Assignment(
                task=new,
                role=row.role,
                party_text=row.party_text,
                group=row.group,
                organisation_id=row.organisation_id,
                position=row.position,
                starts=today,
            )
            for row in beside
            if row.role != Assignment.Role.COORDINATE or row.organisation_id not in {body.pk for body in leads}
        ]
    return Assignment.objects.bulk_create(rows)


def _owed(before: Sequence[Obligation], leads: Sequence[Assignment], at: datetime) -> int:
    """Each lead owes what was open of the old task: the same periods, by the same days (of several leads', the last),
    first days included. A suspension ends here.
    """
    today = timezone.localdate(at)
    by_day = sorted(((_day(one, today), one) for one in before), key=lambda found: found[0])
    periods = {(one.period_start, one.period_end): (one, day) for day, one in by_day}
    new = []
    for lead in leads:
        for was, day in periods.values():
            one = obligation(
                lead.task.programme,
                lead,
                standing=was.standing,
                start=was.period_start,
                end=was.period_end,
                due=day,
                name=was.period_name,
                opening=was.opening,
            )
            one.first_due, one.raised_at, one.held_since = was.first_due, at, today
            new.append(one)
    Obligation.objects.bulk_create(new, batch_size=500)
    ledger.entered(new)
    return len(new)


def _day(one: Obligation, today: date) -> date:
    """By when it is owed, the days of a suspension added."""
    began = suspension(one) if one.state == Obligation.State.SUSPENDED else None
    if began is None or began.wanted is None:
        return one.owed_by
    return resumed(one.facts, suspended=began.wanted, on=today)
