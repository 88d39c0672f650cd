"""Background entries: call one action."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone


@task
def deliver() -> None:
    from tiendo.foundation.notifications.actions import notices

    notices.deliver_due(at=timezone.now())
