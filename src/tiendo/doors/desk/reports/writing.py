"""Writing a report: on one piece of work with an end, or on all standing rows of a period, on one page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.reports.forms import AnswerForm
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions import evidence, reports
from tiendo.work.programmes.models import Answer, Evidence, Obligation, Report
from tiendo.work.programmes.queries import work


@page(Permission.WRITE_REPORT)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Thirty seconds: one obligation."""
    row = _owed(request).filter(pk=pk, standing=False).first()
    if row is None:
        raise Http404
    return _write(request, [row], f"obligation:{row.pk}")


@page(Permission.WRITE_REPORT)
def period(request: HttpRequest, pk: int, body: int, start: str, cutoff: str) -> HttpResponse:
    """The body's period report: all its standing rows."""
    rows = list(
        _owed(request)
        .filter(programme=pk, organisation=body, standing=True, period_start=start, period_end=cutoff)
        .order_by("task__position")
    )
    if not rows:
        raise Http404
    return _write(request, rows, f"{start}/{cutoff}")


def _owed(request: HttpRequest) -> Any:
    rights = request.rights  # type: ignore[attr-defined]
    return (
        work.obligations_visible_to(rights)
        .filter(organisation__in=rights.bodies(Permission.WRITE_REPORT))
        .select_related("task", "organisation", "programme__office", "confirming")
    )


def _write(request: HttpRequest, rows: list[Obligation], key: str) -> HttpResponse:
    report = Report.objects.filter(programme=rows[0].programme, organisation=rows[0].organisation, key=key).first()
    if report is not None and report.state not in reports.WRITABLE:
        return redirect("desk:report", report.pk)
    answers = _answers(report)
    forms = [_form(request, row, answers.get(row.pk)) for row in rows]
    status, problem = 200, ""
    if request.method == "POST":
        status = 422
        if all([form.is_valid() for form in forms]):
            try:
                done = _save(request, rows, forms)
            except TiendoError as error:
                problem = error.message
                report = Report.objects.filter(
                    programme=rows[0].programme, organisation=rows[0].organisation, key=key
                ).first()
                answers = _answers(report)
            else:
                return _after(request, done)
    return render(
        request,
        "desk/reports/write.html",
        {
            "report": report,
            "first": rows[0],
            "rows": [
                {"obligation": row, "form": form, "evidence": _evidence(answers.get(row.pk))}
                for row, form in zip(rows, forms, strict=True)
            ],
            "problem": problem,
            "returned": report.decisions.last() if report and report.state == Report.State.RETURNED else None,
            "version": report.version if report else 1,
            "may_submit": request.rights.may(Permission.SUBMIT_REPORT, rows[0].organisation),  # type: ignore[attr-defined]
        },
        status=status,
    )


def _form(request: HttpRequest, row: Obligation, found: Answer | None) -> AnswerForm:
    initial = {"text": found.text, "nothing_arose": found.nothing_arose} if found else {}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswerForm(*data, obligation=row, initial=initial)


def _answers(report: Report | None) -> dict[int, Answer]:
    if report is None:
        return {}
    return {row.obligation_id: row for row in report.answers.prefetch_related("evidence__added_by")}


def _save(request: HttpRequest, rows: list[Obligation], forms: list[AnswerForm]) -> Report:
    """Keep the words first, then each new piece of evidence, then hand in where that was asked: a file that is refused, or
    a row that still lacks something, does not take the words with it.
    """
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    first = rows[0]
    with transaction.atomic():
        if first.standing:
            period = f"{first.period_start.isoformat()}/{first.period_end.isoformat()}"
            report = reports.draft_period(
                programme=first.programme, organisation=first.organisation, period=period, **who
            )
        else:
            report = reports.draft_once(obligation=first, **who)
        said = {form.obligation.pk: form.said() for form in forms}
        report = reports.save(report=report, answers=said, version=int(request.POST.get("version") or 0), **who)
    answers = {
        row.obligation_id: row for row in report.answers.select_related("obligation__task", "report__organisation")
    }
    for form in forms:
        _add_evidence(answers[form.obligation.pk], form, who)
    for withdrawn in request.POST.getlist("withdraw"):
        piece = Evidence.objects.filter(pk=withdrawn, answer__report=report).first() if withdrawn.isdecimal() else None
        if piece:
            evidence.withdraw(evidence=piece, **who)
    if request.POST.get("act") == "submit":
        report = reports.submit(report=report, **who)
    return report


def _add_evidence(answer: Answer, form: AnswerForm, who: dict[str, Any]) -> None:
    data = form.cleaned_data
    if data.get("number"):
        known = answer.evidence.filter(number=data["number"], issued_on=data["issued_on"], withdrawn_at=None).exists()
        if not known:  # the same form sent twice cites once
            evidence.cite(answer=answer, number=data["number"], issued_on=data["issued_on"], level=data["level"], **who)
    if file := data.get("file"):
        evidence.attach(answer=answer, filename=file.name, chunks=file.chunks(), **who)


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    if report.state == Report.State.SUBMITTED:
        messages.success(request, gettext("Đã gửi báo cáo. Cơ quan xác nhận sẽ trả lời ở trang này."))
        return redirect("desk:report", report.pk)
    messages.success(request, gettext("Đã lưu bản đang soạn."))
    return redirect(request.path)


def _evidence(answer: Answer | None) -> list[Evidence]:
    return [piece for piece in answer.evidence.all() if piece.withdrawn_at is None] if answer else []
