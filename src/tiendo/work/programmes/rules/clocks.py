"""A clock per holder (DESIGN, idea 6): who held the work how many days, and to whom lateness is charged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """In which part somebody held it."""

    LEAD = "lead"
    COORDINATE = "coordinate"
    CONFIRM = "confirm"
    DECIDE = "decide"
    """An obstacle; this clock runs beside the lead's."""
    STAGE = "stage"
    """A stage of drafting, opinion or issuing; it runs beside the lead's too."""


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody held it from a day until another came (None: still). `holder`: id of a body; None: a level in words, or
    nobody. `owed`: the day by which it was owed meanwhile.
    """

    part: Part
    holder: int | None
    since: date
    until: date | None = None
    owed: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """Days held, and how many of them lay after the day by which it was owed."""

    days: int = 0
    late: int = 0

    def __add__(self, other: Clock) -> Clock:
        return Clock(self.days + other.days, self.late + other.late)


def clock(held: Held, *, on: date) -> Clock:
    """Of one span, at a day. The day on which it goes on to another is the other's; the due day itself is not late."""
    end = min(held.until or on, on)
    days = max((end - held.since).days, 0)
    if held.owed is None or not days:
        return Clock(days)
    return Clock(days, max((end - max(held.since, held.owed)).days, 0))


def clocks(spans: Iterable[Held], *, on: date) -> Mapping[tuple[Part, int | None, str], Clock]:
    """The sums by part and holder, in the order in which each first held it."""
    found: dict[tuple[Part, int | None, str], Clock] = {}
    for held in spans:
        key = (held.part, held.holder, held.words)
        found[key] = found.get(key, Clock()) + clock(held, on=on)
    return found


def as_reports(spans: Iterable[Held]) -> list[Held]:
    """The rows of a period report lie with their holder together: what one holder held at the same time and owed by the
    same day is one span, not as many as there are rows.
    """
    found: dict[tuple[Part, int | None, str, date | None], list[Held]] = {}
    for held in sorted(spans, key=lambda one: (one.since, one.until or date.max)):
        together = found.setdefault((held.part, held.holder, held.words, held.owed), [])
        last = together[-1] if together else None
        if last is None or (last.until is not None and last.until < held.since):
            together.append(held)
        elif last.until is not None and (held.until is None or held.until > last.until):
            together[-1] = replace(last, until=held.until)
    return [held for together in found.values() for held in together]


def part_of(*, state: str, role: str) -> Part | None:
    """Who holds what an obligation is in this state: the body that owes it while open, then whoever confirms it.

    None: it is nobody's (suspended, confirmed, not owed).
    """
    if state == "open":
        return Part.COORDINATE if role == "coordinate" else Part.LEAD
    return Part.CONFIRM if state == "submitted" else None
