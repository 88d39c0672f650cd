"""Phrases → bodies: which bodies a group's rule means on a day."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from tiendo.foundation.organisations.ancestry import below, names_on
from tiendo.foundation.organisations.models import Group, Kind, Organisation
from tiendo.foundation.organisations.naming import key, order
from tiendo.foundation.organisations.queries import own_tree


def members(group: Group, day: date | None) -> list[Organisation]:
    """The bodies that a group means on a day (None: now), in Vietnamese order. At most five queries.

    An unsaved group may be asked, to show what its rule would mean.
    """
    rows = _within(group, day)
    if group.kinds:
        rows = rows.filter(kind__in=group.kinds)
    bodies = list(rows)
    words = [key(word) for word in group.named.split(";") if key(word)]
    if words:
        then = names_on({body.pk for body in bodies}, day) if day else {}
        bodies = [body for body in bodies if key(then.get(body.pk, body.name)).startswith(tuple(words))]
    return sorted(bodies, key=lambda body: order(body.name))


def _within(group: Group, day: date | None) -> QuerySet[Organisation]:
    living = Organisation.objects.on(day).exclude(kind=Kind.ROOT)
    if group.below is None:
        return living.filter(own_tree(group.office))
    if group.tree:
        return living.filter(pk__in=below(group.below, group.tree, day).values("pk")).exclude(pk=group.below.pk)
    return living.filter(path__startswith=group.below.path).exclude(pk=group.below.pk)


def group_of(office: Organisation, phrase: str) -> Group | None:
    """What an office means by a phrase, where it said so."""
    return Group.objects.filter(office=office, key=key(phrase)).select_related("office", "below").first()
