"""In which posts a person is at work: those of one body, or all. A view of their own rights, kept in the session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tiendo.doors.desk.access import page
from tiendo.doors.desk.session.after import wanted
from tiendo.foundation.organisations.queries import Rights

BODY = "body"
"""In the session: the body whose posts were chosen."""


def chosen(request: HttpRequest) -> Rights:
    """All rights of the person, or those of the chosen body; of one in which they hold nothing any more: all again."""
    held: Rights = request.all_rights  # type: ignore[attr-defined]
    body = request.session.get(BODY)
    return held.in_body(body) if body and any(one.pk == body for one in held.seats) else held


@page("signed_in")
def choose(request: HttpRequest) -> HttpResponse:
    """Posted from the head of any page: one body, or ("") all posts; then on with that page."""
    seats = {str(body.pk): body.pk for body in request.all_rights.seats}  # type: ignore[attr-defined]
    if request.method != "POST":
        return render(request, "desk/session/capacity.html", {"next": wanted(request)})
    asked = request.POST.get("body", "")
    if asked in seats:
        request.session[BODY] = seats[asked]
    elif not asked:
        request.session.pop(BODY, None)
    return redirect(wanted(request))
