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


class HeldAlreadyError(TiendoError):
    code = "post_held_already"
    wording = _("{name} đã giữ chức vụ {role} ở {body} từ {day}. Hãy sửa chức vụ đó, không giao thêm một lần nữa.")


class PostEndedError(TiendoError):
    code = "post_ended"
    wording = _("Chức vụ này đã thôi giữ từ ngày {day}.")


class PostNotBegunError(TiendoError):
    code = "post_not_begun"
    wording = _(
        "Chức vụ này bắt đầu từ ngày {day}, sau ngày {typed} vừa ghi. Hãy ghi một ngày từ {day} trở đi; "
        "nếu chức vụ được giao nhầm thì bấm Gỡ chức vụ giao nhầm."
    )


class PostOutlivesBodyError(TiendoError):
    code = "post_outlives_body"
    wording = _(
        "“{name}” kết thúc ngày {day}: không ai giữ chức vụ ở đó sau ngày này. Hãy chuyển chức vụ sang nơi khác."
    )


class ResumedTooEarlyError(TiendoError):
    code = "post_resumed_too_early"
    wording = _("Chức vụ ở “{name}” chỉ chuyển được sang nơi mới từ ngày {first}. Hãy ghi một ngày từ {first} trở đi.")


class LastAdministratorError(TiendoError):
    code = "last_administrator"
    wording = _("Đây là người quản trị cuối cùng. Hãy giao vai trò Quản trị cho người khác trước.")


class CycleError(TiendoError):
    code = "organisation_cycle"
    wording = _("Không đưa được “{name}” vào dưới “{above}”: “{above}” đang ở dưới chính cơ quan đó.")


class MoveDateError(TiendoError):
    code = "organisation_move_date"
    wording = _("“{name}” có thay đổi vị trí từ ngày {day}; lần chuyển mới phải từ ngày đó trở đi.")


class NotMovedError(TiendoError):
    code = "organisation_not_moved"
    wording = _("Chưa chuyển cơ quan: {what}")


class SuccessionInvalidError(TiendoError):
    """`wrong`: where several things are, each in words."""

    code = "succession_invalid"
    wording = _("Chưa ghi được việc sắp xếp: {what}")


class SuccessionTwiceError(TiendoError):
    code = "succession_twice"
    wording = _("Quyết định {decision} về “{name}” đã được ghi, hiệu lực từ ngày {day}.")


class SuccessionStateError(TiendoError):
    code = "succession_state"
    wording = _("Việc sắp xếp này ở trạng thái “{state}”, không làm được thao tác đó. Hãy tải lại trang.")


class NotYetError(TiendoError):
    code = "succession_not_yet"
    wording = _("Việc sắp xếp có hiệu lực từ ngày {day}; đến ngày đó mới thực hiện được. Bản chuẩn bị đã được lưu.")


class BuiltUponError(TiendoError):
    code = "succession_built_upon"
    wording = _("Không hủy được: {what}")


class OwnConfirmationError(TiendoError):
    code = "succession_own_confirmation"
    wording = _("Người đã ghi không tự xác minh. Hãy nhờ người khác đối chiếu với quyết định.")
    status = 403


class BodyNotCorrectedError(TiendoError):
    code = "organisation_not_corrected"
    wording = _("Chưa sửa cơ quan: {what}")


class BodyInUseError(TiendoError):
    code = "organisation_in_use"
    wording = _("Không xóa được “{name}”: còn {what}. Cơ quan đã có việc thì kết thúc hoặc sắp xếp, không xóa.")


class ListUnreadableError(TiendoError):
    code = "register_list_unreadable"
    wording = _("Chưa đọc được danh sách: {what}")


class ListRefusedError(TiendoError):
    code = "register_list_refused"
    wording = _("Chưa ghi gì vào danh bạ: {count} dòng chưa nhận được.")


class ListDoubtedError(TiendoError):
    code = "register_list_doubted"
    wording = _("Chưa ghi gì vào danh bạ: {count} dòng cần xem lại. Hãy xem từng dòng, rồi đánh dấu là đã xem.")


class RegisterChangedError(TiendoError):
    code = "register_changed"
    wording = _("Danh bạ đã thay đổi từ lúc xem trước. Chưa ghi gì; hãy xem lại các thay đổi rồi ghi.")


class ListSettledError(TiendoError):
    code = "register_list_settled"
    wording = _("Tệp này đã được ghi vào danh bạ hoặc đã bỏ. Hãy nạp lại tệp.")


class NoTerritoryDataError(TiendoError):
    code = "territory_data_missing"
    wording = _("Chưa có dữ liệu đơn vị hành chính. Hãy chạy “make setup” để cài gói vietnamadminunits.")


class UnknownProvinceError(TiendoError):
    code = "province_unknown"
    wording = _("Không có tỉnh, thành phố nào tên “{name}”. Gần nhất: {near}.")


class GroupRuleError(TiendoError):
    code = "group_rule"
    wording = _("Hãy chọn ít nhất một loại cơ quan hoặc ghi chữ đầu của tên, để biết cụm từ này chỉ những cơ quan nào.")


class OwnDeputyError(TiendoError):
    code = "deputy_is_holder"
    wording = _("Người vắng mặt không tự thay mình. Hãy chọn người khác.")


class DeputyGoneError(TiendoError):
    code = "deputy_inactive"
    wording = _("Tài khoản của {name} đã ngừng. Hãy chọn người khác.")


class DeputyAdministersError(TiendoError):
    code = "deputy_administers"
    wording = _(
        "{name} là người quản trị: người quản trị vận hành hệ thống và không xem nội dung công việc, nên không thay "
        "được ở chức vụ này. Hãy chọn người khác."
    )


class DeputyElsewhereError(TiendoError):
    code = "deputy_elsewhere"
    wording = _(
        "{name} không có chức vụ ở {body} trong suốt những ngày này. "
        "Hãy chọn người cùng cơ quan, hoặc nhờ người quản trị."
    )


class AbsenceDaysError(TiendoError):
    code = "absence_days"
    wording = _("Ngày cuối phải từ ngày đầu trở đi, và nằm trong thời gian người này giữ chức vụ.")


class AbsenceOverlapError(TiendoError):
    code = "absence_overlaps"
    wording = _("Chức vụ này đã có người thay từ {first} đến {last}. Hãy kết thúc lần đó trước hoặc chọn ngày khác.")


class AbsenceOverError(TiendoError):
    code = "absence_over"
    wording = _("Lần vắng mặt này đã hết.")
    status = 409
