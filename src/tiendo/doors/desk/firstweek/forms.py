"""A register that is sent, and the choice of its columns, which stands in the URL until the rows are taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.intake.columns import ROLES, Mapped
from tiendo.work.directives.registers import SUFFIXES

SHEET, HEAD, LAST = "trang", "dau", "cuoi"
COLUMN = "cot-"
"""Before a role, in the URL."""


class RegisterForm(forms.Form):
    """A register for an office."""

    office = forms.ModelChoiceField(Organisation.objects.none(), label=_("Cơ quan tiếp nhận"), empty_label=None)
    file = forms.FileField(
        label=_("Tệp sổ theo dõi"),
        allow_empty_file=True,
        error_messages={"required": _("Hãy chọn tệp cần gửi.")},
        help_text=_("Bảng tính (.xlsx) hoặc CSV. Không gửi tệp có dấu chỉ độ mật."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv"}),
    )

    def __init__(self, *args: Any, offices: tuple[Organisation, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["office"]
        field.queryset = Organisation.objects.filter(pk__in=[office.pk for office in offices])
        if len(offices) == 1:
            field.widget = forms.HiddenInput()
            field.initial = offices[0].pk

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(SUFFIXES):
            raise forms.ValidationError(_("Đây không phải bảng tính .xlsx hoặc CSV. Văn bản gửi ở trang Văn bản."))
        return file


def mapped_of(asked: Mapping[str, str]) -> Mapped | None:
    """The columns that the URL (or the form that takes the rows in) names; None: it names none."""
    if HEAD not in asked:
        return None
    columns = {role: number for role in ROLES if (number := _number(asked.get(COLUMN + role, ""))) is not None}
    head = _number(asked[HEAD]) or 0
    return Mapped(_number(asked.get(SHEET, "0")) or 0, head, max(_number(asked.get(LAST, "")) or head, head), columns)


def fields_of(mapped: Mapped) -> list[tuple[str, str]]:
    """The same as names and values of a form."""
    places = [(COLUMN + role, str(column)) for role, column in mapped.columns.items()]
    return [(SHEET, str(mapped.sheet)), (HEAD, str(mapped.head)), (LAST, str(mapped.last)), *places]


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None  # noqa: PLR2004
