"""The door's forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.fields import password_field, same_twice
from tiendo.doors.desk.session.addresses import address_of
from tiendo.foundation.accounts.actions import sessions
from tiendo.foundation.audit.errors import TiendoError


class SignInForm(AuthenticationForm):
    """Name and password; the door itself is `sessions.sign_in`. `status`: of the page that refuses."""

    status = 422

    def __init__(self, request: HttpRequest, data: Any = None) -> None:
        super().__init__(request, data)
        self.fields["username"].label = _("Tên đăng nhập")  # the model's own word knows one language
        for field in self.fields.values():
            field.widget.attrs["class"] = "input"

    def clean(self) -> dict[str, object]:
        request, data = self.request, self.cleaned_data
        if request is not None and data.get("username") and data.get("password"):
            try:
                self.user_cache = sessions.sign_in(
                    username=data["username"],
                    password=data["password"],
                    address=address_of(request),
                    at=request.now,  # type: ignore[attr-defined]
                )
            except TiendoError as error:
                self.status = error.status
                raise ValidationError(error.message, code=error.code) from error
        return data

    def refuse(self, error: TiendoError) -> None:
        """For another reason than the password."""
        self.status = error.status
        self.add_error(None, error.message)


class PasswordForm(forms.Form):
    """One's own new password."""

    current = password_field(_("Mật khẩu hiện tại"), "current-password")
    password = password_field(_("Mật khẩu mới"), "new-password")
    again = password_field(_("Nhập lại mật khẩu mới"), "new-password")

    def clean(self) -> dict[str, object]:
        return same_twice(self)


class FirstPasswordForm(forms.Form):
    """The password that an invited person chooses."""

    password = password_field(
        _("Mật khẩu của bạn"), "new-password", help_text=_("Hãy ghép bốn, năm từ không liên quan với nhau.")
    )
    again = password_field(_("Nhập lại mật khẩu"), "new-password")

    def clean(self) -> dict[str, object]:
        return same_twice(self)


class CodeForm(forms.Form):
    """A code: of an app, or one of the recovery codes."""

    otp = forms.CharField(
        label=_("Mã xác thực"),
        max_length=30,
        widget=forms.TextInput(
            attrs={"class": "input", "autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
        error_messages={"required": _("Hãy nhập mã.")},
    )


class UnlockForm(forms.Form):
    """The password again."""

    password = password_field(_("Mật khẩu"), "current-password", error_messages={"required": _("Hãy nhập mật khẩu.")})
