"""Việc của tôi: what I owe, soonest first; what waits for my word."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tiendo.doors.desk.access import page
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.rules import Facts, standing

SHOWN = 30


@page("signed_in")
def home(request: HttpRequest) -> HttpResponse:
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    owed = [
        {"obligation": row, "standing": standing(Facts(row.standing, row.state, row.due, row.submitted_on), on=today)}
        for row in work.to_report(rights).filter(standing=False)[:SHOWN]
    ]
    periods = [{"period": period, "late": today > period.due} for period in work.periods_to_report(rights)]
    return render(
        request,
        "desk/home/home.html",
        {
            "owed": owed,
            "periods": periods,
            "to_confirm": work.to_confirm(rights).order_by("submitted_at")[:SHOWN],
            "documents": _documents(request),
        },
    )


def _documents(request: HttpRequest) -> list[dict[str, object]]:
    """Documents that wait for this person: rows to look through, or the whole to approve; and what could not be read."""
    rights = request.rights  # type: ignore[attr-defined]
    if not (rights.may(Permission.WORK_ROWS) or rights.may(Permission.APPROVE) or rights.may(Permission.RECEIVE)):
        return []
    waiting = directives.visible_to(rights).filter(state__in=[Document.State.READ, Document.State.FAILED])
    rows = list(waiting[:SHOWN])
    progress = directives.progress_of(rows)
    return [{"document": row, "progress": progress.get(row.pk)} for row in rows]
