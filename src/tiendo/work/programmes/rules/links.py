"""What a link for drafting is good for at a moment. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

MOST_DAYS = 60
"""How long a link lives at most; unless said otherwise, settings.LINK_DAYS."""


class State(StrEnum):
    LIVE = "live"
    REVOKED = "revoked"
    EXPIRED = "expired"
    MOVED = "moved"
    HANDED_IN = "handed_in"
    TAKEN_UP = "taken_up"


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """`rows`: how many the body still owes there; `open_`: how many of them can be written now; `by_account`: someone
    with an account saved the draft last.
    """

    revoked: bool
    expires_at: datetime
    rows: int
    open_: int
    by_account: bool


def state(facts: LinkFacts, *, at: datetime) -> State:
    """The first thing that stands in the way. Through a link nobody reads what others drafted with an account.

    >>> from datetime import UTC
    >>> day = datetime(2026, 3, 2, tzinfo=UTC)
    >>> str(state(LinkFacts(False, day, 1, 1, False), at=day))
    'expired'
    """
    if facts.revoked:
        return State.REVOKED
    if at >= facts.expires_at:
        return State.EXPIRED
    if not facts.rows:
        return State.MOVED
    if not facts.open_:
        return State.HANDED_IN
    return State.TAKEN_UP if facts.by_account else State.LIVE
