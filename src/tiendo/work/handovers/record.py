"""What the hand-over record of a body tells: its charges, what is owed on each, evidence held, who takes it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.queries import chosen
from tiendo.work.programmes.models import Assignment, Evidence, Obligation, Passage, Transfer
from tiendo.work.programmes.queries.history import facts_on, stood_on
from tiendo.work.programmes.queries.passing import OPEN, Kept, open_rows
from tiendo.work.programmes.rules.standing import Facts, owed_by


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed on a charge, as it stood when it was handed over."""

    day: date
    """By which it was owed then."""
    facts: Facts


@dataclass(frozen=True, slots=True)
class Line:
    """A charge that is handed over."""

    assignment: Assignment
    owed: tuple[Owed, ...]
    evidence: tuple[Evidence, ...]
    takers: tuple[str, ...]


def day_of(succession: Succession, today: date) -> date:
    """The day as of which the record tells: of a plan today, afterwards the day on which it was carried out."""
    done = succession.state == Succession.State.IN_FORCE and succession.recorded_at
    return timezone.localdate(succession.recorded_at) if done else today


def lines(succession: Succession, body: Organisation, kept: Kept) -> list[Line]:
    """What goes on from this body: as planned while the succession is a draft, afterwards as it went, whatever became
    of it since; without internal programmes `kept` from whoever asks. Six queries, and one for each step in which what
    nobody took was given on.
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
    takers = _takers(passages) if done else _planned(succession, rows)
    owed = _went(rows, passages, day_of(succession, succession.on)) if done else _open(rows)
    pieces = _evidence(succession, body, rows)
    return [
        Line(row, tuple(owed.get(row.pk, ())), tuple(pieces.get(row.task_id, ())), tuple(takers.get(row.pk, ())))
        for row in rows
    ]


def _open(rows: Sequence[Assignment]) -> dict[int, list[Owed]]:
    found: dict[int, list[Owed]] = {}
    held = Obligation.objects.filter(assignment__in=rows).exclude(state=Obligation.State.NOT_OWED)
    for one in held.order_by("due", "pk"):
        found.setdefault(one.assignment_id, []).append(Owed(one.owed_by, one.facts))
    return found


def _went(rows: Sequence[Assignment], passages: Sequence[Passage], day: date) -> dict[int, list[Owed]]:
    """What was open went along, and was open then, however it stands now; what was handed in stayed."""
    kinds = [Transfer.Kind.MOVED, Transfer.Kind.JOINED]
    went = dict(
        Transfer.objects.filter(passage__in=passages, kind__in=kinds).values_list("obligation", "passage__before")
    )
    held = Obligation.objects.filter(Q(pk__in=went) | Q(assignment__in=rows))
    found: dict[int, list[Owed]] = {}
    for one in stood_on(held, day).order_by("then_due", "pk"):
        facts = facts_on(one)
        if one.pk in went and facts.state not in OPEN:  # joined to the heir's own, or answered before the day was over
            facts = replace(facts, state=Obligation.State.OPEN)
        if facts.state != Obligation.State.NOT_OWED:
            found.setdefault(went.get(one.pk, one.assignment_id), []).append(Owed(owed_by(facts), facts))
    return found


def _evidence(succession: Succession, body: Organisation, rows: Sequence[Assignment]) -> dict[int, list[Evidence]]:
    """Task → what the body holds, or held when the work went on."""
    own = Q(answer__report__organisation=body) | Q(answer__obligation__transfers__before=body)
    held = Evidence.objects.filter(own, answer__obligation__task__in={row.task_id for row in rows}, wiped_at=None)
    if succession.state == Succession.State.IN_FORCE:
        then = succession.recorded_at
        held = held.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=then), added_at__lte=then)
    else:
        held = held.filter(withdrawn_at=None)
    pieces: dict[int, list[Evidence]] = {}
    for piece in held.select_related("answer__obligation").distinct():
        pieces.setdefault(piece.answer.obligation.task_id, []).append(piece)
    return pieces


def _takers(passages: Sequence[Passage]) -> dict[int, list[str]]:
    """Who took each charge; of one that nobody took, whom it was given to later."""
    found: dict[int, list[str]] = {}
    lost: dict[int, int] = {}
    for line in passages:
        names = found.setdefault(line.before_id, [])
        if line.after.organisation is not None:
            names.append(line.after.organisation.name)
        else:
            lost[line.after_id] = line.before_id
    while lost:
        later = Passage.objects.filter(before__in=lost).select_related("after__organisation").order_by("pk")
        steps, lost = [(line, lost[line.before_id]) for line in later], {}
        for line, first in steps:
            if line.after.organisation is not None:
                found[first].append(f"{line.after.organisation.name} (giao lại từ ngày {line.on:%d/%m/%Y})")
            else:
                lost[line.after_id] = first
    return found


def _planned(succession: Succession, rows: Sequence[Assignment]) -> dict[int, list[str]]:
    """Who is to take each charge, as far as that is decided."""
    names = {line.after_id: line.after.name for line in succession.heirs.select_related("after") if line.after}
    if len(names) == 1:
        return {row.pk: list(names.values()) for row in rows}
    return {row: [names[heir] for heir in heirs if heir in names] for row, heirs in chosen(succession).items()}
