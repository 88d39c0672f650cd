"""What every page needs: the moment, the person's rights, and the house's errors as pages."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from tiendo.doors.desk import kept
from tiendo.doors.desk.session import capacity
from tiendo.doors.desk.session.gate import watch
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.queries import rights


class DeskMiddleware:
    """`request.now`, `.today`, `.rights`, `.all_rights` and `.gate` on each request; a TiendoError becomes a page,
    which gives back what had been typed.

    `rights` are those in which the person chose to work (session/capacity.py): what pages show and offer. `all_rights`
    are all of them, for the gates; acts look up the posts themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        request.gate = ""  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            user, today = request.user, request.today  # type: ignore[attr-defined]
            request.all_rights = SimpleLazyObject(lambda: rights(user, today))  # type: ignore[attr-defined]
            request.rights = SimpleLazyObject(lambda: capacity.chosen(request))  # type: ignore[attr-defined]
            request.gate = watch(request)  # type: ignore[attr-defined]
        with translation.override(_language(request)):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", _language(request))
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TiendoError):
            return None
        context = {"error": exception, "kept": kept.of(request)}
        return render(request, "desk/errors/error.html", context, status=exception.status)


def _language(request: HttpRequest) -> str:
    """The person's own choice, else the cookie's, else Vietnamese: what the browser prefers is not asked, since many an
    office's browser was never set.
    """
    if request.user.is_authenticated:
        return request.user.language
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
