"""What every signed-in page needs: the person's rights, and errors of the house as pages."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.queries import rights


class DeskMiddleware:
    """Puts `request.rights` and `request.now` on signed-in requests; turns a TiendoError into a page or a fragment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()  # type: ignore[attr-defined]
        request.today = timezone.localdate(request.now)  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.rights = rights(request.user, request.today)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, TiendoError):
            return None
        template = "desk/errors/error.html#message" if getattr(request, "htmx", False) else "desk/errors/error.html"
        status = exception.status or HTTPStatus.BAD_REQUEST
        return render(request, template, {"error": exception}, status=status)
