"""Reasons of what moved a date or changed a task: kept on the rows, which events name by number."""

from __future__ import annotations

from typing import Any

from tiendo.foundation.audit.models import Event
from tiendo.work.programmes.models import DateChange, Refusal, TaskChange

DECIDED = ("request_granted", "request_refused", "accepted", "declined")
"""Acts whose own words are those of the decision."""
KINDS: dict[str, tuple[Any, str, str]] = {
    "programmes.deadline.": (DateChange, "change", "obligation__task"),
    "programmes.task.": (TaskChange, "change", "task"),
    "programmes.refusal.": (Refusal, "refusal", "assignment__task"),
}
"""Beginning of the verb → the table, the name under which an event has the row's number, and the way to its task."""


def of_changes(events: list[Event]) -> dict[int, str]:
    """Number of an event → the reason that was given; one query for each kind that occurs. Of restricted tasks none."""
    found: dict[int, str] = {}
    for beginning, (model, name, task) in KINDS.items():
        asked = {one.sequence: one for one in events if one.verb.startswith(beginning) and _pk(one, name)}
        if not asked:
            continue
        rows = model.objects.filter(
            **{"pk__in": {_pk(one, name) for one in asked.values()}, f"{task}__restricted": False}
        )
        known = rows.in_bulk()
        for sequence, event in asked.items():
            row = known.get(_pk(event, name))
            decided = event.verb.removeprefix(beginning) in DECIDED
            if row is not None and (said := row.word if decided else row.reason):
                found[sequence] = said
    return found


def _pk(event: Event, name: str) -> int:
    pk = event.data.get(name)
    return pk if isinstance(pk, int) else 0
