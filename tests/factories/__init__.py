"""One function per model (tests/test_house.py compares the two), each giving a valid row with little said.

Where the house has an action that makes the row, the factory calls it: a test's world is made the way the real one is.
"""

from factories.clock import NOW, TODAY, days, moment
from factories.directives import (
    approved,
    document,
    duty,
    mention,
    read,
    reading,
    work,
    work_link,
)
from factories.foundation import attempt, event, head, name, organisation, person, post, user
from factories.programmes import (
    answer,
    assignment,
    decision,
    evidence,
    obligation,
    opening,
    programme,
    report,
    submitted,
    task,
)
from factories.readings import by_date, continuous, machine, row, within

__all__ = [
    "NOW",
    "TODAY",
    "answer",
    "approved",
    "assignment",
    "attempt",
    "by_date",
    "continuous",
    "days",
    "decision",
    "document",
    "duty",
    "event",
    "evidence",
    "head",
    "machine",
    "mention",
    "moment",
    "name",
    "obligation",
    "opening",
    "organisation",
    "person",
    "post",
    "programme",
    "read",
    "reading",
    "report",
    "row",
    "submitted",
    "task",
    "user",
    "within",
    "work",
    "work_link",
]
