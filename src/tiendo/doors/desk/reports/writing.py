"""Writing a report: on one piece of work with an end, or on all standing rows of a period, on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.reports.forms import AnswerForm
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions import evidence, reports
from tiendo.work.programmes.errors import ReportChangedError, ReportStateError
from tiendo.work.programmes.models import Answer, Evidence, Obligation, Report
from tiendo.work.programmes.queries import work


@page(Permission.WRITE_REPORT)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Thirty seconds: one obligation."""
    row = _owed(request).filter(pk=pk, standing=False).first()
    if row is None:
        raise Http404
    return _write(request, [row])


@page(Permission.WRITE_REPORT)
def period(request: HttpRequest, pk: int, body: int, start: str, cutoff: str) -> HttpResponse:
    """The body's period report: all its standing rows."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(cutoff)
    except ValueError:
        raise Http404 from None
    owed = _owed(request).filter(programme__pk=pk, organisation__pk=body, standing=True)
    rows = list(owed.filter(period_start=first, period_end=last).order_by("task__position"))
    if not rows:
        raise Http404
    return _write(request, rows)


def write_url(row: Obligation) -> str:
    """The page on which an obligation is answered."""
    if not row.standing:
        return reverse("desk:answer", args=[row.pk])
    return reverse("desk:period", args=[row.programme_id, row.organisation_id, row.period_start, row.period_end])


def _owed(request: HttpRequest) -> Any:
    rights = request.rights  # type: ignore[attr-defined]
    return (
        work.obligations_visible_to(rights)
        .filter(organisation__in=rights.bodies(Permission.WRITE_REPORT))
        .select_related("task", "organisation", "programme__office", "confirming")
    )


def _write(request: HttpRequest, owed: list[Obligation]) -> HttpResponse:
    report, rows = _at_hand(owed)
    if not rows:
        return _handed_in(request, owed)
    answers = _answers(report)
    forms = [_form(request, row, answers.get(row.pk)) for row in rows]
    # A form that is refused stays one on what was opened: that someone else saved since must still be found out.
    status, problem, kept = 200, "", False
    version = request.POST.get("version") or (report.version if report else 1)
    if request.method == "POST":
        status = 422
        if all([form.is_valid() for form in forms]):  # noqa: C419 - each row shows its own errors
            try:
                done = _save(request, report, rows, forms)
            except NotAllowedError:
                raise
            except TiendoError as error:
                problem, kept = error.message, not isinstance(error, ReportChangedError | ReportStateError)
            else:
                if done is not None:
                    return _after(request, done)
                kept = True
                problem = gettext("Có minh chứng chưa nhận được: xem lỗi ghi ở nhiệm vụ.")
            report, _rows = _at_hand(owed)
            answers, version = _answers(report), report.version if report else 1
    return render(
        request,
        "desk/reports/write.html",
        {
            "report": report,
            "first": rows[0],
            "rows": [_shown(row, form, answers.get(row.pk)) for row, form in zip(rows, forms, strict=True)],
            "problem": problem,
            "kept": kept,
            "returned": report.decisions.last() if report and report.state == Report.State.RETURNED else None,
            "version": version,
            "may_submit": request.rights.may(Permission.SUBMIT_REPORT, rows[0].organisation),  # type: ignore[attr-defined]
        },
        status=status,
    )


def _at_hand(owed: list[Obligation]) -> tuple[Report | None, list[Obligation]]:
    """The report to write now, if begun, and its rows: rows that came after one was handed in stand in another."""
    found = Answer.objects.filter(obligation__in=owed).select_related("report")
    of = {answer.obligation_id: answer.report for answer in found}
    open_ = [report for report in of.values() if report.state in reports.WRITABLE]
    report = min(open_, key=lambda one: one.pk, default=None)
    return report, [row for row in owed if row.pk not in of or of[row.pk] == report]


def _handed_in(request: HttpRequest, owed: list[Obligation]) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, gettext("Báo cáo này đã được gửi trước đó: nội dung bạn vừa nhập chưa được lưu."))
    return redirect("desk:report", Report.objects.filter(answers__obligation__in=owed).order_by("-pk")[0].pk)


def _shown(row: Obligation, form: AnswerForm, found: Answer | None) -> dict[str, Any]:
    """A row of the page; `stored` is what the draft holds where it is not what was typed."""
    kept = found.text.replace("\r\n", "\n") if found and form.is_bound else ""
    stored = kept if kept != form.said_text() else ""
    return {"obligation": row, "form": form, "evidence": _evidence(found), "stored": stored}


def _form(request: HttpRequest, row: Obligation, found: Answer | None) -> AnswerForm:
    initial = {"text": found.text, "nothing_arose": found.nothing_arose} if found else {}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswerForm(*data, obligation=row, initial=initial)


def _answers(report: Report | None) -> dict[int, Answer]:
    if report is None:
        return {}
    return {row.obligation_id: row for row in report.answers.prefetch_related("evidence__added_by")}


def _save(
    request: HttpRequest, report: Report | None, rows: list[Obligation], forms: list[AnswerForm]
) -> Report | None:
    """Keep the words first, then each new piece of evidence, then hand in where that was asked: a file that is refused,
    or a row that still lacks something, does not take the words with it. None: a piece was refused, its form says why.
    """
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    opened = request.POST.get("version", "")
    with transaction.atomic():
        report = _draft(report, rows, who)
        said = {form.obligation.pk: form.said() for form in forms}
        report = reports.save(report=report, answers=said, version=int(opened) if opened.isdecimal() else 0, **who)
    answers = {
        row.obligation_id: row for row in report.answers.select_related("obligation__task", "report__organisation")
    }
    for form in forms:
        _add_evidence(answers[form.obligation.pk], form, who)
    for withdrawn in request.POST.getlist("withdraw"):
        piece = Evidence.objects.filter(pk=withdrawn, answer__report=report).first() if withdrawn.isdecimal() else None
        if piece:
            evidence.withdraw(evidence=piece, **who)
    if any(form.errors for form in forms):
        return None
    if request.POST.get("act") == "submit":
        report = reports.submit(report=report, **who)
    return report


def _draft(report: Report | None, rows: list[Obligation], who: dict[str, Any]) -> Report:
    """The report with an answer for each of the rows."""
    first = rows[0]
    if report is not None and report.answers.filter(obligation__in=rows).count() == len(rows):
        return report
    if not first.standing:
        return reports.draft_once(obligation=first, **who)
    period = f"{first.period_start.isoformat()}/{first.period_end.isoformat()}"
    return reports.draft_period(programme=first.programme, organisation=first.organisation, period=period, **who)


def _add_evidence(answer: Answer, form: AnswerForm, who: dict[str, Any]) -> None:
    data = form.cleaned_data
    if data.get("number") and data.get("issued_on"):
        known = answer.evidence.filter(number=data["number"], issued_on=data["issued_on"], withdrawn_at=None).exists()
        if not known:  # the same form sent twice cites once
            evidence.cite(answer=answer, number=data["number"], issued_on=data["issued_on"], level=data["level"], **who)
    if file := data.get("file"):
        try:
            evidence.attach(answer=answer, filename=file.name, chunks=file.chunks(), **who)
        except TiendoError as error:
            form.add_error("file", error.message)


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    if report.state == Report.State.SUBMITTED:
        messages.success(request, gettext("Đã gửi báo cáo. Cơ quan xác nhận sẽ trả lời ở trang này."))
        return redirect("desk:report", report.pk)
    messages.success(request, gettext("Đã lưu bản đang soạn."))
    return redirect(request.path)


def _evidence(answer: Answer | None) -> list[Evidence]:
    return [piece for piece in answer.evidence.all() if piece.withdrawn_at is None] if answer else []
