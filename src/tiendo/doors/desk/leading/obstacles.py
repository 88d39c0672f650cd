"""Vướng mắc: what waits for a decision in the programmes that one looks after, those at one's own body first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.leading.views import level_of, title_of
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
    asked: str
    """What is proposed; where nothing is, what blocks."""
    mine: bool
    """It waits for a body of this person."""


def heads() -> list[Column]:
    return [
        Column(gettext("Nhiệm vụ")),
        Column(gettext("Cơ quan"), "body", ("obligation__organisation__path", "raised_on")),
        Column(gettext("Nêu ngày"), "day", ("raised_on",)),
        Column(gettext("Đã chờ (ngày)"), "days", ("raised_on",), number=True),
        Column(gettext("Cấp cần quyết định"), "level", ("level__path", "level_text", "raised_on")),
        Column(gettext("Đề xuất")),
    ]


@page(Permission.SEE_WORK)
def open_obstacles(request: HttpRequest) -> HttpResponse:
    """As a page, or with `tep=csv` as a file: exactly what is shown, in its order."""
    today: date = request.today  # type: ignore[attr-defined]
    rows = matters.obstacles_followed(request.rights, today)  # type: ignore[attr-defined]
    if request.GET.get("tep") == "csv":
        ordered = _shown(in_order(request, rows, heads()), today)
        return csv_file(
            f"vuong-mac-{today:%Y%m%d}",
            [*(column.label for column in heads()), gettext("Chương trình")],
            ([row.title, row.one.obligation.organisation.name, f"{row.one.raised_on:%d/%m/%Y}", row.days, row.level,
              row.asked, row.one.obligation.programme] for row in ordered),
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
    listed["rows"] = _shown(listed["rows"], today)
    return render(request, "desk/leading/obstacles.html", {"table": listed})


def _shown(rows: Iterable[Any], today: date) -> list[Waiting]:
    return [
        Waiting(
            one,
            title_of(one.obligation),
            (today - one.raised_on).days,
            level_of(one),
            "" if one.obligation.task.restricted else one.proposal or one.text,
            mine=not one.mine,
        )
        for one in rows
    ]
