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
