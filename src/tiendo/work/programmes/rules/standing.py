"""The standing of an obligation on a day: one pure function. Its SQL twin is `queries.standing_case`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tiendo.work.programmes.rules.workdays import next_workday

DUE_SOON_DAYS = 3
"""From so many days before the due day on, work is "sắp đến hạn" (best written rule set: domain/practice.md 2.2)."""
LONG_OVERDUE_DAYS = 3
"""From so many days after the due day on, it is "quá hạn kéo dài"."""

SUPPLEMENT_DAYS = 5
"""So many days at least stay for a supplement, counted from the day it was asked for, unless settings.SUPPLEMENT_DAYS
says otherwise. The house's own figure."""


class Standing(StrEnum):
    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    IN_TERM = "in_term"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    AWAITING = "awaiting"
    AWAITING_LATE = "awaiting_late"
    SUSPENDED = "suspended"
    REPORTED = "reported"
    REPORTED_LATE = "reported_late"
    NOT_REPORTED = "not_reported"
    NOT_REPORTED_LATE = "not_reported_late"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is stored of an obligation, as far as its standing depends on it."""

    standing: bool
    state: str
    due: date
    submitted_on: date | None = None
    supplement_due: date | None = None
    supplemented_on: date | None = None

    @property
    def supplemented_late(self) -> bool:
        """Whether what more was asked for came after the day that was set for it."""
        due, came = self.supplement_due, self.supplemented_on
        return due is not None and came is not None and came > due

    @property
    def handed_in_late(self) -> bool:
        """By the first handing in, or by a supplement's own day."""
        return (self.submitted_on is not None and self.submitted_on > self.due) or self.supplemented_late


def supplement_due(*, due: date, submitted_on: date, returned_on: date, days: int = SUPPLEMENT_DAYS) -> date | None:
    """By when a supplement is owed: the days that the report lay with the confirming body are not counted against the
    body that reports, and some `days` always stay; never on a day off. None where the report itself came late: it stays
    late.
    """
    if submitted_on > due:
        return None
    left = max(due - submitted_on, timedelta(days=days))
    return next_workday(returned_on + left)


def standing(facts: Facts, *, on: date) -> Standing:  # noqa: PLR0911 (one line per standing reads best)
    """The standing on a day (Vietnam's).

    The due day itself is not late. Late is fixed by the day of the first submission, not of confirmation; what was sent
    back for a supplement has that supplement's own day, and is late when it came after that (DESIGN, idea 6; "on time =
    the evidence that was accepted was submitted by the day it was owed", domain/practice.md 2.2). Standing work is
    reported or not reported, never done.
    """
    if facts.state == "not_owed":
        return Standing.NO_DATA
    if facts.state == "suspended":
        return Standing.SUSPENDED
    if facts.standing:
        if facts.state in {"submitted", "confirmed"}:
            return Standing.REPORTED_LATE if facts.handed_in_late else Standing.REPORTED
        return Standing.NOT_REPORTED_LATE if on > owed_by(facts) else Standing.NOT_REPORTED
    if facts.state == "confirmed":
        return Standing.DONE_LATE if facts.handed_in_late else Standing.DONE_ON_TIME
    if facts.state == "submitted":
        return Standing.AWAITING_LATE if facts.handed_in_late else Standing.AWAITING
    return _open(owed_by(facts), on)


def owed_by(facts: Facts) -> date:
    """The day by which an answer is owed now."""
    return facts.supplement_due or facts.due


def _open(due: date, on: date) -> Standing:
    if on > due:
        long = on >= due + timedelta(days=LONG_OVERDUE_DAYS)
        return Standing.LONG_OVERDUE if long else Standing.OVERDUE
    return Standing.DUE_SOON if on >= due - timedelta(days=DUE_SOON_DAYS) else Standing.IN_TERM


DONE = (Standing.DONE_ON_TIME, Standing.DONE_LATE)
IN_TERM = (Standing.IN_TERM, Standing.DUE_SOON, Standing.AWAITING)
"""Not done, in term: what was handed in on time and waits for its confirmation stands here."""
OVERDUE = (Standing.OVERDUE, Standing.LONG_OVERDUE, Standing.AWAITING_LATE)
"""Not done, overdue."""
REPORTED = (Standing.REPORTED, Standing.REPORTED_LATE)
"""Rows of standing work that were answered for their period, in term or after it."""
UNANSWERED = (Standing.OVERDUE, Standing.LONG_OVERDUE, Standing.NOT_REPORTED_LATE)
"""Overdue, and nothing was handed in: of work with an end and of standing work."""
WORST_FIRST = (
    Standing.LONG_OVERDUE,
    Standing.OVERDUE,
    Standing.AWAITING_LATE,
    Standing.DUE_SOON,
    Standing.IN_TERM,
    Standing.AWAITING,
    Standing.SUSPENDED,
    Standing.DONE_LATE,
    Standing.DONE_ON_TIME,
    Standing.NOT_REPORTED_LATE,
    Standing.NOT_REPORTED,
    Standing.REPORTED_LATE,
    Standing.REPORTED,
    Standing.NO_DATA,
)
"""A task with several obligations stands as its worst."""
