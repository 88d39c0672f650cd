"""Who holds a right in which bodies on a day, for all bodies at once: for telling people, not for letting them in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Post
from tiendo.foundation.organisations.queries import stood_in, through


@dataclass(frozen=True, slots=True)
class Watch:
    """A post that looks after a part of a tree, and who has it on the day (its holder, and who stands in)."""

    users: frozenset[int]
    body_path: str
    """Of the body that the post is in."""
    over: str
    """Path of the body that it looks after, with all below it."""


def holders(roles: Collection[str], on: date) -> dict[int, set[int]]:
    """Body → the people who have one of these roles there on the day and can sign in: holders, and who stands in for
    them; of a body that acts through another, that one's people too. Three queries.
    """
    found: dict[int, set[int]] = {}
    away = stood_in(on).filter(post__role__in=list(roles), deputy__is_active=True)
    held = _posts(roles, on).order_by().values_list("organisation", "user")
    for rows in (held, away.order_by().values_list("post__organisation", "deputy")):
        for body, user in rows.iterator(chunk_size=2000):
            found.setdefault(body, set()).add(user)
    own = {body: set(people) for body, people in found.items()}
    for before, after in through(on).values_list("before", "after"):
        if after in own:
            found.setdefault(before, set()).update(own[after])
    return found


def people_of(body: int, roles: Collection[str], on: date) -> list[User]:
    """As `holders`, of one body alone. Three queries."""
    places = {body, *through(on).filter(before=body).values_list("after", flat=True)}
    held = _posts(roles, on).filter(organisation__in=places)
    away = stood_in(on).filter(post__role__in=list(roles), post__organisation__in=places, deputy__is_active=True)
    found = {post.user_id: post.user for post in held.select_related("user")}
    found |= {absence.deputy_id: absence.deputy for absence in away}
    return [found[pk] for pk in sorted(found)]


def held_by(roles: Collection[str], on: date, body: str) -> Q:
    """Rows whose `body` (a path to a foreign key) has somebody who holds one of these roles there on the day and can
    sign in, be it through the body that it acts through: the twin of `holders` for choosing rows. Who stands in does so
    for such a person.
    """
    posts = _posts(roles, on)
    acting = through(on).filter(Exists(posts.filter(organisation=OuterRef("after"))), before=OuterRef(body))
    return Q(Exists(posts.filter(organisation=OuterRef(body)))) | Q(Exists(acting))


def deputies(on: date) -> dict[tuple[int, int], set[int]]:
    """(somebody who is away, body) → who stands in for them there on the day and can sign in. One query."""
    found: dict[tuple[int, int], set[int]] = {}
    for absence in stood_in(on).filter(deputy__is_active=True):
        found.setdefault((absence.post.user_id, absence.post.organisation_id), set()).add(absence.deputy_id)
    return found


def watches(roles: Collection[str], on: date) -> list[Watch]:
    """The posts of these roles on the day, each with what it looks after. Two queries."""
    standing_in: dict[int, set[int]] = {}
    for absence in stood_in(on).filter(post__role__in=list(roles), deputy__is_active=True):
        standing_in.setdefault(absence.post_id, set()).add(absence.deputy_id)
    return [
        Watch(frozenset({post.user_id, *standing_in.get(post.pk, ())}), post.organisation.path, post.looks_after.path)
        for post in _posts(roles, on).select_related("organisation", "scope")
    ]


def _posts(roles: Collection[str], on: date) -> QuerySet[Post]:
    rows = Post.objects.filter(role__in=list(roles), starts__lte=on, user__is_active=True)
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=on))
