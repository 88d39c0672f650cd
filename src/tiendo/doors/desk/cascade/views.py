"""Plans below a programme ("cụ thể hóa"): who had to make one and did, which lines answer which, one body's plan."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.cascade.forms import LinkForm, PlanForm, RequireForm
from tiendo.doors.desk.programmes.figures import whole_programme
from tiendo.doors.desk.tables import Column, chips, in_order, link, table
from tiendo.doors.desk.telling import told
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import cascading
from tiendo.work.programmes.models import Programme, Requirement
from tiendo.work.programmes.queries import cascading as queries
from tiendo.work.programmes.queries.passing import had_on
from tiendo.work.programmes.queries.work import visible_to
from tiendo.work.programmes.rules.cascading import Plan, plan

PLANS = {
    Plan.IN_TIME: _("đã ban hành đúng hạn"),
    Plan.LATE: _("đã ban hành quá hạn"),
    Plan.WAITING: _("chưa ban hành, còn hạn"),
    Plan.OVERDUE: _("chưa ban hành, quá hạn"),
}
HOW, WHICH = "tinh-trang", "dong"


@page(Permission.SEE_WORK)
def cascade(request: HttpRequest, pk: int) -> HttpResponse:
    """The bodies that had to make a plan. A post asks more of them."""
    programme = whole_programme(request, pk)
    opens = request.rights.may(Permission.OPEN_PROGRAMME, programme.office)  # type: ignore[attr-defined]
    form = RequireForm(request.POST or None, programme=programme, today=request.today)  # type: ignore[attr-defined]
    if request.method == "POST":
        if not opens:
            raise NotAllowedError
        if form.is_valid() and (done := _required(request, programme, form)):
            return done
    day = asof.day_of(request)
    on = day or request.today  # type: ignore[attr-defined]
    found = queries.coverage(programme, on)
    rows = queries.asked_by(programme.requirements.select_related("organisation", "answered_by"), on)
    how = request.GET.get(HOW, "")
    if how in set(Plan):
        rows = rows.filter(queries.stands(Plan(how), on))
    columns = [
        Column(gettext("Cơ quan"), "body", ("organisation__name",)),
        Column(gettext("Hạn"), "due", ("due",)),
        Column(gettext("Kế hoạch"), "issued", ("issued_on",)),
        Column(gettext("Tình trạng")),
    ]
    if request.GET.get("dang") == "csv":
        return _requirements_csv(request, programme, in_order(request, rows, columns))
    choices = [("", gettext("tất cả"), found.required)]
    choices += [(one.value, str(PLANS[one]), getattr(found, one.value)) for one in Plan]
    listed = table(
        request,
        rows,
        columns,
        caption=gettext("Cơ quan phải xây dựng kế hoạch"),
        filters=[chips(request, HOW, gettext("Tình trạng"), choices)],
        exports=[{"label": gettext("Tải CSV"), "url": link(request, dang="csv")}],
        empty={
            "title": gettext("Không có cơ quan nào ở mục này."),
            "text": gettext("Chương trình có thể yêu cầu các cơ quan xây dựng kế hoạch của mình."),
        },
    )
    _stand(request, listed["rows"], asof.day_of(request))
    context = {
        "programme": programme,
        "found": found,
        "table": listed,
        "form": form if opens and day is None else None,
        "asof": asof.switch(request, programme.document.issued_on, figures=True),
    }
    return render(request, "desk/cascade/cascade.html", context, status=422 if form.errors else 200)


def _required(request: HttpRequest, programme: Programme, form: RequireForm) -> HttpResponse | None:
    try:
        count = cascading.require_plans(programme=programme, by=request.user, at=request.now, **form.asked())  # type: ignore[arg-type,attr-defined]
    except NotAllowedError:
        raise
    except TiendoError as error:
        form.add_error(None, error.message)
        return None
    messages.success(request, ngettext("Đã yêu cầu %(n)s cơ quan.", "Đã yêu cầu %(n)s cơ quan.", count) % {"n": count})
    return redirect("desk:cascade", programme.pk)


@page(Permission.SEE_WORK)
def lines(request: HttpRequest, pk: int) -> HttpResponse:
    """The programme's open tasks with what answers each below, in counts of what was confirmed."""
    programme = whole_programme(request, pk)
    day = asof.day_of(request)
    on = day or request.today  # type: ignore[attr-defined]
    found = queries.coverage(programme, on)
    alone = request.GET.get(WHICH) == "none"
    rows = queries.unanswered(programme, on) if alone else queries.open_lines(programme, on)
    if request.GET.get("dang") == "csv":
        return _lines_csv(programme, rows, day)
    choices = [("", gettext("tất cả"), found.lines), ("none", gettext("chưa được cụ thể hóa"), found.unanswered)]
    listed = table(
        request,
        rows,
        [
            Column(gettext("Số"), "place", ("position",)),
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Dòng cấp dưới"), number=True),
            Column(gettext("Cơ quan"), number=True),
            Column(gettext("Việc đã xác nhận"), number=True),
        ],
        caption=gettext("Nhiệm vụ được cụ thể hóa"),
        filters=[chips(request, WHICH, gettext("Nhiệm vụ"), choices)],
        exports=[{"label": gettext("Tải CSV"), "url": link(request, dang="csv")}],
        empty={"title": gettext("Không có nhiệm vụ nào ở mục này.")},
    )
    below = queries.roll_up(listed["rows"], day)
    for row in listed["rows"]:
        row.below = below.get(row.pk, queries.RollUp())
    switch = asof.switch(request, programme.document.issued_on, figures=True)
    context = {"programme": programme, "found": found, "table": listed, "asof": switch}
    return render(request, "desk/cascade/lines.html", context)


@page(Permission.SEE_WORK)
def plans(request: HttpRequest) -> HttpResponse:
    """What was asked of the person's own bodies, and what they may see asked of others."""
    on = asof.day_of(request) or request.today  # type: ignore[attr-defined]
    listed = table(
        request,
        queries.asked_by(queries.requirements_visible_to(request.rights), on),  # type: ignore[attr-defined]
        [
            Column(gettext("Cơ quan"), "body", ("organisation__name",)),
            Column(gettext("Hạn"), "due", ("due",)),
            Column(gettext("Kế hoạch"), "issued", ("issued_on",)),
            Column(gettext("Tình trạng")),
            Column(gettext("Chương trình")),
        ],
        caption=gettext("Kế hoạch phải xây dựng"),
        empty={
            "title": gettext("Không có kế hoạch nào được yêu cầu."),
            "text": gettext("Khi cấp trên yêu cầu cơ quan xây dựng kế hoạch cụ thể hóa, yêu cầu hiện ở đây."),
        },
    )
    _stand(request, listed["rows"], asof.day_of(request))
    context = {"table": listed, "asof": asof.switch(request, None, figures=True)}
    return render(request, "desk/cascade/plans.html", context)


@page(Permission.SEE_WORK)
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked of one body, its plan, and the ties of its lines. Posted acts: `act`."""
    rights = request.rights  # type: ignore[attr-defined]
    found = get_object_or_404(queries.requirements_visible_to(rights).select_related("programme__document"), pk=pk)
    upper, lower = found.programme, queries.lower_programme(found)
    bound = request.POST if request.POST.get("act") == "answer" else None
    form = PlanForm(bound, requirement=found, rights=rights)
    tie = request.POST if request.POST.get("act") == "link" else None
    ties = LinkForm(tie, upper=upper, lower=lower) if lower else None
    if request.method == "POST" and (done := _acted(request, found, form, ties)):
        return done
    _stand(request, [found], None)
    answers = queries.may_answer(found, rights)
    links = lower is not None and queries.may_link(upper, lower, rights)
    context = {
        "requirement": found,
        "programme": upper,
        "may_see_programme": visible_to(rights).filter(pk=upper.pk).exists(),
        "lower": lower,
        "may_see_lower": lower is not None and visible_to(rights).filter(pk=lower.pk).exists(),
        "form": form if answers and found.issued_on is None else None,
        "may_take_back": answers and found.issued_on is not None,
        "may_withdraw": found.issued_on is None and rights.may(Permission.OPEN_PROGRAMME, upper.office),
        "link_form": ties if links else None,
        "links": queries.links_between(upper, lower) if lower else [],
        "proposals": queries.proposals(upper, lower)[:MOST] if lower and links else [],
    }
    wrong = bool(form.errors or (ties and ties.errors))
    return render(request, "desk/cascade/requirement.html", context, status=422 if wrong else 200)


MOST = 60
"""So many proposals one page shows; the others come up as these are tied."""


def _acted(request: HttpRequest, found: Requirement, form: PlanForm, ties: LinkForm | None) -> HttpResponse | None:
    """Do what was posted; None: a form is shown again with what is wrong in it."""
    act, who = request.POST.get("act"), _who(request)
    if act == "answer":
        return _tried(form, lambda: _answer(request, found, form, who))
    if act == "link" and ties is not None:
        return _tried(ties, lambda: _link(request, found, ties, who))
    if act == "unlink":
        lower = queries.lower_programme(found)
        links = queries.links_between(found.programme, lower) if lower else None
        tie = links.filter(pk=_number(request.POST.get("link"))).first() if links is not None else None
        if tie is None:
            raise Http404
        cascading.unlink(link=tie, **who)
        messages.success(request, gettext("Đã gỡ nối hai dòng."))
        return redirect("desk:requirement", found.pk)
    if act == "withdraw":
        cascading.withdraw_requirement(requirement=found, **who)
        messages.success(request, gettext("Đã rút yêu cầu xây dựng kế hoạch."))
        return redirect("desk:cascade", found.programme_id)
    if act == "take_back":

        def taken() -> str:
            cascading.take_answer_back(requirement=found, **who)
            return gettext("Đã gỡ kế hoạch; cơ quan lại phải xây dựng kế hoạch.")

        return told(request, "desk:requirement", found.pk, taken)
    return redirect("desk:requirement", found.pk)


def _answer(request: HttpRequest, found: Requirement, form: PlanForm, who: dict[str, Any]) -> HttpResponse:
    cascading.answer(requirement=found, **form.cleaned_data, **who)
    messages.success(request, gettext("Đã ghi kế hoạch của cơ quan."))
    return redirect("desk:requirement", found.pk)


def _link(request: HttpRequest, found: Requirement, form: LinkForm, who: dict[str, Any]) -> HttpResponse:
    cascading.link_lines(**form.cleaned_data, **who)
    messages.success(request, gettext("Đã nối hai dòng."))
    return redirect("desk:requirement", found.pk)


def _tried(form: Any, act: Any) -> HttpResponse | None:
    if not form.is_valid():
        return None
    try:
        done: HttpResponse = act()
    except NotAllowedError:
        raise
    except TiendoError as error:
        form.add_error(None, error.message)
        return None
    return done


def _who(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": request.now}  # type: ignore[attr-defined]


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdecimal() and len(said) < len(str(2**63)) else 0


def _stand(request: HttpRequest, rows: Sequence[Any], day: date | None) -> None:
    """How each stands, now or on a past day, and the body that owed it then. At most three queries."""
    on = day or request.today  # type: ignore[attr-defined]
    had = had_on("requirement", day) if day else {}
    bodies = Organisation.objects.in_bulk({had[key] for row in rows if (key := (row.pk, "organisation")) in had})
    for row in rows:
        row.organisation = bodies.get(had.get((row.pk, "organisation"), 0), row.organisation)
        row.issued_on = row.issued_on if row.issued_on and row.issued_on <= on else None
        row.how = plan(row.due, row.issued_on, on=on)
        row.stands = PLANS[row.how]
    asof.call([row.organisation for row in rows], day)


def _requirements_csv(request: HttpRequest, programme: Programme, rows: Any) -> HttpResponse:
    answer, writer = _csv(f"cu-the-hoa-{programme.pk}.csv")
    heads = (gettext("Cơ quan"), gettext("Hạn"), gettext("Kế hoạch"), gettext("Ngày ban hành"), gettext("Tình trạng"))
    writer.writerow(heads)
    found = list(rows)
    day = asof.day_of(request)
    _stand(request, found, day)
    for row in found:
        name = row.organisation.called if day else row.organisation.name
        issued = f"{row.issued_on:%d/%m/%Y}" if row.issued_on else ""
        writer.writerow([name, f"{row.due:%d/%m/%Y}", row.number if issued else "", issued, str(row.stands)])
    return answer


def _lines_csv(programme: Programme, rows: Any, day: date | None) -> HttpResponse:
    answer, writer = _csv(f"cu-the-hoa-nhiem-vu-{programme.pk}.csv")
    heads = (gettext("Số"), gettext("Nhiệm vụ"), gettext("Dòng cấp dưới"), gettext("Cơ quan"))
    writer.writerow([*heads, gettext("Việc đã xác nhận")])
    found = list(rows)
    below = queries.roll_up(found, day)
    for row in found:
        up = below.get(row.pk, queries.RollUp())
        words = gettext("Báo cáo theo chế độ riêng") if row.restricted else row.content
        writer.writerow([row.number or row.position, words, up.lines, up.bodies, up.confirmed])
    return answer


def _csv(name: str) -> tuple[HttpResponse, Any]:
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer, csv.writer(answer)
