"""Posts: who does what in which body, from when to when."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles, roles_with, whole_tree
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import (
    BadScopeError,
    LastAdministratorError,
    OwnPostError,
    PostEndedError,
    UnknownRoleError,
)
from tiendo.foundation.organisations.models import Organisation, Post


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

    Raises UnknownRoleError, BadScopeError, OwnPostError.
    """
    if role not in roles():
        raise UnknownRoleError(role=role)
    if by == user.actor:
        raise OwnPostError
    if scope is None and role in whole_tree():
        scope = Organisation.objects.get(pk=organisation.path.split("/")[1])
    if scope is not None and not organisation.path.startswith(scope.path):
        raise BadScopeError
    post = Post.objects.create(user=user, organisation=organisation, role=role, starts=starts, title=title, scope=scope)
    _event("appointed", post, by, at, **({"scope": scope.pk} if scope else {}))
    return post


@transaction.atomic
def end(*, post: Post, last_day: date, by: str, at: datetime) -> None:
    """The post ends with `last_day`. Before its first day: it was given by mistake, and the row goes; the events stay.

    Raises PostEndedError, LastAdministratorError.
    """
    post = Post.objects.select_for_update().select_related("organisation", "user").get(pk=post.pk)
    if post.ends is not None and post.ends <= last_day:
        raise PostEndedError(day=f"{post.ends:%d/%m/%Y}")
    _somebody_else_keeps(post)
    _event("ended", post, by, at, last_day=last_day.isoformat())
    if last_day < post.starts:
        post.delete()
    else:
        post.ends = last_day
        post.save(update_fields=["ends"])


@transaction.atomic
def leave(*, user: User, last_day: date, by: str, at: datetime) -> None:
    """A person leaves: every post they hold ends, and nobody signs in with their account any more.

    Raises AlreadyInactiveError, LastAdministratorError.
    """
    users.deactivate(user=user, by=by, at=at)
    for post in Post.objects.filter(user=user).filter(Q(ends__isnull=True) | Q(ends__gt=last_day)):
        end(post=post, last_day=last_day, by=by, at=at)


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
