"""Bodies in which nobody can sign in, and what they owe all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tiendo.foundation.organisations.models import Kind, Organisation, Post
from tiendo.foundation.organisations.queries import through
from tiendo.work.programmes.models import Obligation


def without_account(bodies: QuerySet[Organisation], owed: QuerySet[Obligation], *, on: date) -> QuerySet[Any]:
    """Of the living among these bodies those without anybody who holds a post there on the day and can sign in, each
    with `owed`: how many answers of `owed` it still owes. A body that acts through another has that one's people.
    """
    held = Post.objects.filter(organisation=OuterRef("pk"), starts__lte=on, user__is_active=True)
    held = held.filter(Q(ends__isnull=True) | Q(ends__gte=on))
    open_ = owed.filter(organisation=OuterRef("pk"), state=Obligation.State.OPEN).order_by()
    count = open_.values("organisation").annotate(n=Count("pk", distinct=True)).values("n")
    return (
        bodies.filter(~Exists(held), ends__isnull=True)
        .exclude(kind=Kind.ROOT)
        .exclude(pk__in=through(on).values("before"))
        .annotate(owed=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    )
