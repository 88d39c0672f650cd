"""Work that bodies say was assigned to them wrongly."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Asked, Assignment, Refusal


def open_refusals() -> QuerySet[Refusal]:
    """Those that wait for a decision, of charges that the body has still."""
    rows = Refusal.objects.filter(
        state=Asked.ASKED,
        assignment__organisation=F("organisation"),
        assignment__ends=None,
        assignment__task__closed_at=None,
    )
    return rows.select_related("assignment__task__programme__office", "organisation", "asked_by").order_by("pk")


def to_decide(rights: Rights) -> QuerySet[Refusal]:
    """Those on which this person decides: of the programmes of their office, never of their own bodies."""
    offices = rights.bodies(Permission.OPEN_PROGRAMME)
    # Asked of each of the few that wait; as a join it leads the database through all tasks of these offices.
    theirs = Assignment.objects.filter(pk=OuterRef("assignment"), task__programme__office__in=offices)
    rows = open_refusals().filter(Exists(theirs))
    return rows.exclude(organisation__in=rights.organisations)
