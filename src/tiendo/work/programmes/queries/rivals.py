"""Bodies of one person of which one confirms what the other reports: what will not be possible is said beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F

from tiendo.foundation.accounts.permissions import Permission, roles
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.programmes.models import Obligation


@dataclass(frozen=True, slots=True)
class Rivals:
    confirming: Organisation
    reporting: Organisation
    programmes: int
    """In how many something is owed."""


def rivals(posts: Iterable[Post]) -> list[Rivals]:
    """Of these posts of one person, in the order of the bodies. One query; none for posts in one body."""
    held = list(posts)
    bodies = {post.organisation_id: post.organisation for post in held}
    confirming = _with(held, Permission.CONFIRM_REPORT)
    reporting = _with(held, Permission.WRITE_REPORT)
    if len(confirming | reporting) < 2:  # noqa: PLR2004 - it takes two
        return []
    owed = Obligation.objects.filter(confirming__in=confirming, organisation__in=reporting, state=Obligation.State.OPEN)
    pairs = owed.exclude(confirming=F("organisation")).values_list("confirming", "organisation").order_by()
    counted = pairs.annotate(n=Count("programme", distinct=True))
    return [Rivals(bodies[one], bodies[other], n) for one, other, n in sorted(counted)]


def _with(held: Iterable[Post], permission: Permission) -> set[int]:
    return {post.organisation_id for post in held if permission in roles().get(post.role, ())}
