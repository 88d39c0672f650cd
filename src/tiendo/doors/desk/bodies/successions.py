"""What became of bodies, as a list: all of it, or what had taken effect by a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies import files
from tiendo.doors.desk.bodies.kept import mine
from tiendo.doors.desk.tables import Column, chips, in_order, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.ancestry import why_stale
from tiendo.foundation.organisations.models import Heir, Succession


@page(Permission.MANAGE_BODIES)
def index(request: HttpRequest) -> HttpResponse:
    """As of a day (`khi`) under the names of that day. With `tep=csv` as a file."""
    touching = Heir.objects.filter(before__in=mine(request).values("pk")).values("succession")
    rows = Succession.objects.filter(pk__in=touching).prefetch_related(
        Prefetch("heirs", Heir.objects.select_related("before", "after"))
    )
    state = request.GET.get("state", "")
    states = [("", gettext("Tất cả"), None), *((value, str(label), None) for value, label in Succession.State.choices)]
    rows = rows.filter(state=state) if state in Succession.State.values else rows
    day = asof.day_of(request)
    rows = rows.filter(on__lte=day) if day else rows
    columns = [
        Column(gettext("Hiệu lực"), "on", ("on",)),
        Column(gettext("Sắp xếp")),
        Column(gettext("Quyết định"), "decision", ("decision",)),
        Column(gettext("Trạng thái"), "state", ("state",)),
    ]
    if files.wanted(request):
        return _csv(request, list(in_order(request, rows, columns, "-on")), day)
    listed = table(
        request,
        rows,
        columns,
        default="-on",
        exports=files.offered(request),
        caption=gettext("Các lần sắp xếp cơ quan"),
        filters=[chips(request, "state", gettext("Trạng thái"), states)],
        empty={
            "title": gettext("Chưa ghi lần sắp xếp nào."),
            "text": gettext("Khi cơ quan được hợp nhất, chia tách, đổi tên hoặc kết thúc, hãy ghi ở đây."),
            "url": "them/",
            "label": gettext("Ghi việc sắp xếp"),
        },
    )
    _name(listed["rows"], day)
    for row in listed["rows"]:
        row.stale = row.state == Succession.State.DRAFT and bool(why_stale(row, *_sides(row)))
    return render(
        request, "desk/bodies/successions.html", {"table": listed, "asof": asof.switch(request, None, figures=True)}
    )


def _csv(request: HttpRequest, rows: list[Any], day: date | None) -> HttpResponse:
    heads = [
        gettext("Hiệu lực từ ngày"), gettext("Hình thức"), gettext("Cơ quan trước"), gettext("Cơ quan sau"),
        gettext("Quyết định"), gettext("Ngày quyết định"), gettext("Trạng thái"),
    ]  # fmt: skip
    _name(rows, day)
    cells = (
        (
            f"{row.on:%d/%m/%Y}",
            row.get_kind_display(),
            "; ".join(row.before_names),
            "; ".join(row.after_names),
            row.decision or gettext("chưa xác minh"),
            f"{row.decided_on:%d/%m/%Y}" if row.decided_on else "",
            row.get_state_display(),
        )
        for row in rows
    )
    return files.csv_file(request, "sap-xep-co-quan", heads, cells, day)


def _name(rows: Iterable[Any], day: date | None) -> None:
    """Give each row `before_names` and `after_names`: of now, or of the day (one query)."""
    found = [(row, *_sides(row)) for row in rows]
    asof.call([body for _row, befores, afters in found for body in (*befores, *afters)], day)
    for row, befores, afters in found:
        row.before_names = [row.former_name or (body.called if day else body.name) for body in befores]
        row.after_names = [body.called if day else body.name for body in afters] or [*filter(None, [row.new_name])]


def _sides(row: Succession) -> tuple[list[Any], list[Any]]:
    """As ancestry.sides, without a query: the lines are there."""
    lines = list(row.heirs.all())
    befores = {line.before_id: line.before for line in lines}
    afters = {line.after_id: line.after for line in lines if line.after is not None}
    return list(befores.values()), list(afters.values())
