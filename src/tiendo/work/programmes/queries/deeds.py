"""What was done since a hand-over was recorded: by its heirs on what they took over, by bodies that began with it, or
by people of one body for another that acts through it. None of it was done but for the hand-over: it was built on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Absence, Organisation, Post
from tiendo.work.programmes.models import (
    Answer,
    Assignment,
    Cause,
    DateChange,
    Decision,
    Evidence,
    Letter,
    Obligation,
    Obstacle,
    Passage,
    Progress,
    Refusal,
    Report,
    Task,
    Transfer,
)

UNDER_WAY = Q(report__state__in=[Report.State.DRAFT, Report.State.RETURNED])
WORDED = ~Q(text="") | Q(nothing_arose=True)


Kind = Literal[
    "passed", "given", "charged", "handed_in", "drafted", "progressed", "evidenced", "moved", "caused", "hindered",
    "refused", "decided", "lettered", "planned",
]  # fmt: skip
"""Passed on by a later succession, or given on by the office; what an heir did since, or on what it owes only
since; a plan of its own that was issued.
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """What may have been built on, and from when on. Ids."""

    since: datetime
    passages: Collection[int] = ()
    begun: Collection[int] = ()
    """Bodies that began with the hand-over."""
    heirs: Collection[int] = ()
    programmes: Collection[int] = ()
    """Those for which the heirs confirm, watch or issue since."""
    acting: Collection[int] = ()
    """Bodies that act through another."""
    through: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that was done. `acting`: by people of this body, for `body`."""

    kind: Kind
    body: Organisation
    task: Task | None
    report: Report | None = None
    letter: Letter | None = None
    acting: Organisation | None = None


@dataclass(frozen=True, slots=True)
class _Sort:
    """Rows of one sort, and the ways from them: to the day, to who did it, in whose name, to what is owed."""

    kind: Kind
    rows: QuerySet[Any]
    at: str
    by: str
    body: str
    owed: str = "obligation"


def _sorts() -> tuple[_Sort, ...]:
    """The gravest first: of one task a body is named once."""
    moved = DateChange.objects.exclude(kind=DateChange.Kind.RULE)  # what the calendar did, nobody did
    said = Answer.objects.all()
    begun = said.filter(UNDER_WAY, WORDED)
    return (
        _Sort("handed_in", said, "report__submitted_at__gte", "report__submitted_by", "report__organisation"),
        _Sort("progressed", Progress.objects.all(), "reported_at__gte", "reported_by", "organisation"),
        _Sort(
            "evidenced",
            Evidence.objects.filter(withdrawn_at=None),
            "added_at__gt",
            "added_by",
            "answer__report__organisation",
            "answer__obligation",
        ),
        # a draft that came along with the work has the moment of the hand-over itself
        _Sort("drafted", begun, "report__saved_at__gt", "report__drafted_by", "report__organisation"),
        _Sort("moved", moved, "asked_at__gte", "asked_by", "obligation__organisation"),
        _Sort("caused", Cause.objects.all(), "asked_at__gte", "asked_by", "organisation"),
        _Sort("hindered", Obstacle.objects.all(), "raised_on__gte", "raised_by", "obligation__organisation"),
    )


def done_since(ground: Ground) -> Iterator[Deed]:
    """Some fifteen queries, however much there is."""
    people = _people(ground)
    acting = Organisation.objects.filter(pk__in=ground.through).first()
    for sort in _sorts():
        day = timezone.localdate(ground.since) if sort.kind == "hindered" else ground.since
        theirs = Q(**{f"{sort.body}__in": ground.begun}) | _taken(ground, sort.owed)
        for_others = Q(**{f"{sort.body}__in": ground.acting, f"{sort.by}__in": people})
        joined = [sort.body, f"{sort.owed}__task__programme"]
        for rows, instead in ((sort.rows.filter(theirs), None), (sort.rows.filter(for_others), acting)):
            for row in rows.filter(**{sort.at: day}).select_related(*joined).order_by("pk").distinct():
                report = row.report if isinstance(row, Answer) else None
                yield Deed(sort.kind, _at(row, sort.body), _at(row, sort.owed).task, report, acting=instead)
    yield from _of_charges(ground, people, acting)
    yield from _decided(ground, people, acting)
    yield from _letters(ground, people, acting)


def _at(row: Any, way: str) -> Any:
    for name in way.split("__"):
        row = getattr(row, name)
    return row


def _people(ground: Ground) -> QuerySet[Any, Any]:
    """Whoever can have acted for the other only by this: they hold, or stand in for, posts here, and none there."""
    there = Post.objects.filter(organisation__in=ground.acting).values("user")
    here = Post.objects.filter(organisation__in=ground.through)
    deputies = Absence.objects.filter(post__in=here.values("pk")).values("deputy")
    mine = Q(pk__in=here.values("user")) | Q(pk__in=deputies)
    return User.objects.filter(mine).exclude(pk__in=there).values("pk")


def _taken(ground: Ground, way: str) -> Q:
    """What changed hands, or was raised for the heir since: nobody answers what was joined to the heir's own."""
    afters = Passage.objects.filter(pk__in=ground.passages).values("after")
    kinds = [Transfer.Kind.MOVED, Transfer.Kind.SHARED]
    came = Transfer.objects.filter(passage__in=ground.passages, kind__in=kinds).values("obligation")
    raised = Obligation.objects.filter(assignment__in=afters, raised_at__gte=ground.since).values("pk")
    return Q(**{f"{way}__in": came}) | Q(**{f"{way}__in": raised})


def _of_charges(ground: Ground, people: QuerySet[Any, Any], acting: Organisation | None) -> Iterator[Deed]:
    """Work that was given to a body that began with it, and that a body says it was given wrongly."""
    came = Passage.objects.filter(pk__in=ground.passages).values("after")
    named = Assignment.objects.on(None).filter(organisation__in=ground.begun).exclude(pk__in=came)
    day = timezone.localdate(ground.since)
    since = Q(starts__gte=day) | Q(starts=None, task__programme__opened_at__gte=ground.since)
    for row in named.filter(since).select_related("organisation", "task__programme").order_by("pk"):
        assert row.organisation is not None
        yield Deed("charged", row.organisation, row.task)
    said = Refusal.objects.filter(asked_at__gte=ground.since).select_related(
        "organisation", "assignment__task__programme"
    )
    theirs = Q(organisation__in=ground.begun) | Q(assignment__in=came)
    for rows, instead in (
        (said.filter(theirs), None),
        (said.filter(organisation__in=ground.acting, asked_by__in=people), acting),
    ):
        for one in rows.order_by("pk"):
            yield Deed("refused", one.organisation, one.assignment.task, acting=instead)


def _decided(ground: Ground, people: QuerySet[Any, Any], acting: Organisation | None) -> Iterator[Deed]:
    """Words to reports, by whoever confirms since, or for who confirms."""
    said = Decision.objects.filter(at__gte=ground.since)
    heirs = Q(report__confirming__in=ground.begun)
    heirs |= Q(report__confirming__in=ground.heirs, report__programme__in=ground.programmes)
    for_others = Q(report__confirming__in=ground.acting, by__in=people)
    for which, instead in ((heirs, None), (for_others, acting)):
        rows = said.filter(which).select_related("report__confirming", "report__programme")
        for one in rows.prefetch_related("report__answers__obligation__task__programme").order_by("pk"):
            first = next(iter(one.report.answers.all()), None)
            if first is not None and one.report.confirming is not None:
                yield Deed("decided", one.report.confirming, first.obligation.task, acting=instead)


def _letters(ground: Ground, people: QuerySet[Any, Any], acting: Organisation | None) -> Iterator[Deed]:
    """Letters to an heir about what it took over, and those that a body wrote only since."""
    rows = Letter.objects.filter(drafted_at__gte=ground.since).select_related(
        "programme__office", "organisation", "written_by"
    )
    for letter in rows.filter(_writes(ground.begun) | Q(organisation__in=ground.begun)).order_by("pk"):
        yield Deed("lettered", letter.organisation, None, letter=letter)
    written = _writes(ground.heirs) & Q(programme__in=ground.programmes)
    for letter in rows.filter(written).order_by("pk"):
        yield Deed("lettered", letter.organisation, None, letter=letter)
    for letter in rows.filter(_writes(ground.acting), drafted_by__in=people).order_by("pk"):
        yield Deed("lettered", letter.organisation, None, letter=letter, acting=acting)
    yield from _about_taken(ground, rows.filter(organisation__in=ground.heirs).order_by("pk"))


def _about_taken(ground: Ground, rows: QuerySet[Letter]) -> Iterator[Deed]:
    letters = list(rows)
    if not letters:
        return
    named = {line[0] for letter in letters for line in letter.lines}
    taken = set(Obligation.objects.filter(_taken(ground, "pk"), pk__in=named).values_list("pk", flat=True))
    for letter in letters:
        if any(line[0] in taken for line in letter.lines):
            yield Deed("lettered", letter.organisation, None, letter=letter)


def _writes(bodies: Collection[int]) -> Q:
    return Q(written_by__in=bodies) | Q(written_by=None, programme__office__in=bodies)
