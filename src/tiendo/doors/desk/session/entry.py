"""From a recognised person to an open session: at once, or over a second step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from tiendo.doors.desk.session import capacity, gate
from tiendo.doors.desk.session.addresses import address_of
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.accounts.errors import OutsideError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import deciding
from tiendo.foundation.accounts.queries import has_factor, second_factor_wanted
from tiendo.foundation.accounts.rules import Step, inside, second_step
from tiendo.foundation.organisations.queries import rights

PENDING = "pending"
PASSWORD = "password"  # noqa: S105 (a way in)
LIVES = timedelta(minutes=10)
"""In which the second step is taken."""


@dataclass(frozen=True, slots=True)
class Pending:
    """Somebody whose first factor was right: no session yet."""

    user: User
    how: str
    next: str


def let_in(request: HttpRequest, user: User, *, how: str, there: str) -> bool:
    """Open the session of one who showed one factor, or (False) remember them for the second step.

    Raises OutsideError.
    """
    step = _step(request, user)
    if step is Step.REFUSE:
        sessions.refuse(user=user, how="outside", at=request.now)  # type: ignore[attr-defined]
        raise OutsideError
    if step is Step.ASK:
        request.session.cycle_key()
        told = {"user": user.pk, "how": how, "next": there, "at": request.now.timestamp()}  # type: ignore[attr-defined]
        request.session[PENDING] = told
        return False
    enter(request, user, how=how)
    return True


def enter(request: HttpRequest, user: User, *, how: str, strong: bool = False) -> None:
    """Open the session. It ends half a day later, whatever is done in it. Who came in with a password that somebody
    else chose changes it first.
    """
    request.session.pop(PENDING, None)
    login(request, user)
    at = request.now  # type: ignore[attr-defined]
    request.session.set_expiry(at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
    sessions.open_session(
        user=user,
        key=request.session.session_key or "",
        address=address_of(request),
        agent=request.headers.get("User-Agent", ""),
        how=how,
        at=at,
    )
    request.session.pop(capacity.BODY, None)
    request.rights = request.all_rights = rights(user, request.today)  # type: ignore[attr-defined]
    gate.recognised(request, strong=strong, given=user.password_given and how.startswith(PASSWORD))


def pending(request: HttpRequest) -> Pending | None:
    """Who waits for the second step in this browser."""
    told = request.session.get(PENDING)
    if not isinstance(told, dict) or request.now - datetime.fromtimestamp(told["at"], UTC) >= LIVES:  # type: ignore[attr-defined]
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    return Pending(user, told["how"], told["next"]) if user else None


def _step(request: HttpRequest, user: User) -> Step:
    roles = {post.role for post in rights(user, request.today).posts}  # type: ignore[attr-defined]
    return second_step(
        has=has_factor(user),
        decides=not deciding().isdisjoint(roles),
        wanted=second_factor_wanted(),
        inside=inside(address_of(request), settings.OFFICE_NETWORKS),
    )
