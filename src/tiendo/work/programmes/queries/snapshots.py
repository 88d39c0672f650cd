"""Frozen figures: read, proved unchanged, and compared with what is known now of the same day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from tiendo.work.programmes.models import Programme, Snapshot
from tiendo.work.programmes.queries.history import cells_on
from tiendo.work.programmes.queries.tally import Cell
from tiendo.work.programmes.rules.tally import digest

Row = list[int | str | bool]
"""[organisation, role, standing work, state, due day (ISO), how many]"""


def frozen(programme: Programme, day: date) -> list[Row]:
    """The cells of a programme at the end of a day, in order, as a snapshot keeps them."""
    found = sorted(cells_on(day, [programme.pk]).items())
    return [[cell.organisation, cell.role, cell.standing, cell.state, cell.due.isoformat(), n] for cell, n in found]


def cells_of(snapshot: Snapshot) -> Counter[Cell]:
    """What a snapshot holds."""
    return Counter(
        {
            Cell(snapshot.programme_id, organisation, role, standing, state, date.fromisoformat(due)): n
            for organisation, role, standing, state, due, n in snapshot.cells
        }
    )


def unchanged(snapshot: Snapshot) -> bool:
    """Whether its cells are those of which the hash was taken."""
    said = digest(programme=str(snapshot.programme), as_of=snapshot.as_of, cells=snapshot.cells)
    return said == snapshot.sha256


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that was frozen with one number and has another by what is known now."""

    cell: Cell
    then: int
    now: int


def since(snapshot: Snapshot) -> list[Changed]:
    """What was corrected since: the same day, read again. Empty: nothing."""
    then, now = cells_of(snapshot), cells_on(snapshot.as_of, [snapshot.programme_id])
    return [
        Changed(cell, then[cell], now[cell]) for cell in sorted(then.keys() | now.keys()) if then[cell] != now[cell]
    ]
