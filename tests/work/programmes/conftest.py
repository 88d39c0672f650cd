"""What several tests of this room begin with."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, days
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Obligation
from worlds import SCIENCE, Office


@pytest.fixture
def owed(office: Office) -> Obligation:
    """Of science, due on day 30."""
    row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))
    return make.programme(row, office=office.body, by=office.chief).obligations.get()


@pytest.fixture
def restricted(owed: Obligation, office: Office) -> Obligation:
    """The same, on which only numbers and dates are reported."""
    tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
    return Obligation.objects.get(pk=owed.pk)
