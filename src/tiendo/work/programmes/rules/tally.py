"""The cells of the cube: which obligations stand alike on every day to come, and how they stand on a given one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date

from tiendo.work.programmes.rules.standing import Facts, Standing, owed_by, standing

SUBMITTED_LATE, CONFIRMED_LATE = "submitted_late", "confirmed_late"
STATES = ("open", "submitted", SUBMITTED_LATE, "confirmed", CONFIRMED_LATE, "suspended", "not_owed")

Cell = tuple[str, date]
"""State (one of STATES) and due day."""


def cell(facts: Facts) -> Cell:
    """Where an obligation is counted: open work by the day it is owed by now, the rest by its due day."""
    if facts.state in {"submitted", "confirmed"}:
        return (f"{facts.state}_late" if facts.handed_in_late else facts.state), facts.due
    return facts.state, owed_by(facts)


def standing_of(*, work_stands: bool, state: str, due: date, on: date) -> Standing:
    """How what is counted in a cell stands on a day; the same as rules.standing of each obligation in it.

    `work_stands`: standing work, as against work with an end.
    """
    plain = state.removesuffix("_late")
    submitted = None
    if plain in {"submitted", "confirmed"}:
        submitted = due if plain == state else date.max
    return standing(Facts(work_stands, plain, due, submitted), on=on)


def digest(*, programme: str, as_of: date, cells: Iterable[Sequence[object]]) -> str:
    """SHA-256 of a snapshot: the programme as its office names it, the day, the cells in order."""
    said = json.dumps([programme, as_of.isoformat(), [list(one) for one in cells]], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
