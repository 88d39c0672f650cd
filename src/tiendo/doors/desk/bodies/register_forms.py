"""Forms of the register: a list to take in, a body to add or to correct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.bodies.kinds import offered
from tiendo.doors.desk.bodies.picking import PickField, pick, typed
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.queries import Rights, within
from tiendo.foundation.organisations.rules.bodies import LONGEST_NAME, LONGEST_SHORT

COLUMNS = {"short": "short_name"}
"""Columns of the sheet of bodies whose field of the body is called otherwise."""


class ListForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp danh sách"),
        allow_empty_file=True,
        error_messages={"required": _("Hãy chọn tệp cần nạp.")},
        help_text=_("Bảng tính (.xlsx), CSV, hoặc tệp nén (.zip) các tệp CSV như tải xuống ở trên. Dưới 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.zip"}),
    )


class RenamedForm(forms.Form):
    """From which day the names hold that a list changes."""

    renamed_on = date_field(_("Các tên đã đổi được dùng từ ngày"))


class BodyForm(forms.Form):
    """A body below one of those that whoever asks keeps."""

    name = forms.CharField(
        label=_("Tên"),
        max_length=LONGEST_NAME,
        widget=text_input(),
        help_text=_("Tên đầy đủ như trong quyết định thành lập. Ví dụ: Sở Văn hóa, Thể thao và Du lịch"),
    )
    kind = forms.ChoiceField(label=_("Loại"), widget=forms.Select(attrs={"class": "input"}))
    parent = PickField(
        _("Cấp trên trực tiếp"),
        single=True,
        error_messages={"required": _("Hãy chọn cơ quan cấp trên trực tiếp.")},
        help_text=_("Quyền xem và quản lý đi theo cấp trên này. Vị trí trong từng cây tổ chức có thể khác."),
    )
    code = forms.CharField(
        label=_("Mã"),
        max_length=35,
        required=False,
        widget=text_input(autocomplete="off", autocapitalize="characters"),
        help_text=_(
            "Mã riêng trong danh bạ này: chữ hoa không dấu, chữ số và dấu chấm, ví dụ UB.YT. "
            "Để trống thì lấy số kế tiếp dưới mã của cấp trên."
        ),
    )
    short = forms.CharField(
        label=_("Tên gọi tắt"),
        max_length=LONGEST_SHORT,
        required=False,
        widget=text_input(),
        help_text=_("Tên ngắn dùng trên các bảng, ví dụ: Sở KH&CN"),
    )
    abbreviations = forms.CharField(
        label=_("Tên viết tắt"),
        max_length=LONGEST_NAME,
        required=False,
        widget=text_input(),
        help_text=_(
            "Cách viết khác hay gặp trong văn bản, để nhận ra cơ quan. "
            "Nhiều tên thì cách nhau bằng dấu |, ví dụ: VPTU|VP Tỉnh ủy"
        ),
    )
    national_code = forms.CharField(
        label=_("Mã định danh điện tử"),
        max_length=35,
        required=False,
        widget=text_input(),
        help_text=_(
            "Mã trao đổi văn bản điện tử theo Quyết định 20/2020/QĐ-TTg, viết từ cấp trên xuống, ví dụ H60.12. "
            "Để trống nếu chưa được cấp."
        ),
    )
    national_code_old = forms.CharField(
        label=_("Mã định danh cũ"),
        max_length=35,
        required=False,
        widget=text_input(),
        help_text=_("Mã theo QCVN 102:2016/BTTTT, viết từ cấp dưới lên, ví dụ 000.00.12.H60."),
    )
    starts = date_field(
        _("Hoạt động từ ngày"),
        help_text=_("Ngày quyết định thành lập có hiệu lực. Để trống nếu cơ quan có từ trước khi bắt đầu theo dõi."),
    )

    def clean_code(self) -> str:
        """Small letters are meant as capital ones."""
        return str(self.cleaned_data["code"]).upper()

    def __init__(self, *args: Any, rights: Rights, sent: Any = None, **kwargs: Any) -> None:
        """`sent`: what stands in the form, though it is not judged yet."""
        super().__init__(*args, **kwargs)
        living = Organisation.objects.filter(ends=None, planned=False)
        pick(self, "parent", living.filter(within(rights.paths(Permission.MANAGE_BODIES))), self.data or sent)
        kind: Any = self.fields["kind"]
        kind.choices = offered(_("Chọn loại"))

    def cells(self) -> dict[str, str]:
        """The line of the sheet of bodies that the form says."""
        data = self.cleaned_data
        names = ("code", "name", "short", "kind", "abbreviations", "national_code", "national_code_old")
        return {**{name: data[name] for name in names}, "starts": data["starts"].isoformat() if data["starts"] else ""}


class CorrectionForm(BodyForm):
    field_order = ("name", "renamed_on", "kind", "parent", "code")
    renamed_on = date_field(_("Tên mới dùng từ ngày"))

    def __init__(self, *args: Any, body: Organisation, sent: Any = None, **kwargs: Any) -> None:
        told = [name for name in BodyForm.base_fields if name not in {"abbreviations", "parent"}]
        initial = {name: getattr(body, COLUMNS.get(name, name)) for name in told}
        initial["parent"] = [body.parent_id] if body.parent_id else []
        super().__init__(*args, initial=typed(sent, self.base_fields) if sent else initial, sent=sent, **kwargs)
        self.fields["renamed_on"].help_text = _(
            "Để trống nếu chỉ sửa lỗi gõ: tên đúng thay tên sai ở mọi thời điểm. Ghi ngày nếu cơ quan đổi tên: "
            "tên cũ vẫn đúng với thời gian trước đó."
        )
        self.fields["abbreviations"].label = _("Thêm tên viết tắt")
        self.fields["code"].required = True
        parent: Any = self.fields["parent"]
        if body.parent is None or not parent.queryset.filter(pk=body.parent_id).exists():
            del self.fields["parent"]  # its place is somebody else's to change
        if body.kind == Kind.ROOT:
            del self.fields["kind"]

    def cells(self) -> dict[str, str]:
        data = self.cleaned_data
        cells = {name: str(data[name] or "") for name in BodyForm.base_fields if name in data and name != "parent"}
        return {**cells, "starts": data["starts"].isoformat() if data["starts"] else ""}
