"""What can go wrong with bodies and posts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class CodeTakenError(TiendoError):
    code = "organisation_code_taken"
    wording = _("Mã cơ quan “{code_}” đã được dùng. Hãy chọn mã khác.")


class NameTakenError(TiendoError):
    code = "organisation_name_taken"
    wording = _(
        "Tên “{name}” đã là tên của cơ quan có mã “{code_}”, cùng cấp trên. Hãy dùng cơ quan đó, hoặc ghi tên khác."
    )


class BodyInvalidError(TiendoError):
    code = "organisation_invalid"
    wording = _("Chưa thêm cơ quan: {what}")


class UnknownOrganisationError(TiendoError):
    code = "organisation_unknown"
    wording = _("Không có cơ quan nào mang mã “{code_}”. Xem danh sách mã ở trang Cơ quan.")
    status = 404


class UnknownRoleError(TiendoError):
    code = "role_unknown"
    wording = _("Không có vai trò “{role}”.")


class BadScopeError(TiendoError):
    code = "bad_scope"
    wording = _("Phạm vi phụ trách phải là chính cơ quan đó hoặc một cơ quan cấp trên của nó trong cây tổ chức.")


class OwnPostError(TiendoError):
    code = "own_post"
    wording = _("Không ai tự giao chức vụ cho mình. Hãy nhờ một người quản trị khác.")
    status = 403


class PostEndedError(TiendoError):
    code = "post_ended"
    wording = _("Chức vụ này đã thôi giữ từ ngày {day}.")


class LastAdministratorError(TiendoError):
    code = "last_administrator"
    wording = _("Đây là người quản trị cuối cùng. Hãy giao vai trò Quản trị cho người khác trước.")
