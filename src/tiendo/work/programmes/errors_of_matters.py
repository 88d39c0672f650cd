"""What can go wrong beside a report: coordinators, reviews, obstacles, causes, corrections, instructions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class NotACoordinatorError(TiendoError):
    code = "not_a_coordinator"
    wording = _("“{party}” không phải cơ quan hoặc cụm từ ở vai trò phối hợp của nhiệm vụ này.")


class NobodyInvitedError(TiendoError):
    code = "nobody_invited"
    wording = _("Hãy chọn ít nhất một cơ quan được đề nghị phối hợp.")


class InvitedLeadError(TiendoError):
    code = "invited_lead"
    wording = _("{organisation} đang chủ trì nhiệm vụ này nên không đề nghị phối hợp được.")


class AskedAlreadyError(TiendoError):
    code = "asked_already"
    wording = _(
        "{organisation} đã được đề nghị và chưa trả lời xong. Hãy chờ trả lời, hoặc rút đề nghị cũ nếu ghi nhầm."
    )
    status = 409


class NotAskedError(TiendoError):
    code = "not_asked"
    wording = _("Cơ quan này chưa được đề nghị phần việc nào có thời hạn.")
    status = 409


class AskedDueError(TiendoError):
    code = "asked_due"
    wording = _("Hạn trả lời phải từ ngày {first} đến ngày {last}.")


class PartOwedError(TiendoError):
    code = "part_owed"
    wording = _("Phần phối hợp này đã được đề nghị kèm thời hạn: hãy trả lời bằng báo cáo ở “Việc của tôi”.")
    status = 409


class ReviewDayError(TiendoError):
    code = "review_day"
    wording = _("Ngày xem lại phải từ ngày {first} đến ngày {last} (không quá {most} ngày).")


class NoReviewError(TiendoError):
    code = "review_not_needed"
    wording = _("Nhiệm vụ này có thời hạn riêng nên không cần ngày xem lại.")
    status = 409


class TextTooLongError(TiendoError):
    code = "text_too_long"
    wording = _("Nội dung dài quá {limit} ký tự. Phần còn lại để trong văn bản kèm theo.")


class PercentError(TiendoError):
    code = "percent"
    wording = _("Tỷ lệ hoàn thành phải là số nguyên từ 0 đến 100.")


class NotDoneYetError(TiendoError):
    code = "not_done_yet"
    wording = _(
        "Nhiệm vụ {number}: báo cáo ghi mới xong {percent} %, chưa phải hoàn thành. Chưa xong thì gửi báo cáo tiến độ; "
        "đã xong thì ghi 100 hoặc để trống tỷ lệ."
    )


class NotDoneToConfirmError(TiendoError):
    code = "not_done_to_confirm"
    wording = _(
        "Nhiệm vụ {number}: báo cáo ghi mới xong {percent} % nên không xác nhận hoàn thành được. "
        "Hãy đề nghị bổ sung; cơ quan báo cáo gửi lại dưới dạng báo cáo tiến độ."
    )
    status = 409


class ProgressDoneError(TiendoError):
    code = "progress_done"
    wording = _("Đã xong 100 % thì đề nghị xác nhận hoàn thành, không gửi báo cáo tiến độ.")


class ProgressEmptyError(TiendoError):
    code = "progress_empty"
    wording = _("Hãy ghi tỷ lệ, kết quả đến nay, hoặc số và ngày của văn bản báo cáo tiến độ.")


class ProgressSentError(TiendoError):
    code = "progress_sent"
    wording = _("Báo cáo tiến độ với nội dung này đã gửi và đang chờ xác nhận. Hãy sửa nội dung nếu có gì mới.")
    status = 409


class ProgressOfPeriodError(TiendoError):
    code = "progress_of_period"
    wording = _("Việc thường xuyên báo cáo theo kỳ, không có báo cáo tiến độ.")


class ProgressStateError(TiendoError):
    code = "progress_state"
    wording = _("Báo cáo tiến độ này {state}, không hủy xác nhận được.")
    status = 409


class WhyRequiredError(TiendoError):
    code = "why_required"
    wording = _("Hãy ghi lý do.")


class ObstacleEmptyError(TiendoError):
    code = "obstacle_empty"
    wording = _("Hãy ghi vướng mắc là gì và cấp nào cần quyết định.")


class ObstacleLevelError(TiendoError):
    code = "obstacle_level"
    wording = _("Cấp quyết định phải là cơ quan khác với cơ quan nêu vướng mắc.")


class DecisionEmptyError(TiendoError):
    code = "decision_empty"
    wording = _("Hãy ghi nội dung quyết định, hoặc số của văn bản quyết định.")


class DecidedAlreadyError(TiendoError):
    code = "decided_already"
    wording = _("Việc này đã được quyết định hoặc đã rút trước đó. Hãy tải lại trang để xem.")
    status = 409


class DecidedOnError(TiendoError):
    code = "decided_on"
    wording = _("Ngày phải từ ngày {first} đến ngày {last}.")


class CauseExistsError(TiendoError):
    code = "cause_exists"
    wording = _("Việc này đã có đề nghị xác nhận nguyên nhân khách quan đang chờ hoặc đã được chấp thuận.")
    status = 409


class CompetentBodyError(TiendoError):
    code = "competent_body"
    wording = _("Cơ quan có thẩm quyền xác nhận không phải là cơ quan đề nghị hoặc cơ quan trực thuộc cơ quan đề nghị.")


class CompetentMissingError(TiendoError):
    code = "competent_missing"
    wording = _("Hãy chọn cơ quan có thẩm quyền để chuyển đến.")


class NobodyCompetentError(TiendoError):
    code = "nobody_competent"
    wording = _(
        "Chương trình chưa có cơ quan nào xác nhận được nguyên nhân khách quan cho cơ quan này. "
        "Hãy đề nghị cơ quan mở chương trình đặt cơ quan xác nhận khác."
    )
    status = 409


class NoSignerError(TiendoError):
    code = "no_signer"
    wording = _(
        "{body} chưa có ai ký gửi báo cáo trên hệ thống. Hãy đề nghị người quản trị tài khoản thêm người đứng đầu, "
        "hoặc gửi cơ quan mở chương trình văn bản giấy có ký."
    )
    status = 409


class NotPresentedError(TiendoError):
    code = "not_presented"
    wording = _("Bản soạn này hiện không chờ ký: đã được lưu lại, trả lại hoặc gửi đi. Hãy tải lại trang.")
    status = 409


class ProofMissingError(TiendoError):
    code = "proof_missing"
    wording = _("Hãy ghi số và ngày của văn bản chứng minh.")


class SecondPersonError(TiendoError):
    code = "second_person"
    wording = _(
        "Người đề nghị điều chỉnh, người giữ chức vụ ở cơ quan báo cáo không quyết định được: cần một người thứ hai."
    )
    status = 403


class CorrectionExistsError(TiendoError):
    code = "correction_exists"
    wording = _("Việc này đang có một đề nghị điều chỉnh chờ quyết định.")
    status = 409


class NothingToCorrectError(TiendoError):
    code = "nothing_to_correct"
    wording = _("Việc này chưa có ngày đó để điều chỉnh.")
    status = 409


class CorrectedDayError(TiendoError):
    code = "corrected_day"
    wording = _("Ngày đúng phải khác ngày đang ghi, và từ ngày {first} đến ngày {last}.")
