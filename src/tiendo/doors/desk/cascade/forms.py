"""Forms about plans below a programme."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.bodies.picking import PickField, Picking
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.fields import bodies_of
from tiendo.foundation.organisations.models import Kind
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions.cascading import BASIS_LIMIT, NUMBER_LIMIT
from tiendo.work.programmes.models import Programme, Requirement, Task
from tiendo.work.programmes.queries.cascading import plans_for


class RequireForm(Picking):
    """Which bodies make a plan of their own, by when, and what asks for it."""

    kinds = forms.MultipleChoiceField(
        label=_("Mọi cơ quan thuộc loại"),
        choices=[(value, label) for value, label in Kind.choices if value != Kind.ROOT],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bodies = PickField(
        _("Và từng cơ quan"),
        required=False,
        help_text=_("Cơ quan đã được yêu cầu giữ nguyên hạn cũ."),
    )
    due = date_field(_("Hạn ban hành kế hoạch"), required=True)
    basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        max_length=BASIS_LIMIT,
        widget=text_input(),
        help_text=_("Ví dụ: Điểm 2, Mục III của chương trình."),
    )

    def __init__(self, *args: Any, programme: Programme, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._all = bodies_of(programme.office, today).exclude(pk=programme.office_id)
        self.offer(self._all, "bodies")

    def asked(self) -> dict[str, Any]:
        """What `require_plans` is told."""
        data = self.cleaned_data
        meant = [*data["bodies"], *self._all.filter(kind__in=data["kinds"])]
        return {"organisations": meant, "due": data["due"], "basis": data["basis"]}


class PlanForm(forms.Form):
    """The plan: a document that is held here, else its number and date."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Văn bản đã duyệt trong hệ thống"),
        required=False,
        empty_label=_("không có ở đây: ghi số và ngày bên dưới"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    number = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=NUMBER_LIMIT, widget=text_input())
    issued_on = date_field(_("Ngày ban hành"))

    def __init__(self, *args: Any, requirement: Requirement, rights: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["document"].queryset = plans_for(requirement, rights)
        fields["document"].label_from_instance = _named


def _named(document: Document) -> str:
    day = f", {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{document}{day}: {document.title[:80]}".rstrip(": ")


class LineField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A line of a programme; of a restricted one no word."""

    def label_from_instance(self, obj: Any) -> str:
        words = _("Báo cáo theo chế độ riêng") if obj.restricted else obj.content[:90]
        return f"{obj.number or obj.position}. {words}"


class LinkForm(forms.Form):
    """Two lines that belong together."""

    lower = LineField(
        Task.objects.none(),
        label=_("Dòng của kế hoạch cấp dưới"),
        empty_label=_("Chọn dòng"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn dòng của kế hoạch cấp dưới.")},
    )
    upper = LineField(
        Task.objects.none(),
        label=_("Nhiệm vụ của chương trình"),
        empty_label=_("Chọn nhiệm vụ"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn nhiệm vụ của chương trình.")},
    )

    def __init__(self, *args: Any, upper: Programme, lower: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["upper"].queryset = upper.tasks.filter(closed_at=None)
        fields["lower"].queryset = lower.tasks.filter(closed_at=None)
