"""In whose affairs something happened, wherever the body stood in the register then."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from tiendo.foundation.audit.queries import in_affairs_of
from tiendo.foundation.organisations.models import FormerPath, Organisation
from tiendo.foundation.organisations.queries import within


def affairs(paths: Iterable[str]) -> Q:
    """Events in the affairs of the bodies in these subtrees, from their first day on.

    An event has the path that its body had then. So those are found of the bodies that stand here today, by every path
    they ever had; and those of bodies that stood here then. Of who came along only later, what others did stays theirs:
    a former path is taken whole, not for all that once stood below it.
    """
    places = list(paths)
    left = FormerPath.objects.filter(within(places, "organisation__path"))
    return in_affairs_of(places) | (Q(office__in=left.values("path")) if places else Q(pk__in=[]))


def own_affairs(bodies: QuerySet[Organisation]) -> Q:
    """Events in the affairs of these very bodies."""
    left = FormerPath.objects.filter(organisation__in=bodies.values("pk"))
    return Q(office__in=bodies.values("path")) | Q(office__in=left.values("path"))
