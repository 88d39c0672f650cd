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


class PlanNotRequiredError(TiendoError):
    code = "plan_not_required"
    wording = _("Hãy chọn ít nhất một cơ quan chưa được yêu cầu xây dựng kế hoạch.")


class PlanDueError(TiendoError):
    code = "plan_due"
    wording = _("Hạn ban hành kế hoạch phải từ {first} đến {last}. Hãy ghi ngày trong khoảng đó.")


class BasisTooLongError(TiendoError):
    code = "basis_too_long"
    wording = _("Căn cứ dài nhất {limit} ký tự. Hãy ghi ngắn hơn.")


class PlanAnsweredError(TiendoError):
    code = "plan_answered"
    wording = _("Cơ quan này đã có kế hoạch. Hãy gỡ kế hoạch đã ghi trước.")
    status = 409


class PlanMissingError(TiendoError):
    code = "plan_missing"
    wording = _("Hãy chọn văn bản đã duyệt, hoặc ghi số, ký hiệu và ngày ban hành của kế hoạch.")


class PlanDateError(TiendoError):
    code = "plan_date"
    wording = _("Ngày ban hành kế hoạch phải từ {first} đến {last}.")


class NotItsPlanError(TiendoError):
    code = "not_its_plan"
    wording = _(
        "Văn bản này không phải là kế hoạch của cơ quan được yêu cầu, hoặc chưa được duyệt. "
        "Hãy chọn văn bản khác hoặc ghi số và ngày của kế hoạch."
    )
    status = 409


class NotBelowError(TiendoError):
    code = "not_below"
    wording = _("Dòng này không thuộc kế hoạch đã ghi để cụ thể hóa chương trình. Hãy chọn dòng khác.")
    status = 409


class LinkedAlreadyError(TiendoError):
    code = "lines_linked"
    wording = _("Hai dòng này đã được nối với nhau.")
    status = 409


class NotAmendingError(TiendoError):
    code = "not_amending"
    wording = _(
        "Hãy chọn một văn bản khác đã duyệt của cùng cơ quan, có dòng đã xác nhận và chưa được mở thành chương trình."
    )
    status = 409


class AmendmentBegunError(TiendoError):
    code = "amendment_begun"
    wording = _("Văn bản này đã được ghi là sửa đổi chương trình.")
    status = 409


class AmendmentDoneError(TiendoError):
    code = "amendment_done"
    wording = _("Việc sửa đổi này đã được thực hiện nên không thay đổi được nữa.")
    status = 409


class AmendedLineError(TiendoError):
    code = "amended_line"
    wording = _(
        "Bổ sung cần một dòng của văn bản mới; sửa đổi cần cả nhiệm vụ đang mở và dòng thay thế; "
        "bãi bỏ cần một nhiệm vụ đang mở."
    )


class AmendedTwiceError(TiendoError):
    code = "amended_twice"
    wording = _("Nhiệm vụ hoặc dòng này đã có ở một mục khác của lần sửa đổi. Hãy bỏ chọn mục kia trước.")
    status = 409


class NothingAmendedError(TiendoError):
    code = "nothing_amended"
    wording = _("Chưa có mục nào được chọn. Hãy chọn ít nhất một mục để thực hiện.")
    status = 409


class AmendedFromError(TiendoError):
    code = "amended_from"
    wording = _("Ngày có hiệu lực phải từ {first} đến {last}.")


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


class NothingNewError(TiendoError):
    code = "report_unchanged"
    wording = _(
        "Báo cáo chưa có gì khác với lần gửi mà cơ quan xác nhận đã đề nghị bổ sung, nên chưa được gửi lại. Hãy sửa "
        "kết quả hoặc thêm minh chứng; nếu không có gì để bổ sung, hãy dẫn số, ngày của văn bản trả lời."
    )
    status = 409


class EvidenceIncompleteError(TiendoError):
    code = "evidence_incomplete"
    wording = _("Hãy ghi cả số, ký hiệu và ngày của văn bản minh chứng.")


class EvidenceDayError(TiendoError):
    """A document of a day to come."""

    code = "evidence_day"
    wording = _("Ngày của văn bản minh chứng không được sau hôm nay.")


class PeriodNotOverError(TiendoError):
    """A period report is sent before its data cut-off: it may be, once somebody says that it is meant."""

    code = "period_not_over"
    wording = _(
        "Kỳ chưa kết thúc: số liệu của kỳ tính đến {cutoff}, báo cáo gửi bây giờ chưa có phần còn lại. Nếu vẫn gửi, "
        "hãy đánh dấu “Vẫn gửi khi kỳ chưa kết thúc” rồi bấm gửi lần nữa."
    )


class ReceivedDayError(TiendoError):
    """A paper is received on its own day at the earliest, of work that has begun, and not in days to come."""

    code = "received_day"
    wording = _(
        "Ngày nhận văn bản giấy phải từ {first} đến {last}: không trước ngày ký, không trước khi kỳ hoặc việc ấy bắt "
        "đầu ở cơ quan, không trước ngày đề nghị bổ sung và không sau hôm nay."
    )


class RestrictedLevelError(TiendoError):
    """Whom a report on a restricted task went to is a body, an organ or a level (receivers.toml), and no words."""

    code = "restricted_level"
    wording = _(
        "Nhiệm vụ báo cáo theo chế độ riêng: nơi nhận chỉ là tên cơ quan, ví dụ: Ban Thường vụ Tỉnh ủy. Hãy ghi đúng "
        "tên cơ quan hoặc để trống."
    )


class EvidenceTypeError(TiendoError):
    code = "evidence_type"
    wording = _(
        "Loại tệp này không được nhận làm minh chứng. Hãy gửi PDF, Word, Excel, ảnh PNG/JPEG hoặc văn bản thường."
    )


class EvidenceMismatchError(TiendoError):
    code = "evidence_mismatch"
    wording = _(
        "Tệp có đuôi {ending} nhưng nội dung là {what}, nên chưa được nhận. Hãy chọn đúng tệp, hoặc đổi tên cho đúng "
        "loại rồi gửi lại."
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


class LinesMissingError(TiendoError):
    code = "lines_missing"
    wording = _("Còn {count} dòng chưa chọn cơ quan nhận. Việc chia tách cần chọn cho từng dòng.")


class BuiltOnPassageError(TiendoError):
    """`found`: what stands in the way (queries.undoing.InTheWay)."""

    code = "built_on_passage"
    wording = _("Không hủy được vì sau lần sắp xếp này đã có việc dựa vào nó. {what}")


class HandedOverError(TiendoError):
    code = "handed_over"
    wording = _("Cơ quan này nhận việc qua bàn giao, không gỡ được như gán nhầm. Hãy hủy việc sắp xếp ở trang Cơ quan.")


class NotAPhraseError(TiendoError):
    code = "not_a_phrase"
    wording = _("“{party}” là tên một cơ quan, không phải cụm từ chỉ nhiều cơ quan.")


class LinkDaysError(TiendoError):
    code = "draft_link_days"
    wording = _("Liên kết dùng được từ 1 đến {most} ngày.")


class LinkClosedError(TiendoError):
    """`why`: rules.links.State."""

    code = "draft_link_closed"
    wording = _("Liên kết này không dùng để soạn được nữa.")
    status = 409


class LinkBusyError(TiendoError):
    code = "draft_link_busy"
    wording = _("Liên kết này vừa được dùng quá nhiều lần. Hãy chờ ít phút rồi thử lại.")
    status = 429


class NothingDraftedError(TiendoError):
    code = "draft_link_nothing_drafted"
    wording = _("Chưa có bản soạn nào qua liên kết này, hoặc cơ quan đã soạn tiếp bằng tài khoản và tự gửi.")
    status = 409


class OutsidersError(TiendoError):
    code = "internal_outsiders"
    wording = _(
        "Chưa đánh dấu nội bộ được: {bodies} không thuộc {office} mà đang được phân công, theo dõi hoặc xác nhận ở "
        "chương trình này. Cơ quan phải biết việc mình nợ: hãy gỡ hoặc đổi các cơ quan đó trước."
    )
    status = 409


class OutsideError(TiendoError):
    code = "internal_outside"
    wording = _(
        "Chương trình này là nội bộ của {office}: {bodies} không thuộc {office} nên không thấy được và không nhận việc "
        "được. Hãy chọn cơ quan trực thuộc, hoặc bỏ dấu nội bộ trước."
    )
    status = 409


class NotAWriterError(TiendoError):
    code = "not_a_writer"
    wording = _("{name} không có quyền soạn báo cáo ở {body}. Hãy chọn người khác.")


class SnapshotDayError(TiendoError):
    code = "snapshot_day"
    wording = _(
        "Số liệu chốt được từ ngày {first} (ngày bắt đầu theo dõi) đến ngày {last}. Hãy chọn ngày trong khoảng đó."
    )
    status = 422


class NoteTooLongError(TiendoError):
    code = "note_too_long"
    wording = _("Ghi chú dài nhất {limit} ký tự.")
    status = 422


class NothingOverdueError(TiendoError):
    code = "letter_nothing_overdue"
    wording = _("{body} không có việc nào quá hạn chưa báo cáo ở chương trình này nên không có gì để đôn đốc.")
    status = 409


class LetterIssuedError(TiendoError):
    code = "letter_issued"
    wording = _("Công văn này đã phát hành, số {number}. Nếu cần đôn đốc tiếp, hãy soạn công văn mới.")
    status = 409


class LetterNotIssuedError(TiendoError):
    code = "letter_not_issued"
    wording = _("Công văn chưa phát hành nên chưa có trả lời. Hãy ghi số và ngày phát hành trước.")
    status = 409


class LetterAnsweredError(TiendoError):
    code = "letter_answered"
    wording = _("Công văn này đã được trả lời bằng văn bản số {number}.")
    status = 409


class LetterNumberError(TiendoError):
    code = "letter_number"
    wording = _("Hãy ghi số, ký hiệu văn bản, dài nhất {limit} ký tự.")
    status = 422


class LetterDayError(TiendoError):
    code = "letter_day"
    wording = _("Ngày của văn bản phải từ {first} đến {last}. Hãy xem lại ngày ghi trên văn bản.")
    status = 422
