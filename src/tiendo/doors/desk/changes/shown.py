"""What a task's page says of its dates, its decisions, its stages, and of bodies that refuse it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.models import Asked, Assignment, DateChange, Obligation, Refusal, Stage, TaskChange
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.dates import chains
from tiendo.work.programmes.queries.seeing import sees_whole
from tiendo.work.programmes.queries.stages import course

SHOWN = 20
"""So many obligations are explained on the page; each has a page of its own."""
LIVE = (Obligation.State.OPEN, Obligation.State.SUSPENDED)
HAS: dict[str, Any] = {
    "has_moved": Exists(DateChange.objects.filter(obligation__task=OuterRef("pk"))),
    "has_changed": Exists(TaskChange.objects.filter(task=OuterRef("pk"))),
    "has_refused": Exists(Refusal.objects.filter(assignment__task=OuterRef("pk"))),
    "has_stages": Exists(Stage.objects.filter(task=OuterRef("pk"))),
}
"""Asked together with the task: what most tasks do not have costs no query of its own."""


def shown(
    request: HttpRequest, task: Any, assignments: Sequence[Assignment], owed: Sequence[Obligation]
) -> dict[str, Any]:
    """The context of desk/changes/on_task.html, for a task that was read with HAS, its charges of the day and what is
    owed (with body and opening). One query, and one for each thing that it has.
    """
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    changes = list(task.changes.select_related("by")) if task.has_changed else []
    return {
        **_dates(rights, task, owed),
        **_refusals(rights, task, assignments),
        "changes": changes,
        "parts": list(task.parts.all()) if any(one.kind == TaskChange.Kind.SPLIT for one in changes) else [],
        "held": course(task, today) if task.has_stages else [],
        "may_change": rights.may(Permission.OPEN_PROGRAMME, task.programme.office),
        "may_stage": rights.may(Permission.ASSIGN, task.programme.office),
    }


def _dates(rights: Any, task: Any, owed: Sequence[Obligation]) -> dict[str, Any]:
    live = [one for one in owed if one.state in LIVE]
    if live and not sees_whole(rights, task.programme):
        seen = set(work.obligations_visible_to(rights).filter(task=task).values_list("pk", flat=True))
        live = [one for one in live if one.pk in seen]
    rows = live[:SHOWN]
    for one in rows:
        one.task, one.programme = task, task.programme
    chain = chains(rows, moved=task.has_moved)
    return {
        "dates": [{"one": one, "day": one.owed_by, "chain": chain[one.pk]} for one in rows],
        "more_dates": len(live) > SHOWN,
    }


def _refusals(rights: Any, task: Any, assignments: Sequence[Assignment]) -> dict[str, Any]:
    refused = Refusal.objects.filter(assignment__task=task).select_related("organisation")
    rows = list(refused) if task.has_refused else []
    asked = {one.assignment_id for one in rows if one.state == Asked.ASKED}
    mine = [
        one
        for one in assignments
        if one.organisation is not None and one.ends is None and rights.may(Permission.SUBMIT_REPORT, one.organisation)
    ]
    return {
        "refusals": rows,
        "may_refuse": [one for one in mine if one.pk not in asked and task.closed_at is None],
    }
