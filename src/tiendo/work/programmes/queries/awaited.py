"""What waits for somebody's word and was not told yet, and what was said to it: rows for the digest of a morning.

A digest takes the whole days from the last one that came to its end until yesterday. So each matter stands in one
alone, however often a run is cut off, and nothing has to be kept of who was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import (
    Answer,
    Asked,
    Cause,
    Correction,
    DateChange,
    Decision,
    Obstacle,
    Programme,
    Progress,
    Refusal,
    Report,
    Task,
)
from tiendo.work.programmes.queries.dates import deciding_body
from tiendo.work.programmes.queries.internal import UNDER_WAY
from tiendo.work.programmes.queries.progress import GOES_ON
from tiendo.work.programmes.queries.refusals import open_refusals
from tiendo.work.programmes.queries.waiting import to_review
from tiendo.work.programmes.rules.digests import Key, Line, Matter, Part, Word

NEWS = timedelta(days=7)
"""So far back the first run of a house tells what was said."""
Bodies = Mapping[int, set[int]]
"""Body → people."""
OWED = ("obligation__task", "obligation__organisation", "obligation__confirming")
PROGRAMME = ("office", "document__office")
OF_OWED = (*OWED, *(f"obligation__programme__{name}" for name in PROGRAMME))


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days [first, last): `first` None: all before `last`."""

    first: date | None
    last: date

    @property
    def lately(self) -> Span:
        """What was said long before the first run is no news; what still waits is, however old."""
        return self if self.first else Span(self.last - NEWS, self.last)

    def holds(self, field: str) -> Q:
        """Moments (`field`) of these days, by Vietnam's clock."""
        until = Q(**{f"{field}__lt": _midnight(self.last)})
        return until if self.first is None else until & Q(**{f"{field}__gte": _midnight(self.first)})

    def come(self, field: str) -> Q:
        """Days (`field`) that came after the morning of the first and until the morning of the last."""
        until = Q(**{f"{field}__lte": self.last})
        return until if self.first is None else until & Q(**{f"{field}__gt": self.first})


@dataclass(frozen=True, slots=True)
class Deciders:
    """Who may do what where, on the day: as `foundation.organisations.holding.holders` has it."""

    dates: Bodies
    refusals: Bodies
    confirmers: Bodies
    recorders: Bodies
    """Of a programme's office: open events, and record what a level decided that can record nothing itself."""
    members: Bodies
    """Whoever has any post: nobody decides on their own body's affair."""
    writers: Bodies
    deputies: Mapping[tuple[int, int], set[int]]


@dataclass(frozen=True, slots=True)
class Hears:
    """A line, and who is told it in which part."""

    users: set[int]
    part: Part
    line: Line


def awaited(span: Span, who: Deciders) -> Iterable[Hears]:
    """All that waits for a word since these days, and all that was said on them. A few queries for all people."""
    yield from _dates(span, who)
    yield from _refusals(span, who)
    yield from _obstacles(span, who)
    yield from _causes(span, who)
    yield from _corrections(span, who)
    yield from _progress(span, who)
    yield from _reviews(span, who)
    yield from _decided(span.lately, who)
    yield from _reports(span.lately, who)


def _dates(span: Span, who: Deciders) -> Iterable[Hears]:
    rows = DateChange.objects.filter(span.holds("asked_at"), state=Asked.ASKED).select_related(*OF_OWED)
    for one in rows.order_by("pk").iterator(chunk_size=2000):
        owed = one.obligation
        users = _in(who.dates, owed.programme, deciding_body(owed)) - _of(who.members, owed.organisation_id)
        yield _asks(Matter.DATE, owed, users, one.asked_at, one.pk)


def _refusals(span: Span, who: Deciders) -> Iterable[Hears]:
    rows = open_refusals().filter(span.holds("asked_at"))
    for one in rows.iterator(chunk_size=2000):
        task = one.assignment.task
        users = _of(who.refusals, task.programme.office_id) - _of(who.members, one.organisation_id)
        line = _line(Matter.REFUSAL, task, one.organisation.label, timezone.localdate(one.asked_at), one.pk)
        yield Hears(users, Part.DECIDE, line)


def _obstacles(span: Span, who: Deciders) -> Iterable[Hears]:
    """To the level; where nobody in it can record a decision, to the programme's office."""
    raised = Q(raised_on__lt=span.last) if span.first is None else Q(raised_on__range=(span.first, _before(span.last)))
    rows = Obstacle.objects.filter(
        raised, decided_on=None, obligation__state__in=UNDER_WAY, obligation__task__closed_at=None
    )
    for one in rows.select_related("level", *OF_OWED).order_by("pk").iterator(chunk_size=2000):
        owed, level = one.obligation, one.level
        if level is not None and who.confirmers.get(level.pk):
            users = _in(who.confirmers, owed.programme, level)
        else:
            users = _of(who.recorders, owed.programme.office_id)
        line = _line(Matter.OBSTACLE, owed.task, owed.organisation.label, one.raised_on, one.pk, owed.programme)
        yield Hears(users - _of(who.members, owed.organisation_id), Part.DECIDE, line)


def _causes(span: Span, who: Deciders) -> Iterable[Hears]:
    """Of one that was given on, since it came to the body that decides now."""
    came = Cause.objects.alias(came=Coalesce("given_at", "asked_at"))
    rows = came.filter(span.holds("came"), state=Asked.ASKED)
    for one in rows.select_related("competent", *OF_OWED).order_by("pk").iterator(chunk_size=2000):
        users = _in(who.confirmers, one.obligation.programme, one.competent) - _of(who.members, one.organisation_id)
        yield _asks(Matter.CAUSE, one.obligation, users, one.asked_at, one.pk)


def _corrections(span: Span, who: Deciders) -> Iterable[Hears]:
    """A second person: not who proposed it nor whoever stands in for them, and nobody of the body that reported."""
    rows = Correction.objects.filter(span.holds("asked_at"), state=Asked.ASKED).select_related(*OF_OWED)
    for one in rows.order_by("pk").iterator(chunk_size=2000):
        owed = one.obligation
        users = _in(who.confirmers, owed.programme, owed.programme.office, owed.confirming)
        users -= _of(who.members, owed.organisation_id)
        hands = {one.asked_by_id}.union(
            *(mates for (away, _body), mates in who.deputies.items() if away == one.asked_by_id)
        )
        yield _asks(Matter.CORRECTION, owed, users - hands, one.asked_at, one.pk)


def _progress(span: Span, who: Deciders) -> Iterable[Hears]:
    rows = Progress.objects.filter(span.holds("reported_at"), state=Progress.State.ASKED, obligation__state__in=GOES_ON)
    for one in rows.select_related(*OF_OWED).order_by("pk").iterator(chunk_size=2000):
        owed = one.obligation
        users = _in(who.confirmers, owed.programme, owed.confirming) - _of(who.members, one.organisation_id)
        yield _asks(Matter.PROGRESS, owed, users - {one.reported_by_id}, one.reported_at, one.pk)


def _reviews(span: Span, who: Deciders) -> Iterable[Hears]:
    rows = to_review(Task.objects.filter(span.come("review_on")), span.last).select_related("programme__office")
    for task in rows.order_by("pk").iterator(chunk_size=2000):
        assert task.review_on is not None
        line = _line(Matter.REVIEW, task, "", task.review_on, task.pk)
        yield Hears(_of(who.recorders, task.programme.office_id), Part.DECIDE, line)


def _decided(span: Span, who: Deciders) -> Iterable[Hears]:
    """To whoever writes for the body that asked; of a correction to the person who proposed it."""
    over, said = Q(state__in=[Asked.GRANTED, Asked.REFUSED]), span.holds("decided_at")
    extended = DateChange.objects.filter(over, said, kind=DateChange.Kind.EXTEND)
    of_charge = ("organisation", *(f"assignment__task__programme__{name}" for name in PROGRAMME))
    found: tuple[tuple[Matter, QuerySet[Any]], ...] = (
        (Matter.DATE, extended.exclude(asked_by=F("decided_by")).select_related(*OF_OWED)),
        (Matter.REFUSAL, Refusal.objects.filter(over, said).select_related(*of_charge)),
        (Matter.OBSTACLE, Obstacle.objects.filter(said).select_related(*OF_OWED)),
        (Matter.CAUSE, Cause.objects.filter(over, said).select_related("organisation", *OF_OWED)),
        (Matter.CORRECTION, Correction.objects.filter(over, said).select_related(*OF_OWED)),
        (Matter.PROGRESS, Progress.objects.filter(over, said).select_related("organisation", *OF_OWED)),
    )
    for matter, rows in found:
        for one in rows.order_by("pk").iterator(chunk_size=2000):
            yield _answers(matter, one, who)


VERDICTS = {
    ("confirm", Report.State.CONFIRMED): Word.CONFIRMED,
    ("ask_more", Report.State.RETURNED): Word.SENT_BACK,
    ("revoke", Report.State.SUBMITTED): Word.REVOKED,
}
"""A word of the confirming body that holds still, by what the report is now."""


def _reports(span: Span, who: Deciders) -> Iterable[Hears]:
    first = Answer.objects.filter(report=OuterRef("report")).order_by("obligation__task__position", "pk")
    rows: QuerySet[Any] = Decision.objects.filter(span.holds("at"), round=F("report__round"), revoked=False).annotate(
        number=Subquery(first.values("obligation__task__number")[:1]),
        position=Subquery(first.values("obligation__task__position")[:1]),
        period=Subquery(first.values("obligation__period_name")[:1]),
    )
    rows = rows.select_related("report__organisation", *(f"report__programme__{name}" for name in PROGRAMME))
    for one in rows.order_by("pk").iterator(chunk_size=2000):
        report: Report = one.report
        word = VERDICTS.get((one.verdict, Report.State(report.state)))
        if word is None:
            continue
        users = _in(who.writers, report.programme, report.organisation) - {one.by_id}
        number = str(one.number or one.position or "")
        day = timezone.localdate(one.at)
        period = (one.period or "") if report.standing else ""
        line = Line(word, str(report.programme), report.organisation.label, number, period, day, one.pk, Matter.REPORT)
        yield Hears(users, Part.ANSWERED, line)


def _asks(matter: Matter, owed: Any, users: set[int], at: datetime, key: int) -> Hears:
    line = _line(matter, owed.task, owed.organisation.label, timezone.localdate(at), key, owed.programme)
    return Hears(users, Part.DECIDE, line)


def _answers(matter: Matter, one: Any, who: Deciders) -> Hears:
    task = one.assignment.task if matter == Matter.REFUSAL else one.obligation.task
    programme = task.programme if matter == Matter.REFUSAL else one.obligation.programme
    body = (
        one.organisation if matter in {Matter.REFUSAL, Matter.CAUSE, Matter.PROGRESS} else one.obligation.organisation
    )
    if matter == Matter.CORRECTION:
        users = _in(who.members, programme, programme.office, one.obligation.confirming, body) & {one.asked_by_id}
    else:
        users = _in(who.writers, programme, body) - {one.decided_by_id}
    word = Word.DECIDED if matter == Matter.OBSTACLE else Word.GRANTED if one.state == Asked.GRANTED else Word.REFUSED
    day = timezone.localdate(one.decided_at)
    return Hears(users, Part.ANSWERED, _line(word, task, body.label, day, (matter, one.pk), programme, matter))


def _line(
    key: Key, task: Task, body: str, day: date, group: Any, programme: Programme | None = None,
    about: Matter | None = None,
) -> Line:  # fmt: skip
    return Line(key, str(programme or task.programme), body, str(task.number or task.position), "", day, group, about)


def _of(people: Bodies, body: int) -> set[int]:
    return people.get(body, set())


def _in(people: Bodies, programme: Programme, *bodies: Organisation | None) -> set[int]:
    """The people of these bodies; of an internal programme of those inside alone (as queries.internal.outside)."""
    paths = (programme.office.path, programme.document.office.path)
    kept = programme.document.internal
    return {
        user
        for body in bodies
        if body is not None and not (kept and not body.path.startswith(paths))
        for user in people.get(body.pk, ())
    }


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _before(day: date) -> date:
    return day - timedelta(days=1)
