"""Drafts by whom they were last saved: how many, and who could go on with them. Nothing of what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.models import Report


def under_way(user: User) -> QuerySet[Report]:
    """Reports that this person saved last and that are not handed in."""
    return Report.objects.filter(drafted_by=user, state__in=[Report.State.DRAFT, Report.State.RETURNED])


def drafts_by_body(user: User) -> dict[int, int]:
    """How many of them there are in each body."""
    return dict(under_way(user).values_list("organisation").annotate(n=Count("pk")).order_by())


def writers(bodies: Iterable[int], *, but: Iterable[int], on: date) -> dict[int, list[User]]:
    """Who else writes for each of these bodies on a day. One query."""
    held = Post.objects.filter(organisation__in=list(bodies), role__in=roles_with(Permission.WRITE_REPORT))
    held = held.filter(Q(ends__isnull=True) | Q(ends__gte=on), starts__lte=on, user__is_active=True)
    found: dict[int, list[User]] = {}
    for post in held.exclude(user__in=list(but)).select_related("user"):
        mates = found.setdefault(post.organisation_id, [])
        if post.user not in mates:
            mates.append(post.user)
    return found
