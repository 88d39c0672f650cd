"""Programmes: the list, the board, and the lists that the board's numbers open."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.views import XLSX
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Task
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.standing import BOXES, Boxes, boxes, standing_case, tasks_by_worst, worst
from tiendo.work.programmes.rules import Facts, standing
from tiendo.work.programmes.rules.standing import DONE, OVERDUE


def seen_programme(request: HttpRequest, pk: int) -> Programme:
    """A programme this person may see, else 404."""
    found = (
        work.visible_to(request.rights)
        .filter(pk=pk)
        .select_related("monitor", "confirming", "office", "document")
        .first()
    )  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def index(request: HttpRequest) -> HttpResponse:
    listed = table(
        request,
        work.visible_to(request.rights),  # type: ignore[attr-defined]
        [
            Column(gettext("Chương trình"), "symbol", ("symbol",)),
            Column(gettext("Cơ quan theo dõi"), "office", ("office__name",)),
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
    return render(request, "desk/programmes/index.html", {"table": listed})


@page(Permission.SEE_WORK)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """Four boxes with their fractions, standing work apart, and the tasks."""
    programme = seen_programme(request, pk)
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    if request.GET.get("dang") == "xlsx":
        from tiendo.work.programmes.exports import programme_xlsx

        response = HttpResponse(
            programme_xlsx(programme, on=today, tasks=_filtered(request, programme)), content_type=XLSX
        )
        response["Content-Disposition"] = f'attachment; filename="chuong-trinh-{programme.pk}.xlsx"'
        return response
    counted = boxes(work.obligations_visible_to(rights).filter(programme=programme), today)
    listed = table(
        request,
        _filtered(request, programme).prefetch_related(
            Prefetch(
                "assignments", Assignment.objects.filter(role=Assignment.Role.LEAD).select_related("organisation")
            ),
            "obligations",
        ),
        [
            Column(gettext("Số"), "place", ("position",)),
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Chủ trì")),
            Column(gettext("Thời hạn"), "due", ("deadline_end",)),
            Column(gettext("Tình trạng")),
        ],
        caption=gettext("Nhiệm vụ của chương trình"),
        filters=_filters(request, programme),
        exports=[{"label": gettext("Tải Excel"), "url": _xlsx(request)}],
        empty={
            "title": gettext("Không có nhiệm vụ nào khớp với bộ lọc."),
            "text": gettext("Bỏ bớt điều kiện lọc ở trên."),
        },
    )
    for task in listed["rows"]:
        task.now = worst([standing(_facts(row), on=today) for row in task.obligations.all()])
    return render(
        request,
        "desk/programmes/board.html",
        {
            "programme": programme,
            "table": listed,
            **_boxes(
                programme, counted, tasks_by_worst(work.tasks_visible_to(rights).filter(programme=programme), today)
            ),
            "unnamed": work.waiting_for_a_body(programme).count(),
        },
    )


@page(Permission.SEE_WORK)
def obligations(request: HttpRequest, pk: int) -> HttpResponse:
    """The list behind a number of the board: exactly the rows it counts."""
    programme = seen_programme(request, pk)
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    rows = (
        work.obligations_visible_to(rights)
        .filter(programme=programme)
        .annotate(now=standing_case(today))
        .select_related("task", "organisation")
    )
    box = request.GET.get("box", "")
    if box in BOXES:
        rows = rows.filter(now__in=BOXES[box])
    names = [
        ("", gettext("Tất cả"), None),
        ("done_on_time", gettext("Hoàn thành đúng hạn"), None),
        ("done_late", gettext("Hoàn thành quá hạn"), None),
        ("in_term", gettext("Chưa hoàn thành, trong hạn"), None),
        ("overdue", gettext("Chưa hoàn thành, quá hạn"), None),
        ("reported", gettext("Đã báo cáo kỳ"), None),
        ("not_reported", gettext("Chưa báo cáo kỳ"), None),
    ]
    listed = table(
        request,
        rows,
        [
            Column(gettext("Nhiệm vụ"), "task", ("task__position",)),
            Column(gettext("Cơ quan"), "body", ("organisation__name",)),
            Column(gettext("Kỳ")),
            Column(gettext("Hạn"), "due", ("due",)),
            Column(gettext("Tình trạng")),
        ],
        caption=gettext("Việc phải báo cáo"),
        filters=[chips(request, "box", gettext("Tình trạng"), names)],
        empty={"title": gettext("Không có việc nào ở mục này.")},
    )
    return render(request, "desk/programmes/obligations.html", {"programme": programme, "table": listed})


def _facts(row: Obligation) -> Facts:
    return Facts(row.standing, row.state, row.due, row.submitted_on)


def _filtered(request: HttpRequest, programme: Programme) -> QuerySet[Task]:
    """The tasks of the board under the filters of the URL: what the page and the export show."""
    tasks = work.tasks_visible_to(request.rights).filter(programme=programme).order_by("position")  # type: ignore[attr-defined]
    if (lead := request.GET.get("lead", "")).isdecimal():
        tasks = tasks.filter(assignments__organisation=int(lead), assignments__role=Assignment.Role.LEAD)
    if request.GET.get("lead") == "none":
        tasks = tasks.filter(assignments__organisation=None, assignments__role=Assignment.Role.LEAD).distinct()
    kinds = {"dated": ["date", "period"], "standing": ["continuous", "recurring"]}
    if (kind := request.GET.get("kind", "")) in kinds:
        tasks = tasks.filter(deadline_kind__in=kinds[kind])
    elif kind == "waiting":
        tasks = tasks.exclude(deadline_kind__in=[*kinds["dated"], *kinds["standing"]])
    return tasks


def _filters(request: HttpRequest, programme: Programme) -> list[dict[str, Any]]:
    leads = (
        Organisation.objects.filter(
            pk__in=Assignment.objects.filter(
                task__programme=programme,
                role=Assignment.Role.LEAD,
                task__in=work.tasks_visible_to(request.rights),  # type: ignore[attr-defined]
            ).values("organisation")
        )
        .order_by("name")
        .distinct()
    )
    named = [("", gettext("Tất cả"), None), *((str(body.pk), body.label, None) for body in leads)]
    kinds = [
        ("", gettext("Tất cả"), None),
        ("dated", gettext("Có thời hạn"), None),
        ("standing", gettext("Thường xuyên, định kỳ"), None),
        ("waiting", gettext("Chờ sự kiện"), None),
    ]
    return [
        chips(request, "kind", gettext("Loại việc"), kinds),
        chips(request, "lead", gettext("Chủ trì"), [*named, ("none", gettext("Chờ gán"), None)]),
    ]


def _xlsx(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["dang"] = "xlsx"
    return f"?{asked.urlencode()}"


def _boxes(programme: Programme, counted: Boxes, tasks: dict[str, int]) -> dict[str, Any]:
    """Context of ui/fourbox.html: each number opens the list that it counts."""
    url = reverse("desk:obligations", args=[programme.pk])
    numbers = {name: getattr(counted, name) for name in ("done_on_time", "done_late", "in_term", "overdue")}
    shown = {name: {"count": number, "url": f"{url}?box={name}"} for name, number in numbers.items()}
    done = sum(tasks.get(standing, 0) for standing in DONE)
    due = done + sum(tasks.get(standing, 0) for standing in OVERDUE)
    return {
        "boxes": {**shown, "total": {"count": counted.total, "url": url}},
        "lines": [
            {
                "label": gettext("Hoàn thành trên số việc đến hạn"),
                "part": counted.done,
                "whole": counted.due,
                "url": url,
            },
            {
                "label": gettext("Hoàn thành trên tổng số việc"),
                "part": counted.done,
                "whole": counted.total,
                "url": url,
            },
            {"label": gettext("Nhiệm vụ hoàn thành trên số đến hạn"), "part": done, "whole": due, "url": "#list"},
            {
                "label": gettext("Việc thường xuyên đã báo cáo kỳ"),
                "part": counted.reported,
                "whole": counted.expected,
                "url": f"{url}?box=reported",
            },
        ],
        "awaiting": counted.awaiting + counted.awaiting_late,
    }
