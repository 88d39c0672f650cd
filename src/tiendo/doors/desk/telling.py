"""A click that is one act: done, told, and back on the page it came from."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.errors import TiendoError


def told(
    request: HttpRequest, page: str, pk: int, act: Callable[[], str], but: type[TiendoError] = NotAllowedError
) -> HttpResponse:
    """Do the act and go to `page` of `pk` with what it says, or with why it was not done. Raises NotAllowedError, and
    `but`, of which the page itself tells more.
    """
    try:
        messages.success(request, act())
    except TiendoError as error:
        if isinstance(error, NotAllowedError | but):
            raise
        messages.error(request, error.message)
    return redirect(page, pk)
