"""Vướng mắc: what waits for a decision in the programmes that one looks after, those at one's own body first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.leading.views import hold_then, level_of, name_of, title_of
from tiendo.doors.desk.tables import Column, in_order, link, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.models import Obstacle
from tiendo.work.programmes.queries import matters


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row of the list. Of a restricted task the level alone, nothing of what is asked."""

    one: Obstacle
    title: str
    days: int
    level: str
    blocks: str
    """What blocks."""
    asked: str
    """What is proposed."""
    mine: bool
    """It waits for a body of this person."""


def heads() -> list[Column]:
    return [
        Column(gettext("Nhiệm vụ")),
        Column(gettext("Cơ quan"), "body", ("obligation__organisation__path", "raised_on")),
        Column(gettext("Nêu ngày"), "day", ("raised_on",)),
        Column(gettext("Đã chờ (ngày)"), "days", ("raised_on",), number=True),
        Column(gettext("Cấp cần quyết định"), "level", ("level__path", "level_text", "raised_on")),
        Column(gettext("Vướng mắc")),
        Column(gettext("Đề xuất")),
    ]


@page(Permission.SEE_WORK)
def open_obstacles(request: HttpRequest) -> HttpResponse:
    """Now or as of a day (`khi`); with `tep=csv` as a file: exactly what is shown, in its order."""
    day = asof.day_of(request)
    on: date = day or request.today  # type: ignore[attr-defined]
    rows = matters.obstacles_followed(request.rights, on, past=day is not None)  # type: ignore[attr-defined]
    if request.GET.get("tep") == "csv":
        ordered = _shown(in_order(request, rows, heads()), on, day)
        return csv_file(
            f"vuong-mac-{on:%Y%m%d}",
            [*(column.label for column in heads()), gettext("Chương trình")],
            ([row.title, name_of(row.one.obligation.organisation, day), f"{row.one.raised_on:%d/%m/%Y}", row.days,
              row.level, row.blocks, row.asked, row.one.obligation.programme] for row in ordered),
        )  # fmt: skip
    listed = table(
        request,
        rows,
        heads(),
        caption=gettext("Vướng mắc chờ quyết định"),
        exports=[{"label": "CSV", "url": link(request, tep="csv")}],
        empty={
            "title": gettext("Không có vướng mắc nào chờ quyết định."),
            "text": gettext("Vướng mắc mà cơ quan nêu khi báo cáo hiện ở đây cho đến khi có quyết định."),
        },
    )
    listed["rows"] = _shown(listed["rows"], on, day)
    context = {"table": listed, "asof": asof.switch(request, None, figures=True)}
    return render(request, "desk/leading/obstacles.html", context)


def _shown(rows: Iterable[Any], on: date, day: date | None) -> list[Waiting]:
    rows = list(rows)
    hold_then([one.obligation for one in rows], day)
    return [
        Waiting(
            one,
            title_of(one.obligation),
            (on - one.raised_on).days,
            level_of(one),
            "" if one.obligation.task.restricted else one.text,
            "" if one.obligation.task.restricted else one.proposal,
            mine=not one.mine,
        )
        for one in rows
    ]
