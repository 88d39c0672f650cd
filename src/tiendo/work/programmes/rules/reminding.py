"""To which level of reminding an obligation has come on a day, by dated rules (reminders.toml)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from tiendo.work.programmes.rules.standing import Facts, owed_by
from tiendo.work.programmes.rules.workdays import is_workday, next_workday

HEARD_FIRST = timedelta(days=1)
"""So long before anyone above sees a lateness the body itself was reminded of it, and could answer."""


class Level(StrEnum):
    """As `Reminder.Level`."""

    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    CONFIRM = "confirm"
    INSTRUCTED = "instructed"
    """The day that a bút phê set comes near: inside the body, and no reminder of the body."""


OF_ITS_BODY = (Level.DUE_SOON, Level.OVERDUE, Level.LONG_OVERDUE)
"""Levels of which the body that owes is reminded."""


class Hears(StrEnum):
    """Who is told of a level (reminders.toml has the words)."""

    WRITERS = "writers"
    CONFIRMERS = "confirmers"
    MONITOR = "monitor"
    OFFICE = "office"
    LEADERS = "leaders"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Step:
    """So many days before or after the day that counts, and who is told then."""

    days: timedelta
    to: frozenset[Hears]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it is reminded, with the source of the rule."""

    id: str
    name: str
    source: str
    effective_from: date
    effective_to: date | None
    at: time
    """Not before this time of the day, Vietnam's."""
    steps: dict[Level, Step]


@cache
def schedules() -> tuple[Schedule, ...]:
    raw = tomllib.loads((Path(__file__).parents[1] / "reminders.toml").read_text(encoding="utf-8"))
    return tuple(_schedule(entry) for entry in raw["schedule"])


def schedule_for(on: date) -> Schedule:
    """The newest schedule in force on a day. Raises LookupError when none is."""
    found = [one for one in schedules() if one.effective_from <= on and (one.effective_to or date.max) >= on]
    if not found:
        raise LookupError(f"no schedule of reminders in force on {on}")
    return max(found, key=lambda one: one.effective_from)


def rests(on: date, *, days_off: bool) -> bool:
    """Whether nobody is told on a day, since offices are closed; `days_off`: they are told all the same."""
    return not days_off and not is_workday(on)


def near(on: date, step: Step, *, days_off: bool) -> date:
    """The last day that a level before a day looks ahead to: so many days; before days off at least to the day on which
    it is told again, so that nothing falls due unheard meanwhile.
    """
    ahead = on + step.days
    return ahead if days_off else max(ahead, next_workday(on + timedelta(days=1)))


def level(
    facts: Facts, *, held_since: date, on: date, schedule: Schedule, overdue_told: date | None, days_off: bool
) -> tuple[Level, date] | None:
    """The level come to, and the day that it counts from: the day by which an answer is owed now; of what waits for its
    confirmation, the day since which it waits. None: nothing to remind of (answered, suspended, not owed, in term).

    `overdue_told`: the day on which the body was reminded that this due day had passed; None: it was not.
    """
    days = {name: step.days for name, step in schedule.steps.items()}
    if facts.state == "submitted":
        return (Level.CONFIRM, held_since) if on >= held_since + days[Level.CONFIRM] else None
    if facts.state != "open":
        return None
    due = owed_by(facts)
    if on >= due + days[Level.OVERDUE]:
        heard = overdue_told is not None and overdue_told + HEARD_FIRST <= on
        return (Level.LONG_OVERDUE if heard and on >= due + days[Level.LONG_OVERDUE] else Level.OVERDUE), due
    soon = near(on, schedule.steps[Level.DUE_SOON], days_off=days_off)
    return (Level.DUE_SOON, due) if on <= due <= soon else None


def _schedule(entry: dict[str, Any]) -> Schedule:
    """Raises ValueError, KeyError for what no schedule can be."""
    steps = {
        one: Step(timedelta(days=entry[one]["days"]), frozenset(Hears(to) for to in entry[one]["to"])) for one in Level
    }
    return Schedule(
        entry["id"], entry["name"], entry["source"], entry["effective_from"], entry.get("effective_to"),
        entry["at"], steps,
    )  # fmt: skip
