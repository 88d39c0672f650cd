"""Where the lead drafts and another body issues: trình → cho ý kiến → ban hành, each with its holder and its clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DRAFT, OPINION, ISSUE = "draft", "opinion", "issue"
FEWEST = 2


def in_order(kinds: Sequence[str]) -> bool:
    """Drafted first, issued last, opinions between.

    >>> in_order(["draft", "opinion", "issue"]), in_order(["draft", "issue", "opinion"])
    (True, False)
    """
    between = set(kinds[1:-1]) <= {OPINION}
    return len(kinds) >= FEWEST and kinds[0] == DRAFT and kinds[-1] == ISSUE and between


def days_in_order(days: Sequence[date | None]) -> bool:
    """Those that are said: none before the one before it."""
    said = [day for day in days if day is not None]
    return said == sorted(said)


@dataclass(frozen=True, slots=True)
class Clock:
    """Days it lay with its holder, and how many of them after its day."""

    days: int
    late: int


def clock(*, started: date | None, finished: date | None, due: date | None, on: date) -> Clock:
    """At a day. The day on which it goes on is the next holder's; the due day itself is not late.

    >>> clock(started=date(2026, 3, 2), finished=None, due=date(2026, 3, 10), on=date(2026, 3, 12))
    Clock(days=10, late=2)
    """
    if started is None:
        return Clock(0, 0)
    end = min(finished or on, on)
    late = (end - max(due, started)).days if due else 0
    return Clock(max((end - started).days, 0), max(late, 0))
