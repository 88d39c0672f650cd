"""What is typed into a report is kept while it is typed: the words alone. Evidence and obstacles count once they are
saved on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk.reports.forms import AnswerForm
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import Obligation, Report

AUTO = "auto"
"""What `act` says where the page keeps by itself."""
WORDS = ("text", "nothing_arose", "percent")
EMPTY = {None, reports.UNTOLD}


def keep(
    request: HttpRequest, report: Report | None, rows: Sequence[Obligation], begin: Callable[[], Report]
) -> HttpResponse:
    """The line that says what is kept, with the version on which the next keeping builds. `begin`: gives the draft, of
    which none is made for nothing.
    """
    if not rows:
        return _said(request, None, gettext("Việc này không còn soạn được. Hãy chép phần đã nhập rồi tải lại trang."))
    forms = [AnswerForm(_words(request, row), None, obligation=row, initial={}) for row in rows]
    if not all([form.is_valid() for form in forms]):  # noqa: C419 - each is looked at
        return _said(request, None, gettext("Chưa tự lưu được: có ô ghi chưa đúng."))
    answers = {form.obligation.pk: form.said() for form in forms}
    if report is None and not any(_anything(one) for one in answers.values()):
        return _said(request, None)
    try:
        with transaction.atomic():
            return _said(request, _save(request, begin(), answers))
    except TiendoError as error:
        return _said(request, None, error.message)


def _anything(one: reports.Said) -> bool:
    return bool(one.text) or one.nothing_arose or one.percent not in EMPTY


def _save(request: HttpRequest, report: Report, answers: Mapping[int, reports.Said]) -> Report:
    said = request.POST.get("version", "")
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    version = int(said) if said.isdecimal() else 0
    return reports.save(report=report, answers=answers, version=version, typing=True, **who)


def _said(request: HttpRequest, report: Report | None, problem: str = "") -> HttpResponse:
    version = report.version if report else request.POST.get("version", "")
    context = {"report": report, "problem": problem, "version": version}
    return render(request, "desk/reports/saved.html", context, status=422 if problem else 200)


def _words(request: HttpRequest, row: Obligation) -> dict[str, str]:
    names = [f"o{row.pk}-{name}" for name in WORDS]
    return {name: request.POST[name] for name in names if name in request.POST}
