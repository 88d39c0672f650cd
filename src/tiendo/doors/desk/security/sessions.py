"""Where one is signed in, and ending that."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.security.devices import device
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.queries import sessions_of
from tiendo.foundation.audit.errors import TiendoError


@page("signed_in")
def index(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _end(request)
    rows = sessions_of(_user(request), request.now)  # type: ignore[attr-defined]
    here = request.session.session_key
    shown = [
        {
            "session": row,
            "device": device(row.user_agent),
            "from": "" if row.ip == sessions.NOWHERE else row.ip,
            "here": row.session_key == here,
        }
        for row in rows
    ]
    others = sum(1 for row in shown if not row["here"])
    return render(request, "desk/security/sessions.html", {"rows": shown, "others": others})


def _end(request: HttpRequest) -> HttpResponse:
    user, at = _user(request), request.now  # type: ignore[attr-defined]
    asked = request.POST.get("session", "")
    try:
        if asked.isascii() and asked.isdecimal():
            sessions.end(user=user, session=int(asked[:18]), by=user.actor, at=at)
            count = 1
        else:
            count = sessions.end_all(user=user, by=user.actor, at=at, but=request.session.session_key or "")
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        said = ngettext("Đã kết thúc %(n)s phiên đăng nhập.", "Đã kết thúc %(n)s phiên đăng nhập.", count)
        messages.success(request, said % {"n": count})
    return redirect("desk:sessions")


def _user(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]
