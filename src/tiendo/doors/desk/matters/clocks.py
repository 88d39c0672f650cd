"""A programme's clocks: how many days lay with whom, and how many of them were late."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiendo.doors.desk.access import page
from tiendo.doors.desk.matters.fragment import PARTS
from tiendo.doors.desk.programmes.figures import whole_programme
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.queries.clocks import sums_of


@page(Permission.SEE_WORK)
def clocks(request: HttpRequest, pk: int) -> HttpResponse:
    """By holder and part, over all that is owed in the programme, until today."""
    programme = whole_programme(request, pk)
    rows = [{"sum": one, "part": PARTS[one.part]} for one in sums_of(programme, request.today)]  # type: ignore[attr-defined]
    return render(request, "desk/matters/clocks.html", {"programme": programme, "rows": rows})
