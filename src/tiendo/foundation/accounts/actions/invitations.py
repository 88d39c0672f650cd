"""Invitations: issued, revoked, accepted by whoever holds the link."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts import tokens
from tiendo.foundation.accounts.actions import users
from tiendo.foundation.accounts.errors import InvitationClosedError, InvitationDaysError, InvitationNeedlessError
from tiendo.foundation.accounts.models import Invitation, User
from tiendo.foundation.accounts.queries import INVITATION, invitation_state
from tiendo.foundation.accounts.rules import Invited
from tiendo.foundation.audit.actions import events

MOST_DAYS = 60


@transaction.atomic
def issue(*, user: User, by: User, at: datetime, days: int | None = None) -> tuple[Invitation, str]:
    """An invitation for somebody without a password, and its token, which is kept nowhere. One issued before holds no
    longer. `days`: how long it lives, else settings.INVITATION_DAYS.

    Raises InvitationDaysError, InvitationNeedlessError.
    """
    days = settings.INVITATION_DAYS if days is None else days
    if not 1 <= days <= MOST_DAYS:
        raise InvitationDaysError(most=MOST_DAYS)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password() or not user.is_active:
        raise InvitationNeedlessError(name=user.full_name)
    _revoke(user, by.actor, at)
    secret = tokens.secret()
    made = Invitation.objects.create(
        user=user,
        digest=tokens.sealed(INVITATION, secret),
        invited_by=by,
        invited_at=at,
        expires_at=at + timedelta(days=days),
    )
    _event("issued", user, by.actor, at, until=timezone.localdate(made.expires_at).isoformat())
    return made, tokens.token(made.pk, secret)


@transaction.atomic
def revoke(*, user: User, by: User, at: datetime) -> None:
    """No link that was given to this person opens anything any more. Twice is once."""
    _revoke(User.objects.select_for_update().get(pk=user.pk), by.actor, at)


@transaction.atomic
def accept(*, invitation: Invitation, password: str, at: datetime) -> User:
    """The invited person chooses a password of their own: once. Raises InvitationClosedError, WeakPasswordError."""
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    invitation = Invitation.objects.select_for_update(of=("self",)).select_related("user").get(pk=invitation.pk)
    if invitation_state(invitation, at) is not Invited.LIVE:
        raise InvitationClosedError
    users.begin(user=user, password=password)
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    _event("accepted", user, user.actor, at)
    return user


def _revoke(user: User, by: str, at: datetime) -> None:
    open_ = user.invitations.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)
    if open_.update(revoked_at=at):
        _event("revoked", user, by, at)


def _event(verb: str, user: User, by: str, at: datetime, **data: object) -> None:
    events.record(actor=by, verb=f"accounts.invitation.{verb}", subject=f"accounts.user:{user.pk}", at=at, data=data)
