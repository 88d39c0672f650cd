"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tiendo.doors.desk.access import page
from tiendo.doors.desk.fields import password_field, same_twice
from tiendo.foundation.accounts.actions import sessions, users
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.errors import TiendoError


class SignInForm(AuthenticationForm):
    """Name and password; the door itself is `sessions.sign_in`. `status`: of the page that refuses."""

    status = 422

    def clean(self) -> dict[str, object]:
        request, data = self.request, self.cleaned_data
        if request is not None and data.get("username") and data.get("password"):
            try:
                self.user_cache = sessions.sign_in(
                    username=data["username"],
                    password=data["password"],
                    address=address_of(request),
                    at=request.now,  # type: ignore[attr-defined]
                )
            except TiendoError as error:
                self.status = error.status
                raise ValidationError(error.message, code=error.code) from error
        return data


class PasswordForm(forms.Form):
    """One's own new password."""

    current = password_field(_("Mật khẩu hiện tại"), "current-password")
    password = password_field(_("Mật khẩu mới"), "new-password")
    again = password_field(_("Nhập lại mật khẩu mới"), "new-password")

    def clean(self) -> dict[str, object]:
        return same_twice(self)


def address_of(request: HttpRequest) -> str:
    """Where a request comes from: what our own proxy says of it, else the other end of the line."""
    peer = request.META.get("REMOTE_ADDR", "")
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return told[-1] if told and (peer in settings.PROXIES or not peer) else peer


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else reverse("desk:home")


@page("public")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, request.POST or None)
    for field in form.fields.values():
        field.widget.attrs["class"] = "input"
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    return render(request, "desk/session/sign_in.html", {"form": form, "next": _next(request)}, status=_status(form))


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
