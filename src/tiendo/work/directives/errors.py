"""What can go wrong on the way from file to confirmed duties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class UploadTooLargeError(TiendoError):
    code = "upload_too_large"
    wording = _("Tệp lớn hơn {limit} MB nên chưa được nhận. Hãy tách phụ lục hoặc nén ảnh trong tệp rồi gửi lại.")
    status = 413


class NoRoomError(TiendoError):
    code = "no_room"
    wording = _(
        "Ổ đĩa của máy chủ không còn đủ chỗ trống để nhận tệp này, nên tệp chưa được nhận; những gì đã lưu vẫn còn "
        "nguyên. Hãy báo người quản trị giải phóng ổ đĩa rồi gửi lại."
    )
    status = 507


class EmptyUploadError(TiendoError):
    code = "upload_empty"
    wording = _("Tệp không có nội dung (0 byte). Hãy kiểm tra tệp trên máy rồi gửi lại.")


class RowChangedError(TiendoError):
    code = "row_changed"
    wording = _(
        "Dòng này vừa được người khác sửa trong lúc bạn đang mở. Nội dung bạn nhập vẫn còn ở dưới: "
        "hãy đối chiếu với bản mới rồi lưu lại."
    )
    status = 409


class RowStateError(TiendoError):
    code = "row_state"
    wording = _("Dòng này đang ở trạng thái “{state}” nên không làm được việc đó.")
    status = 409


class ReasonRequiredError(TiendoError):
    code = "reason_required"
    wording = _("Hãy ghi lý do: người đọc bảng đối chiếu cần biết vì sao dòng này không được mở.")


class BlockingDoubtError(TiendoError):
    code = "blocking_doubt"
    wording = _("Dòng {number} còn thiếu: {what}. Hãy bổ sung trước khi xác nhận dòng.")


class ContentRequiredError(TiendoError):
    code = "content_required"
    wording = _("Nội dung nhiệm vụ không được để trống.")


class DeadlineInvalidError(TiendoError):
    code = "deadline_invalid"
    wording = _("Thời hạn chưa hợp lệ: {what}")


class NothingToJoinError(TiendoError):
    code = "nothing_to_join"
    wording = _("Hãy chọn từ hai dòng trở lên của cùng một văn bản để gộp.")


class SplitTooSmallError(TiendoError):
    code = "split_too_small"
    wording = _("Hãy ghi ít nhất hai phần, mỗi phần một dòng, để tách.")


class NotReadyToApproveError(TiendoError):
    code = "not_ready_to_approve"
    wording = _("Còn {left} dòng chưa được xác nhận hoặc không theo dõi. Hãy xem hết các dòng rồi trình duyệt.")
    status = 409


class NothingSignedError(TiendoError):
    code = "nothing_signed"
    wording = _(
        "Chưa có dòng nhiệm vụ nào được xác nhận. Hãy xác nhận hoặc thêm dòng; nếu văn bản không giao việc gì, hãy đưa "
        "văn bản ra khỏi danh sách theo dõi và ghi lý do."
    )
    status = 409


class UnreadPartsError(TiendoError):
    code = "unread_parts"
    wording = _(
        "Có phần máy chưa đọc được: {what} Hãy đối chiếu với bản gốc, thêm dòng còn thiếu rồi đánh dấu đã đối chiếu."
    )
    status = 409


class QuoteNotFoundError(TiendoError):
    code = "quote_not_found"
    wording = _(
        "Không thấy câu này trong văn bản. Hãy chép đúng nguyên văn, hoặc để trống nếu máy không đọc được phần đó."
    )


class NameNotPrintedError(TiendoError):
    code = "name_not_printed"
    wording = _("Không còn dòng nào của văn bản ghi tên cơ quan “{name}”. Hãy xem lại dòng rồi chọn.")
    status = 409


class DeadlinesDifferError(TiendoError):
    code = "deadlines_differ"
    wording = _(
        "Các dòng có thời hạn khác nhau nên chưa gộp: một nhiệm vụ chỉ có một thời hạn. Hãy sửa cho giống nhau rồi gộp."
    )


class DocumentStateError(TiendoError):
    code = "document_state"
    wording = _("Văn bản đang ở trạng thái “{state}” nên không làm được việc đó.")
    status = 409


class RegisterUnreadableError(TiendoError):
    code = "register_unreadable"
    wording = _("Chưa đọc được sổ theo dõi: {what}")


class RegisterColumnsError(TiendoError):
    code = "register_columns"
    wording = _("Chưa chọn xong cột: {what}")


class RegisterRowsError(TiendoError):
    code = "register_rows"
    wording = _("{count} dòng của sổ chưa nhận được nên chưa nhận dòng nào. Hãy sửa các dòng đó trong tệp rồi gửi lại.")


class RegisterChangedError(TiendoError):
    code = "register_columns_changed"
    wording = _("Bản xem trước không còn đúng với lựa chọn cột. Hãy xem lại các dòng ở dưới rồi nhận.")
    status = 409


class RowsTouchedError(TiendoError):
    code = "rows_touched"
    wording = _(
        "Đã có người xem, sửa hoặc xác nhận dòng của sổ này nên không nhận lại theo cột khác. "
        "Hãy làm tiếp ở trang xác nhận dòng."
    )
    status = 409
