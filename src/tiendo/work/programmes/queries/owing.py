"""What leads owe, computed and not stored: for raising it, and for showing beforehand what would be raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tiendo.work.programmes.models import Assignment, Obligation, Opening, Programme, Task
from tiendo.work.programmes.rules.confirming import confirming_body
from tiendo.work.programmes.rules.periods import Period, calendars
from tiendo.work.programmes.rules.terms import Silence, Term, silence

Span = tuple[date, date]


def term_of(task: Task) -> Term:
    """What a task's deadline makes of it."""
    return Term(task.deadline_kind, task.deadline_start, task.deadline_end)


def silence_of(task: Task, programme: Programme, leads: Iterable[Assignment]) -> Silence:
    """Why nothing is owed on a task, of which these are the leads."""
    led = any(lead.organisation_id is not None for lead in leads)
    return silence(term_of(task), tracked_from=programme.tracked_from, led=led)


def owed_by(programme: Programme, lead: Assignment, today: date) -> Iterator[Obligation]:
    """Everything a lead with a body owes up to the current period, unsaved."""
    term = term_of(lead.task)
    if term.ends:
        if not term.over_before(programme.tracked_from):
            start = term.start or min(programme.tracked_from, term.ends)
            yield obligation(programme, lead, standing=False, start=start, end=term.ends, due=term.ends)
    elif term.standing:
        for period in periods_of(programme, lead.task, today):
            yield obligation(
                programme, lead, standing=True, start=period.start, end=period.cutoff, due=period.due, name=period.name
            )
    else:
        for opening in lead.task.openings.all() if lead.task.pk else ():
            yield for_opening(programme, lead, opening)


def periods_of(programme: Programme, task: Task, today: date) -> list[Period]:
    """The periods for which standing work is reported: from the first tracked day to today, within the bounds of the
    task ("giai đoạn 2026-2030"). Work that ends in the month of a cut-off ends with that period: the days between the
    cut-off and the end of December are no reason to ask for the next half-year.
    """
    every = task.deadline_every or programme.standing_every
    first = max(programme.tracked_from, task.deadline_start or programme.tracked_from)
    last = min(today, task.deadline_end or today)
    found = calendars()[programme.calendar].periods(every, first, last)
    if task.deadline_end and len(found) > 1 and _same_month(found[-2].cutoff, task.deadline_end):
        found.pop()
    return found


def _same_month(one: date, other: date) -> bool:
    return (one.year, one.month) == (other.year, other.month)


def for_opening(programme: Programme, lead: Assignment, opening: Opening) -> Obligation:
    """What a lead owes after a dated event."""
    return obligation(
        programme, lead, standing=False, start=opening.happened_on, end=opening.due, due=opening.due, opening=opening
    )


def obligation(
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
        confirming_id=confirming_of(programme, lead.task, body),
    )


def confirming_of(programme: Programme, task: Task, reporting: int) -> int | None:
    """Who confirms what a body reports on a task: the task's own confirming body, else the programme's, the office, the
    monitor; never the body itself. None: nobody is left.
    """
    candidates = (task.confirming_id, programme.confirming_id, programme.office_id, programme.monitor_id)
    return confirming_body(reporting=reporting, candidates=candidates)


def still_new(owed: Iterable[Obligation], held: dict[int, list[Span]]) -> Iterator[Obligation]:
    """Those not raised yet; `held`: the spans that each assignment has been charged with, which is kept up here.

    A period that reaches into one already raised (the rhythm was changed in between) begins after it, so that no day is
    asked for twice and none is left out.
    """
    for one in owed:
        spans = held.setdefault(one.assignment_id, [])
        if one.standing:
            inside = [end for start, end in spans if start <= one.period_end and end >= one.period_start]
            one.period_start = max([one.period_start, *(end + timedelta(days=1) for end in inside)])
        if one.period_start <= one.period_end and (one.period_start, one.period_end) not in spans:
            spans.append((one.period_start, one.period_end))
            yield one
