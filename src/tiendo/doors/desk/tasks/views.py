"""A task: the sentence it came from, who holds it, what is owed and was answered, why its dates are what they are."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.changes.shown import HAS, shown
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.views import history_url
from tiendo.doors.desk.matters.fragment import beside
from tiendo.doors.desk.reports.writing import write_url
from tiendo.doors.ui.lit import Line, near_lit, only_lit
from tiendo.doors.ui.templatetags.ui import vn_date
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.proposing import Proposal, propose
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import queries as directives
from tiendo.work.directives.rules import DEADLINE_KINDS
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.messages import SILENCES
from tiendo.work.programmes.models import Answer, Assignment, Evidence, Obligation, Passage, Progress, Report, Task
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.amending import fates, touched
from tiendo.work.programmes.queries.ended import words_of
from tiendo.work.programmes.queries.groups import changed_groups, count_beside
from tiendo.work.programmes.queries.lineage import lineage
from tiendo.work.programmes.queries.matters import noted
from tiendo.work.programmes.queries.owing import confirming_of, opens_by_event, silence_of, term_of
from tiendo.work.programmes.queries.seeing import reports_among, task_at
from tiendo.work.programmes.queries.taking_over import LATE, taken_late
from tiendo.work.programmes.rules import standing
from tiendo.work.programmes.rules.standing import Standing
from tiendo.work.programmes.rules.terms import Silence


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
    rows = Task.objects.annotate(amended=touched()).annotate(**HAS)
    rows = rows.select_related("programme__confirming", "programme__monitor", "confirming", "duty__document__office")
    found = task_at(request.rights, rows, pk)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_task(request, pk))


@page(Permission.APPROVE)
def restrict(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a task under the regime of numbers and dates only, or take it out: asked once more before it is done."""
    found = seen_task(request, pk)
    if not request.rights.may(Permission.APPROVE, found.programme.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    if request.method == "POST":
        into = request.POST.get("restricted") == "1"
        if into != found.restricted:
            tasks.set_restricted(task=found, restricted=into, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        messages.success(
            request,
            gettext("Nhiệm vụ đã vào chế độ báo cáo riêng.")
            if into
            else gettext("Nhiệm vụ đã ra khỏi chế độ báo cáo riêng."),
        )
        return redirect("desk:task", pk)
    held = Answer.objects.filter(obligation__task=found)
    files = Evidence.objects.filter(answer__in=held).exclude(sha256="").count()
    context = {"task": found, "texts": held.exclude(text="").count(), "files": files}
    return render(request, "desk/tasks/restrict.html", context)


def row_of(request: HttpRequest, pk: int, assignment: int) -> tuple[Task, Assignment]:
    found = seen_task(request, pk)
    row = found.assignments.filter(pk=assignment).first()
    if row is None:
        raise Http404
    return found, row


@page(Permission.ASSIGN)
@posted("desk:task")
def set_focal(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Of several leads, this one gathers."""
    _found, row = row_of(request, pk, assignment)
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
    rights, today, day = request.rights, request.today, asof.day_of(request)  # type: ignore[attr-defined]
    office, source = found.programme.office, lineage(found)
    owed = found.obligations.select_related("organisation", "confirming", "opening", "answer__report")
    rows = list(noted(owed).order_by("due"))
    seen = reports_among(rights, found.programme, [row.answer.report for row in rows if hasattr(row, "answer")])
    charged = found.assignments.on(day).select_related("organisation")
    assignments = list(charged.order_by("-role", "position", "pk"))
    asof.call([one.organisation for one in assignments], day)
    leads = [one for one in assignments if one.role == Assignment.Role.LEAD]
    handed_on = _handed_on(found)
    overtaken = taken_late((row.pk for row in rows), today) if handed_on else {}
    for row in rows:
        row.taken_late = overtaken.get(row.pk)
    around = beside(request, found, rows, assignments)  # tells rows of their progress, which the timeline shows
    ended = words_of([found.pk]).get(found.pk, "") if found.closed_at else ""
    silent = None if rows else silence_of(found, found.programme, leads)
    context = {
        "task": found,
        "programme": found.programme,
        **_source(source, rights),
        **_charged(request, found, assignments, day),
        "asof": asof.switch(request, found.programme.document.issued_on),
        "handed_on": handed_on,
        "fates": fates(found) if found.amended else [],  # type: ignore[attr-defined]
        "moved": shown(request, found, assignments, rows),
        "several_leads": sum(one.organisation_id is not None for one in leads) > 1,
        "timeline": [_moment(request, row, seen, ended) for row in rows],
        "why": _why(found, source),
        "due_now": _due_now(rows),
        **_past(request, found, seen),
        "confirming": _confirming(found, [row for row in rows if row.role == Assignment.Role.LEAD], leads),
        "may_change_confirming": rights.may(Permission.OPEN_PROGRAMME, office) and not term_of(found).standing,
        "may_restrict": rights.may(Permission.APPROVE, office),
        "event_form": event_form or _event_form(found, rights),
        "silence": SILENCES[silent] if silent else "",
        "why_silent": WHY_SILENT[silent] if silent else "",
        "kind": DEADLINE_KINDS.get(found.deadline_kind, ""),
        "beside": around,
        "asked_here": {one["row"].pk for one in around["coordinators"] if one["may_ask"]},
    }
    return render(request, "desk/tasks/task.html", context, status=status)


def _due_now(rows: list[Obligation]) -> date | None:
    """The last of the days by which the leads owe it now, where it was moved from the first date."""
    led = (row for row in rows if row.role == Assignment.Role.LEAD and not row.standing)
    return max((row.due for row in led if row.due != row.first_due), default=None)


def _source(source: directives.Source | None, rights: Rights) -> dict[str, Any]:
    """The sentence it came from; in its surroundings for whoever may see the document."""
    sees = source is not None and directives.may_see(source.document, rights)
    lines = _source_lines(source, whole=sees)
    url = _document_url(source, lines) if source and sees else ""
    return {"source": source, "source_lines": lines, "document_url": url}


def _charged(request: HttpRequest, found: Task, rows: list[Assignment], day: date | None) -> dict[str, Any]:
    """Who is charged, with what may be done about it: by the office, now; the monitor sees what has changed."""
    rights, today, monitor = request.rights, request.today, found.programme.monitor  # type: ignore[attr-defined]
    assigns = rights.may(Permission.ASSIGN, found.programme.office) and day is None
    watches = monitor is not None and rights.may(Permission.ASSIGN, monitor)
    count_beside(rows)
    changed = changed_groups(found, rows, today) if day is None and (assigns or watches) else set()
    plain = [{"row": one, "changed": one.pk in changed} for one in rows]
    return {"assigns": assigns, "assignments": _assignments(found, rows, changed, today) if assigns else plain}


def _past(request: HttpRequest, found: Task, seen: Collection[int]) -> dict[str, Any]:
    """What was done about the task, and in the reports that this person may open (`seen`)."""
    subjects = [f"programmes.task:{found.pk}", *(f"programmes.report:{report}" for report in sorted(seen))]
    events = sentences(audit.about(subjects), request.rights)  # type: ignore[attr-defined]
    return {"events": events, "history_url": history_url(request, subjects[0])}


def _event_form(found: Task, rights: Rights) -> EventForm | None:
    opens = opens_by_event(found, found.programme) and rights.may(Permission.OPEN_EVENT, found.programme.office)
    return EventForm() if opens else None


def _handed_on(found: Task) -> list[Passage]:
    """How charges of this task went from body to body, oldest first."""
    lines = Passage.objects.filter(before__task=found).order_by("on", "pk")
    return list(lines.select_related("before__organisation", "after__organisation", "succession"))


AROUND = 60
"""Lines of the document shown before and after the lit ones."""


def _source_lines(source: directives.Source | None, *, whole: bool) -> list[Line]:
    """The row lit in its surroundings; without the document's own rights the row's own words and no neighbour's."""
    if source is None:
        return []
    return near_lit(source.text, source.pieces, AROUND) if whole else only_lit(near_lit(source.text, source.pieces, 0))


def _document_url(source: directives.Source, lines: list[Line]) -> str:
    """The whole document, at the line on which the row begins."""
    first = next((line.number for line in lines if any(part.lit for part in line.parts)), None)
    return reverse("desk:document", args=[source.document.pk]) + (f"#l{first}" if first else "")


WHY_SILENT = {
    Silence.DONE_BEFORE: _("Sổ theo dõi cũ ghi việc này đã xong trước khi theo dõi ở đây nên không tính số liệu."),
    Silence.NO_DATA: _(
        "Thời hạn đã qua trước ngày bắt đầu theo dõi nên không có số liệu. Muốn theo dõi tiếp, văn phòng mở việc với "
        "hạn mới ở mục Mở theo sự kiện."
    ),
    Silence.NO_BODY: _("Chưa cơ quan nào phải báo cáo: hãy gán cơ quan chủ trì."),
    Silence.NO_EVENT: _("Nhiệm vụ này chờ một sự kiện có ngày (chỉ đạo, giai đoạn, nhiệm kỳ…) mới phải báo cáo."),
    Silence.NOT_YET: _("Kỳ báo cáo đầu tiên chưa bắt đầu."),
}


def _confirming(found: Task, rows: list[Any], leads: list[Assignment]) -> dict[str, Any]:
    """Who really confirms: of what is owed already, else of what the leads would report. `nobody`: someone reports to
    nobody.
    """
    programme = found.programme
    candidates = (found.confirming, programme.confirming, programme.office, programme.monitor)
    known = {body.pk: body for body in candidates if body}
    if rows:
        asked = [row.confirming for row in rows]
    else:
        named = [lead.organisation_id for lead in leads if lead.organisation_id is not None]
        asked = [known.get(confirming_of(programme, found, body) or 0) for body in named]
        asked = asked or [found.confirming or programme.confirming]
    return {"bodies": list(dict.fromkeys(body for body in asked if body)), "nobody": None in asked}


def _assignments(found: Task, rows: list[Assignment], changed: set[int], today: date) -> list[dict[str, Any]]:
    """The rows for whoever assigns: how many others print the same name, which can still be taken back, and whom a name
    without a body may mean.
    """
    same = Assignment.objects.on(None).filter(
        task__programme=found.programme_id, party_text__in={row.party_text for row in rows}, group=False
    )
    counted = same.order_by().values_list("party_text", "organisation").annotate(Count("pk"))
    alike = {(text, body): count for text, body, count in counted}
    fixed = set(work.answered(found.obligations.all()).values_list("assignment", flat=True))
    proposed = _proposed(found, rows, today)
    return [
        {
            "row": row,
            "changed": row.pk in changed,
            "proposals": proposed.get(row.party_text, []) if _waits(row) else [],
            "alike": alike.get((row.party_text, row.organisation_id), 0),
            "may_unname": row.organisation_id is not None and row.pk not in fixed,
            "orphan": row.organisation is not None and row.organisation.ends is not None,
        }
        for row in rows
    ]


def _waits(row: Assignment) -> bool:
    """A printed name of one body that nobody said yet which it is (what is nobody's any more began on some day)."""
    return row.organisation_id is None and not row.group and row.starts is None


def _proposed(found: Task, rows: list[Assignment], today: date) -> dict[str, list[Proposal]]:
    """Bodies that the names that wait may mean: of the document's day, and not on the task already."""
    names = {row.party_text for row in rows if _waits(row)}
    if not names:
        return {}
    there = {row.organisation_id for row in rows}
    matcher = Matcher(found.programme.office, on=found.duty.document.issued_on or today)
    proposed = propose(names, matcher)
    return {name: [one for one in near if one.organisation.pk not in there] for name, near in proposed.items()}


def _moment(request: HttpRequest, row: Any, seen: set[int], ended: str) -> dict[str, Any]:
    """An obligation as an item of ui/timeline.html; `seen`: the reports this person may open; `ended`: how its task
    ended, where it was not done.
    """
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
    now = standing(row.facts, on=today)
    over = ended if now == Standing.NO_DATA else ""
    said = (over, _taken_over(row, today), _progress(row), submitted, _supplement(row), confirmer)
    return {
        "date": row.due,
        "title": f"{row.organisation}{f' – {row.period_name}' if row.period_name else ''}{_part(row)}",
        "url": url,
        "standing": "" if over else now,
        "act": gettext("Báo cáo") if mine and row.state == Obligation.State.OPEN else "",
        "text": " · ".join(part for part in said if part),
    }


def _taken_over(row: Any, today: date) -> str:
    """That it was overdue already when its body took it over: the days from then on are that body's own."""
    if row.taken_late is None or standing(row.facts, on=today) not in LATE:
        return ""
    said = gettext("nhận ngày %(day)s khi đã quá hạn") % {"day": vn_date(row.taken_late)}
    if row.state != Obligation.State.OPEN:
        return said
    return gettext("%(taken)s; quá hạn tính từ ngày nhận: %(n)s ngày") % {
        "taken": said, "n": max((today - max(row.owed_by, row.taken_late)).days, 0),
    }  # fmt: skip


def _progress(row: Any) -> str:
    """What was confirmed last on the way; it closes nothing."""
    one: Progress | None = getattr(row, "progress_now", None)
    if one is None:
        return ""
    said = gettext("đã báo cáo tiến độ") if one.percent is None else gettext("tiến độ %(n)s %%") % {"n": one.percent}
    return gettext("%(progress)s, xác nhận ngày %(day)s") % {"progress": said, "day": vn_date(one.decided_at)}


def _supplement(row: Any) -> str:
    """Until when more is asked for; or when it came, and how late by its own day."""
    if row.supplement_due and row.facts.supplemented_late:
        said = gettext("bổ sung ngày %(day)s, muộn %(n)s ngày (hạn bổ sung: %(due)s)")
        late = (row.supplemented_on - row.supplement_due).days
        return said % {"day": vn_date(row.supplemented_on), "n": late, "due": vn_date(row.supplement_due)}
    if row.state == Obligation.State.OPEN and row.submitted_on:
        return gettext("hạn bổ sung: %(day)s") % {"day": vn_date(row.owed_by)}
    return gettext("bổ sung ngày %(day)s") % {"day": vn_date(row.supplemented_on)} if row.supplemented_on else ""


def _part(row: Any) -> str:
    """A coordinator's part is told apart from what a lead owes."""
    return "" if row.role == Assignment.Role.LEAD else f" ({row.get_role_display()})"


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
