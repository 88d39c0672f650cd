"""How far the day of an obligation moves. The first day stays for ever (DESIGN, idea 7)."""

from __future__ import annotations

from datetime import date

from tiendo.work.programmes.rules.standing import Facts, owed_by


def movable(facts: Facts) -> bool:
    """Whether there is a day to move: what was handed in late is late by that first handing in, or by
    its supplement.
    """
    if facts.supplemented_late:
        return False
    return facts.submitted_on is None or facts.supplement_due is not None


def resumed(facts: Facts, *, suspended: date, on: date) -> date:
    """By when it is owed after a suspension from `suspended` until `on` (a day of work again): each day of it is added.

    >>> resumed(Facts(False, "suspended", date(2026, 3, 10)), suspended=date(2026, 3, 5), on=date(2026, 3, 12))
    datetime.date(2026, 3, 17)
    """
    day = owed_by(facts)
    return day + (on - suspended) if movable(facts) else day
