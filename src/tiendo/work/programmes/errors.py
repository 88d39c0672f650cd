"""What can go wrong between a programme and its reports."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class NotApprovedError(TiendoError):
    code = "document_not_approved"
    wording = _(
        "Văn bản chưa được duyệt nên chưa mở được chương trình. Hãy xác nhận các dòng rồi trình lãnh đạo Văn phòng."
    )
    status = 409


class AlreadyOpenError(TiendoError):
    code = "programme_already_open"
    wording = _("Chương trình của văn bản này đã được mở.")
    status = 409


class AlreadyAssignedError(TiendoError):
    code = "assignment_exists"
    wording = _("{organisation} đã được phân công ở vai trò này.")
    status = 409


class AnsweredError(TiendoError):
    code = "obligation_answered"
    wording = _("Đã có nội dung báo cáo về việc này nên không rút lại được nữa.")
    status = 409


class NotAssignedError(TiendoError):
    code = "assignment_unnamed"
    wording = _("“{party}” chưa được gán cho cơ quan nào.")
    status = 409


class NothingToOpenError(TiendoError):
    code = "nothing_to_open"
    wording = _("Văn bản chưa có dòng nào được xác nhận nên không có nhiệm vụ nào để mở.")
    status = 409


class TrackedFromError(TiendoError):
    code = "tracked_from"
    wording = _("Ngày bắt đầu theo dõi phải từ {first} đến {last}.")


class SettingsFixedError(TiendoError):
    code = "settings_fixed"
    wording = _("Đã có báo cáo trong chương trình nên không đổi được ngày bắt đầu theo dõi nữa.")
    status = 409


class ConfirmingLeadsError(TiendoError):
    code = "confirming_leads"
    wording = _("{organisation} chủ trì nhiệm vụ này nên không xác nhận được kết quả. Hãy chọn cơ quan khác.")


class StandingConfirmingError(TiendoError):
    code = "confirming_of_standing_work"
    wording = _(
        "Việc thường xuyên được báo cáo chung trong một báo cáo mỗi kỳ. "
        "Hãy đổi cơ quan xác nhận ở phần thiết lập của chương trình."
    )


class OpenedAlreadyError(TiendoError):
    code = "opening_exists"
    wording = _("Nhiệm vụ này đã được mở theo một sự kiện có cùng ngày và cùng hạn.")
    status = 409


class EventDateError(TiendoError):
    code = "event_date"
    wording = _("Ngày phải trong khoảng từ {first} đến {last}.")


class NothingOpenError(TiendoError):
    code = "opening_needs_undated_task"
    wording = _("Nhiệm vụ này đã có thời hạn riêng nên không cần mở theo sự kiện.")


class OpeningDueError(TiendoError):
    code = "opening_due"
    wording = _("Hạn báo cáo phải từ ngày diễn ra sự kiện trở đi.")


class ReportStateError(TiendoError):
    code = "report_state"
    wording = _("Báo cáo đang ở trạng thái “{state}” nên không làm được việc đó.")
    status = 409


class ReportChangedError(TiendoError):
    code = "report_changed"
    wording = _(
        "Báo cáo vừa được người khác lưu trong lúc bạn đang mở. "
        "Nội dung bạn nhập vẫn còn ở dưới: hãy đối chiếu rồi lưu lại."
    )
    status = 409


class RoundChangedError(TiendoError):
    code = "report_round_changed"
    wording = _(
        "Trong lúc bạn đang mở trang, cơ quan báo cáo đã gửi lại (lần {round}). "
        "Nội dung mới ở ngay dưới đây: hãy đọc lại rồi cho ý kiến."
    )
    status = 409


class NothingAndTextError(TiendoError):
    code = "nothing_and_text"
    wording = _(
        "Đã đánh dấu “không phát sinh” thì không ghi kết quả. Hãy bỏ đánh dấu, hoặc xóa phần kết quả của nhiệm vụ này."
    )


class AnswerMissingError(TiendoError):
    code = "answer_missing"
    wording = _("Nhiệm vụ {number} chưa có nội dung. Hãy ghi kết quả, hoặc đánh dấu “không phát sinh”.")


class EvidenceMissingError(TiendoError):
    code = "evidence_missing"
    wording = _("Nhiệm vụ {number} chưa có minh chứng. Hãy ghi số, ngày văn bản hoặc đính kèm tệp.")


class AnswerTooLongError(TiendoError):
    code = "answer_too_long"
    wording = _("Nội dung dài quá {limit} ký tự. Hai dòng là đủ: phần còn lại để trong văn bản minh chứng.")


class RestrictedTaskError(TiendoError):
    code = "restricted_task"
    wording = _(
        "Đây là nhiệm vụ báo cáo theo chế độ riêng: hệ thống chỉ lưu số, ngày và nơi nhận của báo cáo, "
        "không nhận nội dung và không nhận tệp."
    )


class EvidenceIncompleteError(TiendoError):
    code = "evidence_incomplete"
    wording = _("Hãy ghi cả số, ký hiệu và ngày của văn bản minh chứng.")


class EvidenceTypeError(TiendoError):
    code = "evidence_type"
    wording = _(
        "Loại tệp này không được nhận làm minh chứng. Hãy gửi PDF, Word, Excel, ảnh PNG/JPEG hoặc văn bản thường."
    )


class EvidenceClassifiedError(TiendoError):
    code = "evidence_classified"
    wording = _(
        "Tệp có dấu chỉ độ mật nên không được nhận và đã bị xóa khỏi hệ thống. Hãy xử lý văn bản này theo quy định về "
        "bảo vệ bí mật nhà nước, ngoài hệ thống này."
    )


class ReasonRequiredError(TiendoError):
    code = "decision_reason_required"
    wording = _("Hãy ghi rõ cần bổ sung gì: cơ quan báo cáo sẽ đọc đúng câu này.")


class OwnWorkError(TiendoError):
    code = "own_work"
    wording = _(
        "Cơ quan báo cáo không tự xác nhận kết quả của mình; người giữ chức vụ ở cơ quan đó hoặc đã tham gia soạn, "
        "gửi báo cáo này cũng không xác nhận được."
    )
    status = 403


class FocalLeadError(TiendoError):
    code = "focal_lead"
    wording = _("“{party}” chưa là cơ quan chủ trì cụ thể nên không làm đầu mối tổng hợp được. Hãy gán cơ quan trước.")
