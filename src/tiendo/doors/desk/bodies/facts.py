"""Phiếu số liệu: what a body owed in a period and how it stands, confirmed causes beside it; each number opens the list
that it counts. Of institutions: nobody is scored.
"""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.forms import date_field
from tiendo.doors.desk.programmes.filters import say_ended
from tiendo.doors.desk.tables import Column, link, table
from tiendo.doors.ui.standings import look
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.ancestry import names_on
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Asked, Cause, Obligation
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.matters import doubt
from tiendo.work.programmes.queries.passing import holder_on
from tiendo.work.programmes.queries.standing import counts, standing_case
from tiendo.work.programmes.queries.taking_over import LATE, with_taken_late
from tiendo.work.programmes.rules.standing import Standing

CAUSED, TAKEN_LATE = "nguyen-nhan", "nhan-khi-qua-han"
"""Names in the URL (`nhom`) of the groups of those with a confirmed cause, and of those that were overdue when the body
took them over."""


class PeriodForm(forms.Form):
    """Of which due days."""

    tu = date_field(_("Hạn từ ngày"), required=True)
    den = date_field(_("đến ngày"), required=True)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("tu") and data.get("den") and data["tu"] > data["den"]:
            self.add_error("den", gettext("Ngày cuối phải từ ngày đầu trở đi."))
        return data


@page(Permission.SEE_WORK)
def fact_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """What this person may see of a body's obligations that were due in the period (default: this year so far)."""
    body = get_object_or_404(Organisation, pk=pk)
    today: date = request.today  # type: ignore[attr-defined]
    asked = request.GET if "tu" in request.GET or "den" in request.GET else None
    form = PeriodForm(asked, initial={"tu": today.replace(month=1, day=1), "den": today})
    right = not form.is_bound or form.is_valid()
    first, last = (form.cleaned_data["tu"], form.cleaned_data["den"]) if form.is_bound and right else _year(today)
    day = asof.day_of(request)
    called = names_on([body.pk], day).get(body.pk) if day else None
    owed = _owed(request, body, first, last, day)
    groups = _groups(request, owed, today)
    rows = _chosen(request, owed, today)
    if right and request.GET.get("dang") == "csv":
        return _csv((body, called or body.name), (first, last, today), groups, rows)
    context = {
        "body": body, "form": form, "first": first, "last": last, "groups": groups if right else [],
        "today": today,
        "csv_url": link(request, dang="csv"), "late": LATE,
        "asof": asof.switch(request, body.ends), "called": called,
        "table": _table(request, rows) if right else None,
    }  # fmt: skip
    return render(request, "desk/bodies/facts.html", context, status=200 if right else 422)


def _year(today: date) -> tuple[date, date]:
    return today.replace(month=1, day=1), today


def _owed(request: HttpRequest, body: Organisation, first: date, last: date, day: date | None) -> QuerySet[Obligation]:
    """`day`: what the body held on that day, whoever holds it now."""
    seen = work.obligations_visible_to(request.rights).filter(due__gte=first, due__lte=last)  # type: ignore[attr-defined]
    return seen.annotate(then=holder_on(day)).filter(then=body.pk) if day else seen.filter(organisation=body)


def _caused() -> Exists:
    return Exists(Cause.objects.filter(obligation=OuterRef("pk"), state=Asked.GRANTED))


def _taken_late(owed: QuerySet[Obligation], today: date) -> QuerySet[Any]:
    """Late, and overdue already when this body took it over."""
    rows = with_taken_late(owed.filter(standing=False), today).annotate(late=standing_case(today))
    found: QuerySet[Any] = rows.filter(late__in=LATE, taken_late__isnull=False)
    return found


def _groups(request: HttpRequest, owed: QuerySet[Obligation], today: date) -> list[dict[str, Any]]:
    """One number for each standing that occurs, the sum; confirmed causes and what was taken over late change none."""
    found = [(standing, n) for standing, n in counts(owed, today).items() if n]
    caused = owed.filter(_caused()).count()
    not_owed = {Standing.NO_DATA: gettext("Không còn phải báo cáo")}  # withdrawn, split, joined to other work
    said = [(str(standing), not_owed.get(standing) or str(look(standing).word), n) for standing, n in found]
    said += [("", gettext("Cộng"), sum(n for _standing, n in found))]
    said += [(CAUSED, gettext("Trong đó có nguyên nhân khách quan được xác nhận"), caused)]
    said += [(TAKEN_LATE, gettext("Trong đó nhận khi đã quá hạn"), _taken_late(owed, today).count())]
    current = request.GET.get("nhom", "")
    return [
        {"label": label, "n": n, "url": f"{link(request, nhom=name)}#list", "current": name == current}
        for name, label, n in said
    ]


def _chosen(request: HttpRequest, owed: QuerySet[Obligation], today: date) -> QuerySet[Any]:
    """The rows of the group of the URL, each with `now`, `caused` and `doubted` (a correction is open)."""
    rows: QuerySet[Any] = with_taken_late(owed, today)
    rows = rows.annotate(now=standing_case(today), caused=_caused(), doubted=doubt())
    group = request.GET.get("nhom", "")
    if group == CAUSED:
        rows = rows.filter(caused=True)
    elif group == TAKEN_LATE:
        rows = rows.filter(pk__in=_taken_late(owed, today).values("pk"))
    elif group in set(Standing):
        rows = rows.filter(now=group)
    return rows.select_related("task", "programme").order_by("due", "pk")


def _table(request: HttpRequest, rows: QuerySet[Any]) -> dict[str, Any]:
    listed = table(
        request,
        rows,
        [
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Chương trình"), "programme", ("programme__symbol", "task__position")),
            Column(gettext("Hạn"), "due", ("due",)),
            Column(gettext("Ngày gửi"), "submitted", ("submitted_on",)),
            Column(gettext("Tình trạng")),
        ],
        caption=gettext("Việc phải báo cáo trong khoảng này"),
        empty={"title": gettext("Không có việc nào ở mục này.")},
    )
    say_ended(listed["rows"])
    return listed


def _csv(
    said: tuple[Organisation, str],
    days: tuple[date, date, date],
    groups: list[dict[str, Any]],
    rows: QuerySet[Any],
) -> HttpResponse:
    """The numbers, and below them the rows as the page lists them."""
    (body, name), (first, last, today) = said, days
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="phieu-so-lieu-{body.pk}-{first:%Y%m%d}-{last:%Y%m%d}.csv"'
    writer = csv.writer(answer)
    writer.writerow([gettext("Phiếu số liệu"), _safe(name), f"{first:%d/%m/%Y}", f"{last:%d/%m/%Y}"])
    writer.writerow([gettext("Lập ngày"), f"{today:%d/%m/%Y}"])
    for group in groups:
        writer.writerow([group["label"], group["n"]])
    writer.writerow([])
    heads = [gettext("Chương trình"), gettext("Số"), gettext("Nhiệm vụ"), gettext("Hạn"), gettext("Ngày gửi")]
    marks = [gettext("Nguyên nhân khách quan được xác nhận"), gettext("Nhận khi đã quá hạn")]
    writer.writerow([*heads, gettext("Tình trạng"), *marks])
    found = list(rows)
    say_ended(found)
    for row in found:
        content = "" if row.task.restricted else row.task.content
        writer.writerow(
            [
                _safe(str(row.programme)), _safe(row.task.number or str(row.task.position)), _safe(content),
                f"{row.due:%d/%m/%Y}", f"{row.submitted_on:%d/%m/%Y}" if row.submitted_on else "",
                row.silence or look(row.now).word, gettext("có") if row.caused else "",
                f"{row.taken_late:%d/%m/%Y}" if row.taken_late and row.now in LATE else "",
            ]
        )  # fmt: skip
    return answer


def _safe(text: str) -> str:
    """A cell that a spreadsheet shows and does not compute."""
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
