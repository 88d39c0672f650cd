"""Forms of the administrator: a person, a post, a password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tiendo.doors.desk.bodies.picking import BodyField, Picking
from tiendo.doors.desk.documents.forms import date_field, text_input
from tiendo.doors.desk.fields import password_field, same_twice
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, looking_after, role_names
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights, within


class PostForm(Picking):
    """A role in a body. Bodies are those that the administrator looks after."""

    organisation = BodyField(_("Cơ quan"))
    role = forms.ChoiceField(
        label=_("Vai trò"),
        widget=forms.Select(attrs={"class": "input"}),
        error_messages={"required": _("Hãy chọn vai trò.")},
    )
    title = forms.CharField(
        label=_("Chức danh"),
        required=False,
        max_length=120,
        widget=text_input(),
        help_text=_("Ví dụ: Phó Giám đốc Sở."),
    )
    scope = BodyField(
        _("Phạm vi phụ trách"),
        required=False,
        empty_label=_("chỉ cơ quan đã chọn và cấp dưới của nó"),
        help_text=_(
            "Chỉ dùng cho vai trò Lãnh đạo, Kiểm tra và Quản trị: cơ quan cấp trên mà người này được xem toàn bộ "
            "công việc (hoặc quản lý tài khoản) từ đó trở xuống."
        ),
    )
    starts = date_field(_("Từ ngày"), required=True)

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.on(None).filter(within(rights.paths(Permission.MANAGE_ACCOUNTS)))
        self.offer(mine, "organisation", "scope")
        role: Any = self.fields["role"]
        role.choices = [("", _("Chọn vai trò")), *role_names().items()]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        scope, body = data.get("scope"), data.get("organisation")
        if scope and data.get("role") and data["role"] not in looking_after():
            self.add_error("scope", _("Vai trò này không có phạm vi phụ trách. Hãy để trống."))
        elif scope and body and not body.path.startswith(scope.path):
            self.add_error("scope", _("Hãy chọn chính cơ quan đó hoặc một cơ quan cấp trên của nó."))
        return data


class InviteForm(PostForm):
    """Someone new, with their first post; they choose their password themselves."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120, widget=text_input(autocomplete="off"))
    email = forms.EmailField(
        label=_("Thư điện tử"),
        required=False,
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
        help_text=_("Để trống nếu không có: lời mời hiện một lần để in hoặc chép, trao tận tay."),
    )
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        required=False,
        max_length=60,
        widget=text_input(autocapitalize="none", autocomplete="off", spellcheck="false"),
        help_text=_("Để trống thì lấy theo họ và tên. Không phân biệt chữ hoa, chữ thường. Ví dụ: tran.binh"),
    )
    field_order: Any = ("full_name", "email", "username", "organisation", "role", "title", "scope", "starts")


class PersonForm(InviteForm):
    """Someone new, with their first post and a password that is handed over."""

    password = password_field(
        _("Mật khẩu ban đầu"),
        "new-password",
        help_text=_("Trao tận tay. Người dùng phải đổi ở lần đăng nhập đầu, trước khi vào làm việc."),
    )
    again = password_field(_("Nhập lại mật khẩu"), "new-password")
    field_order = (
        "username",
        "full_name",
        "email",
        "password",
        "again",
        "organisation",
        "role",
        "title",
        "scope",
        "starts",
    )

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        username, email = self.fields["username"], self.fields["email"]
        username.required, email.help_text = True, ""
        username.help_text = _("Không phân biệt chữ hoa, chữ thường. Ví dụ: tran.binh")

    def clean(self) -> dict[str, Any]:
        super().clean()
        return same_twice(self)


class NewPasswordForm(forms.Form):
    """A password that the administrator gives."""

    password = password_field(
        _("Mật khẩu mới"),
        "new-password",
        help_text=_("Trao tận tay. Người dùng phải đổi ở lần đăng nhập đầu, trước khi vào làm việc."),
    )
    again = password_field(_("Nhập lại mật khẩu mới"), "new-password")

    def clean(self) -> dict[str, Any]:
        return same_twice(self)


class LastDayForm(forms.Form):
    """The last day in a post, or in the office."""

    last_day = date_field(_("Ngày cuối giữ chức vụ"), required=True)


class CorrectEndForm(forms.Form):
    """The right last day in a post, where another was written down; none: it is held on."""

    last_day = date_field(_("Ngày cuối đúng, để trống nếu vẫn giữ"))


class EndForm(LastDayForm):
    """The last day in a post; with drafts under way, to whom of the same body they go."""

    STAYS = "0"

    def __init__(self, *args: Any, drafts: int, writers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not drafts:
            return
        self.fields["receiver"] = forms.ChoiceField(
            label=ngettext(
                "Giao %(n)s bản báo cáo đang soạn cho", "Giao %(n)s bản báo cáo đang soạn cho", drafts
            ) % {"n": drafts},
            choices=[
                ("", _("Chọn người nhận")),
                *((one.pk, one.full_name) for one in writers),
                (self.STAYS, _("để lại cơ quan: ai có quyền soạn ở đó đều soạn tiếp được")),
            ],
            widget=forms.Select(attrs={"class": "input"}),
            error_messages={"required": _("Người này còn bản báo cáo đang soạn. Hãy chọn người nhận.")},
        )  # fmt: skip

    def receiver(self) -> int:
        """The person's number; 0: nobody in particular."""
        return int(self.cleaned_data.get("receiver") or 0)
