"""Letters to bodies that are late: drafted here, signed by a person elsewhere, their number entered back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.letters.forms import AnswerForm, DraftForm, IssueForm
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives.pages import print_docx
from tiendo.work.programmes.actions import letters as acts
from tiendo.work.programmes.letters import letter_docx
from tiendo.work.programmes.models import Letter, Programme
from tiendo.work.programmes.queries import letters as queries
from tiendo.work.programmes.queries import work

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page(Permission.SEE_WORK)
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """The letters of a programme. A post drafts one; `co-quan`: to whom, to begin with."""
    programme = get_object_or_404(work.visible_to(request.rights), pk=pk)  # type: ignore[attr-defined]
    writes = queries.writers(request.rights, programme)  # type: ignore[attr-defined]
    bodies = queries.addressees(programme, request.today)  # type: ignore[attr-defined]
    if len(writes) == 1:
        bodies = bodies.exclude(pk=writes[0].pk)  # nobody writes to their own body
    sent = request.POST if request.method == "POST" else None
    form = DraftForm(sent, bodies=bodies, writers=writes, initial={"organisation": request.GET.get("co-quan", "")})
    if request.method == "POST" and not writes:
        raise NotAllowedError
    if request.method == "POST" and form.is_valid():
        try:
            letter = acts.draft(programme=programme, **form.said(), **_by(request))
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã soạn công văn. Hãy tải về, xem lại, trình ký, rồi ghi số vào đây."))
            return redirect("desk:letter", letter.pk)
    return _list(request, programme, form if writes and (form.errors or bodies.exists()) else None)


def _on(rows: list[Letter], day: date | None) -> None:
    """Letters as they were on the day of the URL: what was issued or answered later was not yet."""
    for row in rows:
        if day and row.issued_on and row.issued_on > day:
            row.issued_on = None
        if day and row.answered_on and row.answered_on > day:
            row.answered_on = None
    asof.call([body for row in rows for body in (row.organisation, row.written_by)], day)


def _list(request: HttpRequest, programme: Programme, form: DraftForm | None) -> HttpResponse:
    day = asof.day_of(request)
    rows = queries.visible_to(request.rights).filter(programme=programme)  # type: ignore[attr-defined]
    rows = rows.filter(drafted_at__date__lte=day) if day else rows
    listed = table(
        request,
        rows,
        [
            Column(gettext("Gửi"), "body", ("organisation__path",)),
            Column(gettext("Loại công văn"), "kind", ("kind",)),
            Column(gettext("Số việc"), number=True),
            Column(gettext("Số liệu đến ngày"), "day", ("as_of",)),
            Column(gettext("Số, ngày phát hành"), "issued", ("issued_on",)),
            Column(gettext("Trả lời"), "answered", ("answered_on",)),
        ],
        caption=gettext("Công văn của chương trình"),
        empty={
            "title": gettext("Chưa có công văn nào."),
            "text": gettext("Khi có cơ quan còn việc quá hạn, cơ quan theo dõi soạn công văn đôn đốc ở đây."),
        },
    )
    _on(listed["rows"], day)
    switch = asof.switch(request, programme.document.issued_on, figures=True)
    context = {"programme": programme, "table": listed, "form": None if day else form, "asof": switch}
    return render(request, "desk/letters/index.html", context, status=422 if form and form.errors else 200)


@page(Permission.SEE_WORK)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter. Posts: `act=issue`, `act=answer` (numbers and days), `act=discard` (a draft)."""
    found = _find(request, pk)
    given = request.POST.get("act", "") if request.method == "POST" else ""
    if given == "discard":
        return _discard(request, found)
    issue = IssueForm(request.POST if given == "issue" else None)
    answer = AnswerForm(request.POST if given == "answer" else None)
    if given == "issue" and _done(issue, lambda said: acts.issue(letter=found, **said, **_by(request))):
        messages.success(request, gettext("Đã ghi số công văn."))
        return redirect("desk:letter", pk)
    if given == "answer" and _done(answer, lambda said: acts.answered(letter=found, **said, **_by(request))):
        messages.success(request, gettext("Đã ghi văn bản trả lời."))
        return redirect("desk:letter", pk)
    writes = queries.keeps(request.rights, found)  # type: ignore[attr-defined]
    context = {
        "letter": found,
        "lines": queries.lines(found),
        "before": queries.before(found),
        "issue": issue,
        "answer": answer,
        "writes": writes,
    }
    return render(request, "desk/letters/letter.html", context, status=422 if issue.errors or answer.errors else 200)


@page(Permission.SEE_WORK)
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """To be looked through and signed: DOCX, or with `dang=pdf` printed where the machine can."""
    found = _find(request, pk)
    content, kind = letter_docx(found), DOCX
    if request.GET.get("dang") == "pdf":
        printed = print_docx(content)
        if printed is None:
            messages.error(request, gettext("Máy chủ chưa in được PDF (cần LibreOffice). Hãy tải bản DOCX."))
            return redirect("desk:letter", pk)
        content, kind = printed, "application/pdf"
    response = HttpResponse(content, content_type=kind)
    name = f"cong-van-{found.pk}-{found.organisation.code}.{'docx' if kind == DOCX else 'pdf'}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find(request: HttpRequest, pk: int) -> Letter:
    return get_object_or_404(queries.visible_to(request.rights), pk=pk)  # type: ignore[attr-defined]


def _discard(request: HttpRequest, found: Letter) -> HttpResponse:
    try:
        acts.discard(letter=found, **_by(request))
    except NotAllowedError:
        raise
    except TiendoError as error:
        messages.error(request, error.message)
        return redirect("desk:letter", found.pk)
    messages.success(request, gettext("Đã bỏ bản soạn công văn."))
    return redirect("desk:letters", found.programme_id)


def _done(form: forms.Form, act: Callable[[dict[str, Any]], object]) -> bool:
    """Whether what was typed was taken; if not, the form says why. Raises NotAllowedError."""
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except NotAllowedError:
        raise
    except Letter.DoesNotExist as error:  # thrown away meanwhile
        raise Http404 from error
    except TiendoError as error:
        form.add_error(None, error.message)
        return False
    return True


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
