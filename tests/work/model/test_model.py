"""Random histories of the ledger against a second one that is slow and obvious (slow.py, slow_acts.py): standings,
holders, days held, the cube, past days and frozen figures agree. `TIENDO_EXAMPLES=2000` runs as many histories, of
`TIENDO_STEPS` acts each.
"""

from __future__ import annotations

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tiendo.foundation.organisations.models import Organisation
from work.model.changes import Changes
from work.model.comparing import Comparing
from work.model.dates import Dates

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
EXAMPLES = int(os.environ.get("TIENDO_EXAMPLES", "20"))
STEPS = int(os.environ.get("TIENDO_STEPS", "25"))


class Ledger(Dates, Changes, Comparing):
    def teardown(self) -> None:
        try:
            super().teardown()
        finally:
            transaction.savepoint_rollback(self.mark)


@pytest.mark.timeout(480 + EXAMPLES * STEPS)
def test_any_history_reads_as_the_slow_ledger_has_it():
    assert Organisation.objects.count() == 0
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None,
            phases=set(Phase) - {Phase.explain},  # what a failing history has in common with others takes minutes
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )  # fmt: skip
