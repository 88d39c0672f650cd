"""What stands between an open session and the pages: somebody else may sit there, or be elsewhere, or know the
password, or a factor lacks.

What a session knows of itself lies in the session, what the office wants came with the person: where a second factor is
wanted of roles that decide, the person's rights are read, as nearly every page does anyway. Nothing else is asked for.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from tiendo.doors.desk.session.addresses import address_of
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import second_factor_needed
from tiendo.foundation.accounts.rules import idle, inside

LOCKED, OUTSIDE, GIVEN, SET_UP = "locked", "outside", "given", "set_up"
SEEN, SHUT, PROVED, STRONG, KNOWN = "seen", "shut", "proved", "strong", "known"
"""In the session: when it was last used (seconds), that it is locked, when its person was last recognised, that it
was by two factors, that the password by which it was opened is known to whoever gave it."""
OFTEN = timedelta(minutes=1)
"""The hour of the last use is written no oftener."""
FRESH = timedelta(minutes=15)
"""So long after being recognised one may change how one is recognised."""


def watch(request: HttpRequest) -> str:
    """Which gate is shut for the person of this request, "" for none; remembers that the session was used."""
    session, at = request.session, request.now  # type: ignore[attr-defined]
    seen = _moment(session.get(SEEN))
    if session.get(SHUT) or (seen and idle(seen=seen, at=at, minutes=settings.IDLE_MINUTES)):
        if not session.get(SHUT):
            session[SHUT] = True
        return LOCKED
    if seen is None or not timedelta() <= at - seen < OFTEN:
        session[SEEN] = at.timestamp()
        sessions.see(key=session.session_key or "", at=at)
    if not session.get(STRONG) and not inside(address_of(request), settings.OFFICE_NETWORKS):
        return OUTSIDE
    if session.get(KNOWN):
        return GIVEN
    return SET_UP if not session.get(STRONG) and _due(request) else ""


def _due(request: HttpRequest) -> bool:
    """Whether the person must have a second factor by now: roles begin and end, and the office chooses anew, while
    people are signed in. By all their posts: choosing to work in one of them opens no gate.
    """
    user: User = request.user  # type: ignore[assignment]
    return second_factor_needed(user, lambda: {post.role for post in request.all_rights.posts})  # type: ignore[attr-defined]


def recognised(request: HttpRequest, *, strong: bool = False, given: bool | None = None) -> None:
    """The person of this session has just shown who they are; `strong`: by two factors, or a passkey with a PIN;
    `given`: by a password that somebody else chose, or (False) one of their own.
    """
    session, at = request.session, request.now  # type: ignore[attr-defined]
    session[PROVED] = session[SEEN] = at.timestamp()
    session.pop(SHUT, None)
    if strong:
        session[STRONG] = True
    if given is not None:
        session[KNOWN] = given
    request.gate = watch(request)  # type: ignore[attr-defined]


def fresh(request: HttpRequest) -> bool:
    """Whether the person was recognised so lately that an unattended machine is no worry."""
    proved = _moment(request.session.get(PROVED))
    return proved is not None and timedelta() <= request.now - proved < FRESH  # type: ignore[attr-defined]


def _moment(seconds: object) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None
