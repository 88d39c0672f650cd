"""Period reports: of all its standing rows in a programme that are due on a day a body owes one report, not as many as
there are rows (GLOSSARY: báo cáo kỳ). What was sent back is to be sent once more, by its own day: a report of its own
until then.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tiendo.work.programmes.rules.standing import Standing
from tiendo.work.programmes.rules.tally import standing_of


class Rows(NamedTuple):
    """Standing rows that are alike: ids of programme and body; state and day as rules.tally.cell has them."""

    programme: int
    body: int
    state: str
    day: date
    n: int
    period: str = ""


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """One report of a body. `rows`: how many it covers, `answered` of them; `late`: any of them after its day."""

    programme: int
    body: int
    day: date
    rows: int = 0
    answered: int = 0
    late: bool = False
    periods: tuple[str, ...] = ()

    def standing(self, on: date) -> Standing:
        """Reported when every row is; late when one of them was."""
        if self.answered == self.rows:
            return Standing.REPORTED_LATE if self.late else Standing.REPORTED
        return Standing.NOT_REPORTED_LATE if on > self.day else Standing.NOT_REPORTED


def reports_of(cells: Iterable[Rows]) -> list[PeriodReport]:
    """The reports that these rows make up, by day. Suspended rows and those that are not owed belong to none."""
    found: dict[tuple[date, int, int], list[tuple[Rows, Standing]]] = {}
    stands: dict[str, Standing] = {}
    for rows in cells:
        now = stands.get(rows.state)
        if now is None:  # on its own day it is told by its state alone
            now = stands[rows.state] = standing_of(work_stands=True, state=rows.state, due=rows.day, on=rows.day)
        if now not in {Standing.SUSPENDED, Standing.NO_DATA}:
            found.setdefault((rows.day, rows.programme, rows.body), []).append((rows, now))
    return [
        PeriodReport(
            programme,
            body,
            day,
            rows=sum(rows.n for rows, _now in alike),
            answered=sum(rows.n for rows, now in alike if now != Standing.NOT_REPORTED),
            late=any(now == Standing.REPORTED_LATE for _rows, now in alike),
            periods=tuple(dict.fromkeys(rows.period for rows, _now in alike if rows.period)),
        )
        for (day, programme, body), alike in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True)
class Periods:
    """The figures of period reports; `made_late` of `made`."""

    made: int = 0
    made_late: int = 0
    missing: int = 0
    """Overdue, and not sent."""
    pending: int = 0
    """Not due yet."""

    @property
    def due(self) -> int:
        """The denominator: what was reported, and what is missing."""
        return self.made + self.missing


def counted(reports: Iterable[PeriodReport], on: date) -> Periods:
    """How many stand how on a day."""
    stand = [report.standing(on) for report in reports]
    late = stand.count(Standing.REPORTED_LATE)
    return Periods(
        made=stand.count(Standing.REPORTED) + late,
        made_late=late,
        missing=stand.count(Standing.NOT_REPORTED_LATE),
        pending=stand.count(Standing.NOT_REPORTED),
    )


LISTS: dict[str, tuple[Standing, ...]] = {
    "made": (Standing.REPORTED, Standing.REPORTED_LATE),
    "made_late": (Standing.REPORTED_LATE,),
    "missing": (Standing.NOT_REPORTED_LATE,),
    "pending": (Standing.NOT_REPORTED,),
    "due": (Standing.REPORTED, Standing.REPORTED_LATE, Standing.NOT_REPORTED_LATE),
}
"""What each number of Periods counts."""
