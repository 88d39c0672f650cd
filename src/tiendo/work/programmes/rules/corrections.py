"""Which days a recorded day can be corrected to (điều chỉnh số liệu)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tiendo.work.programmes.rules import turns
from tiendo.work.programmes.rules.standing import SUPPLEMENT_DAYS
from tiendo.work.programmes.rules.terms import EARLIEST

SUBMITTED_ON, CONFIRMED_ON = "submitted_on", "confirmed_on"


@dataclass(frozen=True, slots=True)
class Said:
    """What the turns do not tell, as what began and ended on one day left none: the days on which more was asked, on
    which a confirmation was revoked, and (None: not) on which it was handed in again.
    """

    returned: Sequence[date] = ()
    revoked: Sequence[date] = ()
    again_on: date | None = None
    supplement_days: int = SUPPLEMENT_DAYS
    """How many days stay for a supplement at least (settings.SUPPLEMENT_DAYS)."""


NOTHING = Said()


def bounds(
    spans: turns.Spans, field: str, *, today: date, said: Said = NOTHING, asked_from: date = EARLIEST
) -> tuple[date, date] | None:
    """The first and the last day that `field` can have; None: there is no such day yet.

    Nothing is handed in before it was asked, or after a word was said to it, and nothing confirmed before it was handed
    in, or before an earlier confirmation was revoked. What was recorded on an earlier day than `asked_from` stands as
    it is.
    """
    if field == SUBMITTED_ON:
        if turns.first_handing_in(spans) is None:
            return None
        return min(asked_from, spans[-1].submitted_on or asked_from), min(
            [turns.handed_in_by(spans) or today, *said.returned, *said.revoked, today]
        )
    first = turns.confirmed_from(spans)
    return None if first is None else (max([first, said.again_on or first, *said.revoked]), today)


def corrected(spans: turns.Spans, field: str, day: date, *, said: Said = NOTHING) -> list[turns.Span]:
    """The spans with the right day."""
    if field == SUBMITTED_ON:
        return turns.submitted_on(spans, day, returned=said.returned, days=said.supplement_days)
    return turns.confirmed_on(spans, day)
