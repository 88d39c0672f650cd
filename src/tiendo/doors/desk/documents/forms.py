"""Forms about documents and their rows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Duty
from tiendo.work.directives.rules import DEADLINE_KINDS, DeadlineFields, parties_from_lines

EVERY = [
    ("", _("không nêu chu kỳ")),
    ("week", _("hằng tuần")),
    ("month", _("hằng tháng")),
    ("quarter", _("hằng quý")),
    ("half", _("6 tháng")),
    ("nine_months", _("9 tháng")),
    ("year", _("hằng năm")),
]


def text_input(**attrs: Any) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "input", **attrs})


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"class": "input", "rows": rows})


def date_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """dd/mm/yyyy typed by hand, as offices write it: a browser's own picker puts the month first in some languages."""
    attrs = {"class": "input", "placeholder": "31/12/2026", "inputmode": "numeric", "size": 12}
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs, format="%d/%m/%Y"),
        error_messages={
            "required": _("Hãy ghi ngày, ví dụ 31/12/2026."),
            "invalid": _("Ngày chưa hợp lệ. Hãy ghi theo mẫu 31/12/2026."),
        },
    )


def received_field() -> forms.DateField:
    """When the office received a body's signed paper: late or not follows from it, not from the day of typing."""
    field = date_field(_("Ngày nhận"))
    field.help_text = _("Ngày văn phòng nhận văn bản giấy: đúng hạn hay quá hạn tính theo ngày này. Trống là hôm nay.")
    return field


class ReceiveForm(forms.Form):
    """A file for an office."""

    office = forms.ModelChoiceField(Organisation.objects.none(), label=_("Cơ quan tiếp nhận"), empty_label=None)
    file = forms.FileField(
        label=_("Tệp văn bản"),
        allow_empty_file=True,
        error_messages={"required": _("Hãy chọn tệp cần gửi.")},
        help_text=_(
            "Word (.docx, .doc), PDF, bản quét (PDF, PNG, JPEG, TIFF), RTF, OpenDocument (.odt), "
            "bảng tính (.xlsx), trang web (.html) hoặc "
            "văn bản thường (.txt). Không gửi văn bản có dấu chỉ độ mật."
        ),
        widget=forms.FileInput(),
    )

    def __init__(self, *args: Any, offices: tuple[Organisation, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Organisation.objects.filter(pk__in=[office.pk for office in offices])
        if len(offices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = offices[0].pk


class HeadingForm(forms.Form):
    """The heading as it really is, where the machine did not read it or read it wrong."""

    kind = forms.CharField(label=_("Loại văn bản"), required=False, max_length=60, widget=text_input())
    symbol = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=80, widget=text_input())
    issued_on = date_field(_("Ngày ban hành"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=300, widget=text_input())
    title = forms.CharField(label=_("Trích yếu"), required=False, widget=text_area(3))


class RowForm(forms.Form):
    """A row as a person corrects it. Parties stand one to a line, as printed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = forms.CharField(label=_("Số thứ tự"), required=False, max_length=20, widget=text_input(size=6))
    content = forms.CharField(
        label=_("Nội dung nhiệm vụ"), widget=text_area(4), error_messages={"required": _("Hãy ghi nội dung nhiệm vụ.")}
    )
    leads = forms.CharField(
        label=_("Cơ quan chủ trì"), required=False, widget=text_area(2), help_text=_("Mỗi dòng một cơ quan.")
    )
    coordinators = forms.CharField(
        label=_("Cơ quan phối hợp"), required=False, widget=text_area(2), help_text=_("Mỗi dòng một cơ quan.")
    )
    deadline_kind = forms.ChoiceField(
        label=_("Thời hạn"), choices=list(DEADLINE_KINDS.items()), widget=forms.Select(attrs={"class": "input"})
    )
    deadline_start = date_field(_("Từ ngày"))
    deadline_end = date_field(_("Đến ngày"))
    deadline_every = forms.ChoiceField(
        label=_("Chu kỳ"), required=False, choices=EVERY, widget=forms.Select(attrs={"class": "input"})
    )
    product = forms.CharField(label=_("Sản phẩm"), required=False, widget=text_area(1))
    restricted = forms.BooleanField(
        label=_("Nhiệm vụ báo cáo theo chế độ riêng"),
        required=False,
        help_text=_("Chỉ lưu số, ngày và nơi nhận của báo cáo; không nhận nội dung và tệp."),
    )

    def changes(self, duty: Duty) -> dict[str, object]:
        """What `duties.edit` takes."""
        data = self.cleaned_data
        return {
            "number": data["number"],
            "content": data["content"],
            "product": data["product"],
            "restricted": data["restricted"],
            "leads": parties_from_lines(data["leads"], known=duty.leads),
            "coordinators": parties_from_lines(data["coordinators"], known=duty.coordinators),
        }

    def deadline(self) -> DeadlineFields:
        data = self.cleaned_data
        return DeadlineFields(
            kind=data["deadline_kind"],
            start=data["deadline_start"],
            end=data["deadline_end"],
            every=data["deadline_every"],
        )

    def has_changed_from(self, duty: Duty) -> bool:
        """Whether anything was written anew, so that a mere signature does not count as an edit."""
        before, data = self.initial_of(duty), self.cleaned_data
        return any(
            " ".join(str(data[name] or "").split()) != " ".join(str(before[name] or "").split())
            for name in before
            if name != "version"
        )

    @staticmethod
    def initial_of(duty: Duty) -> dict[str, object]:
        fields = (
            "version",
            "number",
            "content",
            "deadline_kind",
            "deadline_start",
            "deadline_end",
            "deadline_every",
            "product",
            "restricted",
        )
        return {
            **{name: getattr(duty, name) for name in fields},
            "leads": "\n".join(party["name"] for party in duty.leads),
            "coordinators": "\n".join(party["name"] for party in duty.coordinators),
        }


class AddForm(forms.Form):
    """A row that the machine did not find."""

    content = forms.CharField(
        label=_("Nội dung nhiệm vụ"), widget=text_area(3), error_messages={"required": _("Hãy ghi nội dung nhiệm vụ.")}
    )
    leads = forms.CharField(
        label=_("Cơ quan chủ trì"), required=False, widget=text_area(2), help_text=_("Mỗi dòng một cơ quan.")
    )
    quote = forms.CharField(
        label=_("Câu giao việc trong văn bản"),
        required=False,
        widget=text_area(3),
        help_text=_(
            "Chép nguyên văn để từ nhiệm vụ tra ngược được về câu này; để trống nếu máy không đọc được trang đó."
        ),
    )

    def fields_of_row(self) -> dict[str, Any]:
        """What `duties.add` takes."""
        data = self.cleaned_data
        return {
            "content": data["content"],
            "leads": parties_from_lines(data["leads"], known=[]),
            "quote": data["quote"],
        }


class SetAsideForm(forms.Form):
    """Why a document is not followed."""

    reason = forms.CharField(
        label=_("Lý do không theo dõi"),
        widget=text_area(2),
        error_messages={"required": _("Hãy ghi lý do, ví dụ: gửi nhầm tệp; văn bản không giao việc.")},
    )
