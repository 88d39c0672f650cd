"""One programme at hand: what a person sees of it.

The posts of the person mostly tell; the database is asked only where they do not. The rule is that of `work`, whose
conditions choose among all there is; tests hold the two together.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, enclosing
from tiendo.work.programmes.models import Obligation, Programme, Task
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
    """The programme if anything of it is seen (work.visible_to), with office and document. One query, or two."""
    found = rows.select_related("office", "document").filter(pk=pk).first()
    if found is None or sees_whole(rights, found) or work.visible_to(rights).filter(pk=pk).exists():
        return found
    return None


def task_at(rights: Rights, rows: QuerySet[Task, Any], pk: int) -> Task | None:
    """The task if it is seen (work.tasks_visible_to), with its programme. One query, or two."""
    found = rows.select_related("programme__office", "programme__document").filter(pk=pk).first()
    if found is None or sees_whole(rights, found.programme) or work.tasks_visible_to(rights).filter(pk=pk).exists():
        return found
    return None


def tasks_of(rights: Rights, programme: Programme) -> QuerySet[Task]:
    """Those of its tasks that are seen."""
    every = Task.objects.select_related("programme__office")
    seen = every if sees_whole(rights, programme) else work.tasks_visible_to(rights)
    return seen.filter(programme=programme)


def obligations_of(rights: Rights, programme: Programme) -> QuerySet[Obligation]:
    """Of what is owed on it, what is seen."""
    seen = Obligation.objects.all() if sees_whole(rights, programme) else work.obligations_visible_to(rights)
    return seen.filter(programme=programme)


def _open_to(programme: Programme, *bodies: Organisation) -> bool:
    """As internal.open_to."""
    inside = {programme.office_id, programme.document.office_id}
    return not programme.document.internal or not inside.isdisjoint(enclosing(bodies))
