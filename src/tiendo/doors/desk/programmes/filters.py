"""What of a programme a page shows, as its URL asks: the tasks of the board, and the lists that its numbers open."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from tiendo.doors.desk.tables import chips
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Task
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.standing import BOXES, standing_case, with_worst
from tiendo.work.programmes.rules.periods import DATED, STANDING
from tiendo.work.programmes.rules.standing import DONE, IN_TERM, OVERDUE, WORST_FIRST, Standing

LISTS: dict[str, tuple[Standing, ...]] = {
    **BOXES,
    "due": DONE + OVERDUE,
    "total": DONE + IN_TERM + OVERDUE,
    "awaiting": (Standing.AWAITING, Standing.AWAITING_LATE),
    "expected": BOXES["reported"] + BOXES["not_reported"],
}
"""Every number of a board, and the standings that it counts."""

KINDS = {
    "dated": Q(deadline_kind__in=DATED, deadline_end__isnull=False),
    "standing": Q(deadline_kind__in=STANDING),
    "waiting": ~Q(deadline_kind__in=STANDING) & ~Q(deadline_kind__in=DATED, deadline_end__isnull=False),
}
"""`rules.terms.Term` as conditions: with an end, standing, waiting for an event."""


def tasks_of(request: HttpRequest, programme: Programme) -> QuerySet[Any]:
    """The tasks under the filters of the URL, each with its `worst`: what the page and the export show."""
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    tasks = with_worst(work.tasks_visible_to(rights).filter(programme=programme).order_by("position"), today)
    lead, kind, box = (request.GET.get(name, "") for name in ("lead", "kind", "box"))
    if request.GET.get("confirming") == "none":
        alone = work.without_confirming(Obligation.objects.filter(task=OuterRef("pk")))
        tasks = tasks.filter(Exists(alone))
    if lead.isdecimal():
        tasks = tasks.filter(Exists(_leads(organisation__pk=int(lead))))
    elif lead == "none":
        tasks = without_body(tasks)
    if kind in KINDS:
        tasks = tasks.filter(KINDS[kind])
    return tasks.filter(worst__in=[WORST_FIRST.index(one) for one in LISTS[box]]) if box in LISTS else tasks


def filtered(groups: list[dict[str, Any]], request: HttpRequest) -> str:
    """The conditions of the URL in words, from its chips; empty where there are none."""
    chosen = [
        f"{group['label']}: {chip['label']}" for group in groups for chip in group["chips"][1:] if chip["current"]
    ]
    if request.GET.get("lead", "").isdecimal() and not any(chip["current"] for chip in groups[-1]["chips"]):
        chosen.append(gettext("Chủ trì"))  # a body that leads nothing here
    if request.GET.get("confirming") == "none":
        chosen.append(gettext("Chưa có cơ quan xác nhận"))
    return "; ".join(chosen)


def without_body(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks of which a part is nobody's yet: a lead's printed name is not known, or no lead is a body at all."""
    return tasks.filter(
        Exists(_leads(organisation=None, group=False)) | ~Exists(_leads(organisation__isnull=False)),
    )


def obligations_of(request: HttpRequest, programme: Programme) -> QuerySet[Any]:
    """What is owed in a programme under the filter of the URL, each with its standing `now`."""
    rights = request.rights  # type: ignore[attr-defined]
    return boxed(request, work.obligations_visible_to(rights).filter(programme=programme))


def boxed(request: HttpRequest, owed: QuerySet[Obligation]) -> QuerySet[Any]:
    """What is owed under the filter of the URL, each with its standing `now`."""
    rows = owed.annotate(now=standing_case(request.today))  # type: ignore[attr-defined]
    box = request.GET.get("box", "")
    return rows.filter(now__in=LISTS[box]) if box in LISTS else rows


def task_filters(request: HttpRequest, programme: Programme) -> list[dict[str, Any]]:
    """The chips of the board."""
    seen = work.tasks_visible_to(request.rights).filter(programme=programme)  # type: ignore[attr-defined]
    leading = Assignment.objects.filter(task__in=seen, role=Assignment.Role.LEAD).values("organisation")
    leads = [(str(body.pk), body.label) for body in Organisation.objects.filter(pk__in=leading).order_by("name")]
    kinds = [
        ("", gettext("Tất cả")),
        ("dated", gettext("Có thời hạn")),
        ("standing", gettext("Thường xuyên, định kỳ")),
        ("waiting", gettext("Chờ sự kiện")),
    ]
    return [
        _chips(request, "box", gettext("Tình trạng"), [*_four(), *_current(request)]),
        _chips(request, "kind", gettext("Loại việc"), kinds),
        _chips(request, "lead", gettext("Chủ trì"), [("", gettext("Tất cả")), *leads, ("none", gettext("Chờ gán"))]),
    ]


def obligation_filters(request: HttpRequest) -> list[dict[str, Any]]:
    """The chips of the list behind a number."""
    periods = [("reported", gettext("Đã báo cáo kỳ")), ("not_reported", gettext("Chưa báo cáo kỳ"))]
    return [_chips(request, "box", gettext("Tình trạng"), [*_four(), *periods, *_current(request)])]


def _four() -> list[tuple[str, str]]:
    return [
        ("", gettext("Tất cả")),
        ("done_on_time", gettext("Hoàn thành đúng hạn")),
        ("done_late", gettext("Hoàn thành quá hạn")),
        ("in_term", gettext("Chưa hoàn thành, trong hạn")),
        ("overdue", gettext("Chưa hoàn thành, quá hạn")),
    ]


def _current(request: HttpRequest) -> list[tuple[str, str]]:
    """What a number asked for beside the usual: shown only while it holds."""
    rest = {
        "due": gettext("Đến hạn"),
        "total": gettext("Có thời hạn"),
        "awaiting": gettext("Chờ xác nhận"),
        "expected": gettext("Phải báo cáo kỳ"),
    }
    box = request.GET.get("box", "")
    return [(box, rest[box])] if box in rest else []


def _chips(request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return chips(request, name, label, ((value, text, None) for value, text in choices))


def _leads(**which: Any) -> QuerySet[Assignment]:
    return Assignment.objects.filter(Q(task=OuterRef("pk"), role=Assignment.Role.LEAD), **which)
