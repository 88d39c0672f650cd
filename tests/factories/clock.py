"""The tests' own time: nothing in them asks what day it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
"""A Monday morning, 9:30 in Vietnam."""
TODAY = date(2026, 3, 2)


def days(count: int) -> date:
    """So many days from TODAY."""
    return TODAY + timedelta(days=count)


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """That hour of a day in Vietnam (UTC+7, no daylight saving), as the house stores it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)
