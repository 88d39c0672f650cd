"""A task: the sentence it came from, who holds it, what is owed and was answered, why its dates are what they are."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.reports.writing import write_url
from tiendo.doors.ui.lit import Line, lit_lines, near_lit, only_lit
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives import queries as directives
from tiendo.work.directives.rules import DEADLINE_KINDS
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Obligation, Report, Task
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.lineage import lineage
from tiendo.work.programmes.rules import standing
from tiendo.work.programmes.rules.periods import DATED, STANDING


class BodyForm(forms.Form):
    """Which body a printed name means."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.exclude(kind="root").order_by("name"),
        label=_("Cơ quan"),
        widget=forms.Select(attrs={"class": "input"}),
    )


class EventForm(forms.Form):
    """A dated event that makes the task fall due."""

    basis = forms.CharField(
        label=_("Văn bản hoặc sự kiện"),
        max_length=300,
        widget=text_input(),
        help_text=_("Ví dụ: Công văn số 12-CV/TU."),
        error_messages={"required": _("Hãy ghi văn bản hoặc sự kiện làm căn cứ.")},
    )
    happened_on = date_field(_("Ngày của sự kiện"), required=True)
    due = date_field(_("Hạn báo cáo"), required=True)


def seen_task(request: HttpRequest, pk: int) -> Task:
    found = (
        work.tasks_visible_to(request.rights)  # type: ignore[attr-defined]
        .filter(pk=pk)
        .select_related("programme__office", "programme__confirming", "programme__monitor", "confirming", "duty")
        .first()
    )
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_task(request, pk))


@page(Permission.ASSIGN)
@posted("desk:task")
def name_body(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    found = seen_task(request, pk)
    row = found.assignments.filter(pk=assignment).first()
    if row is None:
        raise Http404
    form = BodyForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("Chưa gán được: hãy chọn cơ quan trong danh sách."))
    else:
        try:
            tasks.name_body(
                assignment=row,
                organisation=form.cleaned_data["organisation"],
                by=request.user,  # type: ignore[arg-type]
                at=request.now,  # type: ignore[attr-defined]
            )
        except NotAllowedError:
            raise
        except TiendoError as error:
            messages.error(request, error.message)
        else:
            messages.success(request, gettext("Đã gán cơ quan; việc phải báo cáo được lập ngay."))
    return redirect("desk:task", pk)


@page(Permission.ASSIGN)
@posted("desk:task")
def set_focal(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Of several leads, this one gathers."""
    row = seen_task(request, pk).assignments.filter(pk=assignment).first()
    if row is None:
        raise Http404
    tasks.set_focal(assignment=row, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    return redirect("desk:task", pk)


@page(Permission.OPEN_EVENT)
@posted("desk:task")
def open_by_event(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_task(request, pk)
    form = EventForm(request.POST)
    if form.is_valid():
        try:
            tasks.open_by_event(task=found, by=request.user, at=request.now, **form.cleaned_data)  # type: ignore[arg-type,attr-defined]
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(
                request, gettext("Đã mở việc theo sự kiện; các cơ quan chủ trì phải báo cáo theo hạn vừa ghi.")
            )
            return redirect("desk:task", pk)
    return _page(request, found, event_form=form, status=422)


def _page(request: HttpRequest, found: Task, event_form: EventForm | None = None, status: int = 200) -> HttpResponse:
    rights, office = request.rights, found.programme.office  # type: ignore[attr-defined]
    source = lineage(found)
    rows = list(found.obligations.select_related("organisation", "confirming", "answer__report").order_by("due"))
    reports = {row.answer.report_id for row in rows if hasattr(row, "answer")}
    waits = found.deadline_kind not in (*DATED, *STANDING)
    sees_document = source is not None and directives.may_see(source.document, rights)
    seen = set(work.reports_visible_to(rights).filter(pk__in=reports).values_list("pk", flat=True))
    subjects = [f"programmes.task:{found.pk}", *(f"programmes.report:{report}" for report in sorted(seen))]
    assignments = list(found.assignments.select_related("organisation"))
    return render(
        request,
        "desk/tasks/task.html",
        {
            "task": found,
            "programme": found.programme,
            "source": source,
            "source_lines": _source_lines(source, whole=sees_document),
            "may_see_document": sees_document,
            "assignments": assignments,
            "several_leads": sum(one.role == "lead" and one.organisation_id is not None for one in assignments) > 1,
            "timeline": [_moment(request, row, seen) for row in rows],
            "why": _why(found, source),
            "events": sentences(audit.about(subjects)),
            "confirming": found.confirming or found.programme.confirming,
            "bodies": _bodies() if rights.may(Permission.ASSIGN, office) else [],
            "event_form": event_form or (EventForm() if waits and rights.may(Permission.OPEN_EVENT, office) else None),
            "waits": waits,
            "kind": DEADLINE_KINDS.get(found.deadline_kind, ""),
        },
        status=status,
    )


AROUND = 60
"""Lines of the document shown before and after the lit ones."""


def _source_lines(source: directives.Source | None, *, whole: bool) -> list[Line]:
    """The row lit in its surroundings; without the document's own rights the row's own words and no neighbour's."""
    if source is None:
        return []
    lines = lit_lines(source.text, source.pieces)
    return near_lit(lines, AROUND) if whole else only_lit(lines)


def _bodies() -> list[tuple[int, str]]:
    """What a printed name may be given to: read once, shown beside each name."""
    return list(Organisation.objects.exclude(kind="root").order_by("name").values_list("pk", "name"))


def _moment(request: HttpRequest, row: Any, seen: set[int]) -> dict[str, Any]:
    """An obligation as an item of ui/timeline.html; `seen`: the reports this person may open."""
    today = request.today  # type: ignore[attr-defined]
    report: Report | None = row.answer.report if hasattr(row, "answer") else None
    mine = request.rights.may(Permission.WRITE_REPORT, row.organisation)  # type: ignore[attr-defined]
    url = ""
    if mine and row.state == Obligation.State.OPEN:
        url = write_url(row)
    elif report is not None and report.pk in seen:
        url = reverse("desk:report", args=[report.pk])
    submitted = gettext("gửi ngày %(day)s") % {"day": f"{row.submitted_on:%d/%m/%Y}"} if row.submitted_on else ""
    confirmer = gettext("xác nhận: %(body)s") % {"body": row.confirming.label} if row.confirming else ""
    returned = row.state == Obligation.State.OPEN and row.submitted_on
    supplement = gettext("hạn bổ sung: %(day)s") % {"day": f"{row.owed_by:%d/%m/%Y}"} if returned else ""
    return {
        "date": row.due,
        "title": f"{row.organisation}{f' – {row.period_name}' if row.period_name else ''}",
        "url": url,
        "standing": standing(row.facts, on=today),
        "text": " · ".join(part for part in (submitted, supplement, confirmer) if part),
    }


def _why(found: Task, source: Any) -> dict[str, Any]:
    """Context of ui/why_date.html: the first date and what made it."""
    link = {
        "label": gettext("Hạn đầu tiên"),
        "day": found.deadline_end,
        "words": found.deadline_text or DEADLINE_KINDS.get(found.deadline_kind, ""),
        "phrase": found.deadline_text,
        "source_url": "#lit" if source else "",
    }
    opened = [
        {
            "label": gettext("Mở theo sự kiện"),
            "day": one.due,
            "basis": one.basis,
            "decided_by": one.by.full_name,
            "decided_on": one.happened_on,
        }
        for one in found.openings.select_related("by")
    ]
    last = opened[-1]["day"] if opened else found.deadline_end
    return {"day": last, "words": link["words"], "chain": [link, *opened]}
