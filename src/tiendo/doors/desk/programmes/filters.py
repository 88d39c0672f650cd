"""What of a programme a page shows, as its URL asks: the tasks of the board, and the lists that its numbers open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.tables import chips
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Task
from tiendo.work.programmes.queries import seeing, work
from tiendo.work.programmes.queries.ended import with_end, words_of
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.matters import doubt, doubted
from tiendo.work.programmes.queries.passing import holder_on
from tiendo.work.programmes.queries.standing import BOXES, THEN, standing_case, with_worst
from tiendo.work.programmes.queries.taking_over import overdue_when_taken
from tiendo.work.programmes.queries.tally import in_cells
from tiendo.work.programmes.queries.waiting import to_review
from tiendo.work.programmes.rules.periodic import Periods
from tiendo.work.programmes.rules.periods import DATED, STANDING
from tiendo.work.programmes.rules.standing import DONE, IN_TERM, OVERDUE, REPORTED, UNANSWERED, WORST_FIRST, Standing

LISTS: dict[str, tuple[Standing, ...]] = {
    **BOXES,
    "due": DONE + OVERDUE,
    "total": DONE + IN_TERM + OVERDUE,
    "awaiting": (Standing.AWAITING, Standing.AWAITING_LATE),
    "suspended": (Standing.SUSPENDED,),
    "reported": REPORTED,
    "not_reported": (Standing.NOT_REPORTED, Standing.NOT_REPORTED_LATE),
    "unanswered": UNANSWERED,
}
"""Every number of a board, and the standings that it counts."""

TAKEN_LATE = "taken_late"
"""The list of what is overdue and was so already when its body took it over: not a standing, but part of one."""

DOUBTED = "doubted"
"""The list of that of which somebody asks to correct a recorded day."""

RED = ("overdue", "unanswered", "due", "done_late")
"""Lists that hold what is late: unless the URL says otherwise the worst and longest comes first (obligations come by
their due day anyway).
"""

REPORT, WHICH = "ky", "muc"
"""In the URL: a period report, by the day by which it is owed (the rows that it covers); which of them a list shows."""

KINDS = {
    "dated": Q(deadline_kind__in=DATED, deadline_end__isnull=False),
    "standing": Q(deadline_kind__in=STANDING),
    "waiting": ~Q(deadline_kind__in=STANDING) & ~Q(deadline_kind__in=DATED, deadline_end__isnull=False),
}
"""`rules.terms.Term` as conditions: with an end, standing, waiting for an event."""


def tasks_of(request: HttpRequest, programme: Programme) -> QuerySet[Any]:
    """The tasks under the filters of the URL, each with its `worst`: what the page and the export show."""
    seen = seeing.tasks_of(request.rights, programme).order_by("position")  # type: ignore[attr-defined]
    day, then = asof.day_of(request), figures_day(request, programme)
    owed = stood_on(programme.obligations.all(), then) if then else None
    tasks = with_worst(with_end(seen), then or request.today, owed)  # type: ignore[attr-defined]
    lead, kind, box = (request.GET.get(name, "") for name in ("lead", "kind", "box"))
    if request.GET.get("confirming") == "none":
        alone = work.without_confirming(Obligation.objects.filter(task=OuterRef("pk")))
        tasks = tasks.filter(Exists(alone))
    if lead.isdecimal():
        tasks = tasks.filter(Exists(_leads(day, organisation__pk=int(lead))))
    elif lead == "none":
        tasks = without_body(tasks)
    if kind == "review":
        tasks = to_review(tasks, request.today)  # type: ignore[attr-defined]
    if kind in KINDS:
        tasks = tasks.filter(KINDS[kind])
    if box not in LISTS:
        return tasks
    found = tasks.filter(worst__in=[WORST_FIRST.index(one) for one in LISTS[box]])
    return found.order_by("worst", "deadline_end", "position") if box in RED else found


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
    leads = Assignment.objects.on(None).filter(role=Assignment.Role.LEAD).order_by()
    unknown = leads.filter(organisation=None, group=False)  # few: looked up once, not asked of each task
    return tasks.filter(Q(pk__in=unknown.values("task")) | ~Exists(_leads(None, organisation__isnull=False)))


def obligations_of(request: HttpRequest, programme: Programme) -> QuerySet[Any]:
    """What is owed in a programme under the filters of the URL, each with its standing `now`."""
    rights = request.rights  # type: ignore[attr-defined]
    day, body = figures_day(request, programme), request.GET.get("body", "")
    rows = boxed(request, seeing.obligations_of(rights, programme), day)
    if report := asof.day_in(request, REPORT):
        rows = in_cells(rows.filter(standing=True), then=day is not None).filter(day=report).order_by("due", "pk")
    if not body.isdecimal():
        return rows
    return rows.filter(then_body=int(body)) if day else rows.filter(organisation=int(body))


def figures_day(request: HttpRequest, programme: Programme) -> date | None:
    """The past day of which the URL wants the figures. Before the programme was opened there were none: lists that are
    read as of such a day show who held the work then, and how it stands now.
    """
    day = asof.day_of(request)
    return day if day and day >= timezone.localdate(programme.opened_at) else None


def held_by(body: Organisation, owed: QuerySet[Obligation], day: date | None) -> tuple[QuerySet[Any], date | None]:
    """Of what is owed, what a body holds now, or held on a past day; and the day of which its figures are.

    Where nothing had been opened by that day there were none (None): then what the body held, as it stands now.
    """
    if day is None:
        return owed.filter(organisation=body), None
    stood = stood_on(owed, day).filter(then_body=body.pk)
    if stood.exists():
        return stood, day
    return owed.annotate(then=holder_on(day)).filter(then=body.pk), None


def boxed(request: HttpRequest, owed: QuerySet[Obligation], day: date | None = None) -> QuerySet[Any]:
    """What is owed under the filter of the URL, each with its standing `now`; of a past day: as it stood then."""
    rows: QuerySet[Any]
    if day:
        rows = stood_on(owed, day).annotate(now=standing_case(day, THEN))
    else:
        rows = owed.annotate(now=standing_case(request.today))  # type: ignore[attr-defined]
    box = request.GET.get("box", "")
    if box == TAKEN_LATE:
        late = rows.filter(now__in=OVERDUE)
        if day:
            return overdue_when_taken(late, day, THEN, "then_body")
        return overdue_when_taken(late, request.today)  # type: ignore[attr-defined]
    if box == DOUBTED:
        return rows.filter(doubt())
    return rows.filter(now__in=LISTS[box]) if box in LISTS else rows


def task_filters(request: HttpRequest, programme: Programme) -> list[dict[str, Any]]:
    """The chips of the board."""
    seen = seeing.tasks_of(request.rights, programme)  # type: ignore[attr-defined]
    day = asof.day_of(request)
    leading = Assignment.objects.on(day).filter(task__in=seen, role=Assignment.Role.LEAD).values("organisation")
    bodies = sorted(Organisation.objects.filter(pk__in=leading), key=lambda body: order(body.name))
    asof.call(bodies, day)
    leads = [(str(body.pk), body.called) for body in bodies]  # type: ignore[attr-defined]
    kinds = [
        ("", gettext("Tất cả")),
        ("dated", gettext("Có thời hạn")),
        ("standing", gettext("Thường xuyên, định kỳ")),
        ("waiting", gettext("Chờ sự kiện")),
        ("review", gettext("Cần xem lại")),
    ]
    return [
        _chips(request, "box", gettext("Tình trạng"), [*_four(), *_current(request)]),
        _chips(request, "kind", gettext("Loại việc"), kinds),
        _chips(request, "lead", gettext("Chủ trì"), [("", gettext("Tất cả")), *leads, ("none", gettext("Chờ gán"))]),
    ]


def told_apart(tasks: Iterable[Task]) -> None:
    """Tasks on one page of a list that carry the same number (one of the prose, one of the table) get an `apart`: under
    which heading each stands, else which row it is. No query.
    """
    rows = list(tasks)
    held: dict[str, set[int]] = {}
    for task in rows:
        held.setdefault(task.number, set()).add(task.pk)
    for task in rows:
        where = gettext("dòng thứ %(n)s") % {"n": task.position}
        twins = bool(task.number) and len(held[task.number]) > 1
        task.apart = (task.section or where) if twins else ""  # type: ignore[attr-defined]


def say_doubted(owed: Iterable[Any], day: date | None) -> None:
    """Obligations of which somebody asks to correct a day get `doubted`; none of a past `day` does. One query."""
    rows = list(owed)
    found = doubted(row.pk for row in rows) if rows and day is None else {}
    for row in rows:
        row.doubted = row.pk in found


def say_ended(owed: Iterable[Any]) -> None:
    """Obligations of which nothing is owed any more since their task was withdrawn, split or amended get that word, as
    `silence`; each has its standing `now`. One query where there are any.
    """
    rows = list(owed)
    words = words_of(row.task_id for row in rows if row.now == Standing.NO_DATA)
    for row in rows:
        row.silence = words.get(row.task_id, "") if row.now == Standing.NO_DATA else ""


def period_lines(count: Periods, url: str) -> list[dict[str, Any]]:
    """The figures of period reports as words with their numbers, each of which opens its list: `url`, of all, ends with
    its query.
    """
    said = {
        "made_late": gettext("gửi quá hạn"),
        "missing": gettext("quá hạn, chưa gửi"),
        "pending": gettext("chưa đến hạn"),
    }
    return [
        {"label": label, "n": n, "url": f"{url}&{WHICH}={name}"}
        for name, label in said.items()
        if (n := getattr(count, name))
    ]


def obligation_filters(request: HttpRequest) -> list[dict[str, Any]]:
    """The chips of the list behind a number."""
    periods = [("reported", gettext("Dòng đã báo cáo kỳ")), ("not_reported", gettext("Dòng chưa báo cáo kỳ"))]
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
        "unanswered": gettext("Quá hạn, chưa trả lời"),
        "suspended": gettext("Tạm dừng"),
        TAKEN_LATE: gettext("Nhận khi đã quá hạn"),
        DOUBTED: gettext("Đang đề nghị điều chỉnh"),
    }
    box = request.GET.get("box", "")
    return [(box, rest[box])] if box in rest else []


def _chips(request: HttpRequest, name: str, label: str, choices: Iterable[tuple[str, str]]) -> dict[str, Any]:
    return chips(request, name, label, ((value, text, None) for value, text in choices))


def _leads(day: date | None, **which: Any) -> QuerySet[Assignment]:
    return Assignment.objects.on(day).filter(Q(task=OuterRef("pk"), role=Assignment.Role.LEAD), **which)
