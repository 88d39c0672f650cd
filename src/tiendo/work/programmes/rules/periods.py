"""Reporting periods, from dated calendars (calendars.toml)."""

from __future__ import annotations

import calendar as months
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tiendo.work.programmes.rules.workdays import next_workday

ROMAN = ("I", "II", "III", "IV")
STANDING = ("continuous", "recurring")
"""Deadline kinds of standing work: reported per period, never "done"."""
DATED = ("date", "period")
"""Deadline kinds of work with an end."""
STAY, NEXT_WORKDAY = "stay", "next_workday"
OFF_DAYS = (STAY, NEXT_WORKDAY)
"""What becomes of a due day on which offices are closed. Nghị định 09/2019/NĐ-CP names a calendar day: it stays."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period: data from `start` to `cutoff`, the report due on `due` (all days included)."""

    start: date
    cutoff: date
    due: date
    name: str

    @property
    def key(self) -> str:
        return f"{self.start.isoformat()}/{self.cutoff.isoformat()}"


@dataclass(frozen=True, slots=True)
class Every:
    months: int
    ends: tuple[int, ...]
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """A reporting calendar with its legal source."""

    id: str
    name: str
    source: str
    effective_from: date
    effective_to: date | None
    cutoff_day: int
    due_day: int
    every: dict[str, Every]
    off_day: str = STAY
    """One of OFF_DAYS."""
    binds: str = ""
    """"state": administrative offices alone; empty: whoever takes it."""

    def period(self, every: str, on: date) -> Period:
        """The period whose data run on a day; the next one where none does (October, for nine months).

        Raises KeyError for a frequency the calendar does not know.
        """
        rhythm = self.every[every]
        year, month = (on.year, on.month) if on.day <= self.cutoff_day else _shift(on.year, on.month, 1)
        while month not in rhythm.ends:
            year, month = _shift(year, month, 1)
        return self._ending(rhythm, year, month)

    def periods(self, every: str, first: date, last: date) -> list[Period]:
        """The periods whose data run at some day from `first` to `last`, oldest first."""
        found: list[Period] = []
        day = first
        while day <= last:
            found.append(self.period(every, day))
            day = found[-1].cutoff + timedelta(days=1)
        return [period for period in found if period.start <= last]

    def due_of(self, cutoff: date) -> date:
        """By when the report on data up to a cut-off is due: in the month of the cut-off."""
        due = _day(cutoff.year, cutoff.month, self.due_day)
        return next_workday(due) if self.off_day == NEXT_WORKDAY else due

    def _ending(self, rhythm: Every, year: int, month: int) -> Period:
        before = _shift(year, month, -rhythm.months)
        return Period(
            start=_day(*before, self.cutoff_day) + timedelta(days=1),
            cutoff=_day(year, month, self.cutoff_day),
            due=self.due_of(_day(year, month, self.cutoff_day)),
            name=rhythm.name.format(
                year=year,
                month=month,
                quarter=ROMAN[(month - 1) // 3],
                half="đầu" if month <= 6 else "cuối",  # noqa: PLR2004
            ),
        )


@cache
def calendars() -> dict[str, Calendar]:
    """All calendars by id."""
    raw = tomllib.loads((Path(__file__).parents[1] / "calendars.toml").read_text(encoding="utf-8"))
    return {entry["id"]: _calendar(entry) for entry in raw["calendar"]}


def calendar_for(on: date) -> Calendar:
    """The newest calendar in force on a day. Raises LookupError when none is."""
    in_force = [
        calendar
        for calendar in calendars().values()
        if calendar.effective_from <= on and (calendar.effective_to is None or on <= calendar.effective_to)
    ]
    if not in_force:
        raise LookupError(f"no reporting calendar in force on {on}")
    return max(in_force, key=lambda calendar: calendar.effective_from)


def _calendar(entry: dict[str, object]) -> Calendar:
    raw: dict[str, dict[str, object]] = entry["every"]  # type: ignore[assignment]
    own = {
        name: Every(months=rule["months"], ends=tuple(rule["ends"]), name=rule["name"])  # type: ignore[arg-type]
        for name, rule in raw.items()
        if "as" not in rule
    }
    every = own | {name: own[str(rule["as"])] for name, rule in raw.items() if "as" in rule}
    fields = {name: entry.get(name) for name in ("id", "name", "source", "effective_from", "effective_to")}
    days = {name: entry[name] for name in ("cutoff_day", "due_day")}
    off_day = str(entry.get("off_day", STAY))
    if off_day not in OFF_DAYS:
        raise ValueError(f"calendar {entry['id']}: off_day is {off_day!r}, not one of {OFF_DAYS}")
    if entry["due_day"] < entry["cutoff_day"]:  # type: ignore[operator]
        raise ValueError(f"calendar {entry['id']}: due_day lies before cutoff_day, in the same month")
    return Calendar(**fields, **days, every=every, off_day=off_day, binds=str(entry.get("binds", "")))  # type: ignore[arg-type]


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def _day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, months.monthrange(year, month)[1]))
