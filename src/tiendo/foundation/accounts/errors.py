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


class SamePasswordError(TiendoError):
    code = "same_password"
    wording = _("Mật khẩu mới phải khác mật khẩu hiện tại.")
    status = 422


class AlreadyInactiveError(TiendoError):
    code = "already_inactive"
    wording = _("Tài khoản này đã ngừng hoạt động từ trước.")


class AlreadyActiveError(TiendoError):
    code = "already_active"
    wording = _("Tài khoản này đang hoạt động.")


class WrongCodeError(TiendoError):
    code = "wrong_code"
    wording = _(
        "Mã chưa đúng hoặc đã dùng rồi. Hãy chờ ứng dụng hiện mã mới rồi nhập lại; giờ trên điện thoại phải đúng."
    )
    status = 422


class WrongPasskeyError(TiendoError):
    code = "wrong_passkey"
    wording = _("Khóa truy cập không được chấp nhận. Hãy thử lại, hoặc dùng cách khác.")
    status = 422


class SealedElsewhereError(TiendoError):
    code = "sealed_elsewhere"
    wording = _(
        "Khóa bí mật của hệ thống đã đổi nên không kiểm tra được mã của bạn. Hãy dùng khóa truy cập, hoặc nhờ người "
        "quản trị gỡ bước xác thực thứ hai để thiết lập lại."
    )
    status = 422


class OutsideError(TiendoError):
    code = "outside"
    wording = _(
        "Bạn đang ở ngoài mạng của cơ quan. Từ đây chỉ đăng nhập được với bước xác thực thứ hai, mà tài khoản này chưa "
        "có. Hãy thiết lập khi ở cơ quan (mục Bảo mật), hoặc nhờ người quản trị."
    )
    status = 403


class LastFactorError(TiendoError):
    code = "last_factor"
    wording = _("Vai trò của bạn cần bước xác thực thứ hai. Hãy thêm cách khác trước khi gỡ cách cuối cùng này.")


class UnknownFactorError(TiendoError):
    code = "unknown_factor"
    wording = _("Cách xác thực này không còn nữa.")
    status = 404


class UnknownSessionError(TiendoError):
    code = "unknown_session"
    wording = _("Phiên đăng nhập này đã kết thúc.")
    status = 404


class BadFactorNameError(TiendoError):
    code = "bad_factor_name"
    wording = _("Hãy đặt cho khóa một tên dài nhất {longest} ký tự, ví dụ: Điện thoại của tôi.")


class SsoFailedError(TiendoError):
    code = "sso_failed"
    wording = _(
        "Hệ thống đăng nhập của tỉnh không xác nhận được bạn. Hãy thử lại; nếu vẫn không được, hãy đăng nhập bằng mật "
        "khẩu."
    )
    status = 422


class SsoUnreachableError(TiendoError):
    code = "sso_unreachable"
    wording = _(
        "Hiện không kết nối được với hệ thống đăng nhập của tỉnh. Hãy thử lại sau, hoặc đăng nhập bằng mật khẩu."
    )
    status = 422


class SsoUnknownError(TiendoError):
    code = "sso_unknown"
    wording = _(
        "Hệ thống đăng nhập của tỉnh đã xác nhận bạn, nhưng chưa có tài khoản nào ở đây gắn với người đó. Hãy đăng "
        "nhập bằng mật khẩu rồi gắn ở mục Bảo mật, hoặc nhờ người quản trị của cơ quan."
    )
    status = 403


class SsoTakenError(TiendoError):
    code = "sso_taken"
    wording = _("Tài khoản này, hoặc người đó ở hệ thống đăng nhập của tỉnh, đã được gắn với người khác.")


class BadSsoNameError(TiendoError):
    code = "bad_sso_name"
    wording = _("Tên ở hệ thống đăng nhập của tỉnh dài nhất {longest} ký tự.")


class NoPasswordError(TiendoError):
    code = "no_password"
    wording = _("Tài khoản này chưa có mật khẩu, gỡ ra thì không còn cách nào đăng nhập. Hãy đặt mật khẩu trước.")


class InvitationDaysError(TiendoError):
    code = "invitation_days"
    wording = _("Lời mời dùng được từ 1 đến {most} ngày.")
    status = 422


class InvitationNeedlessError(TiendoError):
    code = "invitation_needless"
    wording = _("{name} đã có mật khẩu hoặc đã ngừng tài khoản, không cần lời mời.")


class InvitationClosedError(TiendoError):
    code = "invitation_closed"
    wording = _("Lời mời này không còn dùng được. Hãy đề nghị người mời gửi lời mời mới.")
    status = 410


class InvitationBusyError(TiendoError):
    code = "invitation_busy"
    wording = _("Từ nơi này vừa mở quá nhiều địa chỉ không đúng. Hãy chờ ít phút rồi thử lại.")
    status = 429
