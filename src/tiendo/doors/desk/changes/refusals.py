"""A body says that work was assigned to it wrongly; the office decides."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.acting import Nothing, Way, outcome
from tiendo.doors.desk.changes.forms import AcceptForm, DeclineForm, RefusalForm, bodies
from tiendo.doors.desk.tasks.views import seen_task
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import refusals
from tiendo.work.programmes.models import Asked, Refusal
from tiendo.work.programmes.queries import work


@page(Permission.SUBMIT_REPORT)
def refuse(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """By whoever submits for the body."""
    task = seen_task(request, pk)
    row = (
        task.assignments.on(None)
        .filter(pk=assignment, organisation__isnull=False)
        .select_related("organisation")
        .first()
    )
    if row is None:
        raise Http404
    if not request.rights.may(Permission.SUBMIT_REPORT, row.organisation):  # type: ignore[attr-defined]
        raise NotAllowedError

    def send(said: dict[str, Any]) -> str:
        refusals.refuse(assignment=row, **said, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        return gettext("Đã gửi đề nghị. Cho đến khi có quyết định, cơ quan vẫn phải thực hiện và báo cáo đúng hạn.")

    options = {"restricted": task.restricted}
    way = Way(RefusalForm, send, _("Đề nghị trả lại"), _("Gửi đề nghị"), options=options, unfolded=True)
    came = outcome(request, {"refuse": way})
    if came.done:
        return redirect("desk:task", pk)
    return render(request, "desk/changes/refuse.html", {"task": task, "row": row, "outcome": came}, status=came.status)


@page(Permission.SEE_WORK)
def refusal(request: HttpRequest, pk: int) -> HttpResponse:
    """What was said, and what is decided on it."""
    tasks = work.tasks_visible_to(request.rights)  # type: ignore[attr-defined]
    found = Refusal.objects.filter(pk=pk, assignment__task__in=tasks)
    one = found.select_related("assignment__task__programme__office", "organisation", "asked_by", "decided_by").first()
    if one is None:
        raise Http404
    came = outcome(request, _ways(request, one))
    if came.done:
        return redirect("desk:task", one.assignment.task_id)
    context = {"one": one, "task": one.assignment.task, "outcome": came}
    return render(request, "desk/changes/refusal.html", context, status=came.status)


def _ways(request: HttpRequest, one: Refusal) -> dict[str, Way]:
    if one.state != Asked.ASKED:
        return {}
    rights = request.rights  # type: ignore[attr-defined]
    office = one.assignment.task.programme.office
    who: dict[str, Any] = {"refusal": one, "by": request.user, "at": request.now}  # type: ignore[attr-defined]

    def take_back(_said: dict[str, Any]) -> str:
        refusals.take_back(**who)
        return gettext("Đã rút đề nghị trả lại.")

    def accept(said: dict[str, Any]) -> str:
        refusals.accept(**said, **who)
        if said["organisation"]:
            return gettext("Đã chấp thuận; nhiệm vụ được giao cho cơ quan mới.")
        return gettext("Đã chấp thuận; dòng phân công trở về chờ gán.")

    def decline(said: dict[str, Any]) -> str:
        refusals.decline(**said, **who)
        return gettext("Đã ghi không chấp thuận; cơ quan tiếp tục thực hiện.")

    if any(mine.pk == one.organisation_id for mine in rights.organisations):
        mine = rights.may(Permission.SUBMIT_REPORT, one.organisation)
        return {"take_back": Way(Nothing, take_back, _("Rút đề nghị"), _("Rút đề nghị"), danger=True)} if mine else {}
    if not rights.may(Permission.OPEN_PROGRAMME, office):
        return {}
    options: dict[str, Any] = {"restricted": one.assignment.task.restricted}
    among = bodies(office, request.today)  # type: ignore[attr-defined]
    about = _("Không chọn cơ quan: dòng phân công trở về chờ gán và việc đã lập được rút lại.")
    yes, no = _("Chấp thuận"), _("Không chấp thuận")
    return {
        "accept": Way(
            AcceptForm, accept, yes, yes, about, options={**options, "among": among}, unfolded=True
        ),
        "decline": Way(
            DeclineForm, decline, no, no, options=options, unfolded=True, danger=True
        ),
    }  # fmt: skip
