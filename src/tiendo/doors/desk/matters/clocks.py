"""A programme's clocks: how many days lay with whom, and how many of them were late."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.matters.fragment import PARTS
from tiendo.doors.desk.programmes.figures import whole_programme
from tiendo.doors.desk.tables import chips, link
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.queries.clocks import Sum, sums_of

BODY, PART = "co-quan", "phan"


@page(Permission.SEE_WORK)
def clocks(request: HttpRequest, pk: int) -> HttpResponse:
    """By holder and part, over all that is owed in the programme, until today or a day (`khi`); `co-quan`, `phan`: only
    these.
    """
    programme = whole_programme(request, pk)
    day = asof.day_of(request)
    on = day or request.today  # type: ignore[attr-defined]
    every = sums_of(programme, on)
    if day:
        asof.call([one.body for one in every], day)
    rows = [one for one in every if _wanted(request, one)]
    if request.GET.get("tep") == "csv":
        return csv_file(
            f"thoi-gian-giu-viec-{programme.pk}-{on:%Y%m%d}",
            [gettext("Cơ quan"), gettext("Phần việc"), gettext("Số ngày giữ"), gettext("Trong đó quá hạn")],
            (
                [_named(one.body) if one.body else one.words, PARTS[one.part], one.clock.days, one.clock.late]
                for one in rows
            ),
        )
    context = {
        "programme": programme,
        "rows": [{"sum": one, "part": PARTS[one.part], "called": _named(one.body) if one.body else ""} for one in rows],
        "asof": asof.switch(request, programme.document.issued_on, figures=True),
        "any": bool(every),
        "table": {"filters": _filters(request, every), "exports": [{"label": "CSV", "url": link(request, tep="csv")}]},
    }
    return render(request, "desk/matters/clocks.html", context)


def _named(body: Organisation) -> str:
    """In full; of a past day as it was called then."""
    return getattr(body, "called", body.name)


def _wanted(request: HttpRequest, one: Sum) -> bool:
    body, part = request.GET.get(BODY, ""), request.GET.get(PART, "")
    if part in PARTS and one.part != part:
        return False
    return not body.isdecimal() or (one.body is not None and one.body.pk == int(body))


def _filters(request: HttpRequest, every: list[Sum]) -> list[dict[str, Any]]:
    """The parts that occur, and whoever holds or held anything, in the order of the list."""
    there = {one.part for one in every}
    parts = [(str(part), str(word), None) for part, word in PARTS.items() if part in there]
    bodies = {str(one.body.pk): _named(one.body) for one in every if one.body}
    return [
        chips(request, PART, gettext("Phần việc"), [("", gettext("Tất cả"), None), *parts]),
        chips(
            request,
            BODY,
            gettext("Cơ quan"),
            [("", gettext("Tất cả"), None), *((*one, None) for one in bodies.items())],
        ),
    ]
