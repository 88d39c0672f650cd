"""What the hand-over record of a body tells: its charges, what is owed on each, evidence held, who takes it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.queries import chosen
from tiendo.work.programmes.models import Assignment, Evidence, Obligation, Passage
from tiendo.work.programmes.queries.passing import Kept, open_rows


@dataclass(frozen=True, slots=True)
class Line:
    """A charge that is handed over."""

    assignment: Assignment
    owed: tuple[Obligation, ...]
    evidence: tuple[Evidence, ...]
    takers: tuple[str, ...]


def lines(succession: Succession, body: Organisation, kept: Kept) -> list[Line]:
    """What goes on from this body: as planned while the succession is a draft, afterwards as it went; without internal
    programmes `kept` from whoever asks. Five queries.
    """
    done = succession.state == Succession.State.IN_FORCE
    passed = Passage.objects.filter(succession=succession, before__organisation=body)
    passed = passed.exclude(before__task__programme__in=kept)
    passages = list(passed.select_related("after__organisation") if done else ())
    rows = (
        list(
            Assignment.objects.filter(pk__in={line.before_id for line in passages})
            .select_related("task__programme")
            .order_by("task__programme", "task__position", "-role", "pk")
        )
        if done
        else list(open_rows([body.pk], kept))
    )
    takers: dict[int, list[str]] = {} if done else _planned(succession, rows)
    for line in passages:
        takers.setdefault(line.before_id, []).append(line.after.organisation.name if line.after.organisation else "")
    owed: dict[int, list[Obligation]] = {}
    first = {row.pk: row.pk for row in rows} | {line.after_id: line.before_id for line in reversed(passages)}
    held = Obligation.objects.filter(assignment__in=first).exclude(state=Obligation.State.NOT_OWED)
    for one in held.order_by("due", "pk"):
        owed.setdefault(first[one.assignment_id], []).append(one)
    pieces: dict[int, list[Evidence]] = {}
    tasks = {row.task_id for row in rows}
    held_by = Evidence.objects.filter(answer__obligation__task__in=tasks, withdrawn_at=None, wiped_at=None)
    own = Q(answer__report__organisation=body) | Q(answer__obligation__transfers__before=body)
    for piece in held_by.filter(own).select_related("answer__obligation").distinct():
        pieces.setdefault(piece.answer.obligation.task_id, []).append(piece)
    return [
        Line(row, tuple(owed.get(row.pk, ())), tuple(pieces.get(row.task_id, ())), tuple(takers.get(row.pk, ())))
        for row in rows
    ]


def _planned(succession: Succession, rows: Sequence[Assignment]) -> dict[int, list[str]]:
    """Who is to take each charge, as far as that is decided."""
    names = {line.after_id: line.after.name for line in succession.heirs.select_related("after") if line.after}
    if len(names) == 1:
        return {row.pk: list(names.values()) for row in rows}
    return {row: [names[heir] for heir in heirs if heir in names] for row, heirs in chosen(succession).items()}
