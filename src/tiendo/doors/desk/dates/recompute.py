"""A rule of the calendar or a holiday changed: what would move, and moving it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import deadlines
from tiendo.work.programmes.queries.dates import basis_of, following
from tiendo.work.programmes.queries.owing import calendar_of
from tiendo.work.programmes.rules.periods import NEXT_WORKDAY
from tiendo.work.programmes.rules.workdays import known, specials


@page(Permission.DECIDE_DATES)
def recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Shown first, done by a click; what a decision moved is left alone."""
    programme = seen_programme(request, pk)
    if not request.rights.may(Permission.DECIDE_DATES, programme.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    if request.method == "POST":
        moved = deadlines.recompute(programme=programme, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        messages.success(request, gettext("Đã tính lại hạn của %(n)s việc.") % {"n": len(moved)})
        return redirect("desk:recompute", pk)
    year = request.today.year  # type: ignore[attr-defined]
    calendar = calendar_of(programme)
    context = {
        "programme": programme,
        "basis": basis_of(calendar, programme.office),
        "moves": calendar.off_day == NEXT_WORKDAY,
        "rows": [{"one": one, "day": day} for one, day in following(programme)],
        "specials": [one for one in specials() if one.on.year == year],
        "year": year,
        "known": known(year),
    }
    return render(request, "desk/dates/recompute.html", context)
