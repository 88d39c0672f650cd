"""Where one goes on after being recognised, and the sign-in page itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from tiendo.doors.desk import kept
from tiendo.doors.desk.access import held_up
from tiendo.doors.desk.session.forms import SignInForm


def wanted(request: HttpRequest) -> str:
    """The page that was asked for, when it is one of ours."""
    return ours(request, request.POST.get("next") or request.GET.get("next") or "")


def ours(request: HttpRequest, there: str) -> str:
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if safe else reverse("desk:home")


def go_on(request: HttpRequest, there: str, sent: kept.Kept | None, *, unlocked: bool = False) -> HttpResponse:
    """To the page that was asked for, or to what was sent: looked at once more, then sent by a click of its sender, who
    has only just come in, or (`unlocked`) opened the session again.
    """
    if sent is None:
        return redirect(there)
    if request.gate:  # type: ignore[attr-defined]
        return held_up(request, sent)
    return render(request, "desk/session/send_again.html", {"kept": sent, "unlocked": unlocked})


def sign_in_page(
    request: HttpRequest, form: SignInForm, sent: kept.Kept | None = None, *, said: str = "", status: int = 200
) -> HttpResponse:
    """`said`: why another way in than the form's was refused."""
    context = {"form": form, "next": wanted(request), "kept": sent, "sso": settings.SSO, "said": said}
    refused = form.status if form.is_bound and form.errors else status
    return render(request, "desk/session/sign_in.html", context, status=refused)
