"""Inviting people: an account without a password, its first post, and a link by which they choose the password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.actions import invitations, users
from tiendo.foundation.accounts.models import Invitation, User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.foundation.organisations.naming import suggested
from tiendo.foundation.organisations.queries import require_over


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite. `username`: "" for one that the house makes of the name."""

    full_name: str
    organisation: Organisation
    role: str
    starts: date
    username: str = ""
    email: str = ""
    title: str = ""
    scope: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """What became of it. `token`: of the link, which is shown or sent now, and kept nowhere."""

    user: User
    posts: tuple[Post, ...]
    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, people: Sequence[Person], by: User, at: datetime) -> list[Invited]:
    """All of them or nobody, in one act.

    Raises NotAllowedError, BadUsernameError, BadFullNameError, UsernameTakenError and what posts.appoint raises.
    """
    require_over(by, Permission.MANAGE_ACCOUNTS, [one.organisation for one in people], timezone.localdate(at))
    return [_invite(one, by, at) for one in people]


@transaction.atomic
def renew(*, user: User, by: User, at: datetime) -> Invited:
    """Another link for somebody who was invited; the one before opens nothing any more.

    Raises InvitationNeedlessError.
    """
    held = tuple(Post.objects.filter(user=user).exclude(ends__lt=timezone.localdate(at)).select_related("organisation"))
    made, token = invitations.issue(user=user, by=by, at=at)
    return Invited(made.user, held, made, token)


def _invite(one: Person, by: User, at: datetime) -> Invited:
    username = one.username.strip() or suggested(one.full_name, _taken)
    user = users.add(username=username, full_name=one.full_name, email=one.email, password=None, by=by.actor, at=at)
    post = posts.appoint(
        user=user,
        organisation=one.organisation,
        role=one.role,
        title=one.title,
        scope=one.scope,
        starts=one.starts,
        by=by.actor,
        at=at,
    )
    made, token = invitations.issue(user=user, by=by, at=at)
    return Invited(user, (post,), made, token)


def _taken(begins: str) -> set[str]:
    return set(User.objects.filter(username__startswith=begins).values_list("username", flat=True))
