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
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.standing import NOW, THEN, handed_in_late
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
    """The condition for rules.cascading.plan in the database: what was issued after the day was not issued on it."""
    issued = Q(issued_on__isnull=False, issued_on__lte=on)
    if how in STANDS:
        return issued & STANDS[how]
    late = Q(due__lt=on)
    return ~issued & (late if how == Plan.OVERDUE else ~late)


def asked_by(rows: QuerySet[Requirement], on: date) -> QuerySet[Requirement]:
    """Those that had been asked for at the end of a day."""
    return rows.filter(at__date__lte=on)


def coverage(programme: Programme, on: date) -> Coverage:
    """At the end of a day. Two queries."""
    counted = asked_by(programme.requirements.all(), on).aggregate(
        required=Count("pk"), **{how.value: Count("pk", filter=stands(how, on)) for how in Plan}
    )
    lines = open_lines(programme, on).aggregate(lines=Count("pk"), unanswered=Count("pk", filter=~Exists(_below(on))))
    return Coverage(**counted, **lines)


def open_lines(programme: Programme, on: date) -> QuerySet[Task]:
    """Its tasks that were not closed at the end of a day."""
    return programme.tasks.filter(Q(closed_at=None) | Q(closed_at__date__gt=on))


def unanswered(programme: Programme, on: date) -> QuerySet[Task]:
    """Open lines that no line of a plan below answered on a day."""
    return open_lines(programme, on).filter(~Exists(_below(on)))


def _below(on: date) -> QuerySet[LineLink]:
    return LineLink.objects.filter(upper=OuterRef("pk"), at__date__lte=on)


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


def roll_up(tasks: Iterable[Task], day: date | None = None) -> dict[int, RollUp]:
    """By the tasks' ids, as it is now or was at the end of a past day; two queries. Tasks that nothing answers are left
    out.
    """
    ties = LineLink.objects.filter(upper__in=list(tasks))
    ties = ties.filter(at__date__lte=day) if day else ties
    links = list(ties.values_list("upper", "lower", "lower__programme__office"))
    names = THEN if day else NOW
    owed = Obligation.objects.filter(task__in={lower for _upper, lower, _office in links})
    late = handed_in_late(names)
    confirmed = {
        row["task"]: (row["on_time"], row["late"])
        for row in (stood_on(owed, day) if day else owed)
        .filter(**{names.state: Obligation.State.CONFIRMED})
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
