"""Việc của tôi: what I owe, soonest first; what waits for my word."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tiendo.doors.desk.access import page
from tiendo.doors.desk.reports.writing import write_url
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Decision, Programme, Report
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.rules import standing

SHOWN = 30
"""Rows of a list before the rest is asked for."""


@page("signed_in")
def home(request: HttpRequest) -> HttpResponse:
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    owed, owed_total = _first(request, work.to_report(rights).filter(standing=False))
    to_confirm, confirm_total = _first(request, _to_confirm(request))
    return render(
        request,
        "desk/home/home.html",
        {
            "owed": [{"obligation": row, "standing": standing(row.facts, on=today)} for row in owed],
            "sent_back": _sent_back(request),
            "owed_total": owed_total,
            "periods": [{"period": period, "late": today > period.due} for period in work.periods_to_report(rights)],
            "to_confirm": to_confirm,
            "confirm_total": confirm_total,
            "documents": _documents(request),
            "sees_work": rights.may(Permission.SEE_WORK),
        },
    )


def _first(request: HttpRequest, rows: QuerySet[Any]) -> tuple[list[Any], int]:
    """The first rows, or with `?het=1` all of them, and how many there are."""
    if request.GET.get("het"):
        found = list(rows)
        return found, len(found)
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], rows.count() if len(found) > SHOWN else len(found)


def _sent_back(request: HttpRequest) -> list[dict[str, Any]]:
    """Reports of which more was asked, with the reason and the day by which it is owed; soonest first."""
    decisions = Decision.objects.select_related("by").order_by("-round")
    rows = work.sent_back(request.rights).prefetch_related(  # type: ignore[attr-defined]
        "answers__obligation__task", Prefetch("decisions", decisions)
    )
    found = []
    for row in rows:
        owed = [answer.obligation for answer in row.answers.all()]
        if owed:
            due = min(one.owed_by for one in owed)
            first = min(owed, key=lambda one: one.task.position)
            found.append(
                {
                    "report": row,
                    "owed": first,
                    "due": due,
                    "standing": standing(first.facts, on=request.today),  # type: ignore[attr-defined]
                    "decision": next(iter(row.decisions.all()), None),
                    "url": write_url(first),
                }
            )
    return sorted(found, key=lambda one: one["due"])


def _to_confirm(request: HttpRequest) -> QuerySet[Report]:
    waiting = work.to_confirm(request.rights).order_by("submitted_at")  # type: ignore[attr-defined]
    return waiting.prefetch_related("answers__obligation__task")


def _documents(request: HttpRequest) -> list[dict[str, object]]:
    """Documents that wait for this person: rows to look through, the whole to approve or to open; what was not read."""
    rights = request.rights  # type: ignore[attr-defined]
    if not (rights.may(Permission.WORK_ROWS) or rights.may(Permission.APPROVE) or rights.may(Permission.RECEIVE)):
        return []
    states = Q(state__in=[Document.State.READ, Document.State.FAILED])
    if rights.may(Permission.OPEN_PROGRAMME):
        opened = Exists(Programme.objects.filter(document=OuterRef("pk")))
        states |= Q(~opened, state=Document.State.APPROVED)
    rows = list(directives.visible_to(rights).filter(states)[:SHOWN])
    progress = directives.progress_of(rows)
    return [{"document": row, "progress": progress[row.pk], "url": _next_page(request, row)} for row in rows]


def _next_page(request: HttpRequest, row: Document) -> str:
    may = request.rights.may  # type: ignore[attr-defined]
    if row.state == Document.State.READ and may(Permission.WORK_ROWS, row.office):
        return reverse("desk:confirm", args=[row.pk])
    if row.state == Document.State.APPROVED and may(Permission.OPEN_PROGRAMME, row.office):
        return reverse("desk:open-programme", args=[row.pk])
    return reverse("desk:document", args=[row.pk])
