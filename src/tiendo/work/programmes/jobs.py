"""Background entries: call one action."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone


@task
def run_daily() -> None:
    from tiendo.work.programmes.actions import reminders

    reminders.run_daily(at=timezone.now())
