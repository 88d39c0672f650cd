"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from tiendo.doors.desk import kept
from tiendo.doors.desk.access import door, page
from tiendo.doors.desk.session import entry, gate, steps
from tiendo.doors.desk.session.addresses import address_of
from tiendo.doors.desk.session.after import go_on, sign_in_page, wanted
from tiendo.doors.desk.session.forms import PasswordForm, SignInForm
from tiendo.foundation.accounts.actions import sessions, users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.errors import TiendoError


@page("public")
def sign_in(request: HttpRequest) -> HttpResponse:
    """To the page that was asked for, or to what was sent when the session had ended; over a second step first."""
    sent = kept.opened(request.POST.get("kept", ""))
    if request.user.is_authenticated:
        return go_on(request, wanted(request), sent)
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: User = form.get_user()
        try:
            if entry.let_in(request, user, how="password", there=wanted(request)):
                return go_on(request, wanted(request), sent)
        except TiendoError as error:
            form.refuse(error)
        else:
            return steps.second_step_page(request, sent) if sent else redirect("desk:second-step")
    return sign_in_page(request, form, sent)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django says why, people need not know
    """A form from a page of an earlier session (settings.CSRF_FAILURE_VIEW): what was typed is shown and sent again."""
    sent = kept.of(request) if kept.from_here(request) else None
    through = kept.opened(request.POST.get("kept", "")) if kept.from_here(request) else None
    if through and request.user.is_authenticated:  # came in through another window while this one waited at the door
        return go_on(request, through.path, through)
    if sent and not request.user.is_authenticated:
        return door(request, sent)
    return render(request, "403_csrf.html", {"kept": sent}, status=403)


@page("public")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        sessions.sign_out(
            user=request.user,
            key=request.session.session_key or "",
            at=request.now,  # type: ignore[attr-defined]
        )
    logout(request)
    return redirect("desk:sign-in")


@page("public")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language: with the person, or in a cookie before they sign in."""
    code = request.POST.get("language", "")
    response = redirect(wanted(request))
    if code in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            users.set_language(user=request.user, language=code, at=request.now)  # type: ignore[attr-defined]
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=31536000, samesite="Lax")
    return response


@page("signed_in", through=frozenset({gate.GIVEN}))
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; the other sessions of this person end. One that somebody else gave is changed before
    anything else.
    """
    user: User = request.user  # type: ignore[assignment]
    given = request.gate == gate.GIVEN  # type: ignore[attr-defined]
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
            _keep_this_session_only(request, user)
            gate.recognised(request, given=False)
            messages.success(
                request, gettext("Đã đổi mật khẩu. Các máy khác đang đăng nhập tên này phải đăng nhập lại.")
            )
            return redirect(wanted(request) if given else reverse("desk:security"))
    context = {"form": form, "given": given, "next": wanted(request)}
    return render(request, "desk/session/password.html", context, status=max(status, 422) if form.errors else status)


def _keep_this_session_only(request: HttpRequest, user: User) -> None:
    """The others end by themselves, as they were signed with the old password; here they leave the list as well."""
    before = request.session.session_key or ""
    update_session_auth_hash(request, user)
    here = request.session.session_key or ""
    sessions.rename(key=before, new=here)
    sessions.end_all(user=user, by=user.actor, at=request.now, but=here)  # type: ignore[attr-defined]
