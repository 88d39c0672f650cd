"""Reading notices: only ever one's own."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tiendo.foundation.accounts.models import User
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.notifications.rules import PAUSES


def of(user: User) -> QuerySet[Notice]:
    """A person's notices, the newest first."""
    return Notice.objects.filter(user=user)


def unread(user: User) -> int:
    """How many a person has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def to_mail(at: datetime) -> QuerySet[Notice]:
    """Mails whose time has come, the oldest first; also those whose next try lies further off than any pause: a clock
    that was ahead has put them there.
    """
    come = Q(next_try_at__lte=at) | Q(next_try_at__gt=at + timedelta(minutes=PAUSES[-1]))
    rows = Notice.objects.filter(come, mail_state=Notice.Mail.WAITING)
    return rows.order_by("next_try_at", "pk")
