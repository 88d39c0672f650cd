"""Dates of the demo's documents, relative to the day on which they are made.

>>> "trước ngày {day:+10}".format(**calendar(date(2026, 3, 1)))
'trước ngày 11/3/2026'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Day:
    """`{day:-40}`: so many days from today, as documents print it."""

    today: date

    def __format__(self, spec: str) -> str:
        day = self.today + timedelta(days=int(spec or 0))
        return f"{day.day}/{day.month}/{day.year}"


@dataclass(frozen=True, slots=True)
class Month:
    """`{month:+2}`: `12/2026`."""

    today: date

    def __format__(self, spec: str) -> str:
        index = self.today.year * 12 + self.today.month - 1 + int(spec or 0)
        return f"{index % 12 + 1}/{index // 12}"


@dataclass(frozen=True, slots=True)
class Quarter:
    """`{quarter:-1}`: `III/2026`."""

    today: date

    def __format__(self, spec: str) -> str:
        index = self.today.year * 4 + (self.today.month - 1) // 3 + int(spec or 0)
        return f"{ROMAN[index % 4]}/{index // 4}"


@dataclass(frozen=True, slots=True)
class Year:
    """`{year:+4}`."""

    today: date

    def __format__(self, spec: str) -> str:
        return str(self.today.year + int(spec or 0))


def calendar(today: date) -> dict[str, object]:
    """What the texts of the demo may name."""
    return {"day": Day(today), "month": Month(today), "quarter": Quarter(today), "year": Year(today)}
