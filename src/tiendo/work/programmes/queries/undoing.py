"""What stands in the way of taking a hand-over back: what was built on it, named."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.programmes.models import (
    Answer,
    Evidence,
    Obligation,
    Passage,
    Programme,
    Report,
    Requirement,
    Task,
    Transfer,
)
from tiendo.work.programmes.queries.deeds import Ground, Kind, done_since
from tiendo.work.programmes.queries.passing import Kept
from tiendo.work.programmes.queries.work import answered

WITH_TASK = "obligation__task__programme"


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
    acting: Organisation | None = None
    """Whose people did it, for `body`, which acts through it."""


def in_the_way(ground: Ground, *, plans: Collection[int] = (), kept: Kept | None = None) -> list[InTheWay]:
    """Why a hand-over cannot be taken back; nothing: it can. `plans`: ids of what is owed by another body since.

    A draft without a word is nothing: it goes back along with its work.
    """
    hidden = set(kept.values_list("pk", flat=True)) if kept is not None else set()
    found = [*_passed(ground.passages), *_done(ground), *_planned(plans)]
    done = {(one.task, one.body) for one in found}
    found += [one for one in _begun(ground.passages) if (one.task, one.body) not in done]
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


def _done(ground: Ground) -> Iterator[InTheWay]:
    """Of what a body did to one task the gravest alone."""
    told: set[tuple[int, int | None, int]] = set()
    for deed in done_since(ground):
        about = deed.task.programme if deed.task else deed.letter.programme if deed.letter else None
        assert about is not None, "a deed is about a task, or a letter"
        place = (about.pk, deed.task.pk if deed.task else None, deed.body.pk)
        report = (0, deed.report.pk, 0) if deed.report else place  # of a period's report one row is enough
        if not {place, report} & told:
            yield InTheWay(deed.kind, deed.body, about, deed.task, deed.report, acting=deed.acting)
        told |= {place, report}


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
