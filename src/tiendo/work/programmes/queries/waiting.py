"""Tasks that wait for an event and are to be looked at again ("cần xem lại")."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Obligation, Task
from tiendo.work.programmes.rules.periods import DATED, STANDING

WAITS = ~Q(deadline_kind__in=STANDING) & ~Q(deadline_kind__in=DATED, deadline_end__isnull=False)
"""`rules.terms.Term.waits` as a condition."""


def to_review(tasks: QuerySet[Task], on: date) -> QuerySet[Task]:
    """Those of which the day has come, or that have none (they were opened before it was set); and work whose date had
    passed before it was tracked and that is not done: it owes nothing until it is given another.
    """
    come = Q(review_on__lte=on) | Q(review_on__isnull=True)
    over = Q(deadline_kind__in=DATED, deadline_end__lt=F("programme__tracked_from"), done_before=False)
    unasked = ~Exists(Obligation.objects.filter(task=OuterRef("pk")))
    return tasks.filter(WAITS | (over & Q(unasked)), come, closed_at__isnull=True)


def mine_to_review(rights: Rights, on: date) -> QuerySet[Task]:
    """In the programmes of the offices for which this person opens events."""
    mine = Task.objects.filter(programme__office__in=rights.bodies(Permission.OPEN_EVENT))
    return to_review(mine, on).select_related("programme").order_by("review_on", "programme", "position")
