"""Confirmed rows of two documents → which row is which, and what differs: for a programme that a later document amends.

Rooms downstream do not import the reader: they ask here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from tiendo.work.directives.models import Duty
from vanban import compare, model


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that differs. `before` empty: it was added; `after` empty: the later document does not have it."""

    before: Duty | None
    after: Duty | None
    fields: tuple[str, ...] = ()
    """Of a changed row: content, leads, coordinators, deadline, product, restricted."""


def differences(before: Sequence[Duty], after: Sequence[Duty]) -> list[Difference]:
    """As people confirmed them, in the order of the later rows. A row that only moved is no difference.

    Quadratic only in rows that did not keep their words.
    """
    return [
        Difference(
            None if change.before is None else before[change.before],
            None if change.after is None else after[change.after],
            change.fields,
        )
        for change in compare(_reading(before), _reading(after))
        if change.what != "moved"
    ]


def _reading(rows: Sequence[Duty]) -> model.Reading:
    return model.Reading(reader="rows", format="rows", text="", duties=tuple(_duty(row) for row in rows))


def _duty(row: Duty) -> model.Duty:
    """A row in the reader's words. A row added by hand stands like one of prose."""
    origin: Any = row.origin if row.origin in get_args(model.Origin) else "prose"
    kind: Any = row.deadline_kind
    every: Any = row.deadline_every or None
    return model.Duty(
        origin=origin,
        number=row.number or None,
        content=row.content,
        leads=_parties(row.leads),
        coordinators=_parties(row.coordinators),
        deadline_text=row.deadline_text,
        deadline=model.Deadline(kind=kind, start=row.deadline_start, end=row.deadline_end, every=every),
        product_text=row.product,
        section=row.section or None,
        restricted="row" if row.restricted else None,
    )


def _parties(parties: Sequence[dict[str, Any]]) -> tuple[model.Party, ...]:
    return tuple(model.Party(name=str(party["name"]), group=bool(party["group"])) for party in parties)
