"""Work that bodies say was assigned to them wrongly."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Asked, Assignment, Refusal


def open_refusals(offices: Collection[Organisation] | None = None) -> QuerySet[Refusal]:
    """Those that wait for a decision, of charges that the body has still; of the programmes of these offices."""
    # Asked of each of the few that wait; as a join it leads the database through all charges there are.
    charge = Assignment.objects.filter(
        pk=OuterRef("assignment"), organisation=OuterRef("organisation"), ends=None, task__closed_at=None
    )
    if offices is not None:
        charge = charge.filter(task__programme__office__in=offices)
    rows = Refusal.objects.filter(Exists(charge), state=Asked.ASKED)
    return rows.select_related("assignment__task__programme__office", "organisation", "asked_by").order_by("pk")


def to_decide(rights: Rights) -> QuerySet[Refusal]:
    """Those on which this person decides: of the programmes of their office, never of their own bodies."""
    rows = open_refusals(rights.bodies(Permission.OPEN_PROGRAMME))
    return rows.exclude(organisation__in=rights.organisations)
