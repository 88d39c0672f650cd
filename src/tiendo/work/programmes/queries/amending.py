"""What a later document changes in an open programme: proposed, shown beforehand, and read afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives.comparing import differences
from tiendo.work.directives.models import Document, Duty, WorkLink
from tiendo.work.programmes.models import AmendedLine, Amendment, Obligation, Programme, Task
from tiendo.work.programmes.queries.work import whole_visible_to

Kind = AmendedLine.Kind
MAKING = (Kind.ADD, Kind.CHANGE)
"""Kinds of line that open a task."""
OPEN = (Obligation.State.OPEN, Obligation.State.SUSPENDED)
"""What an amendment touches; what was handed in stays where it was handed in."""
CHANGES = {"amends", "replaces", "repeals"}


def amendments_visible_to(rights: Rights) -> QuerySet[Amendment]:
    """For whoever sees the whole programme."""
    rows = Amendment.objects.filter(programme__in=whole_visible_to(rights))
    return rows.select_related("programme__office", "programme__document", "document")


def signed_rows(document: Document) -> QuerySet[Duty]:
    return document.duties.filter(state=Duty.State.SIGNED)


def amending(programme: Programme) -> QuerySet[Document]:
    """Documents that may amend the programme: approved, of the same office, with signed rows, opened as no programme
    and not yet recorded as its amendment; those whose text says that they change it first.
    """
    rows = Document.objects.filter(
        office=programme.office_id,
        internal=programme.document.internal,
        state=Document.State.APPROVED,
        duties__state=Duty.State.SIGNED,
    )
    rows = rows.exclude(pk=programme.document_id).exclude(pk__in=programme.amendments.values("document"))
    rows = rows.exclude(pk__in=Programme.objects.filter(office=programme.office_id).values("document"))
    return rows.distinct().order_by("-issued_on", "-pk")


def says_it_amends(programme: Programme, documents: Iterable[Document]) -> dict[int, set[str]]:
    """What each document says that it does to the programme's own: amends, replaces, repeals. One query."""
    works = {one.work_id: one.pk for one in documents if one.work_id}
    found: dict[int, set[str]] = {}
    links = WorkLink.objects.filter(source__in=works, target=programme.document.work_id, relation__in=CHANGES)
    for source, relation in links.values_list("source", "relation"):
        found.setdefault(works[source], set()).add(relation)
    return found


def proposed(programme: Programme, document: Document) -> list[AmendedLine]:
    """Lines of an amendment, unsaved: rows that are new, tasks whose row is worded otherwise, tasks that the document
    does not name. The last are chosen only where the document replaces the whole of the first: one that amends it is
    silent about what stays.
    """
    tasks: dict[int, list[Task]] = {}
    for task in programme.tasks.filter(closed_at=None).select_related("duty").order_by("position"):
        tasks.setdefault(task.duty_id, []).append(task)
    before = [several[0].duty for several in tasks.values()]
    whole = bool(says_it_amends(programme, [document]).get(document.pk, set()) & {"replaces", "repeals"})
    lines: list[AmendedLine] = []
    for one in differences(before, list(signed_rows(document))):
        if one.before is None:
            lines.append(AmendedLine(kind=Kind.ADD, duty=one.after))
            continue
        first, *parts = tasks[one.before.pk]
        if one.after is None:
            lines += [AmendedLine(kind=Kind.END, task=task, chosen=whole) for task in (first, *parts)]
            continue
        lines.append(AmendedLine(kind=Kind.CHANGE, task=first, duty=one.after))
        lines += [AmendedLine(kind=Kind.END, task=task, chosen=False) for task in parts]
    return lines


def same_deadline(one: Task | Duty, other: Task | Duty) -> bool:
    """Kind, days and rhythm; however it is printed."""
    return _deadline(one) == _deadline(other)


def _deadline(one: Task | Duty) -> tuple[object, ...]:
    return one.deadline_kind, one.deadline_start, one.deadline_end, one.deadline_every


def open_work(tasks: Iterable[int]) -> dict[int, int]:
    """How many obligations are open or suspended on each task that has any. One query."""
    rows = Obligation.objects.filter(task__in=list(tasks), state__in=OPEN).order_by()
    return dict(rows.values_list("task").annotate(Count("pk")))


def amended(programmes: Iterable[int]) -> set[int]:
    """Those in which an amendment made tasks. One query."""
    made = AmendedLine.objects.filter(amendment__programme__in=list(programmes), made__isnull=False).order_by()
    return set(made.values_list("amendment__programme", flat=True))


def began(programme: Programme) -> dict[int, date]:
    """Tasks that amendments made, with the day from which each holds: periods that were over by then are not asked."""
    made = AmendedLine.objects.filter(amendment__programme=programme, made__isnull=False)
    return dict(made.values_list("made", "amendment__on"))


def asked_before(programme: Programme) -> Iterator[tuple[int, int, date, date]]:
    """(task, body, first day, last day) of what was handed in, or is owed, on the tasks whose place a task took, as if
    it had been on that task: it is not asked again. One query where nothing was changed, else two.
    """
    steps = list(
        AmendedLine.objects.filter(amendment__programme=programme, kind=Kind.CHANGE, made__isnull=False)
        .order_by("amendment__carried_out_at", "pk")
        .values_list("task", "made")
    )
    if not steps:
        return
    spans: dict[int, set[tuple[int, date, date]]] = {}
    rows = Obligation.objects.filter(task__in={old for old, _made in steps}).exclude(state=Obligation.State.NOT_OWED)
    for task, body, start, end in rows.values_list("task", "organisation", "period_start", "period_end"):
        spans.setdefault(task, set()).add((body, start, end))
    for old, made in steps:
        spans.setdefault(made, set()).update(spans.get(old, ()))
    for made in {made for _old, made in steps}:
        for body, start, end in spans[made]:
            yield made, body, start, end


@dataclass(frozen=True, slots=True)
class Fate:
    """What an amendment did to a task, or how it came to be."""

    kind: str
    amendment: Amendment
    other: Task | None
    """The task in its place, or the one whose place it took."""
    ended: bool
    """The task was changed or ended; else it was made."""


def touched() -> Exists:
    """Of a task: whether an amendment that was carried out made, changed or ended it."""
    here = Q(task=OuterRef("pk")) | Q(made=OuterRef("pk"))
    return Exists(AmendedLine.objects.filter(here, chosen=True, amendment__carried_out_at__isnull=False))


def fates(task: Task) -> list[Fate]:
    """Oldest first. One query."""
    lines = AmendedLine.objects.filter(
        Q(task=task) | Q(made=task), chosen=True, amendment__carried_out_at__isnull=False
    )
    lines = lines.select_related("amendment__document", "task", "made").order_by("amendment__carried_out_at", "pk")
    return [
        Fate(line.kind, line.amendment, line.made if line.task_id == task.pk else line.task, line.task_id == task.pk)
        for line in lines
    ]
