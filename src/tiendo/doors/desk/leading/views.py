"""Việc cần chỉ đạo: for leaders, only what is long overdue, after its body was reminded of it; and who keeps silent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.tables import Column, chips, in_order, link, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.models import Obligation, Obstacle, Programme
from tiendo.work.programmes.queries import reminding
from tiendo.work.programmes.queries.letters import FOLLOWING
from tiendo.work.programmes.queries.matters import doubted
from tiendo.work.programmes.queries.passing import holders_on
from tiendo.work.programmes.queries.taking_over import taken_late


def heads() -> list[Column]:
    return [
        Column(gettext("Nhiệm vụ")),
        Column(gettext("Cơ quan"), "body", ("organisation__path", "owed")),
        Column(gettext("Chương trình"), "programme", ("programme__symbol", "owed")),
        Column(gettext("Hạn"), "due", ("owed",)),
        Column(gettext("Số ngày quá hạn"), "days", ("-owed",), number=True),
        Column(gettext("Sản phẩm chưa có")),
        Column(gettext("Vướng mắc chờ quyết định của")),
    ]


@page(Permission.SEE_WORK)
def escalated(request: HttpRequest) -> HttpResponse:
    """Now or as of a day (`khi`); with `tep=csv` as a file: exactly what is shown, in its order."""
    day = asof.day_of(request)
    on = day or request.today  # type: ignore[attr-defined]
    rows = reminding.escalated(request.rights, on, past=day is not None)  # type: ignore[attr-defined]
    if request.GET.get("loc") == "vuong-mac":
        rows = rows.filter(stuck=True)
    if request.GET.get("tep") == "csv":
        return _csv(request, rows, on)
    wanted = [("", gettext("Tất cả"), None), ("vuong-mac", gettext("Có vướng mắc chờ quyết định"), None)]
    listed = table(
        request,
        rows,
        heads(),
        caption=gettext("Việc quá hạn kéo dài"),
        filters=[chips(request, "loc", gettext("Lọc"), wanted)],
        exports=[{"label": "CSV", "url": link(request, tep="csv")}],
        empty={
            "title": gettext("Không có việc nào cần chỉ đạo."),
            "text": gettext(
                "Việc quá hạn từ 3 ngày mà cơ quan đã được nhắc từ hôm trước vẫn chưa trả lời thì hiện ở đây."
            ),
        },
        default="body",
    )
    listed["rows"] = _shown(listed["rows"], on, day)
    context = {"table": listed, "asof": asof.switch(request, None, figures=True)}
    return render(request, "desk/leading/escalated.html", context)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row of the list. Of a restricted task neither content nor product, and of what blocks it only the level."""

    owed: Any
    title: str
    product: str
    days: int
    levels: str
    taken: date | None
    """When its body took it over, overdue already."""
    doubted: bool
    """Whether somebody asks to correct a day of it."""


def _shown(rows: Iterable[Any], on: date, day: date | None) -> list[Shown]:
    """`day`: the past one on which they stood so; each then stands with its holder of then."""
    rows = list(rows)
    hold_then(rows, day)
    taken = taken_late((row.pk for row in rows), on, past=day is not None)
    waits = reminding.waiting_on(Obstacle.objects.filter(obligation__in=[row.pk for row in rows]), on)
    waits = waits.select_related("level")
    doubts = doubted(row.pk for row in rows) if day is None else {}
    levels: dict[int, list[str]] = {}
    for one in waits:
        levels.setdefault(one.obligation_id, []).append(level_of(one))
    return [
        Shown(row, title_of(row), "" if row.task.restricted else row.task.product, (on - row.owed).days,
              "; ".join(dict.fromkeys(levels.get(row.pk, ()))), taken.get(row.pk), row.pk in doubts)
        for row in rows
    ]  # fmt: skip


def hold_then(owed: Sequence[Any], day: date | None) -> None:
    """Each obligation with the body that held it on the day, as it was called then; without a day it stays as it is."""
    if day:
        held = holders_on([one.pk for one in owed], day)
        for one in owed:
            one.organisation = held[one.pk]
    asof.call([one.organisation for one in owed], day)


def level_of(one: Obstacle) -> str:
    """Who must decide an obstacle, in words."""
    return one.level.label if one.level else one.level_text or gettext("chưa rõ cấp quyết định")


def title_of(row: Obligation) -> str:
    """An obligation in a list of leaders; of a restricted task the number alone."""
    number = row.task.number or str(row.task.position)
    if row.task.restricted:
        return f"{number} ({gettext('Báo cáo theo chế độ riêng')})"
    said = f"{number}. {row.task.content}"
    return f"{said} ({row.period_name})" if row.standing and row.period_name else said


def _csv(request: HttpRequest, rows: QuerySet[Any], on: date) -> HttpResponse:
    day = asof.day_of(request)
    ordered = in_order(request, rows, heads(), default="body")
    return csv_file(
        f"viec-can-chi-dao-{on:%Y%m%d}",
        [*(column.label for column in heads()), gettext("Nhắc cơ quan ngày"), gettext("Số người được báo"),
         gettext("Nhận khi đã quá hạn")],
        (
            [row.title, name_of(row.owed.organisation, day), row.owed.programme, f"{row.owed.owed:%d/%m/%Y}", row.days,
             row.product, row.levels, _told(row.owed.late_since, row.owed.told), row.owed.told,
             f"{row.taken:%d/%m/%Y}" if row.taken else ""]
            for row in _shown(ordered, on, day)
        ),
    )  # fmt: skip


def name_of(body: Any, day: date | None) -> str:
    """A body in a file: in full; of a past day as it was called then."""
    return str(body.called if day else body.name)


def _told(day: date | None, told: int) -> str:
    """When the body was reminded, in a file. Nobody there could be told: it was not, and it did not keep silent."""
    if day is None:
        return ""
    return f"{day:%d/%m/%Y}" if told else gettext("chưa báo được cho ai (cơ quan chưa có người đăng nhập được)")


@dataclass(frozen=True, slots=True)
class Silent:
    """A body that has not begun to answer anything of what is overdue in a programme."""

    programme: Programme
    body: Organisation
    n: int
    oldest: date
    days: int
    last: date | None
    """Its last reminder."""
    told: int
    """How many times a person there was told; 0: nobody could be."""


@page(Permission.SEE_WORK)
def silence(request: HttpRequest) -> HttpResponse:
    """Who did not answer at all; each row leads to the letter that can be drafted. With `tep=csv` as a file."""
    rows = _silent(request)
    columns = [
        Column(gettext("Cơ quan"), "body", key=lambda row: order(row.body.name)),
        Column(gettext("Chương trình"), "programme", key=lambda row: order(str(row.programme))),
        Column(gettext("Việc quá hạn chưa trả lời"), "n", key=lambda row: row.n, number=True),
        Column(gettext("Quá hạn lâu nhất (ngày)"), "days", key=lambda row: row.days, number=True),
        Column(gettext("Nhắc gần nhất"), "last", key=lambda row: row.last or date.min),
    ]
    if request.GET.get("tep") == "csv":
        return csv_file(
            f"co-quan-chua-tra-loi-{request.today:%Y%m%d}",  # type: ignore[attr-defined]
            [*(column.label for column in columns), gettext("Số lượt báo")],
            ([row.body.name, row.programme, row.n, row.days, _told(row.last, row.told), row.told]
             for row in sorted(rows, key=_longest_first)),
        )  # fmt: skip
    listed = table(
        request,
        rows,  # type: ignore[arg-type]
        [*columns, Column(gettext("Thao tác"))],
        caption=gettext("Cơ quan chưa trả lời"),
        exports=[{"label": "CSV", "url": link(request, tep="csv")}],
        empty={
            "title": gettext("Cơ quan nào có việc quá hạn cũng đã bắt đầu trả lời."),
            "text": gettext("Cơ quan có việc quá hạn mà chưa soạn trả lời việc nào thì hiện ở đây."),
        },
        by=_longest_first,
    )
    rights = request.rights  # type: ignore[attr-defined]
    writes = {body.pk for body in rights.bodies(Permission.ASSIGN)}
    follows = {body.pk for permission in FOLLOWING for body in rights.bodies(permission)}
    return render(request, "desk/leading/silence.html", {"table": listed, "writes": writes, "follows": follows})


def _longest_first(row: Silent) -> Any:
    return -row.days, order(row.body.name)


def _silent(request: HttpRequest) -> list[Silent]:
    """Four queries, whatever there is."""
    today = request.today  # type: ignore[attr-defined]
    found = list(reminding.silent(request.rights, today))  # type: ignore[attr-defined]
    programmes = Programme.objects.in_bulk({row["programme"] for row in found})
    bodies = Organisation.objects.in_bulk({row["organisation"] for row in found})
    told = reminding.told_of((row["programme"], row["organisation"]) for row in found)
    nothing = {"last": None, "told": 0}
    return [
        Silent(
            programmes[row["programme"]],
            bodies[row["organisation"]],
            row["n"],
            row["oldest"],
            (today - row["oldest"]).days,
            **told.get((row["programme"], row["organisation"]), nothing),
        )
        for row in found
    ]
