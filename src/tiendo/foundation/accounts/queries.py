"""Reading what belongs to an account: second factors, open sessions, the office's policy."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from tiendo.foundation.accounts import tokens
from tiendo.foundation.accounts.models import Invitation, Policy, User
from tiendo.foundation.accounts.permissions import deciding
from tiendo.foundation.accounts.rules import Invited, invited

INVITATION = "tiendo.accounts.invitation"
"""What secrets of invitations are sealed for."""


def factors_of(user: User) -> list[Authenticator]:
    """Second factors in the order in which they were set up; recovery codes are none of their own."""
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return list(rows.order_by("created_at", "pk"))


def has_factor(user: User) -> bool:
    rows = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(rows.exists())


def codes_of(user: User) -> RecoveryCodes | None:
    """The person's recovery codes. Reading them may raise SealedElsewhereError."""
    row = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(row) if row else None


def second_factor_wanted(user: User | None = None) -> str:
    """Who must have a second factor: "off", "roles" (that decide), "all". The setting overrules the office's choice,
    which came along with the `user` of a request (backend.HouseBackend).
    """
    if settings.SECOND_FACTOR != "auto":
        return str(settings.SECOND_FACTOR)
    if user is not None and hasattr(user, "second_factor_chosen"):
        return user.second_factor_chosen or Policy.SecondFactor.OFF.value
    chosen = Policy.objects.values_list("second_factor", flat=True).first()
    return chosen or Policy.SecondFactor.OFF.value


def second_factor_needed(user: User, roles: Callable[[], Collection[str]]) -> bool:
    """Whether this person must have a second factor; `roles` is asked only where it matters which are held."""
    wanted = second_factor_wanted(user)
    return wanted == "all" or (wanted == "roles" and not deciding().isdisjoint(roles()))


def sessions_of(user: User, at: datetime) -> list[UserSession]:
    """Sessions that are open, the one used last first."""
    rows = list(UserSession.objects.filter(user=user).order_by("-last_seen_at", "-pk"))
    keys = [row.session_key for row in rows]
    alive = set(Session.objects.filter(session_key__in=keys, expire_date__gt=at).values_list("session_key", flat=True))
    return [row for row in rows if row.session_key in alive]


def count_sessions(user: User, at: datetime) -> int:
    """How many sessions are open. One query."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    return int(UserSession.objects.filter(user=user, session_key__in=alive).count())


def sso_tie(user: User) -> SocialAccount | None:
    return SocialAccount.objects.filter(user=user).first()


def invitation_of_token(token: str) -> Invitation | None:
    return tokens.found(Invitation.objects.select_related("user", "invited_by"), INVITATION, token)


def invitation_state(invitation: Invitation, at: datetime) -> Invited:
    """Of one whose account was shut nothing is left either."""
    settled = invitation.accepted_at is not None or invitation.user.has_usable_password()
    shut = invitation.revoked_at is not None or not invitation.user.is_active
    return invited(settled=settled, revoked=shut, expires_at=invitation.expires_at, at=at)


def waiting_invitations(people: QuerySet[User]) -> list[Invitation]:
    """The last invitation of each of these who has accepted none; also those that ran out or were revoked."""
    rows = Invitation.objects.filter(user__in=people.filter(is_active=True)).select_related("user", "invited_by")
    last: dict[int, Invitation] = {}
    for row in rows.order_by("pk"):
        last[row.user_id] = row
    return [row for row in last.values() if row.accepted_at is None and not row.user.has_usable_password()]
