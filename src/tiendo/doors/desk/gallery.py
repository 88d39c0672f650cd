"""Every component in all its states, to be looked at by whoever changes them."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tiendo.doors.desk.access import page


@page("public")
def gallery(request: HttpRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    from tiendo.doors.ui.gallery import sample

    return render(request, "ui/gallery.html", sample())
