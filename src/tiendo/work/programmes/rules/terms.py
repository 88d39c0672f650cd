"""What a deadline makes of a task: work with an end, standing work, or work that waits for a dated event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tiendo.work.programmes.rules.periods import DATED, STANDING

EARLIEST, LATEST = date(1990, 1, 1), date(2100, 12, 31)
"""No programme is tracked from before, and nothing falls due after: other dates are slips of the pen."""


@dataclass(frozen=True, slots=True)
class Term:
    kind: str
    start: date | None = None
    end: date | None = None

    @property
    def ends(self) -> date | None:
        """The last day of work with an end. "Từ năm 2026" has a beginning and no end: such work waits for an event."""
        return self.end if self.kind in DATED else None

    @property
    def standing(self) -> bool:
        return self.kind in STANDING

    @property
    def waits(self) -> bool:
        """For a dated event, before anything is owed."""
        return not self.standing and self.ends is None

    def over_before(self, day: date) -> bool:
        """It ended (standing work too, where its stage did) before this day."""
        return self.end is not None and not self.waits and self.end < day


class Silence(StrEnum):
    """Why nothing is owed on a task."""

    DONE_BEFORE = "done_before"
    NO_DATA = "no_data"
    NO_BODY = "no_body"
    NO_EVENT = "no_event"
    NOT_YET = "not_yet"


def silence(term: Term, *, tracked_from: date, led: bool, done_before: bool = False) -> Silence:
    """The one word for a task without obligations; `led`: at least one lead is a known body; `done_before`: the
    office's own register said that it was finished before it was tracked here.
    """
    if done_before:
        return Silence.DONE_BEFORE
    if term.over_before(tracked_from):
        return Silence.NO_DATA
    if not led:
        return Silence.NO_BODY
    return Silence.NO_EVENT if term.waits else Silence.NOT_YET
