"""The figures of a programme, body by body, on a day; beside another day; and frozen ones ("chốt số liệu")."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.forms import date_field
from tiendo.doors.desk.programmes import filters, periodic
from tiendo.doors.desk.tables import link
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.naming import order
from tiendo.work.programmes.actions import snapshots
from tiendo.work.programmes.models import Programme, Snapshot
from tiendo.work.programmes.queries import history, tally
from tiendo.work.programmes.queries import periodic as reports
from tiendo.work.programmes.queries import snapshots as frozen
from tiendo.work.programmes.queries.matters import doubted
from tiendo.work.programmes.queries.standing import boxes_of
from tiendo.work.programmes.queries.taking_over import taken_late_by_body
from tiendo.work.programmes.queries.tally import Cell
from tiendo.work.programmes.queries.work import whole_visible_to
from tiendo.work.programmes.rules.periodic import counted

OTHER = "so-voi"
TAKEN_LATE = filters.TAKEN_LATE


class FreezeForm(forms.Form):
    """Of which day the figures are frozen."""

    as_of = date_field(_("Số liệu đến hết ngày"), required=True)
    note = forms.CharField(
        label=_("Ghi chú"),
        required=False,
        max_length=snapshots.NOTE_LIMIT,
        help_text=_("Ví dụ: Họp Ban Thường vụ tháng 11."),
        widget=forms.TextInput(attrs={"class": "input"}),
    )


def whole_programme(request: HttpRequest, pk: int) -> Programme:
    """A programme of which this person sees everything, else 404."""
    seen = whole_visible_to(request.rights).select_related("office", "document")  # type: ignore[attr-defined]
    return get_object_or_404(seen, pk=pk)


@page(Permission.SEE_WORK)
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """On the day of the URL (`khi`), else today; `so-voi`: another day, beside it. A post freezes a day."""
    programme = whole_programme(request, pk)
    form = FreezeForm(request.POST or None, initial={"as_of": request.today})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        try:
            taken = snapshots.take(programme=programme, **form.cleaned_data, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        except TiendoError as error:
            form.add_error("as_of", error.message)
        else:
            messages.success(request, gettext("Đã chốt số liệu. Số liệu này không đổi nữa."))
            return redirect("desk:snapshot", taken.pk)
    day, other = asof.day_of(request) or request.today, _other(request)  # type: ignore[attr-defined]
    now = _side(programme, day, request.today)  # type: ignore[attr-defined]
    before = _side(programme, other, request.today) if other else None  # type: ignore[attr-defined]
    then = f"&{asof.NAME}={day.isoformat()}" if asof.day_of(request) else ""
    work, periods = (f"{reverse(name, args=[pk])}?{then}" for name in ("desk:obligations", "desk:period-reports"))
    where = Where(work, periods)
    rows, total = _rows(now, before, where), _figures(now, before, where)
    doubts = Counter(one.body for one in doubted(programme=programme).values()) if day == request.today else Counter()  # type: ignore[attr-defined]
    for row in rows:
        row["doubted"] = doubts[row["body"].pk]
    if request.GET.get("dang") == "csv":
        return _csv(programme, day, rows, total, other)
    return render(
        request,
        "desk/programmes/figures.html",
        {
            "programme": programme,
            "day": day,
            "other": other,
            "other_said": request.GET.get(OTHER, ""),
            "rows": rows,
            "total": total,
            "asof": asof.switch(request, None, figures=True),
            "unnamed": filters.without_body(programme.tasks.all()).count(),
            "csv_url": link(request, dang="csv"),
            "taken_late": any(now.taken.values()) if now.taken is not None else False,
            "taken": programme.snapshots.select_related("by"),
            "form": form,
            "may_freeze": request.rights.may(Permission.OPEN_PROGRAMME, programme.office),  # type: ignore[attr-defined]
        },
        status=422 if form.errors else 200,
    )


@page(Permission.SEE_WORK)
def snapshot(request: HttpRequest, pk: int) -> HttpResponse:
    """What was frozen, whether it is unchanged, and what is known otherwise of that day by now."""
    taken = Snapshot.objects.select_related("programme__office", "by").filter(pk=pk).first()
    if taken is None:
        raise Http404
    programme = whole_programme(request, taken.programme_id)
    side = Side(frozen.cells_of(taken), taken.as_of)
    rows, total = _rows(side), _figures(side)
    if request.GET.get("dang") == "csv":
        return _csv(programme, taken.as_of, rows, total, None)
    changed = frozen.since(taken)
    bodies = Organisation.objects.in_bulk({one.cell.organisation for one in changed})
    return render(
        request,
        "desk/programmes/snapshot.html",
        {
            "programme": programme,
            "snapshot": taken,
            "rows": rows,
            "total": total,
            "unchanged": frozen.unchanged(taken),
            "same_day": timezone.localdate(taken.at) == taken.as_of,
            "changed": [
                {
                    "body": bodies[one.cell.organisation],
                    "now": tally.standing_in(one.cell, taken.as_of),
                    "due": one.cell.due,
                    "then": one.then,
                    "known": one.now,
                }
                for one in changed
            ],
            "csv_url": link(request, dang="csv"),
        },
    )


def _other(request: HttpRequest) -> date | None:
    day = asof.day_in(request, OTHER)
    return day if day and day <= request.today else None  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Side:
    """What is counted of a day. `taken`: body → how much of its overdue work it took over so; None: it was not frozen
    with the figures.
    """

    cells: Counter[Cell]
    day: date
    taken: Counter[int] | None = None

    def of(self, body: int) -> Side:
        """Of one body alone."""
        cells = Counter({cell: n for cell, n in self.cells.items() if cell.organisation == body})
        return Side(cells, self.day, None if self.taken is None else Counter({body: self.taken[body]}))

    def numbers(self) -> dict[str, int]:
        """The name of a figure → its number: the boxes of work with an end, then the period reports."""
        boxes = boxes_of(history.counts(self.cells, self.day))
        periods = counted(reports.in_figures(self.cells), self.day)
        taken = {} if self.taken is None else {TAKEN_LATE: self.taken.total()}
        found = {name: getattr(boxes, name) for name in LABELS if name != TAKEN_LATE} | taken
        return found | {name: getattr(periods, name) for name in PERIODS}


def _side(programme: Programme, day: date, today: date) -> Side:
    cells = tally.kept([programme.pk]) if day == today else history.cells_on(day, [programme.pk])
    return Side(cells, day, taken_late_by_body(programme, day))


@dataclass(frozen=True, slots=True)
class Where:
    """The lists that the numbers count: of work, and of period reports; `body`: of this one alone."""

    work: str
    reports: str
    body: int | None = None

    def box(self, name: str) -> str:
        if name in PERIODS:
            of = f"&{periodic.BODY}={self.body}" if self.body else ""
            return f"{self.reports}{of}&{filters.WHICH}={name}"
        return f"{self.work}{f'&body={self.body}' if self.body else ''}&box={BOX.get(name, name)}"


BOX = {"waiting": "awaiting"}
"""What the list calls it (programmes.filters.LISTS), where that is another word."""


def _figures(now: Side, before: Side | None = None, where: Where | None = None) -> list[dict[str, Any]]:
    """`before`: of another day, to compare with. `where`: the lists that the numbers count; each opens the rows of its
    box.
    """
    numbers = now.numbers()
    then = before.numbers() if before else None
    return [
        {
            "label": label,
            "n": numbers[name],
            "change": then and numbers[name] - then[name],
            "url": where.box(name) if where and numbers[name] else "",
        }
        for name, label in {**LABELS, **PERIODS}.items()
        if name in numbers
    ]


def _rows(now: Side, before: Side | None = None, where: Where | None = None) -> list[dict[str, Any]]:
    """Body by body. `where`: the lists of the programme, of which each number opens its rows."""
    known = {cell.organisation for side in (now, before) if side for cell in side.cells}
    bodies = sorted(Organisation.objects.filter(pk__in=known), key=lambda body: order(body.name))
    return [
        {
            "body": body,
            "figures": _figures(now.of(body.pk), before and before.of(body.pk), where and replace(where, body=body.pk)),
        }
        for body in bodies
    ]


def _csv(
    programme: Programme, day: date, rows: list[dict[str, Any]], total: list[dict[str, Any]], other: date | None
) -> HttpResponse:
    """The table as a file, under the labels of `total`, and, of another day, what changed since."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="so-lieu-{programme.pk}-{day:%Y%m%d}.csv"'
    writer = csv.writer(answer)
    since = gettext("so với %(day)s") % {"day": f"{other:%d/%m/%Y}"} if other else ""
    heads = [str(figure["label"]) for figure in total]
    writer.writerow([gettext("Cơ quan"), *heads, *([f"{head} ({since})" for head in heads] if other else [])])
    for row in rows:
        numbers = [figure["n"] for figure in row["figures"]]
        changes = [figure["change"] for figure in row["figures"]] if other else []
        mark = f" ({DOUBT} {row['doubted']})" if row.get("doubted") else ""
        writer.writerow([f"{row['body'].name}{mark}", *numbers, *changes])
    return answer


LABELS = {
    "done_on_time": _("Hoàn thành đúng hạn"),
    "done_late": _("Hoàn thành quá hạn"),
    "in_term": _("Chưa hoàn thành, trong hạn"),
    "overdue": _("Chưa hoàn thành, quá hạn"),
    TAKEN_LATE: _("Trong đó nhận khi đã quá hạn"),
    "total": _("Tổng số việc có thời hạn"),
    "waiting": _("Trong đó chờ xác nhận"),
    "suspended": _("Tạm dừng"),
}
"""Of Boxes, as the table has them; and what was overdue already when its body took it over."""

DOUBT = _("việc đang đề nghị điều chỉnh:")
PERIODS = {
    "made": _("Báo cáo kỳ đã gửi"),
    "made_late": _("Trong đó gửi quá hạn"),
    "missing": _("Báo cáo kỳ quá hạn, chưa gửi"),
    "pending": _("Báo cáo kỳ chưa đến hạn"),
}
"""Of rules.periodic.Periods."""
