"""Absences: who stands in for the holder of a post, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import (
    AbsenceDaysError,
    AbsenceOverError,
    AbsenceOverlapError,
    DeputyElsewhereError,
    DeputyGoneError,
    OwnDeputyError,
    OwnPostError,
)
from tiendo.foundation.organisations.models import Absence, Post


@transaction.atomic
def name_deputy(*, post: Post, deputy: User, starts: date, ends: date, by: str, at: datetime) -> Absence:
    """On these days the deputy has the post's role in its body, and what it looks after; the holder keeps it as well.

    Nobody names themselves. Raises OwnPostError, OwnDeputyError, DeputyGoneError, AbsenceDaysError,
    AbsenceOverlapError.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=post.pk)
    if by == deputy.actor:
        raise OwnPostError
    if deputy.pk == post.user_id:
        raise OwnDeputyError
    if not deputy.is_active:
        raise DeputyGoneError(name=deputy.full_name)
    if starts > ends or starts < post.starts or (post.ends is not None and ends > post.ends):
        raise AbsenceDaysError
    other = post.absences.filter(starts__lte=ends, ends__gte=starts).first()
    if other is not None:
        raise AbsenceOverlapError(first=f"{other.starts:%d/%m/%Y}", last=f"{other.ends:%d/%m/%Y}")
    absence = Absence.objects.create(post=post, deputy=deputy, starts=starts, ends=ends)
    _event("deputy_named", absence, by, at, from_day=starts.isoformat(), last_day=ends.isoformat())
    return absence


@transaction.atomic
def name_own_deputy(*, post: Post, deputy: User, starts: date, ends: date, by: User, at: datetime) -> Absence:
    """The holder of a post names who stands in: somebody who has a post in the same body on all these days.

    Raises NotAllowedError (somebody else's post), DeputyElsewhereError, AbsenceDaysError (days gone by), and what
    name_deputy raises.
    """
    if post.user_id != by.pk:
        raise NotAllowedError
    if starts < timezone.localdate(at):
        raise AbsenceDaysError
    if deputy.pk == by.pk:
        raise OwnDeputyError
    if not _mates(post, starts, ends).filter(user=deputy).exists():
        raise DeputyElsewhereError(name=deputy.full_name, body=post.organisation.name)
    return name_deputy(post=post, deputy=deputy, starts=starts, ends=ends, by=by.actor, at=at)


def _mates(post: Post, starts: date, ends: date) -> QuerySet[Post]:
    """Posts in the same body that hold on all these days."""
    held = Post.objects.filter(organisation=post.organisation_id, starts__lte=starts)
    return held.filter(Q(ends__isnull=True) | Q(ends__gte=ends))


@transaction.atomic
def end(*, absence: Absence, by: str, at: datetime) -> None:
    """The holder is back: from this day on nobody stands in. What was to come is taken back.

    Raises AbsenceOverError.
    """
    rows = Absence.objects.select_for_update(of=("self",)).select_related("post__organisation", "post__user")
    absence = rows.get(pk=absence.pk)
    today = timezone.localdate(at)
    if absence.ends < today:
        raise AbsenceOverError
    _event("deputy_ended", absence, by, at, last_day=(today - timedelta(days=1)).isoformat())
    if absence.starts >= today:
        absence.delete()
    else:
        absence.ends = today - timedelta(days=1)
        absence.save(update_fields=["ends"])


Away = dict[str, Any]
"""An absence as it stood, as JSON: the post, the deputy, its days."""


@transaction.atomic
def follow(*, moved: Sequence[tuple[Post, Post]], on: date, by: str, at: datetime) -> list[Away]:
    """Posts went on in another body from a day on ((before, there) each): who stands in for them stands in there.

    A part of the act that moves the posts. Returns the absences that changed, for `give_back`.
    """
    there = {before.pk: after for before, after in moved}
    rows = Absence.objects.filter(post__in=there, ends__gte=on).select_related("deputy").order_by("pk")
    changed: list[Away] = []
    for row in rows:
        after = there[row.post_id]
        days = {"starts": row.starts.isoformat(), "ends": row.ends.isoformat()}
        changed.append({"post": row.post_id, "deputy": row.deputy_id, **days})
        goes_on = Absence.objects.create(
            post=after, deputy=row.deputy, starts=max(row.starts, after.starts), ends=row.ends
        )
        told = {"from_day": goes_on.starts.isoformat(), "last_day": goes_on.ends.isoformat()}
        _event("deputy_named", goes_on, by, at, moved=True, **told)
        if row.starts >= on:
            row.delete()
        else:
            row.ends = on - timedelta(days=1)
            row.save(update_fields=["ends"])
    return changed


@transaction.atomic
def give_back(*, away: Sequence[Away], by: str, at: datetime) -> None:
    """Undo `follow` for posts that hold again: absences are as they were. The posts there go, and theirs with them."""
    for one in away:
        starts, ends = date.fromisoformat(one["starts"]), date.fromisoformat(one["ends"])
        row, _made = Absence.objects.update_or_create(
            post_id=one["post"], deputy_id=one["deputy"], starts=starts, defaults={"ends": ends}
        )
        _event("deputy_named", row, by, at, moved=True, from_day=one["starts"], last_day=one["ends"])


def _event(verb: str, absence: Absence, by: str, at: datetime, **data: object) -> None:
    post = absence.post
    events.record(
        actor=by,
        verb=f"organisations.post.{verb}",
        subject=f"organisations.post:{post.pk}",
        at=at,
        office=post.organisation.path,
        data={"user": post.user_id, "role": post.role, "deputy": absence.deputy_id, **data},
    )
