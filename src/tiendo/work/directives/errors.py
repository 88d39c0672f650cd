"""What can go wrong on the way from file to confirmed duties."""

from __future__ import annotations

from tiendo.foundation.audit.errors import TiendoError


class UploadTooLargeError(TiendoError):
    code = "upload_too_large"
    message = "Tệp lớn hơn {limit} MB nên chưa được nhận. Hãy tách phụ lục hoặc nén ảnh trong tệp rồi gửi lại."
    status = 413


class EmptyUploadError(TiendoError):
    code = "upload_empty"
    message = "Tệp không có nội dung (0 byte). Hãy kiểm tra tệp trên máy rồi gửi lại."


class RowChangedError(TiendoError):
    code = "row_changed"
    message = (
        "Dòng này vừa được người khác sửa trong lúc bạn đang mở. Nội dung bạn nhập vẫn còn ở dưới: "
        "hãy đối chiếu với bản mới rồi lưu lại."
    )
    status = 409


class RowStateError(TiendoError):
    code = "row_state"
    message = "Dòng này đang ở trạng thái “{state}” nên không làm được việc đó."
    status = 409


class ReasonRequiredError(TiendoError):
    code = "reason_required"
    message = "Hãy ghi lý do: người đọc bảng đối chiếu cần biết vì sao dòng này không được mở."


class BlockingDoubtError(TiendoError):
    code = "blocking_doubt"
    message = "Dòng {number} còn thiếu: {what}. Hãy bổ sung trước khi ký duyệt dòng."


class ContentRequiredError(TiendoError):
    code = "content_required"
    message = "Nội dung nhiệm vụ không được để trống."


class DeadlineInvalidError(TiendoError):
    code = "deadline_invalid"
    message = "Thời hạn chưa hợp lệ: {what}"


class NothingToJoinError(TiendoError):
    code = "nothing_to_join"
    message = "Hãy chọn từ hai dòng trở lên của cùng một văn bản để gộp."


class SplitTooSmallError(TiendoError):
    code = "split_too_small"
    message = "Hãy ghi ít nhất hai phần, mỗi phần một dòng, để tách."


class NotReadyToApproveError(TiendoError):
    code = "not_ready_to_approve"
    message = "Còn {left} dòng chưa được ký duyệt hoặc để ngoài. Hãy xem hết các dòng rồi trình duyệt."
    status = 409


class DocumentStateError(TiendoError):
    code = "document_state"
    message = "Văn bản đang ở trạng thái “{state}” nên không làm được việc đó."
    status = 409
