"""Whose accounts an administrator keeps, in which bodies; who could stand in for whom, and does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names, roles
from tiendo.foundation.organisations.models import Absence, Organisation, Post
from tiendo.foundation.organisations.naming import person_order
from tiendo.foundation.organisations.queries import administering, enclosing, managed_by, within


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


def candidates(request: HttpRequest, posts: Iterable[Post]) -> dict[int, list[User]]:
    """Whom the administrator may name for each of these posts: who holds one in the same body, or above or below it;
    nobody who administers, where the post sees the work. One query.
    """
    wanted, today = list(posts), request.today  # type: ignore[attr-defined]
    near = within((post.organisation.path for post in wanted), "organisation__path")
    near |= Q(organisation__in=enclosing(post.organisation for post in wanted))
    rows = Post.objects.filter(near, user__in=people(request).filter(is_active=True)).exclude(ends__lt=today)
    rows = rows.exclude(user=request.user.pk).annotate(keeps=Exists(administering(today).filter(user=OuterRef("user"))))
    held = list(rows.select_related("organisation", "user"))
    return {post.pk: _near(post, held) for post in wanted}


def _near(post: Post, held: Iterable[Any]) -> list[User]:
    """Of these posts' holders those who could stand in, by their own names."""
    here, sees = post.organisation.path, Permission.SEE_WORK in roles().get(post.role, ())
    found = {
        one.user_id: one.user
        for one in held
        if (one.organisation.path.startswith(here) or here.startswith(one.organisation.path))
        and one.user_id != post.user_id
        and not (sees and one.keeps)
    }
    return sorted(found.values(), key=lambda one: person_order(one.full_name))


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
