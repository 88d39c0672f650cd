"""Bodies in which nobody can sign in, and what they owe all the same."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tiendo.foundation.organisations.models import Kind, Organisation, Post
from tiendo.foundation.organisations.queries import through
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries.history import stood_on


def without_account(
    bodies: QuerySet[Organisation], owed: QuerySet[Obligation], *, on: date, past: bool = False
) -> QuerySet[Any]:
    """Of those among these bodies that live on the day, without anybody who holds a post there on it and can sign in,
    each with `owed`: how many answers of `owed` it still owes. A body that acts through another has that one's people.

    `past`: of a day that is over, as it stood at its end. Whether an account was open then is not kept; the posts of
    who leaves end with it.
    """
    held = Post.objects.filter(organisation=OuterRef("pk"), starts__lte=on)
    held = held.filter(Q(ends__isnull=True) | Q(ends__gte=on))
    if past:
        living = bodies.filter(pk__in=Organisation.objects.on(on))
        owing = stood_on(owed, on).filter(then_body=OuterRef("pk"), then_state=Obligation.State.OPEN)
    else:
        held = held.filter(user__is_active=True)
        living = bodies.filter(ends__isnull=True)
        owing = owed.filter(organisation=OuterRef("pk"), state=Obligation.State.OPEN)
    holder = "then_body" if past else "organisation"
    count = owing.order_by().values(holder).annotate(n=Count("pk", distinct=True)).values("n")
    return (
        living.filter(~Exists(held))
        .exclude(kind=Kind.ROOT)
        .exclude(pk__in=through(on).values("before"))
        .annotate(owed=Coalesce(Subquery(count, output_field=IntegerField()), 0))
    )
