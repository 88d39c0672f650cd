"""A page of a million events as quickly as one of a thousand: by an index where few fit, by walking where many do."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from tiendo.foundation.audit.models import Event

DENSE = 2000
"""Up to so many events are gathered and sorted; of more, the newest are found sooner by looking at each in turn."""
INDEXED = ("actor", "verb", "subject", "office", "at")


def newest_first(condition: Q) -> QuerySet[Event]:
    """The events that fulfil this, from the newest on. One query asks how many they are, and stops when that is plain.

    A database without figures of its own takes the index of some condition, gathers all that fit and sorts them, be
    they a million for a page of fifty. Where many fit, the conditions are put so that no index serves them.
    """
    found = Event.objects.filter(condition)
    if found.order_by().values("pk")[: DENSE + 1].count() <= DENSE:
        return found.order_by("-sequence")
    walked = Event.objects.alias(**{f"{name}_walked": Coalesce(F(name), F(name)) for name in INDEXED})
    return walked.filter(_walked(condition)).order_by("-sequence")


def _walked(condition: Q) -> Q:
    """The same condition on the columns that no index knows."""
    made = Q(_connector=condition.connector, _negated=condition.negated)
    for child in condition.children:
        if isinstance(child, Q):
            made.children.append(_walked(child))
        elif isinstance(child, tuple):
            lookup, value = child
            name, _, rest = lookup.partition("__")
            made.children.append((f"{name}_walked__{rest}".rstrip("_") if name in INDEXED else lookup, value))
    return made
