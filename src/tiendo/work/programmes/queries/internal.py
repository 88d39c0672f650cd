"""Internal programmes (of a document that its office marked "nội bộ"): from whom they are kept, who stands outside.

Inside is the subtree of the office that marked the document, and of the office that carries it on, where that is
another since a hand-over. One mark, `Document.internal`; whoever asks for programmes, tasks, obligations, reports or
events asks `kept_from`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, enclosing, within
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Asked, Assignment, Cause, Obligation, Obstacle, Programme, Stage, Task

State = Obligation.State
UNDER_WAY = (State.OPEN, State.SUBMITTED, State.SUSPENDED)


def kept_from(bodies: Iterable[Organisation]) -> QuerySet[Programme]:
    """Internal programmes inside which none of these bodies lies (of a person: see directives.queries.kept_from)."""
    inside = enclosing(bodies)
    internal = Programme.objects.filter(document__internal=True)
    return internal.exclude(Q(office__in=inside) | Q(document__office__in=inside)).order_by()


FEW = 500
"""Up to so many internal programmes are looked at once for a person, and named by their ids in whatever is asked then:
such a condition is put together many times quicker than one that asks the database again in each place.
"""


def open_to(rights: Rights, bodies: Iterable[Organisation], programme: str) -> Q:
    """Rows whose `programme` is not internal, or is so to an office in whose subtree one of these bodies (of posts of
    this person) lies. One query, the first time.
    """
    bodies = tuple(bodies)
    if "internal" not in rights.built:
        rights.built["internal"] = list(
            Programme.objects.filter(document__internal=True)
            .order_by()
            .values_list("pk", "office", "document__office")[: FEW + 1]
        )
    if len(rights.built["internal"]) > FEW:
        return ~Q(**{f"{programme}__in": kept_from(bodies)})
    around = enclosing(bodies)
    kept = [pk for pk, *offices in rights.built["internal"] if around.isdisjoint(offices)]
    return ~Q(**{f"{programme}__in": kept}) if kept else Q()


def inside(programme: Programme, field: str = "path") -> Q:
    """Bodies that an internal programme is not kept from."""
    return within({programme.office.path, programme.document.office.path}, field)


def outside(programme: Programme, bodies: Collection[Organisation]) -> list[Organisation]:
    """Those of these bodies that lie outside an internal programme; of any other none does."""
    if not programme.document.internal:
        return []
    paths = (programme.office.path, programme.document.office.path)
    return [body for body in bodies if not body.path.startswith(paths)]


def outsiders(document: Document) -> QuerySet[Organisation]:
    """Living bodies outside that have a part in the document's programme: charged, watching, confirming, answering,
    holding a stage, or asked to decide something.
    """
    programme = Programme.objects.select_related("office", "document__office").filter(document=document).first()
    if programme is None:
        return Organisation.objects.none()
    charged = Assignment.objects.on(None).filter(task__programme=programme, organisation__isnull=False)
    owed = Obligation.objects.filter(programme=programme, state__in=UNDER_WAY).order_by()
    apart = Task.objects.filter(programme=programme, confirming__isnull=False).order_by()
    stages = Stage.objects.filter(task__programme=programme, task__closed_at=None, finished_on=None)
    obstacles = Obstacle.objects.filter(obligation__programme=programme, decided_on=None, level__isnull=False)
    causes = Cause.objects.filter(obligation__programme=programme, state=Asked.ASKED)
    parts = (
        Q(pk__in=[body for body in (programme.monitor_id, programme.confirming_id) if body is not None])
        | Q(pk__in=charged.order_by().values("organisation"))
        | Q(pk__in=owed.values("organisation"))
        | Q(pk__in=owed.filter(confirming__isnull=False).values("confirming"))
        | Q(pk__in=apart.values("confirming"))
        | Q(pk__in=programme.requirements.order_by().values("organisation"))
        | Q(pk__in=stages.order_by().values("holder"))
        | Q(pk__in=obstacles.order_by().values("level"))
        | Q(pk__in=causes.order_by().values("competent"))
    )
    return Organisation.objects.filter(parts, ends__isnull=True).exclude(inside(programme)).order_by("name")


def barred(
    programmes: Collection[int], heirs: Collection[int], *, ending: Collection[int] = (), main: int | None = None
) -> set[tuple[int, int]]:
    """(programme, heir) for heirs that lie outside an internal programme; `main` becomes the office of programmes whose
    office is `ending`. One query where no programme is internal.
    """
    internal = list(
        Programme.objects.filter(pk__in=programmes, document__internal=True).select_related(
            "office", "document__office"
        )
    )
    if not internal:
        return set()
    bodies = Organisation.objects.in_bulk({*heirs, *([main] if main is not None else [])})
    found: set[tuple[int, int]] = set()
    for programme in internal:
        office = bodies[main] if main is not None and programme.office_id in ending else programme.office
        paths = (office.path, programme.document.office.path)
        found |= {(programme.pk, heir) for heir in heirs if not bodies[heir].path.startswith(paths)}
    return found
