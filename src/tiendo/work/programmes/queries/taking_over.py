"""Work that was overdue when its present body took it over: lateness belongs to whoever held the work (DESIGN, idea 6),
so it is told apart. The due day stays, and the standing with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from tiendo.work.programmes.models import Obligation, Programme, Transfer
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.standing import NOW, THEN, Names, standing_case
from tiendo.work.programmes.rules.standing import OVERDUE, Standing

TOOK = (Transfer.Kind.MOVED, Transfer.Kind.SHARED)
LATE = (*OVERDUE, Standing.DONE_LATE)
"""Standings beside which it is said."""


def with_taken_late(owed: QuerySet[Any], on: date, names: Names = NOW, body: str = "organisation_id") -> QuerySet[Any]:
    """Each with `taken_late`: the day up to `on` on which the body that has it took it over, after the day by which it
    was owed; None: it did not. A body that had it before takes nothing over.
    """
    changes = Transfer.objects.filter(obligation=OuterRef("pk"), passage__on__lte=on)
    came = changes.filter(kind__in=TOOK, after=OuterRef(body), passage__on__gt=OuterRef("by_then"))
    last = came.order_by("-passage__on", "-pk").values("passage__on")[:1]
    rows: QuerySet[Any] = owed.annotate(
        by_then=Coalesce(names.supplement_due, names.due), had_before=Exists(changes.filter(before=OuterRef(body)))
    )
    taken = Case(When(had_before=False, then=Subquery(last)), output_field=DateField())
    found: QuerySet[Any] = rows.annotate(taken_late=taken)
    return found


def taken_late(owed: Iterable[int], on: date, *, past: bool = False) -> dict[int, date]:
    """Obligation → the day on which its body took it over, when it was overdue already; `past`: the body that had it at
    the end of a day that is over. One query.
    """
    rows: QuerySet[Any] = Obligation.objects.filter(pk__in=list(owed), standing=False)
    rows = with_taken_late(stood_on(rows, on), on, THEN, "then_body") if past else with_taken_late(rows, on)
    return dict(rows.filter(taken_late__isnull=False).values_list("pk", "taken_late"))


def taken_late_by_body(programme: Programme, day: date) -> Counter[int]:
    """Body → how much of what it had not done and was overdue on a day it had taken over so. One query."""
    rows = overdue_when_taken(stood_on(programme.obligations.all(), day), day, THEN, "then_body")
    return Counter(
        rows.annotate(now=standing_case(day, THEN)).filter(now__in=OVERDUE).values_list("then_body", flat=True)
    )


def overdue_when_taken(
    rows: QuerySet[Any], day: date, names: Names = NOW, body: str = "organisation_id"
) -> QuerySet[Any]:
    """Of these those that their body took over by the day when they were overdue already."""
    changed = Transfer.objects.filter(obligation=OuterRef("pk"), passage__on__lte=day)
    found = with_taken_late(rows.filter(Exists(changed), standing=False), day, names, body)
    return found.filter(taken_late__isnull=False)
