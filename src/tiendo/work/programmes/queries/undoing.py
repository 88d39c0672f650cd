"""What stands in the way of taking a hand-over back: what was built on it, named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.programmes.models import (
    Answer,
    Evidence,
    Obligation,
    Passage,
    Programme,
    Progress,
    Report,
    Requirement,
    Task,
    Transfer,
)
from tiendo.work.programmes.queries.passing import Kept
from tiendo.work.programmes.queries.work import answered

WITH_TASK = "obligation__task__programme"
Kind = Literal["passed", "given", "handed_in", "drafted", "progressed", "evidenced", "moved", "planned"]
"""Passed on by a later succession, or given on by the office; handed in by the heir; a draft, a piece of evidence, a
date of what the heir owes only since; a plan of its own that was issued.
"""


@dataclass(frozen=True, slots=True)
class InTheWay:
    """One thing. `hidden`: of an internal programme, kept from whoever asks."""

    kind: Kind
    body: Organisation | None
    programme: Programme
    task: Task | None = None
    report: Report | None = None
    succession: Succession | None = None
    hidden: bool = False


def in_the_way(
    passages: Collection[int], since: datetime, *, plans: Collection[int] = (), kept: Kept | None = None
) -> list[InTheWay]:
    """Why these lines cannot be taken back; nothing: they can. `plans`: ids of what is owed by another body since.

    A draft is no fact: of what changed hands it goes back along with its work, to be written on there. Only what the
    heir began on rows that were nobody's before has no place to go back to.
    """
    hidden = set(kept.values_list("pk", flat=True)) if kept is not None else set()
    found = [*_passed(passages), *_handed_in(passages, since), *_begun(passages), *_planned(plans)]
    return [_shown(one, hidden=one.programme.pk in hidden) for one in found]


def _shown(one: InTheWay, *, hidden: bool) -> InTheWay:
    return InTheWay(one.kind, None, one.programme, hidden=True) if hidden else one


def _passed(passages: Collection[int]) -> Iterator[InTheWay]:
    afters = Passage.objects.filter(pk__in=passages).values("after")
    later = Passage.objects.filter(before__in=afters).exclude(pk__in=passages)
    for line in later.select_related("before__task__programme", "before__organisation", "succession"):
        kind: Kind = "passed" if line.succession else "given"
        task = line.before.task
        yield InTheWay(kind, line.before.organisation, task.programme, task, succession=line.succession)


def _handed_in(passages: Collection[int], since: datetime) -> Iterator[InTheWay]:
    """Each report once, and each word on progress."""
    mine = _taken(passages, since)
    for said in Progress.objects.filter(mine, reported_at__gte=since).select_related("organisation", WITH_TASK):
        task = said.obligation.task
        yield InTheWay("progressed", said.organisation, task.programme, task)
    under_way = Q(report__state__in=[Report.State.DRAFT, Report.State.RETURNED])
    rows = Answer.objects.filter(mine).filter(~under_way | Q(report__submitted_at__gte=since)).order_by("pk")
    told: set[int] = set()
    for one in rows.select_related("report__organisation", WITH_TASK):
        if one.report_id not in told:
            told.add(one.report_id)
            task = one.obligation.task
            yield InTheWay("handed_in", one.report.organisation, task.programme, task, one.report)


def _taken(passages: Collection[int], since: datetime) -> Q:
    """Of rows that point to an obligation: those on what changed hands, or was raised for the heir since."""
    afters = Passage.objects.filter(pk__in=passages).values("after")
    kinds = [Transfer.Kind.MOVED, Transfer.Kind.SHARED]  # nobody answers what was joined to the heir's own
    return Q(obligation__transfers__passage__in=passages, obligation__transfers__kind__in=kinds) | Q(
        obligation__assignment__in=afters, obligation__raised_at__gte=since
    )


def _begun(passages: Collection[int]) -> Iterator[InTheWay]:
    """On what goes with the rows that began, and came from nobody."""
    written = Answer.objects.filter(obligation=OuterRef("pk"), report__round=0)
    pieces = Evidence.objects.filter(answer__obligation=OuterRef("pk"))
    begun: QuerySet[Obligation] = answered(_going(passages)).filter(state__in=["open", "suspended"])
    begun = begun.annotate(evidenced=Exists(pieces), written=Exists(written)).order_by("pk")
    for one in begun.select_related("organisation", "task__programme", "answer__report"):
        kind: Kind = "evidenced" if one.evidenced else "drafted" if one.written else "moved"
        report = one.answer.report if one.written else None
        yield InTheWay(kind, one.organisation, one.task.programme, one.task, report)


def _going(passages: Collection[int]) -> QuerySet[Obligation]:
    """What is owed on charges that began with these lines alone, but for what came from the bodies before."""
    others = Passage.objects.filter(after=OuterRef("after")).exclude(pk__in=passages)
    began = Passage.objects.filter(~Exists(others), pk__in=passages, began=True)
    came = Transfer.objects.filter(passage__in=passages, kind=Transfer.Kind.MOVED)
    return Obligation.objects.filter(assignment__in=began.values("after")).exclude(pk__in=came.values("obligation"))


def _planned(plans: Collection[int]) -> Iterator[InTheWay]:
    issued = Requirement.objects.filter(pk__in=plans, issued_on__isnull=False).order_by("pk")
    for plan in issued.select_related("organisation", "programme"):
        yield InTheWay("planned", plan.organisation, plan.programme)
