"""Plans below a programme: who had to make one, who did, which lines they answer, and what of that is confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import LineLink, Obligation, Programme, Requirement, Task
from tiendo.work.programmes.queries.standing import handed_in_late
from tiendo.work.programmes.queries.work import whole_visible_to
from tiendo.work.programmes.rules.cascading import ALIKE, LONGEST, NEAREST, Plan, symbols


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of bodies that had to make a plan, and of lines that are open."""

    required: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    lines: int
    unanswered: int
    """Open lines that no line of a plan below answers."""

    @property
    def answered(self) -> int:
        return self.in_time + self.late


STANDS: dict[Plan, Q] = {
    Plan.IN_TIME: Q(issued_on__lte=F("due")),
    Plan.LATE: Q(issued_on__gt=F("due")),
}


def stands(how: Plan, on: date) -> Q:
    """The condition for rules.cascading.plan in the database."""
    if how in STANDS:
        return STANDS[how]
    late = Q(due__lt=on)
    return Q(issued_on__isnull=True) & (late if how == Plan.OVERDUE else ~late)


def coverage(programme: Programme, on: date) -> Coverage:
    """Two queries."""
    counted = programme.requirements.aggregate(
        required=Count("pk"), **{how.value: Count("pk", filter=stands(how, on)) for how in Plan}
    )
    lines = programme.tasks.filter(closed_at=None).aggregate(
        lines=Count("pk"), unanswered=Count("pk", filter=~Exists(_below()))
    )
    return Coverage(**counted, **lines)


def unanswered(programme: Programme) -> QuerySet[Task]:
    """Open lines that no line of a plan below answers."""
    return programme.tasks.filter(~Exists(_below()), closed_at=None)


def _below() -> QuerySet[LineLink]:
    return LineLink.objects.filter(upper=OuterRef("pk"))


@dataclass(frozen=True, slots=True)
class RollUp:
    """Of the lines below a task: how many there are, of how many bodies, and how many of their pieces of work were
    confirmed, on time or late. What is not confirmed is not passed up.
    """

    lines: int = 0
    bodies: int = 0
    on_time: int = 0
    late: int = 0

    @property
    def confirmed(self) -> int:
        return self.on_time + self.late


def roll_up(tasks: Iterable[Task]) -> dict[int, RollUp]:
    """By the tasks' ids; two queries. Tasks that nothing answers are left out."""
    links = list(
        LineLink.objects.filter(upper__in=list(tasks)).values_list("upper", "lower", "lower__programme__office")
    )
    late = handed_in_late()
    confirmed = {
        row["task"]: (row["on_time"], row["late"])
        for row in Obligation.objects.filter(
            task__in={lower for _upper, lower, _office in links}, state=Obligation.State.CONFIRMED
        )
        .order_by()
        .values("task")
        .annotate(on_time=Count("pk", filter=~late), late=Count("pk", filter=late))
    }
    below: dict[int, dict[int, int]] = {}
    for upper, lower, office in links:
        below.setdefault(upper, {})[lower] = office
    return {
        upper: RollUp(
            lines=len(lines),
            bodies=len(set(lines.values())),
            on_time=sum(confirmed.get(lower, (0, 0))[0] for lower in lines),
            late=sum(confirmed.get(lower, (0, 0))[1] for lower in lines),
        )
        for upper, lines in below.items()
    }


def requirements_visible_to(rights: Rights) -> QuerySet[Requirement]:
    """Those of programmes that a person sees whole, and those that ask one of their own bodies."""
    mine = Q(programme__in=whole_visible_to(rights)) | Q(organisation__in=rights.bodies(Permission.SEE_WORK))
    return Requirement.objects.filter(mine).select_related("programme__office", "organisation", "answered_by")


def plans_owed(rights: Rights) -> QuerySet[Requirement]:
    """Plans that a person's own bodies still owe, soonest due first."""
    rows = Requirement.objects.filter(organisation__in=rights.bodies(Permission.WRITE_REPORT), issued_on=None)
    return rows.select_related("programme", "organisation").order_by("due", "pk")


def may_answer(requirement: Requirement, rights: Rights) -> bool:
    """The office that asks records what came on paper; the body hands its own plan in."""
    asks = rights.may(Permission.ASSIGN, requirement.programme.office)
    return asks or rights.may(Permission.SUBMIT_REPORT, requirement.organisation)


def may_link(upper: Programme, lower: Programme, rights: Rights) -> bool:
    """Whoever looks after the lines of either plan: a plan that was handed in is known to both offices."""
    return rights.may(Permission.ASSIGN, upper.office) or rights.may(Permission.ASSIGN, lower.office)


def plans_for(requirement: Requirement, rights: Rights) -> QuerySet[Document]:
    """Approved documents that this person may see and that may be the plan; the likeliest first."""
    offices = [requirement.organisation_id, requirement.programme.office_id]
    held = directives.visible_to(rights).filter(office__in=offices, state=Document.State.APPROVED)
    held = held.exclude(pk=requirement.programme.document_id)
    work = requirement.programme.document.work_id
    carries = Count("work__links", filter=Q(work__links__target=work, work__links__relation="implements"))
    return held.annotate(carries=carries).order_by("-carries", "-issued_on", "-pk")


def lower_programme(requirement: Requirement) -> Programme | None:
    """The programme that was opened from the plan, if it is followed here."""
    if requirement.answered_by_id is None:
        return None
    found = Programme.objects.filter(document=requirement.answered_by_id)
    return found.select_related("office", "document").first()


def links_between(upper: Programme, lower: Programme) -> QuerySet[LineLink]:
    rows = LineLink.objects.filter(upper__programme=upper, lower__programme=lower)
    return rows.select_related("upper", "lower").order_by("upper__position", "lower__position")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line below that may answer a line above. `cited`: symbols that both cite; `likeness`: 0–100."""

    upper: Task
    lower: Task
    likeness: int
    cited: tuple[str, ...] = ()


def proposals(upper: Programme, lower: Programme) -> list[Proposal]:
    """Lines that are alike or cite the same document, the likeliest first; restricted ones are not compared.

    Lines that are tied already are left out. Three queries; a few hundred lines a side are compared in a moment.
    """
    above = list(upper.tasks.filter(closed_at=None, restricted=False))
    below = list(lower.tasks.filter(closed_at=None, restricted=False))
    tied = set(links_between(upper, lower).order_by().values_list("upper", "lower"))
    own = symbols(f"{upper.symbol} {upper.title} {lower.symbol}")
    found = [*_alike(above, below), *_citing(above, below, own)]
    best: dict[tuple[int, int], Proposal] = {}
    for one in found:
        pair = one.upper.pk, one.lower.pk
        held = best.get(pair)
        if pair not in tied:
            best[pair] = Proposal(one.upper, one.lower, held.likeness, one.cited) if held else one
    return sorted(best.values(), key=lambda one: (-one.likeness, one.lower.position, one.upper.position))


def _alike(above: Sequence[Task], below: Sequence[Task]) -> list[Proposal]:
    from rapidfuzz import fuzz, process  # only now: most processes never compare

    words = {place: key(task.content)[:LONGEST] for place, task in enumerate(above)}
    return [
        Proposal(above[place], task, round(score))
        for task in below
        for _words, score, place in process.extract(
            key(task.content)[:LONGEST], words, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, limit=NEAREST
        )
    ]


def _citing(above: Sequence[Task], below: Sequence[Task], own: frozenset[str]) -> list[Proposal]:
    """`own`: symbols of the two plans themselves, which tell nothing."""
    cited: dict[str, list[Task]] = {}
    for task in above:
        for symbol in symbols(task.content) - own:
            cited.setdefault(symbol, []).append(task)
    found: list[Proposal] = []
    for task in below:
        shared: dict[int, tuple[Task, list[str]]] = {}
        for symbol in sorted(symbols(task.content) - own):
            for other in cited.get(symbol, ()):
                shared.setdefault(other.pk, (other, []))[1].append(symbol)
        found += [Proposal(other, task, 0, tuple(said)) for other, said in list(shared.values())[:NEAREST]]
    return found
