"""Faults are met on pages too: the desk's moment, and people who are signed in."""

from doors.desk.conftest import _today, enter

__all__ = ["_today", "enter"]
