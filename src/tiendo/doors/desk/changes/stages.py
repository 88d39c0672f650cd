"""Trình → cho ý kiến → ban hành: where a product is, with whom, since when."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.acting import Nothing, Way, outcome
from tiendo.doors.desk.changes.forms import PaperForm, StagesForm, bodies
from tiendo.doors.desk.tasks.views import seen_task
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import stages as acts
from tiendo.work.programmes.models import Stage, Task
from tiendo.work.programmes.queries.stages import course


@page(Permission.SEE_WORK)
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever holds the stage ends it, or the office for it; the office sets it up and opens the last one again."""
    task = seen_task(request, pk)
    held = course(task, request.today)  # type: ignore[attr-defined]
    current = next((one.stage for one in held if one.current), None)
    ended = any(one.stage.finished_on for one in held)
    ways = {**_ending(request, task, current), **_laying(request, task, begun=bool(held), ended=ended)}
    came = outcome(request, ways)
    if came.done:
        return redirect("desk:stages", pk)
    return render(
        request, "desk/changes/stages.html", {"task": task, "held": held, "outcome": came}, status=came.status
    )


def _ending(request: HttpRequest, task: Task, current: Stage | None) -> dict[str, Way]:
    may = request.rights.may  # type: ignore[attr-defined]
    if current is None:
        return {}
    if not (may(Permission.SUBMIT_REPORT, current.holder) or may(Permission.ASSIGN, task.programme.office)):
        return {}

    def finish(said: dict[str, Any]) -> str:
        after = acts.finish(stage=current, **said, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        if after is None:
            return gettext("Đã ghi văn bản ban hành: quy trình hoàn thành.")
        return gettext("Đã xong bước này; từ nay việc nằm ở %(body)s.") % {"body": after.holder}

    title = gettext("Ghi xong bước: %(stage)s (%(body)s)") % {
        "stage": current.get_kind_display(), "body": current.holder,
    }  # fmt: skip
    today = {"issued_on": request.today}  # type: ignore[attr-defined]
    return {"finish": Way(PaperForm, finish, title, _("Ghi xong bước này"), initial=today, unfolded=True)}


def _laying(request: HttpRequest, task: Task, *, begun: bool, ended: bool) -> dict[str, Way]:
    if not request.rights.may(Permission.ASSIGN, task.programme.office):  # type: ignore[attr-defined]
        return {}
    who: dict[str, Any] = {"task": task, "by": request.user, "at": request.now}  # type: ignore[attr-defined]

    def set_up(said: dict[str, Any]) -> str:
        acts.set_up(**said, **who)
        return gettext("Đã đặt quy trình; bước đầu bắt đầu từ hôm nay.")

    def reopen(_said: dict[str, Any]) -> str:
        acts.reopen_last(**who)
        return gettext("Đã mở lại bước vừa xong.")

    if ended:
        about = _("Dùng khi ghi nhầm: văn bản của bước đó được bỏ, bước sau chưa bắt đầu.")
        return {"reopen": Way(Nothing, reopen, _("Mở lại bước vừa xong"), _("Mở lại"), about, danger=True)}
    if task.closed_at is not None:
        return {}
    options = {"among": bodies(task.programme.office, request.today)}  # type: ignore[attr-defined]
    title = _("Đặt lại quy trình") if begun else _("Đặt quy trình")
    about = _("Dùng khi cơ quan chủ trì soạn thảo, cơ quan khác ban hành. Mỗi bước một nơi giữ, tính ngày riêng.")
    return {"set_up": Way(StagesForm, set_up, title, _("Đặt quy trình"), about, options=options, unfolded=not begun)}
