"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tiendo.doors.desk import kept
from tiendo.doors.desk.access import door, page
from tiendo.doors.desk.session.forms import PasswordForm, SignInForm, address_of
from tiendo.foundation.accounts.actions import sessions, users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.queries import rights


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("desk:home")


@page("public")
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the page that was asked for, or to what was sent when the session had ended."""
    sent = kept.opened(request.POST.get("kept", ""))
    if request.user.is_authenticated:
        return _send_again(request, sent) if sent else redirect(_next(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return _send_again(request, sent) if sent else redirect(_next(request))
    context = {"form": form, "next": _next(request), "kept": sent}
    return render(request, "desk/session/sign_in.html", context, status=_status(form))


def _send_again(request: HttpRequest, sent: kept.Kept) -> HttpResponse:
    """Looked at once more, then sent by a click of its sender, who has only just come in."""
    request.rights = rights(request.user, request.today)  # type: ignore[attr-defined,arg-type]
    return render(request, "desk/session/send_again.html", {"kept": sent})


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django says why, people need not know
    """A form from a page of an earlier session (settings.CSRF_FAILURE_VIEW): what was typed is shown and sent again."""
    sent = kept.of(request) if kept.from_here(request) else None
    if sent and not request.user.is_authenticated:
        return door(request, sent)
    return render(request, "403_csrf.html", {"kept": sent}, status=403)


@page("public")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        sessions.sign_out(user=request.user, at=request.now)  # type: ignore[attr-defined]
    logout(request)
    return redirect("desk:sign-in")


@page("public")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language: with the person, or in a cookie before they sign in."""
    code = request.POST.get("language", "")
    response = redirect(_next(request))
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            users.set_language(user=request.user, language=code, at=request.now)  # type: ignore[attr-defined]
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=31536000, samesite="Lax")
    return response


@page("signed_in")
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; the other sessions of this person end."""
    user: User = request.user  # type: ignore[assignment]
    form = PasswordForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            users.change_password(
                user=user,
                current=form.cleaned_data["current"],
                password=form.cleaned_data["password"],
                address=address_of(request),
                at=request.now,  # type: ignore[attr-defined]
            )
        except TiendoError as error:
            form.add_error("current" if error.code == "wrong_password" else None, error.message)
            status = error.status
        else:
            update_session_auth_hash(request, user)
            messages.success(
                request, gettext("Đã đổi mật khẩu. Các máy khác đang đăng nhập tên này phải đăng nhập lại.")
            )
            return redirect("desk:home")
    return render(
        request, "desk/session/password.html", {"form": form}, status=max(status, 422) if form.errors else status
    )


def _status(form: SignInForm) -> int:
    return form.status if form.is_bound and form.errors else 200
