"""What is to be reminded of on a day; what was; who did not answer at all; what stands on a leader's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, DateField, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Instruction, Obligation, Obstacle, Reminder
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.work import answered, whole_visible_to
from tiendo.work.programmes.rules import reminding as rules
from tiendo.work.programmes.rules.reminding import HEARD_FIRST, OF_ITS_BODY, Level, Schedule, near
from tiendo.work.programmes.rules.standing import LONG_OVERDUE_DAYS

State = Obligation.State
RAISED, TOLD = "programmes.reminder.raised", "programmes.reminder.told"
"""Verbs of the events that say how far the run of a day came."""


def owed_now() -> QuerySet[Any]:
    """What is open on tasks that are, each with `owed`: the day by which an answer is owed now."""
    rows = Obligation.objects.filter(state=State.OPEN, task__closed_at=None)
    dated: QuerySet[Any] = rows.annotate(owed=Coalesce("supplement_due", "due"))
    return dated


def owed_on(day: date) -> QuerySet[Any]:
    """The same as it stood at the end of a past day, each with its holder of then (`then_body`)."""
    tasks = Q(task__closed_at=None) | Q(task__closed_at__date__gt=day)
    rows = stood_on(Obligation.objects.filter(tasks), day).filter(then_state=State.OPEN)
    dated: QuerySet[Any] = rows.annotate(owed=Coalesce("then_supplement", "then_due"))
    return dated


def to_remind(owed: QuerySet[Any], level: Level, on: date, schedule: Schedule) -> QuerySet[Any]:
    """Of these obligations those that have come to a level and were not reminded of it, each with `owed`: the day that
    counts (of a bút phê the one that it set, and `named`: whom). The SQL twin of rules.reminding.level (a test compares
    the two).
    """
    days, soon = schedule.steps[level].days, near(on, schedule.steps[level], days_off=settings.REMIND_ON_DAYS_OFF)
    if level == Level.CONFIRM:
        waits = owed.filter(state=State.SUBMITTED, confirming__isnull=False, held_since__lte=on - days)
        rows: QuerySet[Any] = waits.annotate(owed=F("held_since"))
        return rows.exclude(_reminded(level))
    rows = owed.filter(state=State.OPEN, task__closed_at=None)
    if level == Level.INSTRUCTED:
        some = Instruction.objects.filter(due__lte=soon).order_by().values("obligation")
        return _instructed(rows.filter(pk__in=some)).filter(owed__lte=soon).exclude(_reminded(level))
    rows = rows.annotate(owed=Coalesce("supplement_due", "due"))
    come = Q(owed__range=(on, soon)) if level == Level.DUE_SOON else Q(owed__lte=on - days)
    rows = rows.filter(come)
    if level == Level.LONG_OVERDUE:
        rows = rows.filter(_reminded(Level.OVERDUE, until=on - HEARD_FIRST))
    return rows.exclude(_reminded(level))


def _instructed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With `owed` and `named`: what the last bút phê of the body that owes it now set, and whom it names."""
    last = Instruction.objects.filter(obligation=OuterRef("pk"), organisation=OuterRef("organisation"))
    found: QuerySet[Any] = rows.annotate(owed=Subquery(last.values("due")[:1]), named=Subquery(last.values("to")[:1]))
    return found


def _reminded(level: Level, until: date | None = None) -> Exists:
    """Whether it was reminded of this level, for the day that counts now."""
    rows = Reminder.objects.filter(obligation=OuterRef("pk"), level=level, owed_by=OuterRef("owed"))
    return Exists(rows if until is None else rows.filter(on__lte=until))


def rests(on: date) -> bool:
    """Whether nobody is told on a day: offices are closed."""
    return rules.rests(on, days_off=settings.REMIND_ON_DAYS_OFF)


def done(on: date) -> bool:
    """Whether the run of a day came to its end; on a day off it ends before anybody is told."""
    return marked(RAISED if rests(on) else TOLD, on)


def subject(on: date) -> str:
    return f"programmes.reminder:{on:%Y%m%d}"


def marked(verb: str, on: date) -> bool:
    """Whether the run of a day came as far as that (RAISED: all its reminders; TOLD: all its people)."""
    return audit.about([subject(on)]).filter(verb=verb).exists()


def last_told(on: date) -> date | None:
    """The last day before this one whose run came to its end."""
    told = Event.objects.filter(verb=TOLD, subject__lt=subject(on))  # by day: the clock may have been set back since
    last = told.order_by("-subject").values_list("subject", flat=True).first()
    return _day_of(last) if last else None


def left_over(on: date) -> list[date]:
    """Days before this one of which reminders were raised and whose people were not all told: a run was cut off. Also
    those on which telling may have begun, of what waits for a word alone.
    """
    last = last_told(on)
    rows = Reminder.objects.filter(on__lt=on)
    begun = Event.objects.filter(verb=RAISED, subject__lt=subject(on))
    if last:
        rows, begun = rows.filter(on__gt=last), begun.filter(subject__gt=subject(last))
    days = set(rows.order_by().values_list("on", flat=True).distinct())
    days |= {day for day in map(_day_of, begun.order_by().values_list("subject", flat=True)) if not rests(day)}
    return sorted(days)


def _day_of(said: str) -> date:
    """The day of a run, by the subject of its events."""
    day = said.rpartition(":")[2]
    return date.fromisoformat(f"{day[:4]}-{day[4:6]}-{day[6:]}")


def still_so(on: date) -> QuerySet[Reminder]:
    """The reminders of a day, as far as what they remind of still waits: not answered, confirmed or suspended since,
    nor given to another day by a bút phê. Each with `named`: whom the last one names.
    """
    waits = Q(level=Level.CONFIRM, obligation__state=State.SUBMITTED, obligation__held_since=F("owed_by"))
    owed = Coalesce("obligation__supplement_due", "obligation__due")
    open_ = Q(level__in=OF_ITS_BODY, obligation__state=State.OPEN, obligation__task__closed_at=None)
    last = Instruction.objects.filter(
        obligation=OuterRef("obligation"), organisation=OuterRef("obligation__organisation")
    )
    given = Q(level=Level.INSTRUCTED, obligation__state=State.OPEN, obligation__task__closed_at=None)
    rows = Reminder.objects.filter(on=on).annotate(
        owed=owed, given=Subquery(last.values("due")[:1]), named=Subquery(last.values("to")[:1])
    )
    return rows.filter(waits | (open_ & Q(owed_by=F("owed"))) | (given & Q(owed_by=F("given"))))


class Row(NamedTuple):
    """A reminder of a day with what is told of it."""

    obligation: int
    level: str
    owed_by: date
    told: int
    owed: date
    named: int | None
    programme: int
    body: int
    confirming: int | None
    standing: bool
    period: str
    period_start: date
    period_end: date
    number: str
    position: int


_ROW = (
    *("obligation", "level", "owed_by", "told", "owed", "named"),
    *(f"obligation__{name}" for name in ("programme", "organisation", "confirming", "standing")),
    *(f"obligation__{name}" for name in ("period_name", "period_start", "period_end")),
    *("obligation__task__number", "obligation__task__position"),
)


def rows(on: date) -> Iterator[Row]:
    """What there is to be told of the reminders of a day (`still_so`), the oldest first; read as it is asked for."""
    found = still_so(on).order_by("owed_by", "pk").values_list(*_ROW)
    return (Row(*row) for row in found.iterator(chunk_size=2000))


def escalated(rights: Rights, on: date, *, past: bool = False) -> QuerySet[Any]:
    """Việc cần chỉ đạo: long overdue work of the programmes of which this person sees everything; only what its body
    was reminded of the day before, or earlier. Each with `owed`, `late_since` (the day of that reminder), `told` and
    `stuck`: whether an obstacle waits for a decision. `past`: as it stood at the end of a day that is over.
    """
    first = Reminder.objects.filter(obligation=OuterRef("pk"), level=Level.OVERDUE, owed_by=OuterRef("owed"))
    stuck = waiting_on(Obstacle.objects.filter(obligation=OuterRef("pk")), on)
    late: QuerySet[Any] = (owed_on(on) if past else owed_now()).filter(
        programme__in=whole_visible_to(rights).order_by().values("pk"), owed__lte=on - timedelta(days=LONG_OVERDUE_DAYS)
    )
    heard: QuerySet[Any] = late.annotate(
        late_since=Subquery(first.values("on")[:1], output_field=DateField()),
        told=Subquery(first.values("told")[:1]),
        stuck=Exists(stuck),
    )
    return heard.filter(late_since__lte=on - HEARD_FIRST).select_related("organisation", "task", "programme")


def waiting_on(rows: QuerySet[Obstacle], on: date) -> QuerySet[Obstacle]:
    """Those that waited for a decision at the end of a day."""
    return rows.filter(Q(decided_on=None) | Q(decided_on__gt=on), raised_on__lte=on)


def silent(rights: Rights, on: date) -> QuerySet[Any]:
    """Who did not answer at all: of the programmes that this person follows as a whole, each body with overdue answers
    of which it has not begun a single one. Rows of (programme, organisation) with `n` and `oldest`, the earliest day by
    which one was owed.
    """
    overdue = owed_now().filter(owed__lt=on)
    spoke = answered(overdue).filter(programme=OuterRef("programme"), organisation=OuterRef("organisation"))
    rows = overdue.filter(~Exists(spoke), programme__in=whole_visible_to(rights).order_by().values("pk")).order_by()
    found: QuerySet[Any] = rows.values("programme", "organisation").annotate(n=Count("pk"), oldest=Min("owed"))
    return found


def programmes_to_remind(on: date, schedule: Schedule) -> dict[int, int]:
    """Programmes (ids, in order) in which anything has come to a level → how much. One query for each level."""
    found: Counter[int] = Counter()
    for level in Level:
        rows = to_remind(Obligation.objects.order_by(), level, on, schedule)
        found.update(dict(rows.values_list("programme").annotate(Count("pk"))))
    return dict(sorted(found.items()))


class Come(NamedTuple):
    """An obligation that has come to a level: `owed`, the day that counts; `named`: whom a bút phê names."""

    obligation: int
    programme: int
    body: int
    confirming: int | None
    owed: date
    named: int | None = None


def come(programmes: Collection[int], level: Level, on: date, schedule: Schedule) -> Iterator[Come]:
    """What has come to a level in these programmes and was not reminded of it. One query."""
    both = [True, False]  # named so that the index (programme, standing, state, due) leads to the state
    rows = to_remind(Obligation.objects.filter(programme__in=programmes, standing__in=both), level, on, schedule)
    named = ["named"] if level == Level.INSTRUCTED else []
    fields = ("pk", "programme", "organisation", "confirming", "owed", *named)
    return (Come(*row) for row in rows.order_by("due", "pk").values_list(*fields))


def told_of(pairs: Iterable[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    """(programme, body) → `last`: the day of its last reminder, `told`: how many times a person was told. One query."""
    keys = list(pairs)
    programmes, bodies = {programme for programme, _body in keys}, {body for _programme, body in keys}
    rows = Reminder.objects.filter(obligation__programme__in=programmes, obligation__organisation__in=bodies)
    rows = rows.filter(level__in=OF_ITS_BODY).order_by()
    found = rows.values_list("obligation__programme", "obligation__organisation").annotate(Max("on"), Sum("told"))
    return {(programme, body): {"last": last, "told": told} for programme, body, last, told in found}
