"""Plans below plans: how a required plan stands on a day, and which lines of two plans may speak of the same. Pure."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

ALIKE = 75
"""Likeness (0–100) of two folded contents from which a line below is proposed for the line above."""
LONGEST = 600
"""Characters of a content that likeness is measured on."""
NEAREST = 3
"""So many lines above are proposed for one below."""
_SYMBOL = re.compile(r"\b\d{1,5}(?:/\d{4})?[-/](?=\w*[A-ZĐ])[\wĐđ]+(?:[-/][\wĐđ]+)*")


class Plan(StrEnum):
    """How a plan that was asked for stands."""

    IN_TIME = "in_time"
    LATE = "late"
    WAITING = "waiting"
    OVERDUE = "overdue"


def plan(due: date, issued_on: date | None, *, on: date) -> Plan:
    """The due day itself is not late; late or not is fixed by the day on which the plan was issued.

    >>> str(plan(date(2026, 6, 30), date(2026, 6, 30), on=date(2026, 9, 1)))
    'in_time'
    """
    if issued_on is not None:
        return Plan.IN_TIME if issued_on <= due else Plan.LATE
    return Plan.WAITING if on <= due else Plan.OVERDUE


def symbols(text: str) -> frozenset[str]:
    """Symbols of documents that a line cites, in capitals.

    >>> sorted(symbols("Thực hiện Nghị quyết số 57-NQ/TW và Quyết định 749/QĐ-TTg trước 30/6/2026."))
    ['57-NQ/TW', '749/QĐ-TTG']
    """
    return frozenset(found.upper() for found in _SYMBOL.findall(text))
