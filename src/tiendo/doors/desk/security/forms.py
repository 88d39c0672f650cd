"""Forms of one's own security page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.documents.forms import text_input
from tiendo.doors.desk.session.forms import CodeForm
from tiendo.foundation.accounts.actions.factors import LONGEST_NAME


class AppForm(CodeForm):
    """The first code that the app shows."""


class PasskeyForm(forms.Form):
    name = forms.CharField(
        label=_("Tên của khóa"),
        max_length=LONGEST_NAME,
        widget=text_input(autocomplete="off"),
        help_text=_("Để sau này nhận ra. Ví dụ: Máy tính ở phòng, Điện thoại."),
        error_messages={"required": _("Hãy đặt tên cho khóa.")},
    )
    credential = forms.CharField(required=False, widget=forms.HiddenInput())
