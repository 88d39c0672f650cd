"""Coordinators on a task: asked with a date, taken back, done; and when a task that waits is looked at again."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.matters.asked import asked, who
from tiendo.doors.desk.matters.forms import InviteForm, ReviewForm
from tiendo.doors.desk.tasks.views import seen_task
from tiendo.doors.desk.telling import told
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.grouping import group_of, members
from tiendo.work.programmes.actions import coordination, waiting
from tiendo.work.programmes.models import Assignment, Task
from tiendo.work.programmes.queries.coordination import asks_for
from tiendo.work.programmes.queries.groups import proposed
from tiendo.work.programmes.queries.owing import term_of


@page(Permission.SEE_WORK)
def invite(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """A lead, or the office for it, asks a coordinator, or the bodies that a phrase means, for their part by a day."""
    task, row = _row(request, pk, assignment)
    able, lead = asks_for(request.rights, task)  # type: ignore[attr-defined]
    if not able:
        raise NotAllowedError
    form = InviteForm(
        request.POST or None,
        initial={"organisations": _meant(task, row, request.today)},  # type: ignore[attr-defined]
        office=task.programme.office,
        today=request.today,  # type: ignore[attr-defined]
        phrase=row.group,
        restricted=task.restricted,
    )

    def done() -> str:
        said = form.said()
        count = coordination.invite(
            assignment=row,
            organisations=list(said.get("organisations", ())),
            asked=said["asked"],
            due=said["due"],
            **who(request),
        )
        return gettext("Đã đề nghị %(count)s cơ quan; việc phải trả lời được lập ngay.") % {"count": count}

    return asked(
        request, task, form, done,
        title=gettext("Đề nghị phối hợp"),
        button=gettext("Gửi đề nghị"),
        facts=[
            (gettext("Văn bản ghi"), row.party_text),
            (gettext("Cơ quan phối hợp"), row.organisation.name if row.organisation else ""),
            (gettext("Trả lời cho, và xác nhận"), lead.name if lead else ""),
        ],
        about=gettext("Cơ quan được đề nghị phải trả lời đúng hạn này. Cụm từ chung không phải trả lời gì."),
    )  # fmt: skip


def _meant(task: Task, row: Assignment, today: date) -> list[int]:
    """The bodies that a phrase means by its words, or by what the office said of it, for the lead to look over; without
    those that lead, or coordinate already.
    """
    if not row.group:
        return []
    rule = group_of(task.programme.office, row.party_text) or proposed(task.programme.office, row.party_text)
    there = set(task.assignments.on(None).filter(organisation__isnull=False).values_list("organisation", flat=True))
    return [body.pk for body in members(rule, today) if body.pk not in there] if rule else []


@page(Permission.SEE_WORK)
@posted("desk:task")
def part(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """`done` and `open` by the coordinator; `withdraw` by whoever may ask: what was asked by mistake."""
    task, row = _row(request, pk, assignment)
    act = request.POST.get("act")

    def acted() -> str:
        if act == "withdraw":
            coordination.withdraw(assignment=row, **who(request))
            return gettext("Đã rút đề nghị phối hợp.")
        if act == "open":
            coordination.part_open(assignment=row, **who(request))
            return gettext("Đã ghi là chưa xong phần phối hợp.")
        coordination.part_done(assignment=row, **who(request))
        return gettext("Đã ghi xong phần phối hợp.")

    return told(request, "desk:task", task.pk, acted)


@page(Permission.OPEN_EVENT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The office has looked at a task that waits, and says when it looks again."""
    task = seen_task(request, pk)
    if not request.rights.may(Permission.OPEN_EVENT, task.programme.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    if not term_of(task).waits:
        raise Http404
    form = ReviewForm(request.POST or None)

    def done() -> str:
        waiting.set_review(task=task, on=form.cleaned_data["on"], **who(request))
        return gettext("Đã ghi ngày xem lại.")

    return asked(
        request, task, form, done,
        title=gettext("Xem lại nhiệm vụ chờ sự kiện"),
        button=gettext("Ghi ngày xem lại"),
        facts=[(gettext("Đang hẹn xem lại trước ngày"), task.review_on)],
        about=gettext("Nếu đã có chỉ đạo hoặc sự kiện, hãy mở việc ở trang nhiệm vụ. Nếu chưa, hẹn ngày xem lại, không "
                      "quá %(most)s ngày.") % {"most": settings.REVIEW_DAYS},
    )  # fmt: skip


def _row(request: HttpRequest, pk: int, assignment: int) -> tuple[Task, Assignment]:
    task = seen_task(request, pk)
    rows = task.assignments.on(None).filter(pk=assignment, role=Assignment.Role.COORDINATE)
    row = rows.select_related("organisation").first()
    if row is None:
        raise Http404
    return task, row
