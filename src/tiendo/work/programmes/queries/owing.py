"""What leads owe, computed and not stored: for raising it, and for showing beforehand what would be raised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import TruncMonth

from tiendo.work.programmes.errors_of_changes import CalendarGoneError
from tiendo.work.programmes.models import Assignment, Obligation, Opening, Passage, Programme, Task
from tiendo.work.programmes.rules.confirming import confirming_body
from tiendo.work.programmes.rules.periods import DATED, STANDING, Calendar, Period, calendars
from tiendo.work.programmes.rules.terms import Silence, Term, silence

Span = tuple[date, date]


def term_of(task: Task) -> Term:
    """What a task's deadline makes of it."""
    return Term(task.deadline_kind, task.deadline_start, task.deadline_end)


def silence_of(task: Task, programme: Programme, leads: Iterable[Assignment]) -> Silence:
    """Why nothing is owed on a task, of which these are the leads."""
    led = any(lead.organisation_id is not None for lead in leads)
    return silence(term_of(task), tracked_from=programme.tracked_from, led=led, done_before=task.done_before)


def programmes_to_raise(today: date) -> list[int]:
    """Ids of the programmes in which time has brought something to raise: standing work without an obligation for
    today, work with an end without any. What an act brings, the act raises itself.

    None is left out in which something would be raised (tests compare); of some nothing will be. One query.
    """
    held = Obligation.objects.filter(assignment=OuterRef("pk"))
    before = Passage.objects.filter(after=OuterRef(OuterRef("pk")), before__role=Assignment.Role.LEAD).values("before")
    handed = Obligation.objects.filter(assignment__in=before)
    over = OuterRef("over")
    goes_on = Q(task__deadline_end=None) | Q(task__deadline_end__gte=today)
    begun = Q(task__deadline_start=None) | Q(task__deadline_start__lte=today)
    standing = (
        Q(task__deadline_kind__in=STANDING)
        & begun
        & (
            goes_on & ~Exists(held.filter(period_end__gte=today)) & ~Exists(handed.filter(period_end__gte=today))
            | ~goes_on & ~Exists(held.filter(period_end__gte=over)) & ~Exists(handed.filter(period_end__gte=over))
        )
    )
    once = Q(task__deadline_kind__in=DATED, task__deadline_end__isnull=False) & ~Exists(held) & ~Exists(handed)
    tracked = Q(task__deadline_end=None) | Q(task__deadline_end__gte=F("task__programme__tracked_from"))
    # The last period may end before its work does, in the same month (periods_of).
    charged = Assignment.objects.on(None).annotate(over=TruncMonth("task__deadline_end"))
    leads = charged.filter(
        standing | once, tracked, role=Assignment.Role.LEAD, organisation__isnull=False,
        task__closed_at=None, task__done_before=False, task__programme__tracked_from__lte=today,
    )  # fmt: skip
    return sorted(set(leads.order_by().values_list("task__programme", flat=True)))


def owed_by(
    programme: Programme,
    lead: Assignment,
    today: date,
    *,
    openings: Iterable[Opening] = (),
    held: Collection[Span] = frozenset(),
) -> Iterator[Obligation]:
    """Everything a lead with a body owes up to the current period, unsaved, without the spans `held`; of a
    coordinator, its part alone. `openings`: the dated events of its task. Of work that was over before it was tracked
    only what an event has opened since; of work that was done by then nothing.
    """
    if lead.role != Assignment.Role.LEAD:
        yield from part_owed(programme, lead)
        return
    term = term_of(lead.task)
    if lead.task.done_before:
        return
    if term.ends and not term.over_before(programme.tracked_from):
        start = term.start or min(programme.tracked_from, term.ends)
        if (start, term.ends) not in held:
            yield obligation(programme, lead, standing=False, start=start, end=term.ends, due=term.ends)
    elif term.standing:
        for period in periods_of(programme, lead.task, today):
            if (period.start, period.cutoff) in held:
                continue
            yield obligation(
                programme, lead, standing=True, start=period.start, end=period.cutoff, due=period.due, name=period.name
            )
    for opening in openings:
        yield for_opening(programme, lead, opening)


def opens_by_event(task: Task, programme: Programme) -> bool:
    """Whether a dated event makes a task fall due: it has no date of its own, or one before it was tracked."""
    term = term_of(task)
    over = term.ends is not None and term.over_before(programme.tracked_from)
    return not task.done_before and (term.waits or over)


def part_owed(programme: Programme, assignment: Assignment) -> Iterator[Obligation]:
    """A coordinator owes what was asked of it with a date; without one, and a phrase, nothing."""
    if assignment.role != Assignment.Role.COORDINATE or assignment.due is None or assignment.organisation_id is None:
        return
    start = min(programme.tracked_from, assignment.due)
    yield obligation(programme, assignment, standing=False, start=start, end=assignment.due, due=assignment.due)


def periods_of(programme: Programme, task: Task, today: date) -> list[Period]:
    """The periods for which standing work is reported: from the first tracked day to today, within the bounds of the
    task ("giai đoạn 2026-2030"). Work that ends in the month of a cut-off ends with that period: the days between the
    cut-off and the end of December are no reason to ask for the next half-year. Raises CalendarGoneError.
    """
    every = task.deadline_every or programme.standing_every
    first = max(programme.tracked_from, task.deadline_start or programme.tracked_from)
    last = min(today, task.deadline_end or today)
    found = list(_periods(calendar_of(programme, every), every, first, last))
    if task.deadline_end and len(found) > 1 and _same_month(found[-2].cutoff, task.deadline_end):
        found.pop()
    return found


@lru_cache(maxsize=4096)
def _periods(calendar: Calendar, every: str, first: date, last: date) -> tuple[Period, ...]:
    """Many tasks of many programmes have the same."""
    return tuple(calendar.periods(every, first, last))


def calendar_of(programme: Programme, every: str = "") -> Calendar:
    """The calendar that a programme follows. Raises CalendarGoneError: somebody took it, or this rhythm, out."""
    found = calendars().get(programme.calendar)
    if found is None or (every and every not in found.every):
        raise CalendarGoneError(calendar=programme.calendar, every=every or "–")
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
        role=lead.role,
        programme=programme,
        organisation_id=body,
        standing=standing,
        period_start=start,
        period_end=end,
        period_name=name,
        due=due,
        first_due=due,
        opening=opening,
        confirming_id=confirming_of(programme, lead.task, body, lead.answers_to_id),
    )


def confirming_of(programme: Programme, task: Task, reporting: int, asked_by: int | None = None) -> int | None:
    """Who confirms what a body reports on a task: the lead that asked a coordinator for it; the task's own confirming
    body, else the programme's, the office, the monitor; never the body itself. None: nobody is left.
    """
    candidates = (asked_by, task.confirming_id, programme.confirming_id, programme.office_id, programme.monitor_id)
    return confirming_body(reporting=reporting, candidates=candidates)


def still_new(owed: Iterable[Obligation], held: dict[int, set[Span]]) -> Iterator[Obligation]:
    """Those not raised yet; `held`: the spans that each assignment has been charged with, which is kept up here.

    A period that reaches into one already raised (the rhythm was changed in between) begins after it, so that no day is
    asked for twice and none is left out.
    """
    for one in owed:
        spans = held.setdefault(one.assignment_id, set())
        if one.standing:
            inside = [end for start, end in spans if start <= one.period_end and end >= one.period_start]
            one.period_start = max([one.period_start, *(end + timedelta(days=1) for end in inside)])
        if one.period_start <= one.period_end and (one.period_start, one.period_end) not in spans:
            spans.add((one.period_start, one.period_end))
            yield one
