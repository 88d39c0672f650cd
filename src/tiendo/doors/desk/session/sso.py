"""Signing in by the province's single sign-on, and coming back from there."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.session import entry, gate, provider
from tiendo.doors.desk.session.after import ours, sign_in_page, wanted
from tiendo.doors.desk.session.forms import SignInForm
from tiendo.foundation.accounts.actions import identities, sessions
from tiendo.foundation.accounts.errors import SsoTakenError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.errors import TiendoError

LINK = "sso_link"
"""In the session: the person has asked, by a form, for the tie. A link on another site cannot."""


@page("public")
def leave(request: HttpRequest) -> HttpResponseBase:
    """To the provider: to come in, to be recognised again, or to be tied."""
    if not settings.SSO.issuer:
        raise Http404
    purpose = "enter"
    if request.user.is_authenticated:
        purpose = "link" if request.session.pop(LINK, False) else "unlock"
    try:
        return provider.leave(request, purpose=purpose, there=wanted(request))
    except TiendoError as error:
        return _refused(request, error)


@page("public")
def come_back(request: HttpRequest) -> HttpResponse:
    if not settings.SSO.issuer:
        raise Http404
    try:
        purpose, there, claims = provider.come_back(request)
        act = {"enter": _enter, "unlock": _unlock, "link": _link}[purpose]
        return act(request, claims, ours(request, there))
    except TiendoError as error:
        return _refused(request, error)


def _enter(request: HttpRequest, claims: dict[str, object], there: str) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(there)
    user = identities.recognise(claims=claims, at=request.now)  # type: ignore[attr-defined]
    if settings.SSO.strong:
        entry.enter(request, user, how="sso", strong=True)
    elif not entry.let_in(request, user, how="sso", there=there):
        return redirect("desk:second-step")
    return redirect(there)


def _unlock(request: HttpRequest, claims: dict[str, object], there: str) -> HttpResponse:
    user = identities.recognise(claims=claims, at=request.now)  # type: ignore[attr-defined]
    if user != request.user:
        raise SsoTakenError
    sessions.unlocked(user=user, how="sso", at=request.now)  # type: ignore[attr-defined]
    gate.recognised(request, strong=settings.SSO.strong)
    return redirect(there)


def _link(request: HttpRequest, claims: dict[str, object], _there: str) -> HttpResponse:
    if not isinstance(request.user, User) or request.gate:  # type: ignore[attr-defined]
        return redirect("desk:sign-in")
    identities.link(user=request.user, claims=claims, at=request.now)  # type: ignore[attr-defined]
    messages.success(request, gettext("Đã gắn. Từ nay đăng nhập được bằng %(name)s.") % {"name": settings.SSO.name})
    return redirect("desk:security")


def _refused(request: HttpRequest, error: TiendoError) -> HttpResponse:
    if request.user.is_authenticated:
        messages.error(request, error.message)
        return redirect("desk:unlock" if request.gate else "desk:security")  # type: ignore[attr-defined]
    return sign_in_page(request, SignInForm(request), said=error.message, status=error.status)
