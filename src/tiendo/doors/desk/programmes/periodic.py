"""Period reports as a list: one row for each that a body owes; what the numbers of standing work open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.leading.exports import csv_file
from tiendo.doors.desk.programmes.filters import REPORT, WHICH, figures_day, held_by
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.doors.desk.tables import Column, chips, link, table
from tiendo.doors.ui.standings import look
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.ancestry import names_on
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import periodic, seeing, work
from tiendo.work.programmes.rules.periodic import LISTS, PeriodReport
from tiendo.work.programmes.rules.standing import Standing

BODY = "co-quan"


@dataclass(frozen=True, slots=True)
class Row:
    """A period report as the list shows it."""

    report: PeriodReport
    programme: Programme
    body: Organisation
    called: str
    now: Standing
    url: str
    """The rows that it covers."""

    @property
    def period(self) -> str:
        return "; ".join(self.report.periods)


@page(Permission.SEE_WORK)
def of_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a programme, as far as this person sees it; `khi`: as they stood on a day; `muc`, `co-quan`: only these."""
    programme = seen_programme(request, pk)
    day = figures_day(request, programme)
    reports = periodic.of(seeing.obligations_of(request.rights, programme), day)  # type: ignore[attr-defined]
    if (body := request.GET.get(BODY, "")).isdecimal():
        reports = [one for one in reports if one.body == int(body)]
    switch = asof.switch(request, programme.document.issued_on, figures=day is not None)
    of = {"of": str(programme), "of_url": reverse("desk:programme", args=[pk])}
    return _listed(request, reports, day, {**of, "asof": switch})


@page(Permission.SEE_WORK)
def of_body(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a body, in every programme that this person sees; `khi`: of what it held on a day, as it stood then."""
    body = get_object_or_404(Organisation, pk=pk)
    day = asof.day_of(request)
    owed, figures = held_by(body, work.obligations_visible_to(request.rights), day)  # type: ignore[attr-defined]
    asof.call([body], day)
    called = body.called if day else body.name  # type: ignore[attr-defined]
    then = f"?{asof.NAME}={day.isoformat()}" if day else ""
    switch = asof.switch(request, body.ends, figures=figures is not None)
    of = {"of": called, "of_url": f"{reverse('desk:body', args=[pk])}{then}", "asof": switch}
    return _listed(request, periodic.of(owed, figures), figures, of)


def _listed(request: HttpRequest, found: list[PeriodReport], day: date | None, context: dict[str, Any]) -> HttpResponse:
    box = request.GET.get(WHICH, "")
    on = day or request.today  # type: ignore[attr-defined]
    rows = _rows([one for one in found if box not in LISTS or one.standing(on) in LISTS[box]], on, day)
    columns = [
        Column(gettext("Cơ quan báo cáo"), "body", key=lambda row: order(row.body.name)),
        Column(gettext("Chương trình"), "programme", key=lambda row: order(str(row.programme))),
        Column(gettext("Kỳ")),
        Column(gettext("Hạn"), "due", key=lambda row: row.report.day),
        Column(gettext("Số dòng đã trả lời"), number=True),
        Column(gettext("Tình trạng")),
    ]
    if request.GET.get("tep") == "csv":
        return csv_file(
            f"bao-cao-ky-{on:%Y%m%d}",
            [*(column.label for column in columns[:4]), gettext("Số dòng"), gettext("Đã trả lời"), columns[5].label],
            ([row.called, row.programme, row.period, f"{row.report.day:%d/%m/%Y}", row.report.rows,
              row.report.answered, look(row.now).word] for row in rows),
        )  # fmt: skip
    listed = table(
        request,
        rows,  # type: ignore[arg-type]
        columns,
        caption=gettext("Báo cáo kỳ"),
        filters=[chips(request, WHICH, gettext("Tình trạng"), [("", gettext("Tất cả"), None), *_boxes()])],
        exports=[{"label": "CSV", "url": link(request, tep="csv")}],
        empty={"title": gettext("Không có báo cáo kỳ nào ở mục này.")},
        by=lambda row: (row.report.day, order(row.body.name)),
    )
    return render(request, "desk/programmes/periodic.html", {**context, "table": listed})


def _boxes() -> list[tuple[str, str, int | None]]:
    return [
        ("due", gettext("Đến hạn"), None),
        ("made", gettext("Đã gửi"), None),
        ("made_late", gettext("Gửi quá hạn"), None),
        ("missing", gettext("Quá hạn, chưa gửi"), None),
        ("pending", gettext("Chưa đến hạn"), None),
    ]


def _rows(reports: list[PeriodReport], on: date, day: date | None) -> list[Row]:
    """Two queries, and one for names of a past day."""
    programmes = Programme.objects.in_bulk({one.programme for one in reports})
    bodies = Organisation.objects.in_bulk({one.body for one in reports})
    names = names_on(set(bodies), day) if day else {}
    return [
        Row(
            one,
            programmes[one.programme],
            bodies[one.body],
            names.get(one.body, bodies[one.body].name),
            one.standing(on),
            _url(one, day),
        )
        for one in reports
    ]


def _url(one: PeriodReport, day: date | None) -> str:
    then = f"&{asof.NAME}={day.isoformat()}" if day else ""
    rows = reverse("desk:obligations", args=[one.programme])
    return f"{rows}?body={one.body}&{REPORT}={one.day.isoformat()}{then}"
