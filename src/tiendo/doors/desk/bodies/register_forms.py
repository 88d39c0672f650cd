"""Forms of the register: a list to take in, a body to add or to correct."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.fields import BodyField
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

    parent = BodyField(_("Cấp trên trực tiếp"))
    code = forms.CharField(
        label=_("Mã"),
        max_length=35,
        widget=text_input(autocomplete="off", autocapitalize="characters"),
        help_text=_("Chữ hoa không dấu, chữ số và dấu chấm. Ví dụ: UB.YT"),
    )
    name = forms.CharField(label=_("Tên"), max_length=LONGEST_NAME, widget=text_input())
    short = forms.CharField(label=_("Tên gọi tắt"), max_length=LONGEST_SHORT, required=False, widget=text_input())
    kind = forms.ChoiceField(label=_("Loại"), widget=forms.Select(attrs={"class": "input"}))
    abbreviations = forms.CharField(
        label=_("Tên viết tắt"),
        max_length=LONGEST_NAME,
        required=False,
        widget=text_input(),
        help_text=_("Nhiều tên thì cách nhau bằng dấu |, ví dụ: VPTU|VP Tỉnh ủy"),
    )
    national_code = forms.CharField(label=_("Mã định danh điện tử"), max_length=35, required=False, widget=text_input())
    national_code_old = forms.CharField(label=_("Mã định danh cũ"), max_length=35, required=False, widget=text_input())
    starts = date_field(_("Hoạt động từ ngày"))

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: Any = self.fields["parent"]
        living = Organisation.objects.filter(ends=None, planned=False)
        parent.queryset = living.filter(within(rights.paths(Permission.MANAGE_BODIES)))
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("Chọn loại")), *((one, label) for one, label in Kind.choices if one != Kind.ROOT)]

    def cells(self) -> dict[str, str]:
        """The line of the sheet of bodies that the form says."""
        data = self.cleaned_data
        names = ("code", "name", "short", "kind", "abbreviations", "national_code", "national_code_old")
        return {**{name: data[name] for name in names}, "starts": data["starts"].isoformat() if data["starts"] else ""}


class CorrectionForm(BodyForm):
    field_order = ("parent", "code", "name", "renamed_on")
    renamed_on = date_field(_("Tên mới dùng từ ngày"))

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        told = [name for name in BodyForm.base_fields if name != "abbreviations"]
        initial = {name: getattr(body, COLUMNS.get(name, name)) for name in told}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["renamed_on"].help_text = _(
            "Để trống nếu chỉ sửa lỗi gõ: tên đúng thay tên sai ở mọi thời điểm. Ghi ngày nếu cơ quan đổi tên: "
            "tên cũ vẫn đúng với thời gian trước đó."
        )
        self.fields["abbreviations"].label = _("Thêm tên viết tắt")
        parent: Any = self.fields["parent"]
        if body.parent is None or not parent.queryset.filter(pk=body.parent_id).exists():
            del self.fields["parent"]  # its place is somebody else's to change
        if body.kind == Kind.ROOT:
            del self.fields["kind"]

    def cells(self) -> dict[str, str]:
        data = self.cleaned_data
        cells = {name: str(data[name] or "") for name in BodyForm.base_fields if name in data and name != "parent"}
        return {**cells, "starts": data["starts"].isoformat() if data["starts"] else ""}
