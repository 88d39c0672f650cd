"""Posts: who does what in which body, from when to when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, role_names, roles, roles_with, whole_tree
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions import absences
from tiendo.foundation.organisations.errors import (
    BadScopeError,
    HeldAlreadyError,
    LastAdministratorError,
    OwnPostError,
    PostEndedError,
    PostNotBegunError,
    PostOutlivesBodyError,
    ResumedTooEarlyError,
    UnknownRoleError,
)
from tiendo.foundation.organisations.models import Heir, Organisation, Post, Succession
from tiendo.foundation.organisations.rules.succession import eve


@transaction.atomic
def appoint(
    *,
    user: User,
    organisation: Organisation,
    role: str,
    starts: date,
    by: str,
    at: datetime,
    title: str = "",
    scope: Organisation | None = None,
) -> Post:
    """Give a person a role in a body; `scope`: the body that the post looks after with all below it, where not its own.

    Raises UnknownRoleError, BadScopeError, OwnPostError, HeldAlreadyError (the same role there, over the same).
    """
    if role not in roles():
        raise UnknownRoleError(role=role)
    if by == user.actor:
        raise OwnPostError
    if scope is None and role in whole_tree():
        scope = Organisation.objects.get(pk=organisation.path.split("/")[1])
    if scope is not None and not organisation.path.startswith(scope.path):
        raise BadScopeError
    same = Post.objects.filter(user=user, organisation=organisation, role=role, scope=scope).exclude(ends__lt=starts)
    if held := same.first():
        day = f"{held.starts:%d/%m/%Y}"
        raise HeldAlreadyError(name=user.full_name, role=role_names()[role], body=organisation.name, day=day)
    post = Post.objects.create(user=user, organisation=organisation, role=role, starts=starts, title=title, scope=scope)
    _event("appointed", post, by, at, **({"scope": scope.pk} if scope else {}))
    return post


@transaction.atomic
def end(*, post: Post, last_day: date, by: str, at: datetime) -> None:
    """The post ends with `last_day`, and with it who was to stand in afterwards.

    Raises PostEndedError, PostNotBegunError (`last_day` lies before its first day), LastAdministratorError.
    """
    post = _held(post)
    if post.ends is not None and post.ends <= last_day:
        raise PostEndedError(day=f"{post.ends:%d/%m/%Y}")
    if last_day < post.starts:
        raise PostNotBegunError(day=f"{post.starts:%d/%m/%Y}", typed=f"{last_day:%d/%m/%Y}")
    _somebody_else_keeps(post)
    _event("ended", post, by, at, last_day=last_day.isoformat())
    absences.end_with(post=post, last_day=last_day, by=by, at=at)
    post.ends = last_day
    post.save(update_fields=["ends"])


@transaction.atomic
def withdraw(*, post: Post, by: str, at: datetime) -> None:
    """The post was given by mistake: the row goes, the events stay. Raises LastAdministratorError."""
    post = _held(post)
    _somebody_else_keeps(post)
    eve_of = eve(post.starts)
    _event("ended", post, by, at, last_day=eve_of.isoformat())
    absences.end_with(post=post, last_day=eve_of, by=by, at=at)
    post.delete()


@transaction.atomic
def set_end(*, post: Post, last_day: date | None, by: str, at: datetime) -> None:
    """A last day was written down wrongly: it is another, or (None) the post is held on. Not of one's own post.

    Raises OwnPostError, PostNotBegunError, PostOutlivesBodyError, LastAdministratorError.
    """
    post = _held(post)
    if post.user.actor == by:
        raise OwnPostError
    body = post.organisation
    if body.ends is not None and (last_day is None or last_day > body.ends):
        raise PostOutlivesBodyError(name=body.name, day=f"{body.ends:%d/%m/%Y}")
    if post.ends is None and last_day is None:
        return
    if last_day is not None and (post.ends is None or last_day < post.ends):
        end(post=post, last_day=last_day, by=by, at=at)
        return
    post.ends = last_day
    post.save(update_fields=["ends"])
    _event("reopened", post, by, at, **({"last_day": last_day.isoformat()} if last_day else {}))


@transaction.atomic
def leave(*, user: User, last_day: date, by: str, at: datetime) -> None:
    """A person leaves: every post they hold ends, those that were to begin go, they stand in for nobody, and nobody
    signs in with their account any more.

    Raises AlreadyInactiveError, PostNotBegunError, LastAdministratorError.
    """
    users.deactivate(user=user, by=by, at=at)
    absences.withdraw_deputy(user=user, by=by, at=at)
    for post in Post.objects.filter(user=user).filter(Q(ends__isnull=True) | Q(ends__gt=last_day)):
        if post.starts > max(last_day, timezone.localdate(at)):
            withdraw(post=post, by=by, at=at)
        else:
            end(post=post, last_day=last_day, by=by, at=at)


@transaction.atomic
def move(*, posts: Sequence[Post], to: Organisation, on: date, by: str, at: datetime) -> list[Post]:
    """Several posts go to another body in one act, with their roles and titles, from a day on. Returns the new ones.

    A post that looks after a larger part keeps looking after it. Raises OwnPostError.
    """
    if any(post.user.actor == by for post in posts):
        raise OwnPostError
    moved = close(posts=posts, to=to, on=on, by=by, at=at)
    return list(Post.objects.filter(pk__in=moved["begun"]).order_by("pk"))


@transaction.atomic
def close(*, posts: Sequence[Post], to: Organisation | None, on: date, by: str, at: datetime) -> dict[str, list[Any]]:
    """Posts end on the eve of a day; with `to`, the same begin there. A part of a hand-over, and of `move`.

    Who stands in for the holder of one of them stands in there too.
    Returns {"ended": [[id, last day before]], "begun": [ids], "away": absences} for `reopen`. One event each.
    """
    ended: list[list[Any]] = [[post.pk, post.ends and post.ends.isoformat()] for post in posts]
    begun = [_there(post, to, on) for post in posts] if to is not None else []
    Post.objects.bulk_create(begun, batch_size=500)
    for post in begun:
        _event("appointed", post, by, at, moved=True)
    for post in posts:
        post.ends = max(eve(on), post.starts)
        _event("ended", post, by, at, last_day=post.ends.isoformat())
    Post.objects.bulk_update(posts, ["ends"], batch_size=500)
    away = absences.follow(moved=list(zip(posts, begun, strict=True)), on=on, by=by, at=at) if begun else []
    return {"ended": ended, "begun": [post.pk for post in begun], "away": away}


@transaction.atomic
def resume(*, posts: Sequence[Post], to: Organisation, on: date, by: str, at: datetime) -> list[Post]:
    """Posts that ended with their bodies go on in another from a day on, with their roles and titles: in one act.

    When the succession is undone they go with what began then. Raises OwnPostError, PostOutlivesBodyError (`to` has
    ended itself), ResumedTooEarlyError (on that day the body before was still there, or `to` not yet).
    """
    if any(post.user.actor == by for post in posts):
        raise OwnPostError
    if to.ends is not None:
        raise PostOutlivesBodyError(name=to.name, day=f"{to.ends:%d/%m/%Y}")
    for post in posts:
        first = max(to.starts or date.min, (post.organisation.ends or date.min) + timedelta(days=1))
        if on < first:
            raise ResumedTooEarlyError(name=post.organisation.name, first=f"{first:%d/%m/%Y}")
    over = [post for post in posts if post.ends is not None and post.ends <= (post.organisation.ends or date.max)]
    open_ = [post for post in posts if post not in over]
    begun = close(posts=open_, to=to, on=on, by=by, at=at)["begun"]
    for post in over:
        there = _there(post, to, on)
        there.ends = None
        there.save()
        _event("appointed", there, by, at, moved=True)
        begun.append(there.pk)
        _remember(post, there)
    return list(Post.objects.filter(pk__in=begun).order_by("pk"))


def _remember(post: Post, there: Post) -> None:
    """What began in place of a post that a succession ended goes when that is undone (`reopen`)."""
    line = Heir.objects.filter(
        before=post.organisation_id, after=there.organisation_id, succession__state=Succession.State.IN_FORCE
    ).select_related("succession")
    if (found := line.first()) is None:
        return
    succession = Succession.objects.select_for_update().get(pk=found.succession_id)
    moved = succession.undoing.get("posts")
    if moved and any(pk == post.pk for pk, _ends in moved["ended"]):
        moved["begun"].append(there.pk)
        succession.save(update_fields=["undoing"])


def _there(post: Post, to: Organisation, on: date) -> Post:
    """The same post in another body; it keeps looking after a larger part that holds that body too."""
    return Post(
        user=post.user,
        organisation=to,
        role=post.role,
        title=post.title,
        scope=post.scope if post.scope and to.path.startswith(post.scope.path) else None,
        starts=max(on, post.starts),
        ends=post.ends,
    )


@transaction.atomic
def reopen(*, moved: Mapping[str, list[Any]], by: str, at: datetime) -> None:
    """Undo `close`: the posts hold again as before, those that began go."""
    Post.objects.filter(pk__in=moved.get("begun", [])).delete()
    rows = Post.objects.select_related("organisation", "user").in_bulk([pk for pk, _ends in moved.get("ended", [])])
    for pk, ends in moved.get("ended", []):
        post = rows[pk]
        post.ends = date.fromisoformat(ends) if ends else None
        post.save(update_fields=["ends"])
        _event("reopened", post, by, at)
    absences.give_back(away=moved.get("away", []), by=by, at=at)


def _held(post: Post) -> Post:
    return Post.objects.select_for_update(of=("self",)).select_related("organisation", "user").get(pk=post.pk)


def _somebody_else_keeps(post: Post) -> None:
    """Without an administrator nobody could be given a post again, but from the shell."""
    keepers = roles_with(Permission.MANAGE_ACCOUNTS)
    if post.role not in keepers:
        return
    others = Post.objects.filter(role__in=keepers, ends__isnull=True, user__is_active=True).exclude(pk=post.pk)
    if not others.exclude(user=post.user).exists():
        raise LastAdministratorError


def _event(verb: str, post: Post, by: str, at: datetime, **data: object) -> None:
    events.record(
        actor=by,
        verb=f"organisations.post.{verb}",
        subject=f"organisations.post:{post.pk}",
        at=at,
        office=post.organisation.path,
        data={"user": post.user_id, "role": post.role, **data},
    )
