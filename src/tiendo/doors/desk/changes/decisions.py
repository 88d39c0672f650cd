"""A decision changes a task: withdrawn, reopened, split, given to another lead, gathered by another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.acting import Way, outcome
from tiendo.doors.desk.changes.forms import DecisionForm, FocalForm, LeadForm, SplitForm, bodies
from tiendo.doors.desk.tasks.views import seen_task
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import changes
from tiendo.work.programmes.models import Assignment, Task


@page(Permission.OPEN_PROGRAMME)
def task_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What may be decided follows from how the task stands."""
    task = seen_task(request, pk)
    if not request.rights.may(Permission.OPEN_PROGRAMME, task.programme.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    came = outcome(request, _closed(request, task) if task.closed_at else _live(request, task))
    if came.done:
        return redirect("desk:task", pk)
    context = {"task": task, "outcome": came, "changes": task.changes.select_related("by")}
    return render(request, "desk/changes/task.html", context, status=came.status)


def _closed(request: HttpRequest, task: Task) -> dict[str, Way]:
    if task.changes.filter(kind="split").exists():
        return {}
    say = _saying(
        request, changes.reopen, gettext("Đã mở lại nhiệm vụ; phần chưa báo cáo lại phải báo cáo."), task=task
    )
    about = (
        _("Sổ cũ ghi việc này đã xong. Mở lại thì phải báo cáo theo đúng thời hạn, kể cả khi hạn đã qua.")
        if task.done_before
        else _("Phần chưa báo cáo lại phải báo cáo. Kỳ đã qua trong thời gian rút không bị hỏi lại.")
    )
    options = {"restricted": task.restricted}
    return {"reopen": Way(DecisionForm, say, _("Mở lại nhiệm vụ"), _("Mở lại"), about, options=options, unfolded=True)}


def _live(request: HttpRequest, task: Task) -> dict[str, Way]:
    leads = list(
        task.assignments.on(None)
        .filter(role=Assignment.Role.LEAD, organisation__isnull=False)
        .select_related("organisation", "task__programme__office")
    )
    among = bodies(task.programme.office, request.today)  # type: ignore[attr-defined]
    plain = {"restricted": task.restricted}
    ways: dict[str, Way] = {}
    if leads:
        done = gettext("Đã đổi cơ quan chủ trì; việc đang mở và bản đang soạn chuyển theo.")
        about = _("Từ hôm nay cơ quan mới chủ trì. Báo cáo đã gửi vẫn của cơ quan đã gửi; hạn không thay đổi.")
        ways["lead"] = Way(
            LeadForm, _saying(request, changes.change_lead, done), _("Đổi cơ quan chủ trì"), _("Đổi chủ trì"), about,
            options={**plain, "leads": leads, "among": among},
        )  # fmt: skip
    if len(leads) > 1:
        done = gettext("Đã đổi đầu mối tổng hợp.")
        ways["focal"] = Way(
            FocalForm, _saying(request, changes.change_focal, done), _("Đổi đầu mối tổng hợp"), _("Đổi đầu mối"),
            options={**plain, "leads": leads},
        )  # fmt: skip
    split = _saying(request, changes.split, gettext("Đã tách nhiệm vụ; mỗi phần có cơ quan chủ trì riêng."), task=task)
    about = _("Mỗi phần thành một nhiệm vụ của cùng dòng văn bản, cùng thời hạn. Để trống phần không dùng.")
    ways["split"] = Way(
        SplitForm, split, _("Tách nhiệm vụ"), _("Tách"), about, options={**plain, "among": among}
    )  # fmt: skip
    gone = _saying(
        request, changes.withdraw, gettext("Đã rút nhiệm vụ; phần chưa báo cáo không phải báo cáo."), task=task
    )
    about = _("Phần chưa báo cáo không phải báo cáo nữa. Báo cáo đã gửi được giữ nguyên. Có thể mở lại sau.")
    ways["withdraw"] = Way(
        DecisionForm, gone, _("Rút nhiệm vụ"), _("Rút nhiệm vụ"), about, options=plain, danger=True
    )  # fmt: skip
    return ways


def _saying(
    request: HttpRequest, act: Callable[..., object], words: str, **what: Any
) -> Callable[[dict[str, Any]], str]:
    def do(said: dict[str, Any]) -> str:
        act(**what, **said, by=request.user, at=request.now)  # type: ignore[attr-defined]
        return words

    return do
