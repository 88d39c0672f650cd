"""Forms about a document that changes an open programme."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.cascade.forms import LineField
from tiendo.doors.desk.documents.forms import date_field
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import AmendedLine, Amendment, Programme, Task
from tiendo.work.programmes.queries.amending import amending, says_it_amends, signed_rows


class BeginForm(forms.Form):
    """Which document changes the programme."""

    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=_("Văn bản sửa đổi, bổ sung hoặc thay thế"),
        empty_label=_("Chọn văn bản đã duyệt"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn văn bản.")},
    )

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["document"]
        field.queryset = amending(programme)
        self._says = says_it_amends(programme, field.queryset)
        field.label_from_instance = self._named
        if not self.is_bound and len(self._says) == 1:
            field.initial = next(iter(self._says))

    def _named(self, document: Document) -> str:
        day = f", {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
        says = _("ghi rõ là sửa chương trình này")
        told = f" ({says})" if document.pk in self._says else ""
        return f"{document}{day}{told}: {document.title[:80]}".rstrip(": ")


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A signed row of the document."""

    def label_from_instance(self, obj: Any) -> str:
        words = _("Báo cáo theo chế độ riêng") if obj.restricted else obj.content[:90]
        return f"{obj.number}. {words}" if obj.number else str(words)


class LineForm(forms.Form):
    """What one clause does."""

    kind = forms.ChoiceField(
        label=_("Văn bản mới"), choices=AmendedLine.Kind.choices, widget=forms.Select(attrs={"class": "input"})
    )
    task = LineField(
        Task.objects.none(),
        label=_("Nhiệm vụ đang mở"),
        required=False,
        empty_label=_("không có (bổ sung)"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    duty = RowField(
        Duty.objects.none(),
        label=_("Dòng của văn bản mới"),
        required=False,
        empty_label=_("không có (bãi bỏ)"),
        widget=forms.Select(attrs={"class": "input"}),
    )
    chosen = forms.BooleanField(label=_("Thực hiện mục này"), required=False, initial=True)

    def __init__(self, *args: Any, amendment: Amendment, line: AmendedLine | None, **kwargs: Any) -> None:
        if line is not None:
            kwargs["initial"] = {"kind": line.kind, "task": line.task_id, "duty": line.duty_id, "chosen": line.chosen}
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["task"].queryset = amendment.programme.tasks.filter(closed_at=None)
        fields["duty"].queryset = signed_rows(amendment.document)


class CarryOutForm(forms.Form):
    """From which day."""

    on = date_field(_("Có hiệu lực từ ngày"), required=True)
