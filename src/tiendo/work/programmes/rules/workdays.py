"""Working days of Vietnamese offices: Monday to Friday without holidays, with the days worked instead (holidays.toml).

Legal source of the holidays: Bộ luật Lao động 2019, Điều 111 and 112; the Prime Minister decides year by year.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

SATURDAY = 5
"""`date.weekday` of the first day of the weekend."""


class Kind(StrEnum):
    HOLIDAY = "holiday"
    INSTEAD = "instead"
    """Off in place of another day: nghỉ bù, hoán đổi."""
    WORKED = "worked"
    """A day of a weekend that is worked: làm bù."""


@dataclass(frozen=True, slots=True)
class Special:
    """Days that are not what their weekday says, both included; `verified`: see holidays.toml."""

    on: date
    until: date
    name: str
    kind: Kind
    source: str
    verified: bool


@cache
def specials() -> tuple[Special, ...]:
    """All of them, in order. Raises KeyError, ValueError where the data are wrong."""
    raw = tomllib.loads((Path(__file__).parents[1] / "holidays.toml").read_text(encoding="utf-8"))
    found = [
        Special(one["on"], one.get("until", one["on"]), one["name"], Kind(one["kind"]), one["source"], one["verified"])
        for one in raw["day"]
    ]
    return tuple(sorted(found, key=lambda one: one.on))


@cache
def _by_day() -> dict[date, Special]:
    return {one.on + timedelta(days=n): one for one in specials() for n in range((one.until - one.on).days + 1)}


def special(day: date) -> Special | None:
    """What is special about a day; None: nothing is known."""
    return _by_day().get(day)


def known(year: int) -> bool:
    """Whether the holidays of a year are in the data; of others only weekends are known."""
    return any(one.on.year == year for one in specials())


def is_workday(day: date) -> bool:
    """Whether offices work on a day.

    >>> is_workday(date(2026, 2, 17)), is_workday(date(2026, 3, 2))
    (False, True)
    """
    found = special(day)
    if found is not None:
        return found.kind == Kind.WORKED
    return day.weekday() < SATURDAY


def next_workday(day: date) -> date:
    """The day itself, or the first working day after it.

    >>> next_workday(date(2025, 1, 25))
    datetime.date(2025, 2, 3)
    """
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after a day (which itself is not counted). Raises ValueError for a negative count.

    >>> add_workdays(date(2026, 2, 13), 1)
    datetime.date(2026, 2, 23)
    """
    if count < 0:
        raise ValueError("working days are counted forward")
    for _each in range(count):
        day = next_workday(day + timedelta(days=1))
    return day
