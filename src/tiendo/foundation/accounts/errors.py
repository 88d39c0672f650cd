"""What can go wrong with people and rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class NotAllowedError(TiendoError):
    code = "not_allowed"
    wording = _("Bạn không có quyền làm việc này. Hãy liên hệ người quản trị của cơ quan nếu cần được giao quyền.")
    status = 403


class UsernameTakenError(TiendoError):
    code = "username_taken"
    wording = _("Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.")


class WeakPasswordError(TiendoError):
    code = "weak_password"
    wording = _("Mật khẩu chưa đạt: {reasons}")
