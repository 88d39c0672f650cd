"""What can go wrong with forms that are handed out as workbooks and come back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.errors import TiendoError


class NothingToAskError(TiendoError):
    code = "form_nothing_owed"
    wording = _("Không có việc nào đang phải báo cáo nên không có mẫu để lập.")
    status = 409


class FormUnreadableError(TiendoError):
    code = "form_unreadable"
    wording = _("Chưa đọc được mẫu trả lời: {what}")


class FormOfAnotherError(TiendoError):
    code = "form_of_another"
    wording = _("Mẫu này được lập cho chương trình khác. Hãy mở đúng chương trình rồi gửi lại.")


class FormOfAnotherBodyError(NotAllowedError):
    code = "form_of_another_body"
    wording = _(
        "Mẫu này được lập cho cơ quan khác; bạn chỉ gửi trả mẫu của cơ quan mình. Hãy tải mẫu của cơ quan mình ở trang "
        "này rồi điền."
    )


class FormSettledError(TiendoError):
    code = "form_settled"
    wording = _("Mẫu này đã được ghi hoặc đã bỏ, không ghi lần nữa.")
    status = 409


class NothingReturnedError(TiendoError):
    code = "form_nothing_returned"
    wording = _("Không có dòng nào ghi được. Hãy xem lý do ở từng dòng rồi gửi lại mẫu đã sửa.")
    status = 409
