"""Bodies: the register as a list, and a body's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies import files
from tiendo.doors.desk.bodies.kinds import ordered
from tiendo.doors.desk.bodies.without_accounts import may_see
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.views import history_url
from tiendo.doors.desk.links.views import may_issue
from tiendo.doors.desk.programmes.filters import (
    WHICH,
    boxed,
    held_by,
    obligation_filters,
    period_lines,
    say_doubted,
    say_ended,
)
from tiendo.doors.desk.tables import Column, chips, every, table
from tiendo.foundation.accounts.permissions import Permission, role_names
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.organisations.ancestry import heirs_of, history, names_on
from tiendo.foundation.organisations.finding import find
from tiendo.foundation.organisations.models import Kind, Organisation, Post, Succession
from tiendo.foundation.organisations.naming import order, tree_order
from tiendo.foundation.organisations.queries import stood_in
from tiendo.work.programmes.models import Obligation
from tiendo.work.programmes.queries import periodic, work
from tiendo.work.programmes.queries.history import facts_on
from tiendo.work.programmes.queries.standing import THEN, Boxes, boxes
from tiendo.work.programmes.rules.periodic import Periods, counted
from tiendo.work.programmes.rules.standing import owed_by

MOST_FOUND = 2000
"""Bodies that a search of the list shows."""
RECENT = 10
"""Events of a body that its page shows."""


@page("signed_in")
def index(request: HttpRequest) -> HttpResponse:
    """Now or as of a day (`khi`), with the people of that day. With `tep=csv` as a file."""
    rights, day = request.rights, asof.day_of(request)  # type: ignore[attr-defined]
    rows = _listed(request, day)
    columns = [
        Column(gettext("Cơ quan"), "name", key=lambda body: order(body.name)),
        Column(gettext("Mã"), "code", ("code",)),
        Column(gettext("Loại"), "kind", ("kind",)),
        Column(gettext("Người có tài khoản"), "people", ("people",), number=True),
    ]
    by = tree_order(Organisation.objects.order_by().values_list("pk", "name"))
    if files.wanted(request):
        return _csv(request, list(every(request, rows, columns, by=by)), day)
    listed = table(
        request,
        rows,
        columns,
        by=by,
        light=("name", "path"),
        exports=files.offered(request),
        caption=gettext("Cơ quan trong danh bạ"),
        filters=_filters(request, day),
        empty=_empty(filtered=any(request.GET.get(name, "").strip() for name in FILTERS) or day is not None),
    )
    asof.call(listed["rows"], day)
    context = {
        "table": listed,
        "asof": asof.switch(request, None, figures=True),
        "asked": request.GET.get("q", "").strip(),
        "kept": [(name, value) for name, value in request.GET.items() if name not in {"q", "page"}],
        "keeps": rights.may(Permission.MANAGE_BODIES),
        "sees_work": rights.may(Permission.SEE_WORK),
        "unserved": may_see(request),
    }
    return render(request, "desk/bodies/index.html", context)


FILTERS = ("q", "kind", "state")
"""In the URL of the list: words of a name or a code, the kind, whether bodies that ended are listed."""


def _listed(request: HttpRequest, day: date | None) -> QuerySet[Any]:
    """The bodies under the filters of the URL, each with its number of `people`."""
    asked, kind, state = (request.GET.get(name, "").strip() for name in FILTERS)
    on = day or request.today  # type: ignore[attr-defined]
    held = Post.objects.filter(organisation=OuterRef("pk"), starts__lte=on).exclude(ends__lt=on)
    people = held.order_by().values("organisation").annotate(n=Count("user", distinct=True)).values("n")
    rows = Organisation.objects.exclude(kind=Kind.ROOT).filter(planned=False).select_related("parent")
    rows = rows.annotate(people=Coalesce(Subquery(people), 0))
    if day or state == "":
        rows = rows.filter(pk__in=Organisation.objects.on(on))
    elif state == "ended":
        rows = rows.filter(ends__isnull=False)
    if asked:
        rows = rows.filter(pk__in=find(rows, asked, MOST_FOUND).ids)
    return rows.filter(kind=kind) if kind else rows


def _filters(request: HttpRequest, day: date | None) -> list[dict[str, Any]]:
    """The kinds that occur; and, of now, those that ended too."""
    used = set(Organisation.objects.exclude(kind=Kind.ROOT).values_list("kind", flat=True))
    kinds = [(value, str(label), None) for value, label in ordered() if value in used]
    by_kind = chips(request, "kind", gettext("Loại"), [("", gettext("Tất cả"), None), *kinds])
    return [by_kind] if day else [by_kind, chips(request, "state", gettext("Tình trạng"), _states())]


def _empty(*, filtered: bool) -> dict[str, str]:
    if filtered:
        return {
            "title": gettext("Không có cơ quan nào như vậy."),
            "text": gettext("Thử ít chữ hơn, không cần gõ dấu; hoặc chọn Tất cả ở các bộ lọc."),
        }
    return {
        "title": gettext("Danh bạ chưa có cơ quan nào."),
        "text": gettext("Người quản lý danh bạ thêm từng cơ quan hoặc nạp danh sách ở trang Danh bạ cơ quan."),
    }


def _csv(request: HttpRequest, rows: list[Organisation], day: date | None) -> HttpResponse:
    asof.call(rows, day)
    heads = [
        gettext("Mã"), gettext("Cơ quan"), gettext("Loại"), gettext("Cấp trên trực tiếp"), gettext("Từ ngày"),
        gettext("Đến ngày"), gettext("Người có tài khoản"),
    ]  # fmt: skip
    told = (
        (
            body.code,
            body.called if day else body.name,  # type: ignore[attr-defined]
            body.get_kind_display(),
            body.parent.name if body.parent else "",
            f"{body.starts:%d/%m/%Y}" if body.starts else "",
            f"{body.ends:%d/%m/%Y}" if body.ends else "",
            body.people,  # type: ignore[attr-defined]
        )
        for body in rows
    )
    return files.csv_file(request, "co-quan", heads, told, day)


def _states() -> list[tuple[str, str, int | None]]:
    return [
        ("", gettext("Đang hoạt động"), None),
        ("ended", gettext("Đã kết thúc"), None),
        ("all", gettext("Tất cả"), None),
    ]


@page("signed_in")
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """What a body leads, as far as this person may see it; its names."""
    found = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    rights = request.rights  # type: ignore[attr-defined]
    day = asof.day_of(request)
    owed, figures = held_by(found, work.obligations_visible_to(rights), day)
    known = Q(office__isnull=True) | Q(office__in=rights.organisations)  # else it is another office's own way of naming
    past = [_told(found, one) for one in history(found)]
    context: dict[str, Any] = {
        "body": found,
        "names": found.names.filter(known).order_by("source", "starts", "text"),
        "past": past,
        "heirs": Organisation.objects.filter(pk__in=heirs_of([found.pk])[found.pk]) if found.ends else [],
        "seats": found.seats.select_related("above").order_by("tree", "starts"),
        "asof": asof.switch(request, found.ends, figures=figures is not None),
        "called": names_on([found.pk], day).get(found.pk) if day else None,
        "keeps": any(found.path.startswith(path) for path in rights.paths(Permission.MANAGE_BODIES)),
    }
    if found.path.startswith(rights.paths(Permission.MANAGE_ACCOUNTS) or ("-",)):
        context["posts"] = _posts(found, request.today)  # type: ignore[attr-defined]
    if any(found.path.startswith(path) for path in rights.paths(Permission.SEE_AUDIT)):
        subject = f"organisations.organisation:{found.pk}"
        context["events"] = sentences(audit.about([subject]).order_by("-sequence")[:RECENT], rights)
        context["history_url"] = history_url(request, subject)
    if rights.may(Permission.SEE_WORK):
        context["links"] = may_issue(request, found)
        on = figures or request.today  # type: ignore[attr-defined]
        count = boxes(owed, on, THEN) if figures else boxes(owed, on)
        periods = counted(periodic.of(owed, figures), on)
        context |= {"figures": _figures(found, count, periods, day), "table": _owed(request, owed, figures)}
    return render(request, "desk/bodies/body.html", context)


def _posts(body: Organisation, today: date) -> list[dict[str, Any]]:
    """Who holds which post today, and who stands in: for whoever keeps the accounts."""
    held = body.posts.filter(starts__lte=today).filter(Q(ends__isnull=True) | Q(ends__gte=today))
    away = {absence.post_id: absence for absence in stood_in(today).filter(post__organisation=body)}
    return [
        {"post": post, "role": role_names().get(post.role, post.role), "absence": away.get(post.pk)}
        for post in held.select_related("user")
    ]


def _told(body: Organisation, one: Succession) -> dict[str, Any]:
    """A succession as a line on the page of one of its bodies."""
    befores = list({line.before_id: line.before for line in one.heirs.all()}.values())
    afters = list({line.after_id: line.after for line in one.heirs.all() if line.after}.values())
    return {"succession": one, "befores": befores, "afters": afters, "after": body not in befores}


def _figures(body: Organisation, count: Boxes, periods: Periods, day: date | None) -> list[dict[str, Any]]:
    """Each opens the list that it counts; of a fraction, the list of its denominator."""
    then = f"{asof.NAME}={day.isoformat()}&" if day else ""
    reports = f"{reverse('desk:period-reports-of-body', args=[body.pk])}?{then.removesuffix('&')}"
    return [
        {
            "label": gettext("Hoàn thành trên số việc đến hạn"),
            "part": count.done,
            "whole": count.due,
            "url": f"?{then}box=due#list",
        },
        {"label": gettext("Chưa hoàn thành, trong hạn"), "count": count.in_term, "url": f"?{then}box=in_term#list"},
        {"label": gettext("Chưa hoàn thành, quá hạn"), "count": count.overdue, "url": f"?{then}box=overdue#list"},
        {
            "label": gettext("Báo cáo kỳ đã gửi trên số đến hạn"),
            "part": periods.made,
            "whole": periods.due,
            "url": f"{reports}&{WHICH}=due",
        },
        *(
            {"label": f"{gettext('Báo cáo kỳ')} {line['label']}", "count": line["n"], "url": line["url"]}
            for line in period_lines(periods, reports)
        ),
    ]


def _owed(request: HttpRequest, owed: QuerySet[Obligation], figures: date | None) -> dict[str, Any]:
    """Of now, or as it stood on the day of the figures."""
    listed = table(
        request,
        boxed(request, owed, figures).select_related("task__programme").order_by("due", "pk"),
        [
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Chương trình"), "programme", ("programme__symbol", "task__position")),
            Column(gettext("Kỳ")),
            Column(gettext("Hạn"), "due", ("due",)),
            Column(gettext("Tình trạng")),
        ],
        caption=gettext("Việc phải báo cáo"),
        filters=obligation_filters(request),
        empty={"title": gettext("Không có việc nào ở mục này.")},
    )
    for row in listed["rows"]:
        row.day = owed_by(facts_on(row)) if figures else row.owed_by
    say_doubted(listed["rows"], figures)
    say_ended(listed["rows"])
    return listed
