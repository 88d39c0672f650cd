"""The day of one piece of work: why it is that day; asking for another, deciding, suspending, resuming."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.acting import Nothing, Way, outcome
from tiendo.doors.desk.dates.forms import AskForm, ExtendForm, GrantForm, RefuseForm, ResumeForm, SuspendForm
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions import deadlines
from tiendo.work.programmes.models import Asked, DateChange, Obligation
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.dates import chain, deciding_body, granted
from tiendo.work.programmes.rules import standing


@page(Permission.SEE_WORK)
def dates(request: HttpRequest, pk: int) -> HttpResponse:
    """What each may do here follows from whose work it is and who decides."""
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    rows = work.obligations_visible_to(rights).filter(pk=pk)
    one = rows.select_related("task", "organisation", "programme__office", "confirming", "opening").first()
    if one is None:
        raise Http404
    asked = one.date_changes.filter(state=Asked.ASKED).select_related("asked_by").first()
    ways = {**_of_body(request, one, asked), **_of_office(request, one, asked)}
    came = outcome(request, ways)
    if came.done:
        return redirect("desk:dates", pk)
    context = {
        "one": one,
        "chain": chain(one),
        "day": one.owed_by,
        "standing": standing(one.facts, on=today),
        "asked": asked,
        "outcome": came,
        "granted": granted(one),
        "most": settings.EXTENSIONS,
        "opens": work.tasks_visible_to(rights).filter(pk=one.task_id).exists(),
    }
    return render(request, "desk/dates/dates.html", context, status=came.status)


def _of_body(request: HttpRequest, one: Obligation, asked: DateChange | None) -> dict[str, Way]:
    """What the body that owes it may do."""
    if not request.rights.may(Permission.WRITE_REPORT, one.organisation):  # type: ignore[attr-defined]
        return {}
    who = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]

    def ask(said: dict[str, Any]) -> str:
        deadlines.ask(obligation=one, **said, **who)
        return gettext("Đã gửi đề nghị gia hạn. Cho đến khi có quyết định, hạn hiện nay giữ nguyên.")

    def withdraw(_said: dict[str, Any]) -> str:
        assert asked is not None
        deadlines.withdraw_request(request=asked, **who)
        return gettext("Đã rút đề nghị gia hạn.")

    if asked is not None:
        return {"withdraw": Way(Nothing, withdraw, _("Rút đề nghị gia hạn"), _("Rút đề nghị"), danger=True)}
    if one.state != Obligation.State.OPEN:
        return {}
    restricted = {"restricted": one.task.restricted}
    return {"ask": Way(AskForm, ask, _("Đề nghị gia hạn"), _("Gửi đề nghị"), options=restricted, unfolded=True)}


def _of_office(request: HttpRequest, one: Obligation, asked: DateChange | None) -> dict[str, Way]:
    """What whoever decides may do."""
    rights = request.rights  # type: ignore[attr-defined]
    body = deciding_body(one)
    own = any(mine.pk == one.organisation_id for mine in rights.organisations)
    if body is None or own or not rights.may(Permission.DECIDE_DATES, body):
        return {}
    if one.state == Obligation.State.SUSPENDED:
        return _resuming(request, one)
    if asked is not None:
        return _deciding(request, one, asked)
    return _moving(request, one) if one.state == Obligation.State.OPEN else {}


def _deciding(request: HttpRequest, one: Obligation, asked: DateChange) -> dict[str, Way]:
    who = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]

    def grant(said: dict[str, Any]) -> str:
        deadlines.decide(request=asked, **said, **who)
        return gettext("Đã gia hạn. Hạn đầu tiên vẫn được giữ trong lịch sử của việc này.")

    def refuse(said: dict[str, Any]) -> str:
        deadlines.decide(request=asked, day=None, **said, **who)
        return gettext("Đã ghi không chấp thuận; hạn hiện nay giữ nguyên.")

    more: dict[str, Any] = {"options": {"restricted": one.task.restricted}, "unfolded": True}
    wanted = {"day": asked.wanted}
    ways = {"refuse": Way(RefuseForm, refuse, _("Không chấp thuận"), _("Không chấp thuận"), danger=True, **more)}
    if one.state == Obligation.State.OPEN:
        ways = {
            "grant": Way(GrantForm, grant, _("Chấp thuận"), _("Chấp thuận gia hạn"), initial=wanted, **more),
            **ways,
        }
    return ways


def _moving(request: HttpRequest, one: Obligation) -> dict[str, Way]:
    who = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]

    def extend(said: dict[str, Any]) -> str:
        deadlines.extend(obligation=one, **said, **who)
        return gettext("Đã gia hạn. Hạn đầu tiên vẫn được giữ trong lịch sử của việc này.")

    def suspend(said: dict[str, Any]) -> str:
        deadlines.suspend(obligation=one, **said, **who)
        return gettext("Đã tạm dừng. Khi tiếp tục, số ngày tạm dừng được cộng vào hạn.")

    more: dict[str, Any] = {"options": {"restricted": one.task.restricted}}
    today = {"from_day": request.today}  # type: ignore[attr-defined]
    about = _("Việc tạm dừng không bị tính là quá hạn; mọi ngày tạm dừng được cộng vào hạn khi tiếp tục.")
    return {
        "extend": Way(ExtendForm, extend, _("Gia hạn theo quyết định"), _("Gia hạn"), **more),
        "suspend": Way(SuspendForm, suspend, _("Tạm dừng"), _("Tạm dừng"), about, initial=today, **more),
    }


def _resuming(request: HttpRequest, one: Obligation) -> dict[str, Way]:
    def resume(said: dict[str, Any]) -> str:
        change = deadlines.resume(obligation=one, **said, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
        return gettext("Việc được tiếp tục; hạn nay là %(day)s.") % {"day": f"{change.after:%d/%m/%Y}"}

    more: dict[str, Any] = {"options": {"restricted": one.task.restricted}, "unfolded": True}
    today = {"on_day": request.today}  # type: ignore[attr-defined]
    return {"resume": Way(ResumeForm, resume, _("Tiếp tục"), _("Cho tiếp tục"), initial=today, **more)}
