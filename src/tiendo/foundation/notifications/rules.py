"""When a mail is tried again, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

PAUSES = (5, 15, 60, 120, 240)
"""Minutes before the next try, after the first, second, … failure; the last one for all that follow."""
GIVEN_UP_AFTER = timedelta(days=7)
"""What could not be sent for so long is no news any more; the notice stays to be read in the house."""
BATCH = 200
"""So many mails in one run; the next takes the rest."""


class Failure(StrEnum):
    """Why a mail was not taken, without a word of the server's: its answers may hold addresses."""

    UNREACHABLE = "unreachable"
    """The server could not be asked at all, or would not let us in."""
    REFUSED = "refused"
    """The server will never take this one (an address it does not know)."""
    BROKEN = "broken"
    """It failed on the way, and may go well another time."""
    TOO_OLD = "too_old"
    NO_ADDRESS = "no_address"


def next_try(attempts: int, at: datetime) -> datetime:
    """When to try again after so many tries."""
    return at + timedelta(minutes=PAUSES[min(max(attempts, 1), len(PAUSES)) - 1])


def too_old(made_at: datetime, at: datetime) -> bool:
    return at - made_at > GIVEN_UP_AFTER
