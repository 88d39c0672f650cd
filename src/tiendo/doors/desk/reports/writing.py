"""Writing a report: on one piece of work with an end, or on all standing rows of a period, on one page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from tiendo.doors.desk import kept
from tiendo.doors.desk.access import page
from tiendo.doors.desk.fields import bodies_of
from tiendo.doors.desk.reports import typing, whole
from tiendo.doors.desk.reports.forms import OBSTACLE, AnswerForm
from tiendo.doors.ui.templatetags.ui import vn_date, vn_moment
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Post
from tiendo.work.programmes.actions import evidence, obstacles, presenting, reports
from tiendo.work.programmes.errors import (
    EvidenceDayError,
    PeriodNotOverError,
    ReportChangedError,
    ReportStateError,
    RestrictedLevelError,
)
from tiendo.work.programmes.errors_of_matters import NotPresentedError
from tiendo.work.programmes.models import Answer, Decision, Evidence, Obligation, Progress, Report, Transfer
from tiendo.work.programmes.queries import progress, work
from tiendo.work.programmes.queries.links import at_hand
from tiendo.work.programmes.queries.matters import last_given

PROGRESS = "progress"
"""The button that sends what is typed as a report on progress; the work stays open."""
UNSAVED = (ReportChangedError, ReportStateError, NotPresentedError)
"""After these nothing of what was typed is in the draft."""


@page(Permission.WRITE_REPORT)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Thirty seconds: one obligation."""
    row = _owed(request).filter(pk=pk, standing=False).first()
    if row is None:
        return _passed_on(request, Obligation.objects.filter(pk=pk, standing=False))
    return _write(request, [row])


@page(Permission.WRITE_REPORT)
def period(request: HttpRequest, pk: int, body: int, start: str, cutoff: str) -> HttpResponse:
    """The body's period report: all its standing rows."""
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(cutoff)
    except ValueError:
        raise Http404 from None
    of_period = {"programme__pk": pk, "standing": True, "period_start": first, "period_end": last}
    rows = list(_owed(request).filter(organisation__pk=body, **of_period).order_by("task__position"))
    if not rows:
        return _passed_on(request, Obligation.objects.filter(transfers__before=body, **of_period))
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
        .select_related("task", "organisation", "programme__office", "confirming", "assignment__answers_to")
    )


def _write(request: HttpRequest, owed: list[Obligation]) -> HttpResponse:
    report, rows = at_hand(owed)
    if request.POST.get("act") == typing.AUTO:
        who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
        return typing.keep(request, report, rows, lambda: _draft(report, rows, who))
    if not rows:
        return _handed_in(request, owed)
    answers = _answers(report)
    forms = [_form(request, row, answers.get(row.pk)) for row in rows]
    # A form that is refused stays one on what was opened: that someone else saved since must still be found out.
    status, problem, safe, early = 200, "", False, bool(request.POST.get("early"))
    together = whole.form_for(rows, request.POST if request.method == "POST" else None)
    version = request.POST.get("version") or (report.version if report else 1)
    if request.method == "POST":
        status = 422
        if all([form.is_valid() for form in [*forms, *([together] if together else [])]]):  # noqa: C419 - each shows its own errors
            try:
                done = _save(request, report, rows, forms, together)
            except NotAllowedError:
                raise
            except TiendoError as error:
                early = early or isinstance(error, PeriodNotOverError)
                problem, safe = error.message, not isinstance(error, UNSAVED)
            else:
                if done is not None:
                    return _after(request, done)
                safe = True
                problem = gettext("Có minh chứng chưa nhận được: xem lỗi ghi ở nhiệm vụ.")
            report, _rows = at_hand(owed)
            answers, version = _answers(report), report.version if report else 1
    given = last_given(request.rights, rows)  # type: ignore[attr-defined]
    return render(
        request,
        "desk/reports/write.html",
        {
            "report": report,
            "first": rows[0],
            "rows": [
                _shown(row, form, answers.get(row.pk)) | {"given": given.get(row.pk)}
                for row, form in zip(rows, forms, strict=True)
            ],
            "whole": together,
            "shared": whole.shared(piece for row in answers.values() for piece in row.evidence.all()),
            "early": early,
            "sure": bool(request.POST.get("early")),
            "problem": problem,
            "kept": safe,
            "returned": _asked_more(report),
            "version": version,
            "progress": _progress(rows[0]),
            "may_submit": request.rights.may(Permission.SUBMIT_REPORT, rows[0].organisation),  # type: ignore[attr-defined]
        },
        status=status,
    )


def _passed_on(request: HttpRequest, rows: QuerySet[Obligation]) -> HttpResponse:
    """What another body answers by now, told to whoever writes for one of the two, or had a post at the one before; to
    others there is nothing.
    """
    mine = request.rights.bodies(Permission.WRITE_REPORT)  # type: ignore[attr-defined]
    once = Post.objects.filter(user=request.user).values("organisation")  # type: ignore[misc]
    passed = Transfer.objects.filter(Q(before__in=mine) | Q(after__in=mine) | Q(before__in=once), obligation__in=rows)
    last = passed.select_related("obligation__organisation", "passage").last()
    if last is None or last.obligation.organisation_id == last.before_id:
        raise Http404
    says = gettext(
        "Từ ngày %(day)s việc này do %(body)s trả lời. Bản đã soạn và minh chứng đã chuyển theo, còn nguyên."
    ) % {"day": vn_date(last.passage.on), "body": last.obligation.organisation.name}
    goes_on = _owed(request).filter(pk=last.obligation_id).first()
    if goes_on:
        return _too_late(request, says, write_url(goes_on), gettext("Soạn tiếp"))
    return _too_late(request, says, reverse("desk:task", args=[last.obligation.task_id]), gettext("Xem nhiệm vụ"))


def _too_late(request: HttpRequest, says: str, url: str, label: str) -> HttpResponse:
    """What was typed is given back, to be copied: it can be kept nowhere."""
    context = {"says": says, "url": url, "label": label, "kept": kept.of(request)}
    return render(request, "desk/reports/too_late.html", context, status=409)


def _handed_in(request: HttpRequest, owed: list[Obligation]) -> HttpResponse:
    sent = (
        Report.objects.filter(answers__obligation__in=owed, round__gt=0)
        .select_related("submitted_by")
        .order_by("-pk")
        .first()
    )
    if sent is None:  # suspended, or not owed any more
        messages.error(request, gettext("Việc này đang tạm dừng hoặc không còn phải báo cáo."))
        return redirect("desk:task", owed[0].task_id)
    if request.method == "POST":
        who = sent.submitted_by.full_name if sent.submitted_by else ""
        says = gettext("Báo cáo này đã được %(who)s gửi lúc %(when)s.")
        says %= {"who": who, "when": vn_moment(sent.submitted_at)}
        return _too_late(request, says, reverse("desk:report", args=[sent.pk]), gettext("Xem báo cáo"))
    return redirect("desk:report", sent.pk)


def _shown(row: Obligation, form: AnswerForm, found: Answer | None) -> dict[str, Any]:
    """A row of the page; `stored` is what the draft holds where it is not what was typed."""
    there = found.text.replace("\r\n", "\n") if found and form.is_bound else ""
    stored = there if there != form.said_text() else ""
    asks = any(form.data.get(form.add_prefix(name)) for name in OBSTACLE) if form.is_bound else False
    return {"obligation": row, "form": form, "evidence": _evidence(found), "stored": stored, "obstacle": asks}


def _form(request: HttpRequest, row: Obligation, found: Answer | None) -> AnswerForm:
    initial: dict[str, Any] = {}
    if found:
        initial = {"text": found.text, "nothing_arose": found.nothing_arose, "percent": found.percent}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AnswerForm(*data, obligation=row, initial=initial)


def _answers(report: Report | None) -> dict[int, Answer]:
    if report is None:
        return {}
    return {row.obligation_id: row for row in report.answers.prefetch_related("evidence__added_by")}


def _save(
    request: HttpRequest,
    report: Report | None,
    rows: list[Obligation],
    forms: list[AnswerForm],
    together: whole.WholeForm | None,
) -> Report | None:
    """Keep the words first, then each new piece of evidence, then hand in, or send as progress, where that was asked: a
    file that is refused, or a row that still lacks something, does not take the words with it. None: a piece was
    refused, its form says why.
    """
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    opened = request.POST.get("version", "")
    with transaction.atomic():
        report = _draft(report, rows, who)
        if request.POST.get("act") == "give_back":
            presenting.give_back(report=report, **who)
        said = {form.obligation.pk: form.said() for form in forms}
        report = reports.save(report=report, answers=said, version=int(opened) if opened.isdecimal() else 0, **who)
    answers = {
        row.obligation_id: row for row in report.answers.select_related("obligation__task", "report__organisation")
    }
    for form in forms:
        _raise_obstacle(form, who)
        _add_evidence(answers[form.obligation.pk], form, who)
    for piece in _withdrawn(request, report):
        evidence.withdraw(evidence=piece, **who)
    if together:
        _cite_whole(report, together, who)
    if any(form.errors for form in [*forms, *([together] if together else [])]):
        return None
    if request.POST.get("act") == "submit":
        with transaction.atomic():
            report = reports.submit(report=report, **who)
            sure = bool(request.POST.get("early")) or report.round > 1
            whole.check_cutoff(rows, today=timezone.localdate(who["at"]), sure=sure)  # last: only what is complete asks
    elif request.POST.get("act") == PROGRESS:
        reports.send_progress(report=report, **who)
    elif request.POST.get("act") == "present":
        report = presenting.present(report=report, **who)
    return report


def _withdrawn(request: HttpRequest, report: Report) -> list[Evidence]:
    """Pieces of single rows, and a document that several rows cite, of all of them."""
    pieces = list(Evidence.objects.filter(answer__report=report, withdrawn_at=None).select_related("answer"))
    chosen = set(request.POST.getlist("withdraw"))
    single = [piece for piece in pieces if str(piece.pk) in chosen]
    together = whole.same_as(request.POST.getlist("withdraw_whole"), pieces)
    return list({piece.pk: piece for piece in [*single, *together]}.values())


def _cite_whole(report: Report, form: whole.WholeForm, who: dict[str, Any]) -> None:
    one = form.cited()
    try:
        if one is not None:
            evidence.cite_whole(report=report, one=one, **who)
    except TiendoError as error:
        form.refuse(error)


def _raise_obstacle(form: AnswerForm, who: dict[str, Any]) -> None:
    """One that was typed with the answer; the same form sent twice raises it once. A level that is a body's name is
    that body.
    """
    said: dict[str, Any] | None = form.obstacle_said()
    owed = form.obligation
    if said is None or owed.obstacles.filter(text=said["text"].strip(), decided_on=None).exists():
        return
    known = bodies_of(owed.programme.office, timezone.localdate(who["at"]))
    level = known.filter(name__iexact=said["level_text"]).exclude(pk=owed.organisation_id).first()
    try:
        obstacles.report(obligation=owed, level=level, **said, **who)
    except TiendoError as error:
        form.add_error("obstacle", error.message)


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
            _cite(answer, form, who)
    if file := data.get("file"):
        try:
            evidence.attach(answer=answer, filename=file.name, chunks=file.chunks(), **who)
        except TiendoError as error:
            form.add_error("file", error.message)


def _cite(answer: Answer, form: AnswerForm, who: dict[str, Any]) -> None:
    said = {name: form.cleaned_data[name] for name in ("number", "issued_on", "level")}
    try:
        evidence.cite(answer=answer, **said, **who)
    except RestrictedLevelError as error:
        form.add_error("level", error.message)
    except EvidenceDayError as error:
        form.add_error("issued_on", error.message)
    except TiendoError as error:
        form.add_error("number", error.message)


def _asked_more(report: Report | None) -> Decision | None:
    """The last word of the confirming body, be it to the body whose answer this one goes on with."""
    if report is None:
        return None
    if report.state == Report.State.RETURNED:
        return report.decisions.last()
    return report.follows.decisions.last() if report.round == 0 and report.follows else None


def _progress(row: Obligation) -> Progress | None:
    """What was reported last on the way, of work with an end."""
    return None if row.standing else progress.last_of([row.pk]).get(row.pk)


def _after(request: HttpRequest, report: Report) -> HttpResponse:
    if request.POST.get("act") == PROGRESS:
        messages.success(request, gettext("Đã gửi báo cáo tiến độ. Việc vẫn để mở, hạn không đổi."))
        if Evidence.objects.filter(answer__report=report, withdrawn_at=None).exclude(sha256="").exists():
            said = gettext("Tệp minh chứng còn trong bản đang soạn, gửi cùng đề nghị xác nhận hoàn thành.")
            messages.info(request, said)
        return redirect("desk:task", report.answers.values_list("obligation__task", flat=True)[0])
    if report.state == Report.State.SUBMITTED:
        messages.success(request, gettext("Đã gửi báo cáo. Cơ quan xác nhận sẽ trả lời ở trang này."))
        return redirect("desk:report", report.pk)
    if report.presented_at:
        messages.success(request, gettext("Đã trình người ký; người ký gửi của cơ quan đã được báo."))
    elif request.POST.get("act") == "give_back":
        messages.success(request, gettext("Đã trả lại bản soạn; người trình đã được báo."))
    else:
        messages.success(request, gettext("Đã lưu bản đang soạn."))
    return redirect(request.path)


def _evidence(answer: Answer | None) -> list[Evidence]:
    return [piece for piece in answer.evidence.all() if piece.withdrawn_at is None] if answer else []
