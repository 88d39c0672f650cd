"""Whose clock ran how long: of one task, of a whole programme (rules.clocks)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.models import Obligation, Obstacle, Programme, Stage, Task, Turn
from tiendo.work.programmes.rules.clocks import Clock, Held, Part, as_reports, clock, clocks, part_of

FACTS = ("since", "until", "organisation_id", "confirming_id", "state", "due", "supplement_due")


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody who held something, and their clock. `body` None: a level in words, or nobody that is known."""

    part: Part
    body: Organisation | None
    words: str
    since: date
    until: date | None
    clock: Clock
    owed: Obligation | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """All the days of one holder in one part."""

    part: Part
    body: Organisation | None
    words: str
    clock: Clock


def hands_of(task: Task, owed: Iterable[Obligation], on: date, *, obstacles: Iterable[Obstacle] = ()) -> list[Hand]:
    """Whoever held anything of a task, in order of time; whoever holds it now has no `until`. `owed` with its bodies;
    `obstacles`: those that whoever asks may see. Two queries, and one for bodies that are in neither.
    """
    rows = {one.pk: one for one in owed}
    spans = [*_turns(obligation__in=list(rows)), *_now(rows.values()), *map(_obstacle, obstacles)]
    spans += [(None, held) for held in _stages(task=task)]
    bodies = {body.pk: body for one in rows.values() for body in (one.organisation, one.confirming) if body}
    if strangers := {held.holder for _pk, held in spans if held.holder} - set(bodies):
        bodies |= Organisation.objects.in_bulk(strangers)
    found = [
        Hand(
            part=held.part,
            body=bodies.get(held.holder or 0),
            words=held.words,
            since=held.since,
            until=held.until,
            clock=clock(held, on=on),
            owed=rows.get(pk or 0),
        )
        for pk, held in spans
    ]
    return sorted(found, key=lambda hand: (hand.since, hand.until or date.max))


def sums_of(programme: Programme, on: date, *, body: int | None = None) -> list[Sum]:
    """Days held in a programme until a day, by holder and part; of one body alone where `body` is given. Seven queries;
    it walks through the turns of the programme, some for each obligation.
    """
    of = {"obligation__programme": programme}
    dated, regular = (
        [held for _pk, held in (*_turns(**of, obligation__standing=one), *_now(_rows(programme, standing=one)))]
        for one in (False, True)
    )
    obstacles = (held for _pk, held in _obstacles(**of))
    spans = (*dated, *as_reports(regular), *obstacles, *_stages(task__programme=programme))
    counted = dict(clocks((held for held in spans if held.since <= on), on=on))
    mine = {key: found for key, found in counted.items() if body is None or key[1] == body}
    bodies = Organisation.objects.in_bulk({holder for _part, holder, _words in mine if holder})
    sums = [Sum(part, bodies.get(holder or 0), words, found) for (part, holder, words), found in mine.items()]
    return sorted(sums, key=lambda one: (order(one.body.name if one.body else one.words), list(Part).index(one.part)))


def _rows(programme: Programme, *, standing: bool) -> Iterable[Any]:
    return (
        programme.obligations.filter(standing=standing)
        .only("role", "held_since", "organisation_id", "confirming_id", "state", "due", "supplement_due")
        .iterator()
    )


def _turns(**which: Any) -> Iterator[tuple[int | None, Held]]:
    rows = Turn.objects.filter(**which).order_by("since").values("obligation_id", "obligation__role", *FACTS)
    for row in rows.iterator():
        held = _held(row, role=row["obligation__role"], until=row["until"])
        if held:
            yield row["obligation_id"], held


def _now(rows: Iterable[Any]) -> Iterator[tuple[int | None, Held]]:
    for one in rows:
        facts = {name: getattr(one, name) for name in FACTS if name not in {"since", "until"}}
        held = _held({**facts, "since": one.held_since}, role=one.role, until=None)
        if held:
            yield one.pk, held


def _held(row: Mapping[str, Any], *, role: str, until: date | None) -> Held | None:
    """Open work is owed by its supplement's day where there is one; what waits for a word was due on its due day."""
    part = part_of(state=row["state"], role=role)
    if part is None:
        return None
    confirms = part is Part.CONFIRM
    return Held(
        part=part,
        holder=row["confirming_id"] if confirms else row["organisation_id"],
        since=row["since"],
        until=until,
        owed=row["due"] if confirms else row["supplement_due"] or row["due"],
    )


def _obstacles(**which: Any) -> Iterator[tuple[int | None, Held]]:
    return map(_obstacle, Obstacle.objects.filter(**which))


def _obstacle(one: Obstacle) -> tuple[int | None, Held]:
    words = "" if one.level_id else one.level_text
    return one.obligation_id, Held(Part.DECIDE, one.level_id, one.raised_on, one.decided_on, words=words)


def _stages(**which: Any) -> Iterator[Held]:
    for one in Stage.objects.filter(**which, started_on__isnull=False):
        assert one.started_on is not None
        yield Held(Part.STAGE, one.holder_id, one.started_on, one.finished_on, one.due)
