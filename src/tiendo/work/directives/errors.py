"""What can go wrong on the way from file to confirmed duties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class UploadTooLargeError(TiendoError):
    code = "upload_too_large"
    wording = _("Tệp lớn hơn {limit} MB nên chưa được nhận. Hãy tách phụ lục hoặc nén ảnh trong tệp rồi gửi lại.")
    status = 413


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
    wording = _("Dòng {number} còn thiếu: {what}. Hãy bổ sung trước khi ký duyệt dòng.")


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
    wording = _("Còn {left} dòng chưa được ký duyệt hoặc để ngoài. Hãy xem hết các dòng rồi trình duyệt.")
    status = 409


class DocumentStateError(TiendoError):
    code = "document_state"
    wording = _("Văn bản đang ở trạng thái “{state}” nên không làm được việc đó.")
    status = 409
