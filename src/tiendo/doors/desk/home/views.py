"""Việc của tôi: what I owe, soonest first; what waits for my word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tiendo.doors.desk.access import page
from tiendo.doors.desk.dates import waiting as dates_waiting
from tiendo.doors.desk.home import beginning, beside
from tiendo.doors.desk.matters import waiting as matters_waiting
from tiendo.doors.desk.reports.writing import write_url
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.models import Document
from tiendo.work.programmes.models import Answer, Decision, Obligation, Programme, Report, Requirement
from tiendo.work.programmes.queries import cascading, work
from tiendo.work.programmes.queries.matters import last_given
from tiendo.work.programmes.queries.progress import last_of
from tiendo.work.programmes.rules import standing

SHOWN = 30
"""Rows of a list before the rest is asked for."""


@page("signed_in")
def home(request: HttpRequest) -> HttpResponse:
    """Most lists are empty for most people: one query tells which are not, and only those are read."""
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    lists: dict[str, QuerySet[Any]] = {
        "owed": work.to_report(rights).filter(standing=False).select_related("assignment__answers_to"),
        "periods": work.to_report(rights).filter(standing=True),
        "sent_back": work.sent_back(rights),
        "to_sign": work.to_sign(rights),
        "to_confirm": work.to_confirm(rights).order_by("submitted_at").prefetch_related(_first_answer()),
        "documents": _documents(rights),
        "plans": cascading.plans_owed(rights),
        **dates_waiting.lists(rights),
        **matters_waiting.lists(request),
        **beside.lists(rights),
        **beginning.lists(rights),
    }
    found = _not_empty(lists)
    owed, owed_total = _first(request, found.get("owed"))
    to_confirm, confirm_total = _first(request, found.get("to_confirm"))
    periods = work.periods_to_report(rights) if "periods" in found else []
    prefetch_related_objects(rights.standing_in, "user")  # their names: of nobody, no query
    return render(
        request,
        "desk/home/home.html",
        {
            "owed": _owed(rights, owed, today),
            "sent_back": _sent_back(request, found["sent_back"]) if "sent_back" in found else [],
            "owed_total": owed_total,
            "periods": [{"period": period, "late": today > period.due} for period in periods],
            "waiting": dates_waiting.waiting(found),
            "to_sign": _to_sign(found["to_sign"]) if "to_sign" in found else [],
            "to_confirm": to_confirm,
            "confirm_total": confirm_total,
            "documents": _with_progress(request, found["documents"]) if "documents" in found else [],
            "plans": _plans(request, found["plans"]) if "plans" in found else [],
            "standing_in": [(post, role_names().get(post.role, post.role)) for post in rights.standing_in],
            "to_decide": matters_waiting.to_decide(found),
            "to_review": matters_waiting.to_review(found),
            "sees_work": rights.may(Permission.SEE_WORK),
            "leads": rights.may(Permission.SEE_ALL_WORK),
            "beginning": beginning.steps(request, found),
            "ahead": _ahead(request),
            "beside": beside.waiting(found),
            "no_post": beside.no_post(request),
            "reads_only": beside.reads_only(rights),
        },
    )


def _first_answer() -> Prefetch[Any]:
    """Of each report the answer by which a list names it (`named_by`): a period report may have hundreds."""
    said = ("report", "obligation__period_name", "obligation__task__number", "obligation__task__content")
    first = Answer.objects.select_related("obligation__task").order_by("pk").only(*said)[:1]
    return Prefetch("answers", first, to_attr="named_by")


def _owed(rights: Rights, rows: list[Any], today: date) -> list[dict[str, Any]]:
    """What a body owes, with what it reported last on the way, and who was given it inside the body. Two queries."""
    said = last_of(row.pk for row in rows) if rows else {}
    given = last_given(rights, rows) if rows else {}
    return [
        {
            "obligation": row,
            "standing": standing(row.facts, on=today),
            "progress": said.get(row.pk),
            "given": given.get(row.pk),
        }
        for row in rows
    ]


def _ahead(request: HttpRequest) -> datetime | None:
    """Whether the clock was set back, for whoever runs the system."""
    runs = request.rights.may(Permission.MANAGE_ACCOUNTS)  # type: ignore[attr-defined]
    return audit.ahead(request.now) if runs else None  # type: ignore[attr-defined]


def _not_empty(lists: dict[str, QuerySet[Any]]) -> dict[str, QuerySet[Any]]:
    """Those that have a row. One query, put together of what each would ask for itself: twenty `Exists` in one of
    Django's cost more than all that the page asks.
    """
    asked, given = [], []
    for rows in lists.values():
        try:
            sql, params = rows.query.exists().get_compiler(connection=connection).as_sql()
        except EmptyResultSet:
            sql, params = "SELECT 1 WHERE 1 = 0", ()
        asked.append(f"EXISTS({sql})")
        given += params
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}", given)
        there = cursor.fetchone()
    return {name: rows for (name, rows), any_ in zip(lists.items(), there, strict=True) if any_}


def _first(request: HttpRequest, rows: QuerySet[Any] | None) -> tuple[list[Any], int]:
    """The first rows, or with `?het=1` all of them, and how many there are."""
    if rows is None:
        return [], 0
    if request.GET.get("het"):
        found = list(rows)
        return found, len(found)
    found = list(rows[: SHOWN + 1])
    return found[:SHOWN], rows.count() if len(found) > SHOWN else len(found)


def _to_sign(reports: QuerySet[Report]) -> list[dict[str, Any]]:
    """Drafts that wait for this person's signature, each with the first of what it answers. Two queries more."""
    rows = reports.prefetch_related("answers__obligation__task")[:SHOWN]
    owed = ((row, [answer.obligation for answer in row.answers.all()]) for row in rows)
    first = ((row, min(some, key=lambda one: one.task.position)) for row, some in owed if some)
    return [{"report": row, "owed": one, "url": write_url(one)} for row, one in first]


def _sent_back(request: HttpRequest, reports: QuerySet[Report]) -> list[dict[str, Any]]:
    """Reports of which more was asked, with the reason and the day by which it is owed; soonest first."""
    decisions = Decision.objects.select_related("by").order_by("-pk")
    rows = reports.prefetch_related("answers__obligation__task", Prefetch("decisions", decisions))
    found = []
    for row in rows:
        owed = [answer.obligation for answer in row.answers.all() if answer.obligation.state == Obligation.State.OPEN]
        if owed:
            due = min(one.owed_by for one in owed)
            first = min(owed, key=lambda one: one.task.position)
            found.append(
                {
                    "report": row,
                    "owed": first,
                    "due": due,
                    "passed": due < timezone.localdate(row.decisions.all()[0].at) if row.decisions.all() else False,
                    "standing": standing(first.facts, on=request.today),  # type: ignore[attr-defined]
                    "decision": next(iter(row.decisions.all()), None) or _before(row),
                    "url": write_url(first),
                }
            )
    return sorted(found, key=lambda one: one["due"])


def _plans(request: HttpRequest, rows: QuerySet[Requirement]) -> list[dict[str, Any]]:
    today = request.today  # type: ignore[attr-defined]
    return [{"required": row, "late": today > row.due} for row in rows[:SHOWN]]


def _before(row: Report) -> Decision | None:
    """What was asked of the body before, whose answer this one goes on with."""
    return row.follows.decisions.select_related("by").last() if row.follows else None


def _documents(rights: Rights) -> QuerySet[Document]:
    """Documents that wait for this person: rows to look through, the whole to approve or to open; what was not read."""
    if not (rights.may(Permission.WORK_ROWS) or rights.may(Permission.APPROVE) or rights.may(Permission.RECEIVE)):
        return Document.objects.none()
    states = Q(state__in=[Document.State.READ, Document.State.FAILED])
    if rights.may(Permission.OPEN_PROGRAMME):
        opened = Exists(Programme.objects.filter(document=OuterRef("pk")))
        states |= Q(~opened, state=Document.State.APPROVED)
    return directives.visible_to(rights).filter(states)


def _with_progress(request: HttpRequest, documents: QuerySet[Document]) -> list[dict[str, object]]:
    rows = list(documents[:SHOWN])
    progress = directives.progress_of(rows)
    return [{"document": row, "progress": progress[row.pk], "url": _next_page(request, row)} for row in rows]


def _next_page(request: HttpRequest, row: Document) -> str:
    may = request.rights.may  # type: ignore[attr-defined]
    if row.state == Document.State.READ and may(Permission.WORK_ROWS, row.office):
        return reverse("desk:confirm", args=[row.pk])
    if row.state == Document.State.APPROVED and may(Permission.OPEN_PROGRAMME, row.office):
        return reverse("desk:open-programme", args=[row.pk])
    return reverse("desk:document", args=[row.pk])
