"""What can go wrong with people and rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class NotAllowedError(TiendoError):
    code = "not_allowed"
    wording = _("Bạn không có quyền làm việc này. Hãy liên hệ người quản trị của cơ quan nếu cần được giao quyền.")
    status = 403


class BadUsernameError(TiendoError):
    code = "bad_username"
    wording = _("Tên đăng nhập gồm chữ, số và các dấu . _ @ + -, không có khoảng trắng, dài từ 1 đến 60 ký tự.")


class BadFullNameError(TiendoError):
    code = "bad_full_name"
    wording = _("Họ và tên không được để trống và dài nhất {longest} ký tự.")


class UsernameTakenError(TiendoError):
    code = "username_taken"
    wording = _("Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.")


class WeakPasswordError(TiendoError):
    code = "weak_password"
    wording = _("Mật khẩu chưa đạt: {reasons}")


class WrongSignInError(TiendoError):
    """Never says which of the two it was."""

    code = "wrong_sign_in"
    wording = _("Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy tắt bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại.")
    status = 422


class WrongPasswordError(TiendoError):
    code = "wrong_password"
    wording = _("Mật khẩu hiện tại chưa đúng. Hãy tắt bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại.")
    status = 422


class TooManyAttemptsError(TiendoError):
    code = "too_many_attempts"
    wording = _(
        "Đã nhập sai mật khẩu quá nhiều lần. Hãy thử lại từ {hour} ngày {day}. "
        "Nếu quên mật khẩu, hãy nhờ người quản trị của cơ quan đặt lại."
    )
    status = 429


class AlreadyInactiveError(TiendoError):
    code = "already_inactive"
    wording = _("Tài khoản này đã ngừng hoạt động từ trước.")


class AlreadyActiveError(TiendoError):
    code = "already_active"
    wording = _("Tài khoản này đang hoạt động.")
