"""One programme at hand: what a person sees of it.

The posts of the person mostly tell; the database is asked only where they do not, and only about this programme. The
rule is that of `work`, whose conditions choose among all there is; tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, enclosing, within
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Report, Stage, Task
from tiendo.work.programmes.queries import work


def sees_whole(rights: Rights, programme: Programme) -> bool:
    """Whether all of it is seen (work.whole_visible_to). The programme with its office and document."""
    bodies = rights.bodies(Permission.SEE_WORK)
    held = {body.pk for body in bodies}
    if programme.office_id in held:
        return True
    if held & {programme.monitor_id, programme.confirming_id} and _open_to(programme, *bodies):
        return True
    reached = rights.reaches(Permission.SEE_ALL_WORK)
    return any(programme.office.path.startswith(path) and _open_to(programme, body) for body, path in reached)


def programme_at(rights: Rights, rows: QuerySet[Programme], pk: int) -> Programme | None:
    """The programme if anything of it is seen (work.visible_to), with office and document. Up to three queries."""
    found = rows.select_related("office", "document").filter(pk=pk).first()
    if found is None or sees_whole(rights, found) or _has_part(rights, found, task__programme=pk):
        return found
    return None


def task_at(rights: Rights, rows: QuerySet[Task, Any], pk: int) -> Task | None:
    """The task if it is seen (work.tasks_visible_to), with its programme. Up to three queries."""
    found = rows.select_related("programme__office", "programme__document").filter(pk=pk).first()
    if found is None or sees_whole(rights, found.programme) or _has_part(rights, found.programme, task=pk):
        return found
    return None


def tasks_of(rights: Rights, programme: Programme) -> QuerySet[Task]:
    """Those of its tasks that are seen."""
    every = programme.tasks.all()  # each knows its programme without a query
    if sees_whole(rights, programme):
        return every
    if rights.paths(Permission.SEE_ALL_WORK):  # a subtree of bodies has more charges than the programme has tasks
        bodies = _parts(rights, programme)
        charged = Exists(_charged(rights, programme, task=OuterRef("pk")))
        return every.filter(Q(charged) | Q(Exists(Stage.objects.filter(holder__in=bodies, task=OuterRef("pk")))))
    seen = Q(pk__in=_charged(rights, programme).values("task"))
    held = [task for task, of in work.stages_held(rights) if of == programme.pk]
    return every.filter(seen | Q(pk__in=held)) if held else every.filter(seen)


def obligations_of(rights: Rights, programme: Programme) -> QuerySet[Obligation]:
    """Of what is owed on it, what is seen."""
    owed = programme.obligations.all()
    if sees_whole(rights, programme):
        return owed
    bodies = rights.bodies(Permission.SEE_WORK)
    ended = [before.pk for body, before in rights.forebears if body in bodies]
    confirming = Q(confirming__in=[*(body.pk for body in bodies), *ended]) if _open_to(programme, *bodies) else Q()
    return owed.filter(Q(organisation__in=_parts(rights, programme)) | confirming)


def reports_among(rights: Rights, programme: Programme, reports: Iterable[Report]) -> set[int]:
    """Ids of those of its reports that are seen (work.reports_visible_to). One query at most."""
    seen, rest = set[int](), {report.pk: report for report in reports}
    if sees_whole(rights, programme):  # all but drafts, which are their body's own affair
        seen = {pk for pk, report in rest.items() if report.state != Report.State.DRAFT}
    left = rest.keys() - seen
    return seen | set(work.reports_visible_to(rights).filter(pk__in=left).values_list("pk", flat=True) if left else ())


def _has_part(rights: Rights, programme: Programme, **of: Any) -> bool:
    """By a charge, or else by a stage. One query, or two."""
    if _charged(rights, programme, **of).exists():
        return True
    return Stage.objects.filter(holder__in=_parts(rights, programme), **of).exists()


def _charged(rights: Rights, programme: Programme, **of: Any) -> QuerySet[Assignment]:
    """The charges by which a person has a part in it."""
    return Assignment.objects.filter(organisation__in=_parts(rights, programme), **of).order_by()


def _parts(rights: Rights, programme: Programme) -> QuerySet[Organisation, Any]:
    """Whose part in it a person sees: of their bodies, those below, and those whose heirs they are."""
    paths = [path for body, path in rights.reads() if _open_to(programme, body)]
    return Organisation.objects.filter(within(paths)).order_by()


def _open_to(programme: Programme, *bodies: Organisation) -> bool:
    """As internal.open_to."""
    inside = {programme.office_id, programme.document.office_id}
    return not programme.document.internal or not inside.isdisjoint(enclosing(bodies))
