"""Programmes: the list, the board, and the lists that the board's numbers open."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.documents.views import XLSX
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.programmes.filters import (
    DOUBTED,
    WHICH,
    figures_day,
    filtered,
    obligation_filters,
    obligations_of,
    period_lines,
    say_doubted,
    say_ended,
    task_filters,
    tasks_of,
    told_apart,
    without_body,
)
from tiendo.doors.desk.tables import Column, in_order, link, table
from tiendo.doors.ui.standings import look
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.messages import RESTRICTED, SILENCES
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Task
from tiendo.work.programmes.queries import periodic, progress, seeing, tally, work
from tiendo.work.programmes.queries.dates import moved
from tiendo.work.programmes.queries.ended import word_of
from tiendo.work.programmes.queries.groups import count_beside
from tiendo.work.programmes.queries.history import facts_on, stood_on
from tiendo.work.programmes.queries.matters import Doubted, doubted
from tiendo.work.programmes.queries.owing import silence_of
from tiendo.work.programmes.queries.passing import had_on, holder_on
from tiendo.work.programmes.queries.standing import THEN, Boxes, boxes, boxes_of, tasks_due
from tiendo.work.programmes.queries.taking_over import LATE, taken_late
from tiendo.work.programmes.rules.periodic import Periods, counted
from tiendo.work.programmes.rules.standing import WORST_FIRST, owed_by


def seen_programme(request: HttpRequest, pk: int) -> Programme:
    """A programme this person may see, else 404."""
    rows = Programme.objects.select_related("monitor", "confirming")
    found = seeing.programme_at(request.rights, rows, pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def index(request: HttpRequest) -> HttpResponse:
    """Now, or those that were open on a day (`khi`), with the bodies that had them then."""
    day = asof.day_of(request)
    rows = work.visible_to(request.rights).select_related("monitor")  # type: ignore[attr-defined]
    listed = table(
        request,
        rows.filter(opened_at__date__lte=day) if day else rows,
        [
            Column(gettext("Chương trình"), "symbol", ("symbol",)),
            Column(gettext("Cơ quan mở chương trình"), "office", ("office__name",)),
            Column(gettext("Cơ quan theo dõi"), "monitor", ("monitor__name",)),
            Column(gettext("Theo dõi từ"), "from", ("tracked_from",)),
        ],
        caption=gettext("Chương trình, kế hoạch đang theo dõi"),
        empty={
            "title": gettext("Chưa có chương trình nào."),
            "text": gettext("Chương trình được mở từ một văn bản đã duyệt."),
            "url": reverse("desk:documents"),
            "label": gettext("Đến danh sách văn bản"),
        },
    )
    _held_then(listed["rows"], day)
    context = {"table": listed, "asof": asof.switch(request, None, figures=True)}
    return render(request, "desk/programmes/index.html", context)


def _held_then(rows: list[Any], day: date | None) -> None:
    """Office and monitor as they were on the day of the URL, as they were called. At most three queries."""
    if day:
        had = had_on("programme", day)
        bodies = Organisation.objects.in_bulk({had[key] for row in rows for key in _roles_of(row) if key in had})
        for row in rows:
            for key in _roles_of(row):
                if key in had:
                    setattr(row, key[1], bodies[had[key]])
    asof.call([body for row in rows for body in (row.office, row.monitor)], day)


def _roles_of(programme: Programme) -> list[tuple[int, str]]:
    return [(programme.pk, field) for field in ("office", "monitor")]


@page(Permission.SEE_WORK)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Four boxes with their fractions, standing work apart, and the tasks."""
    programme = seen_programme(request, pk)
    rights = request.rights  # type: ignore[attr-defined]
    owed = seeing.obligations_of(rights, programme)
    columns = [
        Column(gettext("Số"), "place", ("position",)),
        Column(gettext("Nhiệm vụ")),
        Column(gettext("Chủ trì")),
        Column(gettext("Thời hạn"), "due", ("deadline_end",)),
        Column(gettext("Tình trạng")),
    ]
    tasks = in_order(request, tasks_of(request, programme), columns)
    filters = task_filters(request, programme)
    if request.GET.get("dang") == "xlsx":
        return _workbook(request, programme, tasks, owed, filtered(filters, request))
    day = asof.day_of(request)
    leads = Assignment.objects.on(day).filter(role=Assignment.Role.LEAD).select_related("organisation")
    leads = leads.order_by("position", "pk")
    listed = table(
        request,
        tasks.prefetch_related(Prefetch("assignments", leads)),
        columns,
        caption=gettext("Nhiệm vụ của chương trình"),
        filters=filters,
        exports=[{"label": gettext("Tải Excel"), "url": _xlsx(request)}],
        empty=_nothing(narrowed=bool(filtered(filters, request))),
    )
    seen = seeing.tasks_of(rights, programme)
    whole = seeing.sees_whole(rights, programme)
    doubts = _doubts(request, programme, owed, whole=whole)
    _tasks_as_shown(programme, listed["rows"], day, {one.task for one in doubts.values()})
    assigns = rights.may(Permission.ASSIGN, programme.office)
    return render(
        request,
        "desk/programmes/board.html",
        {
            "programme": programme,
            "may_see_document": directives.may_see(programme.document, rights),
            "table": listed,
            "asof": asof.switch(
                request, programme.document.issued_on, figures=figures_day(request, programme) is not None
            ),
            "whole": whole,
            **_boxes(request, programme, seen, owed, whole=whole),
            "unnamed": without_body(seen).count() if whole else 0,
            "assigns": assigns,
            "unconfirmed": work.without_confirming(owed).values("task").distinct().count() if assigns else 0,
            "may_change": rights.may(Permission.OPEN_PROGRAMME, programme.office),
            "doubted": len(doubts),
            "doubted_url": f"{reverse('desk:obligations', args=[pk])}?box={DOUBTED}",
            **_late(request, programme),
        },
    )


def _doubts(
    request: HttpRequest, programme: Programme, owed: QuerySet[Obligation], *, whole: bool
) -> dict[int, Doubted]:
    """What of the figures somebody asks to correct; those of a past day stay as they were. One query."""
    if figures_day(request, programme):
        return {}
    return doubted(None if whole else owed, programme=programme)


def _tasks_as_shown(programme: Programme, tasks: list[Any], day: date | None, doubted: set[int]) -> None:
    """Of each task how it stands, or why it stands nowhere, what was reported on the way, and whether it is one of
    those `doubted`; its leads as they were called on the day of the URL. Two queries.
    """
    asof.call([lead.organisation for task in tasks for lead in task.assignments.all()], day)
    said = {} if day else progress.confirmed_of_tasks(task.pk for task in tasks)
    now = {} if day else moved(task.pk for task in tasks)
    told_apart(tasks)
    for task in tasks:
        task.due_now = now.get(task.pk)
        task.doubted = task.pk in doubted
        count_beside(task.assignments.all())
        task.now = WORST_FIRST[task.worst] if task.worst is not None else ""
        task.progress = said.get(task.pk, [])
        if day is None and (word := word_of(task, task.now)):
            task.now, task.silence = "", word
            continue
        task.silence = "" if task.now else SILENCES[silence_of(task, programme, task.assignments.all())]


def _workbook(
    request: HttpRequest, programme: Programme, tasks: QuerySet[Task], owed: QuerySet[Obligation], chosen: str
) -> HttpResponse:
    """Exactly what the board shows, as a file; `chosen`: its filters in words."""
    from tiendo.work.programmes.exports import programme_xlsx

    content = programme_xlsx(
        programme,
        on=request.today,  # type: ignore[attr-defined]
        tasks=tasks,
        obligations=owed,
        filtered=chosen,
        held_on=asof.day_of(request),
    )
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="chuong-trinh-{programme.pk}.xlsx"'
    return response


@page(Permission.OPEN_PROGRAMME)
@posted("desk:programme")
def open_more(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the rows that were signed after the programme was opened."""
    count = programmes.open_more(programme=seen_programme(request, pk), by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    messages.success(request, gettext("Đã mở thêm %(count)s nhiệm vụ.") % {"count": count})
    return redirect("desk:programme", pk)


@page(Permission.SEE_WORK)
def obligations(request: HttpRequest, pk: int) -> HttpResponse:
    """The list behind a number of the board: exactly the rows it counts."""
    programme = seen_programme(request, pk)
    day = asof.day_of(request)
    rows = obligations_of(request, programme).select_related("task", "organisation")
    rows = rows.annotate(then=holder_on(day)) if day else rows
    columns = [
        Column(gettext("Nhiệm vụ"), "task", ("task__position",)),
        Column(gettext("Cơ quan báo cáo"), "body", ("organisation__name",)),
        Column(gettext("Kỳ")),
        Column(gettext("Hạn"), "due", ("due",)),
        Column(gettext("Tình trạng")),
    ]
    figures = figures_day(request, programme) is not None
    if request.GET.get("tep") == "csv":
        return _csv(request, programme, list(in_order(request, rows, columns)), figures=figures)
    listed = table(
        request,
        rows,
        columns,
        caption=gettext("Việc phải báo cáo"),
        filters=obligation_filters(request),
        exports=[{"label": "CSV", "url": link(request, tep="csv")}],
        empty={"title": gettext("Không có việc nào ở mục này.")},
    )
    _as_shown(request, listed["rows"], day, figures=figures)
    said = {} if day else progress.confirmed(row.pk for row in listed["rows"])
    for row in listed["rows"]:
        row.progress_now = said.get(row.pk)
    told_apart([row.task for row in listed["rows"]])
    switch = asof.switch(request, programme.document.issued_on, figures=figures)
    context = {"programme": programme, "table": listed, "asof": switch}
    return render(request, "desk/programmes/obligations.html", context)


def _as_shown(request: HttpRequest, rows: list[Any], day: date | None, *, figures: bool) -> None:
    """Who held each row on the day of the URL, as it was called then, by when it was owed, and whether it was overdue
    already when that body took it over. At most five queries.
    """
    if day:
        held = Organisation.objects.in_bulk({row.then for row in rows})
        for row in rows:
            row.organisation = held[row.then]
    asof.call([row.organisation for row in rows], day)
    for row in rows:
        row.day = owed_by(facts_on(row)) if figures else row.owed_by
    late = [row.pk for row in rows if row.now in LATE] if figures or day is None else []
    taken = taken_late(late, day or request.today, past=figures)  # type: ignore[attr-defined]
    for row in rows:
        row.taken_late = taken.get(row.pk)
    say_doubted(rows, day if figures else None)
    say_ended(rows)


def _csv(request: HttpRequest, programme: Programme, rows: list[Any], *, figures: bool) -> HttpResponse:
    """All rows of the list as the page shows them, in its order and under its filters."""
    _as_shown(request, rows, asof.day_of(request), figures=figures)
    heads = [gettext("Số"), gettext("Nhiệm vụ"), gettext("Cơ quan báo cáo"), gettext("Kỳ"), gettext("Hạn")]
    return csv_file(
        f"viec-phai-bao-cao-{programme.pk}-{asof.day_of(request) or request.today:%Y%m%d}",  # type: ignore[attr-defined]
        [*heads, gettext("Tình trạng"), gettext("Nhận khi đã quá hạn")],
        ([row.task.number or row.task.position, RESTRICTED if row.task.restricted else row.task.content,
          row.organisation.called, row.period_name, f"{row.day:%d/%m/%Y}", _standing_words(row),
          f"{row.taken_late:%d/%m/%Y}" if row.taken_late else ""] for row in rows),
    )  # fmt: skip


def _standing_words(row: Any) -> str:
    """How an obligation stands, in words; and that a day of it is asked to be corrected."""
    said = str(row.silence or look(row.now).word)
    return f"{said} ({gettext('đang đề nghị điều chỉnh')})" if row.doubted else said


def _nothing(*, narrowed: bool) -> dict[str, str]:
    if narrowed:
        return {
            "title": gettext("Không có nhiệm vụ nào khớp với bộ lọc."),
            "text": gettext("Bỏ bớt điều kiện lọc ở trên."),
        }
    return {"title": gettext("Chương trình chưa có nhiệm vụ nào.")}


def _xlsx(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["dang"] = "xlsx"
    return f"?{asked.urlencode()}"


def _counted(
    request: HttpRequest, programme: Programme, seen: QuerySet[Task], owed: QuerySet[Obligation], *, whole: bool
) -> tuple[Boxes, Periods, tuple[int, int]]:
    """The figures: of a past day from the turns; of now from the cube, for whoever sees the whole programme."""
    today, day = request.today, figures_day(request, programme)  # type: ignore[attr-defined]
    # A task that is seen stands as the worst of all that is owed on it, whoever owes it.
    charged = programme.obligations.all() if whole else programme.obligations.filter(task__in=seen)
    if day:
        tasks = tasks_due(stood_on(charged, day), day, THEN)
        return boxes(stood_on(owed, day), day, THEN), counted(periodic.of(owed, day), day), tasks
    tasks = tasks_due(charged, today)
    if whole:
        now = boxes_of(tally.counts(programme.tallies.all(), today))
        return now, counted(periodic.kept(programme), today), tasks
    return boxes(owed, today), counted(periodic.of(owed), today), tasks


def _boxes(
    request: HttpRequest, programme: Programme, seen: QuerySet[Task], owed: QuerySet[Obligation], *, whole: bool
) -> dict[str, Any]:
    """Context of ui/fourbox.html: each number opens the list that it counts, a fraction that of its denominator."""
    count, periods, (tasks_done, of_tasks) = _counted(request, programme, seen, owed, whole=whole)
    day = asof.day_of(request)
    then = f"&{asof.NAME}={day.isoformat()}" if day else ""
    url = reverse("desk:obligations", args=[programme.pk])
    reports = f"{reverse('desk:period-reports', args=[programme.pk])}?{then}"
    numbers = {name: getattr(count, name) for name in ("done_on_time", "done_late", "in_term", "overdue")}
    shown = {name: {"count": number, "url": f"{url}?box={name}{then}"} for name, number in numbers.items()}
    lines = [
        (gettext("Hoàn thành trên số việc đến hạn"), count.done, count.due, f"{url}?box=due{then}"),
        (gettext("Hoàn thành trên tổng số việc"), count.done, count.total, f"{url}?box=total{then}"),
        (gettext("Nhiệm vụ hoàn thành trên số đến hạn"), tasks_done, of_tasks, f"?box=due{then}#list"),
        (gettext("Báo cáo kỳ đã gửi trên số đến hạn"), periods.made, periods.due, f"{reports}&{WHICH}=due"),
    ]
    return {
        "boxes": {**shown, "total": {"count": count.total, "url": f"{url}?box=total{then}"}},
        "lines": [{"label": label, "part": part, "whole": whole, "url": to} for label, part, whole, to in lines],
        "periods": period_lines(periods, reports),
        "awaiting": count.waiting,
        "awaiting_url": f"{url}?box=awaiting{then}",
    }


def _late(request: HttpRequest, programme: Programme) -> dict[str, int]:
    """Rows of the document that still wait for a person, and rows signed since: for those who can act on them."""
    if not request.rights.may(Permission.WORK_ROWS, programme.office):  # type: ignore[attr-defined]
        return {}
    opens = request.rights.may(Permission.OPEN_PROGRAMME, programme.office)  # type: ignore[attr-defined]
    return {
        "rows_waiting": directives.rows_waiting(programme.document),
        "rows_signed_late": work.signed_late(programme).count() if opens else 0,
    }
