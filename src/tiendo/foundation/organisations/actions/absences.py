"""Absences: who stands in for the holder of a post, from when to when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions.parts import telling
from tiendo.foundation.organisations.errors import (
    AbsenceDaysError,
    AbsenceOverError,
    AbsenceOverlapError,
    DeputyAdministersError,
    DeputyElsewhereError,
    DeputyGoneError,
    OwnDeputyError,
    OwnPostError,
)
from tiendo.foundation.organisations.models import Absence, Post
from tiendo.foundation.organisations.queries import administering

WITH = ("post__organisation", "post__user", "deputy")
BACK = timedelta(days=7)
"""So far back a deputy is still told that it is over, where no run came by on the day."""


@transaction.atomic
def name_deputy(*, post: Post, deputy: User, starts: date, ends: date, by: str, at: datetime) -> Absence:
    """On these days the deputy has the post's role in its body, and what it looks after; the holder keeps it as well.

    The deputy is told, and whoever else answers for the body. Nobody names themselves, and who administers the system
    comes to see no content in this way. Raises OwnPostError, OwnDeputyError, DeputyGoneError, DeputyAdministersError,
    AbsenceDaysError, AbsenceOverlapError.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=post.pk)
    if by == deputy.actor:
        raise OwnPostError
    if deputy.pk == post.user_id:
        raise OwnDeputyError
    if not deputy.is_active:
        raise DeputyGoneError(name=deputy.full_name)
    if Permission.SEE_WORK in roles().get(post.role, ()) and administering(starts).filter(user=deputy).exists():
        raise DeputyAdministersError(name=deputy.full_name)
    if starts > ends or starts < post.starts or (post.ends is not None and ends > post.ends):
        raise AbsenceDaysError
    other = post.absences.filter(starts__lte=ends, ends__gte=starts).first()
    if other is not None:
        raise AbsenceOverlapError(first=f"{other.starts:%d/%m/%Y}", last=f"{other.ends:%d/%m/%Y}")
    absence = Absence.objects.create(post=post, deputy=deputy, starts=starts, ends=ends)
    _event("deputy_named", absence, by, at, from_day=starts.isoformat(), last_day=ends.isoformat())
    telling.named(absence, at)
    telling.named_there(absence, by=by, at=at)
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
    """The holder is back: from this day on nobody stands in. What was to come is taken back; the deputy is told.

    Raises AbsenceOverError.
    """
    rows = Absence.objects.select_for_update(of=("self",)).select_related(*WITH)
    absence = rows.get(pk=absence.pk)
    today = timezone.localdate(at)
    if absence.ends < today:
        raise AbsenceOverError
    _cut(absence, today - timedelta(days=1), by, at)


@transaction.atomic
def end_with(*, post: Post, last_day: date, by: str, at: datetime) -> None:
    """A post ends: nobody stands in after its last day, and who was to is told. A part of the act that ends it."""
    for absence in post.absences.filter(ends__gt=last_day).select_related(*WITH):
        _cut(absence, last_day, by, at)


@transaction.atomic
def withdraw_deputy(*, user: User, by: str, at: datetime) -> None:
    """A person stands in for nobody any more; those who are away, and those who named them, are told. A part of the act
    by which the person leaves.
    """
    eve = timezone.localdate(at) - timedelta(days=1)
    for absence in Absence.objects.filter(deputy=user, ends__gt=eve).select_related(*WITH):
        telling.left(absence, by=by, at=at)
        _cut(absence, eve, by, at)


def tell_over(*, at: datetime) -> None:
    """Who stood in until these days hears that it is over: once each, however often this runs. No event: nothing is
    done, the last day was said when the deputy was named.
    """
    today = timezone.localdate(at)
    goes_on = Absence.objects.filter(
        deputy=OuterRef("deputy"), post__user=OuterRef("post__user"), starts__lte=today, ends__gte=today
    )
    over = Absence.objects.filter(ends__lt=today, ends__gte=today - BACK).exclude(Exists(goes_on))
    for absence in over.select_related(*WITH):
        telling.over(absence, at)


def _cut(absence: Absence, last_day: date, by: str, at: datetime) -> None:
    _event("deputy_ended", absence, by, at, last_day=last_day.isoformat())
    telling.over(absence, at)
    if absence.starts > last_day:
        absence.delete()
    else:
        absence.ends = last_day
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
        telling.named(goes_on, at)
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
