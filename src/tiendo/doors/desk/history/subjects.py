"""What events are about, as conditions that the database answers by itself: no list of numbers is carried to it."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.affairs import affairs
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.models import Programme, Report, Task
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.internal import kept_from


def readable(rights: Rights) -> Q:
    """The events that a person reads in the history: in the affairs of the bodies looked after, but nothing of internal
    documents and programmes kept from the person; what the audit says of itself, for whoever looks after a whole tree.
    """
    paths = rights.paths(Permission.SEE_AUDIT)
    condition = Q(pk__in=[])
    for body, path in rights.reaches(Permission.SEE_AUDIT):
        kept = about("directives.document", directives.kept_from([body])) | about_programmes(kept_from([body]))
        condition |= affairs([path]) & ~kept
    if paths and Organisation.objects.filter(kind=Kind.ROOT, path__in=paths).exists():
        condition |= Q(office="", verb__startswith="audit.")
    return condition


def about(noun: str, rows: QuerySet[Any]) -> Q:
    """Events about these rows (`noun`: `room.noun`)."""
    named = rows.order_by().annotate(subject=Concat(Value(f"{noun}:"), Cast("pk", CharField())))
    return Q(subject__in=named.values("subject"))


def about_programmes(programmes: QuerySet[Programme]) -> Q:
    """Programmes with their tasks and reports."""
    pks = programmes.order_by().values("pk")
    return (
        about("programmes.programme", programmes)
        | about("programmes.task", Task.objects.filter(programme__in=pks))
        | about("programmes.report", Report.objects.filter(programme__in=pks))
    )


def about_programme(programme: Programme, rights: Rights) -> Q:
    """All that happened to one programme and its document, as far as this person may open what it happened to."""
    condition = (
        Q(subject=f"programmes.programme:{programme.pk}")
        | about("programmes.task", work.tasks_visible_to(rights).filter(programme=programme))
        | about("programmes.report", work.reports_visible_to(rights).filter(programme=programme))
    )
    if directives.may_see(programme.document, rights):
        condition |= Q(subject=f"directives.document:{programme.document_id}")
    return condition
