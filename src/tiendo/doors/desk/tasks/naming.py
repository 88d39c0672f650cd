"""Which body a printed name means, and who confirms: chosen among many on a page of its own."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.bodies.picking import BodyField, Picking
from tiendo.doors.desk.fields import bodies_of
from tiendo.doors.desk.matters.asked import asked, who
from tiendo.doors.desk.tasks.views import row_of, seen_task
from tiendo.doors.desk.telling import told
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import tasks
from tiendo.work.programmes.models import Assignment
from tiendo.work.programmes.queries.owing import term_of

NONE_CHOSEN = _("Chưa gán được: hãy chọn cơ quan trong danh sách.")


class NameForm(Picking):
    """Which body of the office's own tree a printed name means. A phrase means it on this row alone."""

    organisation = BodyField(
        _("Cơ quan"), error_messages=dict.fromkeys(("required", "invalid_choice", "invalid_pk_value"), NONE_CHOSEN)
    )
    everywhere = forms.BooleanField(required=False)
    forget = forms.BooleanField(label=_("chỉ lần này, không ghi nhớ tên gọi"), required=False)

    def __init__(
        self, *args: Any, office: Organisation, today: date, row: Assignment, alike: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer(bodies_of(office, today), "organisation")
        self.fields["everywhere"].label = _("gán cho cả {n} dòng ghi như thế").format(n=alike)
        if row.group or alike < 2:  # noqa: PLR2004 (this row and another)
            del self.fields["everywhere"]
        if row.group:
            del self.fields["forget"]


class ConfirmingForm(Picking):
    """Who confirms the results of one task."""

    organisation = BodyField(_("Cơ quan xác nhận"), required=False, empty_label=_("Theo chương trình"))

    def __init__(self, *args: Any, office: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(bodies_of(office, today), "organisation")


@page(Permission.ASSIGN)
def name_body(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Say which body a printed name means: on this row, or on every row of the programme that prints it so."""
    found, row = row_of(request, pk, assignment)
    office = found.programme.office
    if not request.rights.may(Permission.ASSIGN, office):  # type: ignore[attr-defined]
        raise NotAllowedError
    same = Assignment.objects.on(None).filter(task__programme=found.programme_id, party_text=row.party_text)
    alike = same.filter(organisation=None, group=False).count()
    today = request.today  # type: ignore[attr-defined]
    form = NameForm(request.POST or None, office=office, today=today, row=row, alike=alike)

    def given() -> str:
        said = form.cleaned_data
        chosen = {"assignment": row, "organisation": said["organisation"], "remember": not said.get("forget")}
        if said.get("everywhere"):
            count = tasks.name_everywhere(**chosen, **who(request))
            return gettext("Đã gán cơ quan ở %(count)s dòng; việc phải báo cáo được lập ngay.") % {"count": count}
        tasks.name_body(**chosen, **who(request))
        return gettext("Đã gán cơ quan; việc phải báo cáo được lập ngay.")

    return asked(
        request, found, form, given,
        title=gettext("Gán cơ quan"),
        button=gettext("Gán"),
        facts=[(gettext("Văn bản ghi"), row.party_text), (gettext("Vai trò"), row.get_role_display())],
    )  # fmt: skip


@page(Permission.ASSIGN)
@posted("desk:task")
def unname_body(request: HttpRequest, pk: int, assignment: int) -> HttpResponse:
    """Take a wrongly named body off again, on this row or on all that were given to it under the same name."""
    _found, row = row_of(request, pk, assignment)

    def taken() -> str:
        if request.POST.get("everywhere"):
            count = tasks.unname_everywhere(assignment=row, **who(request))
            return gettext("Đã gỡ cơ quan ở %(count)s dòng; các dòng này trở về chờ gán.") % {"count": count}
        tasks.unname_body(assignment=row, **who(request))
        return gettext("Đã gỡ cơ quan; việc đã lập được rút lại và dòng này trở về chờ gán.")

    return told(request, "desk:task", pk, taken)


@page(Permission.OPEN_PROGRAMME)
def set_confirming(request: HttpRequest, pk: int) -> HttpResponse:
    """Who confirms the results of this task, other than the programme says."""
    found = seen_task(request, pk)
    office = found.programme.office
    if not request.rights.may(Permission.OPEN_PROGRAMME, office):  # type: ignore[attr-defined]
        raise NotAllowedError
    if term_of(found).standing:  # one report covers the standing rows of a body: the programme says who confirms it
        raise Http404
    now = {"organisation": found.confirming_id or ""}
    form = ConfirmingForm(request.POST or None, initial=now, office=office, today=request.today)  # type: ignore[attr-defined]

    def changed() -> str:
        tasks.set_confirming(task=found, organisation=form.cleaned_data["organisation"], **who(request))
        return gettext("Đã đổi cơ quan xác nhận kết quả của nhiệm vụ.")

    return asked(request, found, form, changed, title=gettext("Đổi cơ quan xác nhận"), button=gettext("Lưu"))
