"""How a programme is followed: set when it is opened, after a look at what that raises; changed on its own page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.picking import BodyField, Picking
from tiendo.doors.desk.documents.forms import EVERY, date_field
from tiendo.doors.desk.documents.views import seen_document
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import own_tree
from tiendo.foundation.organisations.rules.party import of_the_party
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import opening, work
from tiendo.work.programmes.rules.periods import calendar_for, calendars
from tiendo.work.programmes.rules.terms import EARLIEST

RHYTHMS = ("month", "quarter", "half", "year")
"""Offered on the page; the shell knows more, and what was set there stays."""


class SettingsForm(Picking):
    """How a programme is followed."""

    confirming = BodyField(_("Cơ quan xác nhận kết quả"), help_text=_("Cơ quan báo cáo không bao giờ tự xác nhận."))
    monitor = BodyField(
        _("Cơ quan theo dõi, đôn đốc"),
        help_text=_("Xác nhận thay ở những việc mà cơ quan xác nhận chủ trì."),
        empty_label=_("Không có"),
        required=False,
    )
    tracked_from = date_field(_("Theo dõi từ ngày"), required=True)
    standing_every = forms.ChoiceField(
        label=_("Kỳ báo cáo việc thường xuyên"),
        choices=EVERY,
        initial="half",
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, *args: Any, office: Organisation, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        rhythms: Any = self.fields["standing_every"]
        rhythms.choices = [choice for choice in EVERY if choice[0] in {*RHYTHMS, self.initial.get("standing_every")}]
        if of_the_party(office.kind, office.name):
            rhythms.help_text = _(
                "Cấp ủy tự quy định lịch báo cáo. Khi cấp ủy chưa có lịch riêng trong hệ thống, ngày chốt số liệu và "
                "ngày gửi lấy theo lịch mặc định; lịch ấy không bắt buộc đối với cơ quan Đảng."
            )
        living = Organisation.objects.on(None).filter(own_tree(office)).exclude(kind="root")
        self.offer(living, "confirming", "monitor")

    def clean_tracked_from(self) -> date:
        day: date = self.cleaned_data["tracked_from"]
        if day > self.today:
            raise forms.ValidationError(_("Ngày này ở tương lai: mọi việc đến hạn trước đó sẽ không ai phải báo cáo."))
        if day < EARLIEST:
            raise forms.ValidationError(_("Ngày này sớm hơn năm 1990."))
        return day


@page(Permission.OPEN_PROGRAMME)
def open_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose, see what will be raised, open. What looks like a slip is opened only when it was said to be meant."""
    document = seen_document(request, pk)
    if opened := Programme.objects.filter(document=document).first():
        return redirect("desk:programme", opened.pk)
    today = request.today  # type: ignore[attr-defined]
    initial = {
        "confirming": document.office_id,
        "tracked_from": opening.first_day(document, "half", today),
        "standing_every": "half",
    }
    form = SettingsForm(request.POST or None, initial=initial, office=document.office, today=today)
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else None if form.is_bound else initial
    preview = _preview(document, chosen, today) if chosen else None
    warnings = _warnings(document, chosen, preview, calendar_for(today).id) if chosen and preview else []
    looks = request.POST.get("act") == "preview"
    if request.method == "POST" and chosen and not looks and not (warnings and "accept" not in request.POST):
        try:
            programme = programmes.open(document=document, by=request.user, at=request.now, **chosen)  # type: ignore[arg-type,attr-defined]
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã mở chương trình."))
            return redirect("desk:programme", programme.pk)
    refused = request.method == "POST" and not looks and not form.looking
    context = {"document": document, "form": form, "preview": preview, "warnings": warnings}
    return render(request, "desk/programmes/open.html", context, status=422 if form.errors or refused else 200)


@page(Permission.OPEN_PROGRAMME)
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who confirms, who follows, the rhythm; the first tracked day while nobody has answered anything."""
    programme = seen_programme(request, pk)
    if not request.rights.may(Permission.OPEN_PROGRAMME, programme.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    names = ("confirming", "monitor", "tracked_from", "standing_every")
    fixed = work.answered(programme.obligations.all()).exists()
    initial = {name: getattr(programme, name) for name in names}
    form = SettingsForm(
        request.POST or None,
        initial=initial,
        office=programme.office,
        today=request.today,  # type: ignore[attr-defined]
    )
    if fixed:
        form.fields["tracked_from"].disabled = True
        form.fields["tracked_from"].help_text = gettext("Đã có báo cáo trong chương trình nên ngày này giữ nguyên.")
    if request.method == "POST" and form.is_valid():
        try:
            programmes.change(programme=programme, by=request.user, at=request.now, **form.cleaned_data)  # type: ignore[arg-type,attr-defined]
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã lưu thiết lập của chương trình."))
            return redirect("desk:programme", pk)
    may = {
        "may_mark": request.rights.may(Permission.APPROVE, programme.office),  # type: ignore[attr-defined]
        "may_recompute": request.rights.may(Permission.DECIDE_DATES, programme.office),  # type: ignore[attr-defined]
    }
    context = {"programme": programme, "form": form, **may}
    return render(request, "desk/programmes/settings.html", context, status=422 if form.errors else 200)


def _preview(document: Document, chosen: dict[str, Any], today: date) -> opening.Preview:
    def pk_of(name: str) -> int | None:
        return getattr(chosen.get(name), "pk", chosen.get(name))

    thought_of = Programme(
        document=document,
        office=document.office,
        confirming_id=pk_of("confirming") or document.office_id,
        monitor_id=pk_of("monitor"),
        tracked_from=chosen["tracked_from"],
        standing_every=chosen["standing_every"],
        calendar=calendar_for(today).id,
    )
    return opening.preview(thought_of, document, today)


def _warnings(document: Document, chosen: dict[str, Any], preview: opening.Preview, calendar: str) -> list[str]:
    said = []
    if preview.unconfirmed:
        said.append(
            ngettext(
                "Không có ai xác nhận kết quả của %(bodies)s: cơ quan này vừa báo cáo vừa là cơ quan xác nhận. "
                "Hãy chọn cơ quan xác nhận hoặc cơ quan theo dõi khác.",
                "Không có ai xác nhận kết quả của các cơ quan %(bodies)s. "
                "Hãy chọn cơ quan xác nhận hoặc cơ quan theo dõi khác.",
                len(preview.unconfirmed),
            )
            % {"bodies": ", ".join(preview.unconfirmed)}
        )
    issued, day = document.issued_on, chosen["tracked_from"]
    if issued and day < calendars()[calendar].period("half", issued).start:
        said.append(
            gettext("Ngày bắt đầu theo dõi (%(day)s) sớm hơn ngày ban hành văn bản (%(issued)s).")
            % {"day": f"{day:%d/%m/%Y}", "issued": f"{issued:%d/%m/%Y}"}
        )
    return said
