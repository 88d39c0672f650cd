"""Who may open a page. Every view says it; tests/test_house.py walks the URLs and asks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Literal
from unicodedata import is_normalized, normalize

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from tiendo.doors.desk import kept
from tiendo.doors.desk.kept import SECRETS
from tiendo.doors.desk.session import gate
from tiendo.doors.desk.session.forms import SignInForm, UnlockForm
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.accounts.queries import factors_of, sso_tie

Need = Permission | Literal["public", "signed_in"]
View = Callable[..., HttpResponseBase]


def page(need: Need, *, through: frozenset[str] = frozenset()) -> Callable[[View], View]:
    """Declare what a page needs: a Permission held in some body, a signature at the door, or nothing.

    `through`: gates (session/gate.py) that are no hindrance, for the pages that open them. Which objects the page then
    shows is the queries' matter (`visible_to`).
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if need != "public" and not request.user.is_authenticated:
                return _sign_in(request)
            if need != "public" and request.gate and request.gate not in through:  # type: ignore[attr-defined]
                return _turn_away(request)
            if isinstance(need, Permission) and not request.rights.may(need):  # type: ignore[attr-defined]
                raise NotAllowedError
            if request.method == "POST":
                request.POST = composed(request.POST)  # type: ignore[assignment]
            return view(request, *args, **kwargs)

        guarded.permission = need  # type: ignore[attr-defined]
        return guarded

    return declare


def composed(sent: QueryDict) -> QueryDict:
    """What was typed, as NFC: some keyboards and files give letters and marks apart. Passwords stay as they are."""
    if SECRETS & sent.keys() or all(is_normalized("NFC", text) for texts in sent.lists() for text in texts[1]):
        return sent
    whole = sent.copy()
    for name, texts in sent.lists():
        whole.setlist(name, [normalize("NFC", text) for text in texts])
    return whole


def posted(back: str) -> Callable[[View], View]:
    """A view that only takes what is posted. Opened as a page (a reload after a refused form, a link on it, signing in
    again) it leads to the page `back` of the same document, task or report, with what was asked.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
            if request.method == "POST":
                return view(request, pk, **kwargs)
            asked = request.GET.copy()
            for name, value in kwargs.items():  # the row at hand stays at hand
                asked.setdefault(name, str(value))
            return redirect(f"{reverse(back, args=[pk])}?{asked.urlencode()}".rstrip("?"))

        return guarded

    return declare


def _sign_in(request: HttpRequest) -> HttpResponseBase:
    """To the door, and back afterwards; what was sent is taken along.

    A part of a page asked for by htmx sends the whole page there; what htmx saves by itself stays where it was typed.
    """
    sent, part = kept.of(request), request.headers.get("HX-Request")
    if sent:
        return HttpResponse(status=HTTPStatus.FORBIDDEN) if part else door(request, sent)
    there = redirect_to_login(request.get_full_path())
    return HttpResponseClientRedirect(there.url) if part else there


def _turn_away(request: HttpRequest) -> HttpResponseBase:
    """To the page that opens the gate, and back afterwards; what was sent is taken along."""
    sent, part = kept.of(request), request.headers.get("HX-Request")
    if request.method == "POST" and part:
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    if sent:
        return held_up(request, sent)
    if request.gate == gate.SET_UP:  # type: ignore[attr-defined]
        there = reverse("desk:security")
    else:
        opens = "desk:password" if request.gate == gate.GIVEN else "desk:unlock"  # type: ignore[attr-defined]
        back = request.get_full_path() if request.method == "GET" else reverse("desk:home")
        there = f"{reverse(opens)}?{urlencode({'next': back})}"
    return HttpResponseClientRedirect(there) if part else redirect(there)


def held_up(request: HttpRequest, sent: kept.Kept) -> HttpResponse:
    """What was sent to a gate that is shut: with the page that opens it; or it waits in this window while in another a
    password is chosen or a second factor set up.
    """
    given = request.gate == gate.GIVEN  # type: ignore[attr-defined]
    if given or request.gate == gate.SET_UP:  # type: ignore[attr-defined]
        context = {"kept": sent, "given": given}
        return render(request, "desk/security/set_up_first.html", context, status=HTTPStatus.FORBIDDEN)
    context = ways(request) | {"form": UnlockForm(), "next": sent.path, "kept": sent}
    return render(request, "desk/session/unlock.html", context, status=HTTPStatus.FORBIDDEN)


def ways(request: HttpRequest) -> dict[str, object]:
    """How the person of an open session can be recognised again: what the page that asks for it offers."""
    user: User = request.user  # type: ignore[assignment]
    kinds = {factor.type for factor in factors_of(user)}
    outside = request.gate == gate.OUTSIDE  # type: ignore[attr-defined]
    return {
        "outside": outside,
        "sso": settings.SSO,
        "by_password": not outside and user.has_usable_password(),
        "by_code": outside and bool(kinds),
        "by_passkey": Authenticator.Type.WEBAUTHN in kinds,
        "by_sso": bool(settings.SSO.issuer) and not outside and sso_tie(user) is not None,
        "nothing": outside and not kinds,
    }


def door(request: HttpRequest, sent: kept.Kept) -> HttpResponse:
    """The sign-in page that holds what was sent."""
    context = {"form": SignInForm(request), "next": sent.path, "kept": sent, "sso": settings.SSO}
    return render(request, "desk/session/sign_in.html", context, status=HTTPStatus.FORBIDDEN)
