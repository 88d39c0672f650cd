"""Tasks that wait for an event: by when the office looks at them again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes.errors_of_matters import (
    NoReviewError,
    ReviewDayError,
)
from tiendo.work.programmes.models import Task
from tiendo.work.programmes.queries.owing import term_of


@transaction.atomic
def set_review(*, task: Task, on: date, by: User, at: datetime) -> None:
    """The office has looked at a task that waits, and looks again on that day: tomorrow at the earliest, and within
    TIENDO_REVIEW_DAYS, so that "khi có chỉ đạo" is not forgotten.

    Raises NotAllowedError, NoReviewError (it has dates of its own, or is closed), ReviewDayError.
    """
    today = timezone.localdate(at)
    require(by, Permission.OPEN_EVENT, task.programme.office, today)
    if not term_of(task).waits or task.closed_at is not None:
        raise NoReviewError
    first, last = today + timedelta(days=1), today + timedelta(days=settings.REVIEW_DAYS)
    if not first <= on <= last:
        raise ReviewDayError(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}", most=settings.REVIEW_DAYS)
    Task.objects.filter(pk=task.pk).update(review_on=on)
    events.record(
        actor=by.actor,
        verb="programmes.task.review_set",
        subject=f"programmes.task:{task.pk}",
        at=at,
        office=task.programme.office.path,
        data={"review_on": on.isoformat()},
    )
