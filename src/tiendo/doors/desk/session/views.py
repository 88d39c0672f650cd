"""Signing in and out, and the language of the pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from tiendo.doors.desk.access import page
from tiendo.foundation.accounts.actions import users


class SignInForm(AuthenticationForm):
    """What goes wrong at the door is mostly the keyboard."""

    error_messages: dict[str, Any] = {  # noqa: RUF012 - Django copies it
        **AuthenticationForm.error_messages,
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy tắt bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại."
        ),
    }


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


def _status(form: SignInForm) -> int:
    return 422 if form.is_bound and form.errors else 200
