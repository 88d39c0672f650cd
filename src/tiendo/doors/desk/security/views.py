"""One's own security: second factors, recovery codes, the tie to the province's sign-on. Nobody else's is seen here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.security.forms import AppForm, PasskeyForm
from tiendo.doors.desk.session import ceremony, gate, sso
from tiendo.foundation.accounts.actions import factors, identities
from tiendo.foundation.accounts.errors import SealedElsewhereError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.accounts.queries import codes_of, factors_of, second_factor_needed, sessions_of, sso_tie
from tiendo.foundation.audit.errors import TiendoError

SECRET = "app_secret"  # noqa: S105 (the name of a place in the session)
SET_UP = frozenset({gate.SET_UP})
ENOUGH_CODES = 3
"""Fewer recovery codes than these, and the page says so."""


def proved(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only by one who was recognised a moment ago: an open session at an unattended machine changes no factor."""

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if gate.fresh(request):
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else reverse("desk:security")
        return redirect(f"{reverse('desk:unlock')}?{urlencode({'next': back})}")

    return guarded


@page("signed_in", through=SET_UP)
def index(request: HttpRequest) -> HttpResponse:
    user = _user(request)
    held = factors_of(user)
    return render(
        request,
        "desk/security/index.html",
        {
            "factors": held,
            "has_app": any(one.type == factors.Kind.TOTP for one in held),
            "codes": _codes_left(user) if held else None,
            "few": ENOUGH_CODES,
            "needed": second_factor_needed(user, lambda: _roles(request)),
            "must": request.gate == gate.SET_UP,  # type: ignore[attr-defined]
            "sessions": len(sessions_of(user, request.now)),  # type: ignore[attr-defined]
            "sso": settings.SSO,
            "tie": sso_tie(user) if settings.SSO.issuer else None,
        },
    )


@page("signed_in", through=SET_UP)
@proved
def app(request: HttpRequest) -> HttpResponse:
    """An app that shows one-time codes. Its secret waits in the session until the first code proves that it has it."""
    form = AppForm(request.POST or None)
    user, session = _user(request), request.session
    secret = session.get(SECRET) or generate_totp_secret()
    session[SECRET] = secret
    if request.method == "POST" and form.is_valid():
        try:
            factors.add_app(user=user, secret=secret, code=form.cleaned_data["otp"], at=request.now)  # type: ignore[attr-defined]
        except TiendoError as error:
            form.add_error("otp", error.message)
        else:
            del session[SECRET]
            return _added(request, gettext("Đã thêm ứng dụng mã xác thực."))
    adapter = get_adapter()
    # Drawn by the qrcode package from our own address: nothing that a person typed stands in it.
    picture = mark_safe(adapter.build_totp_svg(adapter.build_totp_url(user, secret)).partition("?>")[2])  # noqa: S308
    told = {
        "form": form,
        "picture": picture,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }
    return render(request, "desk/security/app.html", told, status=422 if form.errors else 200)


@page("signed_in", through=SET_UP)
@proved
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey: the browser makes it (with a script), or the page says what else there is."""
    user = _user(request)
    form = PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            credential = ceremony.added(form.cleaned_data["credential"])
            factors.add_passkey(user=user, name=form.cleaned_data["name"], credential=credential, at=request.now)  # type: ignore[attr-defined]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            return _added(request, gettext("Đã thêm khóa truy cập."))
    told = {"form": form, "options": ceremony.to_add(user)}
    return render(request, "desk/security/passkey.html", told, status=422 if form.errors else 200)


@page("signed_in", through=SET_UP)
@proved
def codes(request: HttpRequest) -> HttpResponse:
    """Recovery codes: shown until the person says that they are put away; then only new ones."""
    user = _user(request)
    if request.method == "POST":
        if request.POST.get("act") == "noted":
            factors.codes_noted(user=user, at=request.now)  # type: ignore[attr-defined]
            messages.success(request, gettext("Đã cất mã dự phòng. Mã không hiện lại nữa."))
            return redirect("desk:security")
        factors.renew_codes(user=user, at=request.now)  # type: ignore[attr-defined]
        return redirect("desk:codes")
    kept = codes_of(user)
    if kept is None or kept.did_view:
        return redirect("desk:security")
    return render(request, "desk/security/codes.html", {"codes": kept.get_unused_codes()})


@page("signed_in", through=SET_UP)
@proved
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return redirect("desk:security")
    user = _user(request)
    try:
        needed = second_factor_needed(user, lambda: _roles(request))
        factors.remove(user=user, factor=pk, needed=needed, at=request.now)  # type: ignore[attr-defined]
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, gettext("Đã gỡ."))
    return redirect("desk:security")


@page("signed_in")
@proved
def tie(request: HttpRequest) -> HttpResponse:
    """Tie one's account to the province's sign-on, or untie it.

    The page that leads there is one of ours: what answers a form may not send the browser to another host
    (Content-Security-Policy: form-action).
    """
    if not settings.SSO.issuer:
        raise Http404
    if request.method != "POST":
        return render(request, "desk/security/tie.html", {"sso": settings.SSO, "host": settings.SSO.issuer})
    if request.POST.get("act") == "unlink":
        identities.unlink(user=_user(request), by=_user(request).actor, at=request.now)  # type: ignore[attr-defined]
        messages.success(request, gettext("Đã gỡ. Từ nay chỉ đăng nhập bằng mật khẩu hoặc khóa truy cập."))
        return redirect("desk:security")
    request.session[sso.LINK] = True
    return redirect("desk:tie")


def _added(request: HttpRequest, said: str) -> HttpResponse:
    """With the first factor come recovery codes, to be put away at once."""
    messages.success(request, said)
    gate.recognised(request, strong=True)
    kept = codes_of(_user(request))
    return redirect("desk:security" if kept is None or kept.did_view else "desk:codes")


def _codes_left(user: User) -> int | None:
    """None: they were sealed with another key."""
    kept = codes_of(user)
    try:
        return len(kept.get_unused_codes()) if kept else 0
    except SealedElsewhereError:
        return None


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _roles(request: HttpRequest) -> set[str]:
    return {post.role for post in request.rights.posts if post.role in role_names()}  # type: ignore[attr-defined]
