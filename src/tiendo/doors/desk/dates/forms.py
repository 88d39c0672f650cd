"""Forms about the day by which something is owed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_area, text_input

ONLY_NUMBERS = _("Nhiệm vụ báo cáo theo chế độ riêng: chỉ ghi số và ngày của văn bản, ví dụ 12-CV/TU ngày 02/03/2026.")
WHY = _("Cơ quan liên quan và người xem lại sau này đọc đúng câu này.")


class ReasonForm(forms.Form):
    """A reason and its legal basis. Of a restricted task only the number and date of a document."""

    reason = forms.CharField(
        label=_("Lý do"), widget=text_area(2), help_text=WHY, error_messages={"required": _("Hãy ghi lý do.")}
    )
    basis = forms.CharField(
        label=_("Căn cứ"),
        required=False,
        widget=text_input(),
        help_text=_("Điều khoản hoặc văn bản, nếu có. Ví dụ: Kết luận số 9-KL/TU."),
    )

    def __init__(self, *args: Any, restricted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if restricted:
            for name in ("reason", "word"):
                if name in self.fields:
                    self.fields[name].help_text = ONLY_NUMBERS
            self.fields.pop("basis", None)


class AskForm(ReasonForm):
    """A body asks for a later day."""

    wanted = date_field(_("Đề nghị gia hạn đến ngày"), required=True)
    field_order = ("wanted", "reason", "basis")


class DecidedForm(ReasonForm):
    """What the office decides by itself, with its document where there is one."""

    number = forms.CharField(label=_("Số, ký hiệu văn bản quyết định"), required=False, widget=text_input())
    issued_on = date_field(_("Ngày văn bản quyết định"))


class ExtendForm(DecidedForm):
    day = date_field(_("Hạn mới"), required=True)
    field_order = ("day", "reason", "basis", "number", "issued_on")


class SuspendForm(DecidedForm):
    from_day = date_field(_("Tạm dừng từ ngày"), required=True)
    field_order = ("from_day", "reason", "basis", "number", "issued_on")


class ResumeForm(DecidedForm):
    on_day = date_field(_("Tiếp tục từ ngày"), required=True)
    field_order = ("on_day", "reason", "basis", "number", "issued_on")


class GrantForm(DecidedForm):
    """Yes, until a day."""

    day = date_field(_("Gia hạn đến ngày"), required=True)
    word = forms.CharField(label=_("Ý kiến"), required=False, widget=text_area(2))
    field_order = ("day", "word", "number", "issued_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("reason")
        self.fields.pop("basis", None)


class RefuseForm(ReasonForm):
    """No, and why."""

    word = forms.CharField(
        label=_("Lý do không chấp thuận"),
        widget=text_area(2),
        help_text=WHY,
        error_messages={"required": _("Hãy ghi lý do.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("reason")
        self.fields.pop("basis", None)
