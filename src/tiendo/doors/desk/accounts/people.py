"""Whose accounts an administrator keeps, in which bodies; who could stand in for whom, and does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.organisations.models import Absence, Organisation, Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import managed_by, within


def people(request: HttpRequest) -> QuerySet[User]:
    return managed_by(request.rights, request.today)  # type: ignore[attr-defined]


def find(request: HttpRequest, pk: int) -> User:
    """Raises Http404 for whom another administrator keeps."""
    found = people(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def own_bodies(request: HttpRequest, *, ended: bool = False) -> QuerySet[Organisation]:
    """The bodies that the administrator looks after; with `ended` also those that are no more."""
    rows = Organisation.objects.filter(within(request.rights.paths(Permission.MANAGE_ACCOUNTS)))  # type: ignore[attr-defined]
    return rows if ended else rows.filter(ends__isnull=True)


def candidates(request: HttpRequest, user: User) -> list[User]:
    """Whom the administrator may name for this person: those with a post in the same bodies, else whoever is kept by
    the same administrator.
    """
    among = people(request).filter(is_active=True).exclude(pk__in=[user.pk, request.user.pk])
    bodies = Post.objects.filter(user=user).values("organisation")
    mates = among.filter(pk__in=Post.objects.filter(organisation__in=bodies).values("user"))
    return sorted(mates or among, key=lambda one: person_order(one.full_name))


def to_come(posts: Iterable[Post], today: Any) -> dict[int, list[Absence]]:
    """Absences that are not over, by post."""
    found: dict[int, list[Absence]] = {}
    for one in Absence.objects.filter(post__in=posts, ends__gte=today).select_related("deputy"):
        found.setdefault(one.post_id, []).append(one)
    return found


def standing_in(user: User, today: Any) -> list[dict[str, Any]]:
    """For whom this person stands in, now or soon."""
    rows = Absence.objects.filter(deputy=user, ends__gte=today).select_related("post__user", "post__organisation")
    return [{"absence": one, "role": role_names().get(one.post.role, one.post.role)} for one in rows]
