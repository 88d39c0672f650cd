"""What one person is told on one day: counts, and the first lines of each part. Numbers and dates, no content: a task
may be restricted later, and what was sent cannot be called back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tiendo.work.programmes.rules.reminding import OF_ITS_BODY, Level

MOST_LINES = 30
"""So many lines of a part are written out; how many others there are is said."""


class Part(StrEnum):
    """Why it concerns the person."""

    OWN = "own"
    """Their body owes it."""
    NAMED = "named"
    """The head of their body gave it to them."""
    CONFIRM = "confirm"
    """Their body has to confirm it."""
    DECIDE = "decide"
    """It waits for their word: what was asked for, what blocks, what is to be looked at again."""
    ANSWERED = "answered"
    """What their body asked for, or reported, was decided."""
    FOLLOW = "follow"
    """Their body follows the programme."""
    LEAD = "lead"
    """They lead, and it is long overdue."""
    UNREACHED = "unreached"
    """Nobody in the body could be told."""


class Matter(StrEnum):
    """What waits for a word."""

    DATE = "date"
    REFUSAL = "refusal"
    OBSTACLE = "obstacle"
    CAUSE = "cause"
    CORRECTION = "correction"
    PROGRESS = "progress"
    REVIEW = "review"
    REPORT = "report"
    """Its confirmation: of a level of reminding (Level.CONFIRM), not told of in `Part.DECIDE`."""


class Word(StrEnum):
    """What was said to it."""

    SENT_BACK = "sent_back"
    REVOKED = "revoked"
    REFUSED = "refused"
    GRANTED = "granted"
    DECIDED = "decided"
    CONFIRMED = "confirmed"


type Key = Level | Matter | Word


@dataclass(frozen=True, slots=True)
class Line:
    level: Key
    programme: str
    body: str
    number: str
    """Of the task."""
    period: str
    """Of standing work; all its rows of a period are one line."""
    due: date
    group: Hashable
    """What is one line together."""
    about: Matter | None = None
    """Of a word: to what it was said."""


@dataclass(slots=True)
class Digest:
    day: date
    counts: Counter[tuple[Part, Key]] = field(default_factory=Counter)
    """How many obligations."""
    lines: dict[tuple[Part, Key], dict[Hashable, Line]] = field(default_factory=dict)
    rows: Counter[tuple[Part, Key, Hashable]] = field(default_factory=Counter)
    """How many obligations a line stands for."""

    def add(self, part: Part, line: Line) -> None:
        key = (part, line.level)
        self.counts[key] += 1
        kept = self.lines.setdefault(key, {})
        if line.group in kept or len(kept) < MOST_LINES:
            kept.setdefault(line.group, line)
            self.rows[(*key, line.group)] += 1

    def others(self, part: Part, level: Key) -> int:
        """How many obligations stand in no line."""
        shown = sum(self.rows[(part, level, group)] for group in self.lines.get((part, level), ()))
        return self.counts[(part, level)] - shown

    @property
    def parts(self) -> list[tuple[Part, Key]]:
        """What there is, in the order in which it is read: the worst of one's own first."""
        order: tuple[Key, ...] = (*reversed(OF_ITS_BODY), Level.INSTRUCTED, Level.CONFIRM, *Matter, *Word)
        return [(part, level) for part in Part for level in order if self.counts[(part, level)]]
