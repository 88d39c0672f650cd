"""What can go wrong where dates move, and where a task or who is charged with it changes. A branch of errors.py."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.foundation.audit.errors import TiendoError


class BecauseMissingError(TiendoError):
    code = "because_missing"
    wording = _("Hãy ghi lý do: cơ quan liên quan và người xem lại sau này đọc đúng câu này.")


class BecauseTooLongError(TiendoError):
    code = "because_too_long"
    wording = _("Lý do hoặc căn cứ dài quá {limit} ký tự. Phần còn lại để trong văn bản được viện dẫn.")


class RestrictedReasonError(TiendoError):
    """A restricted task keeps numbers and dates alone."""

    code = "restricted_reason"
    wording = _(
        "Nhiệm vụ báo cáo theo chế độ riêng chỉ lưu số và ngày của văn bản. "
        "Hãy bỏ phần giải thích, chỉ ghi văn bản theo mẫu: 12-CV/TU ngày 02/03/2026."
    )


class PaperIncompleteError(TiendoError):
    code = "deciding_paper_incomplete"
    wording = _("Hãy ghi cả số, ký hiệu và ngày của văn bản quyết định; ngày không được ở sau hôm nay.")


class NotOpenError(TiendoError):
    code = "obligation_not_open"
    wording = _("Việc này đang ở trạng thái “{state}” nên thời hạn không thay đổi được.")
    status = 409


class NotSuspendedError(TiendoError):
    code = "obligation_not_suspended"
    wording = _("Việc này không tạm dừng nên không có gì để tiếp tục.")
    status = 409


class RequestOpenError(TiendoError):
    code = "date_request_open"
    wording = _("Đang có một đề nghị gia hạn chờ quyết định. Hãy quyết định hoặc rút đề nghị đó trước.")
    status = 409


class RequestClosedError(TiendoError):
    code = "date_request_closed"
    wording = _("Đề nghị này đã khép lại (“{state}”). Hãy tải lại trang để xem quyết định.")
    status = 409


class ExtensionLimitError(TiendoError):
    code = "extension_limit"
    wording = _(
        "Việc này đã được gia hạn {count} lần, bằng mức tối đa mà cơ quan quy định. "
        "Hãy báo cáo phần đã làm, nêu vướng mắc, hoặc đề nghị điều chỉnh nhiệm vụ."
    )
    status = 409


class NewDayError(TiendoError):
    code = "new_due_day"
    wording = _("Hạn mới phải sau hạn hiện nay ({first}) và không quá {last}.")


class HandedInLateError(TiendoError):
    code = "handed_in_late"
    wording = _("Báo cáo về việc này đã gửi muộn, mức muộn tính theo lần gửi đầu nên không còn thời hạn để gia hạn.")
    status = 409


class SuspensionDayError(TiendoError):
    code = "suspension_day"
    wording = _("Ngày phải trong khoảng từ {first} đến {last} (hôm nay).")


class OwnRequestError(TiendoError):
    code = "own_request"
    wording = _("Người của cơ quan thực hiện không quyết định đề nghị của chính cơ quan mình.")
    status = 403


class NothingOwedError(TiendoError):
    code = "report_owes_nothing"
    wording = _("Việc trong báo cáo này đang tạm dừng hoặc không còn phải báo cáo nên chưa gửi được.")
    status = 409


class TaskClosedError(TiendoError):
    code = "task_closed"
    wording = _("Nhiệm vụ này đã được rút hoặc tách nên không thay đổi được nữa. Hãy mở lại trước, nếu cần.")
    status = 409


class CalendarGoneError(TiendoError):
    code = "calendar_gone"
    wording = _(
        "Lịch báo cáo “{calendar}” mà chương trình theo không còn trong hệ thống, hoặc không còn kỳ “{every}”. Người "
        "quản trị hãy đưa lịch trở lại (calendars.toml): lịch hết hiệu lực thì ghi effective_to, không xóa."
    )
    status = 409


class TaskNotWithdrawnError(TiendoError):
    code = "task_not_withdrawn"
    wording = _("Nhiệm vụ này không bị rút, cũng không ghi là đã xong theo sổ cũ, nên không có gì để mở lại.")
    status = 409


class PartsError(TiendoError):
    code = "task_parts"
    wording = _("Tách nhiệm vụ cần ít nhất hai phần, mỗi phần có nội dung và ít nhất một cơ quan chủ trì.")


class NothingToSplitError(TiendoError):
    code = "nothing_to_split"
    wording = _("Nhiệm vụ này không còn phần nào phải báo cáo nên không tách được.")
    status = 409


class SameLeadError(TiendoError):
    code = "same_lead"
    wording = _("{organisation} đang chủ trì nhiệm vụ này. Hãy chọn cơ quan khác.")


class NotALeadError(TiendoError):
    code = "not_a_lead"
    wording = _("“{party}” không phải là một cơ quan đang chủ trì nhiệm vụ này.")
    status = 409


class NotChargedError(TiendoError):
    code = "not_charged"
    wording = _("Cơ quan này không còn được phân công ở dòng đó.")
    status = 409


class RefusalOpenError(TiendoError):
    code = "refusal_open"
    wording = _("Đề nghị trả lại của cơ quan này đang chờ quyết định.")
    status = 409


class RefusedTooLateError(TiendoError):
    code = "refused_too_late"
    wording = _("Cơ quan đã gửi báo cáo về việc này nên không trả lại được nữa. Hãy đề nghị đổi cơ quan chủ trì.")
    status = 409


class GiveOnError(TiendoError):
    """What hangs on the charge would be lost if it simply waited for a body again."""

    code = "refusal_needs_a_body"
    wording = _(
        "Việc này đã có bản đang soạn, gia hạn, tạm dừng hoặc bàn giao. "
        "Hãy chọn luôn cơ quan nhận để không mất phần đó."
    )
    status = 409


class StagesError(TiendoError):
    code = "stages"
    wording = _("Quy trình bắt đầu bằng “trình”, kết thúc bằng “ban hành”, ở giữa chỉ có “cho ý kiến”.")


class StagesBegunError(TiendoError):
    code = "stages_begun"
    wording = _("Đã có bước hoàn thành nên không đặt lại quy trình được. Hãy mở lại các bước đó trước.")
    status = 409


class StageDueError(TiendoError):
    code = "stage_due"
    wording = _("Hạn của các bước phải nối tiếp nhau, từ ngày {first} đến ngày {last}.")


class StageNotHeldError(TiendoError):
    code = "stage_not_held"
    wording = _("Bước này chưa đến lượt hoặc đã xong. Hãy tải lại trang.")
    status = 409


class StagePaperError(TiendoError):
    code = "stage_paper"
    wording = _("Hãy ghi số, ký hiệu và ngày của văn bản; ngày từ {first} đến {last} (hôm nay).")
