"""Events as sentences. Names of people are looked up here: the audit itself keeps none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.history.details import UNITS, details, reasons
from tiendo.doors.desk.history.objects import Objects, people_of
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.queries import Rights

VERBS = {
    "accounts.user.added": _("thêm người dùng"),
    "accounts.user.language_set": _("đổi ngôn ngữ"),
    "accounts.user.password_set": _("đặt mật khẩu mới cho"),
    "accounts.user.password_changed": _("đổi mật khẩu"),
    "accounts.user.deactivated": _("ngừng tài khoản"),
    "accounts.user.activated": _("cho tài khoản hoạt động trở lại"),
    "accounts.invitation.issued": _("gửi lời mời tự đặt mật khẩu cho"),
    "accounts.invitation.revoked": _("thu hồi lời mời của"),
    "accounts.invitation.accepted": _("nhận lời mời và tự đặt mật khẩu"),
    "accounts.session.opened": _("đăng nhập"),
    "accounts.session.refused": _("từ chối đăng nhập"),
    "accounts.session.closed": _("đăng xuất"),
    "accounts.session.code_refused": _("từ chối mã xác thực sai"),
    "accounts.session.unlocked": _("mở khóa phiên đăng nhập"),
    "accounts.session.ended": _("kết thúc phiên đăng nhập"),
    "accounts.session.tries_forgotten": _("cho đăng nhập lại ngay sau nhiều lần nhập sai"),
    "accounts.factor.added": _("thêm cách xác thực thứ hai"),
    "accounts.factor.removed": _("gỡ một cách xác thực thứ hai"),
    "accounts.factor.codes_renewed": _("tạo mã dự phòng mới"),
    "accounts.factor.codes_noted": _("cất mã dự phòng"),
    "accounts.factor.reset": _("gỡ mọi bước xác thực thứ hai của người mất thiết bị"),
    "accounts.identity.linked": _("gắn với tài khoản của tỉnh"),
    "accounts.identity.unlinked": _("gỡ tài khoản của tỉnh"),
    "accounts.identity.named": _("ghi tên ở hệ thống đăng nhập của tỉnh"),
    "accounts.policy.second_factor_set": _("đặt quy định về bước xác thực thứ hai"),
    "organisations.organisation.added": _("thêm cơ quan"),
    "organisations.organisation.corrected": _("sửa thông tin cơ quan"),
    "organisations.organisation.removed": _("xóa cơ quan khỏi danh bạ"),
    "organisations.register_list.uploaded": _("gửi danh sách cơ quan để xem trước"),
    "organisations.register_list.discarded": _("bỏ danh sách cơ quan đã gửi"),
    "organisations.register_list.written": _("ghi danh sách vào danh bạ cơ quan"),
    "organisations.alias.added": _("ghi thêm tên gọi của cơ quan"),
    "organisations.alias.removed": _("rút lại tên gọi của cơ quan"),
    "organisations.organisation.placed": _("chuyển cơ quan sang cấp trên khác"),
    "organisations.organisation.moved": _("chuyển cơ quan, cùng các cơ quan ở dưới, trong cây tổ chức"),
    "organisations.organisation.seated": _("ghi vị trí của cơ quan trong cây tổ chức"),
    "organisations.organisation.succession_recorded": _("ghi việc sắp xếp đối với cơ quan"),
    "organisations.organisation.succession_undone": _("hủy việc sắp xếp đã ghi nhầm đối với cơ quan"),
    "organisations.succession.drafted": _("chuẩn bị việc sắp xếp cơ quan"),
    "organisations.succession.discarded": _("bỏ bản chuẩn bị sắp xếp cơ quan"),
    "organisations.succession.recorded": _("ghi việc sắp xếp cơ quan"),
    "organisations.succession.confirmed": _("đối chiếu việc sắp xếp với quyết định"),
    "organisations.succession.undone": _("hủy việc sắp xếp đã ghi nhầm"),
    "handovers.handover.lines_chosen": _("chọn cơ quan nhận cho các dòng việc"),
    "handovers.handover.carried_out": _("bàn giao việc đang mở"),
    "handovers.handover.undone": _("trả lại việc đã bàn giao"),
    "organisations.group.defined": _("quy ước cụm từ chỉ những cơ quan nào"),
    "organisations.group.changed": _("đổi quy ước của cụm từ chỉ nhiều cơ quan"),
    "programmes.task.assigned_group": _("gán các cơ quan mà một cụm từ chỉ"),
    "organisations.post.reopened": _("cho giữ lại chức vụ"),
    "organisations.post.appointed": _("giao vai trò"),
    "organisations.post.deputy_named": _("cử người thay khi vắng mặt ở chức vụ"),
    "organisations.post.deputy_ended": _("kết thúc việc thay người vắng mặt ở chức vụ"),
    "organisations.post.ended": _("cho thôi giữ chức vụ"),
    "directives.document.received": _("tiếp nhận văn bản"),
    "directives.document.queued_again": _("cho đọc lại văn bản"),
    "directives.document.read": _("đọc xong văn bản"),
    "directives.document.not_read": _("chưa đọc được văn bản"),
    "directives.document.refused": _("từ chối tệp có dấu chỉ độ mật và xóa tệp"),
    "directives.document.heading_corrected": _("sửa thể thức văn bản"),
    "directives.document.set_aside": _("đưa văn bản ra khỏi danh sách theo dõi"),
    "directives.document.taken_back": _("theo dõi lại văn bản"),
    "directives.document.approved": _("duyệt văn bản"),
    "directives.document.marked_internal": _("đánh dấu văn bản là nội bộ"),
    "directives.document.unmarked_internal": _("bỏ dấu nội bộ của văn bản"),
    "directives.register.taken_in": _("nhận các dòng của sổ theo dõi"),
    "directives.duty.added": _("thêm một dòng máy chưa thấy"),
    "directives.duty.edited": _("sửa một dòng"),
    "directives.duty.signed": _("xác nhận một dòng"),
    "directives.duty.signed_together": _("xác nhận nhiều dòng cùng lúc"),
    "directives.duty.left_out": _("đưa một dòng ra khỏi danh sách theo dõi"),
    "directives.duty.restored": _("đưa một dòng về chờ xem"),
    "directives.duty.joined": _("gộp dòng"),
    "directives.duty.split": _("tách dòng"),
    "directives.duty.join_or_split_undone": _("hủy gộp hoặc tách dòng"),
    "programmes.programme.opened": _("mở chương trình"),
    "programmes.programme.opened_more": _("mở thêm nhiệm vụ"),
    "programmes.obligation.raised": _("lập việc phải báo cáo"),
    "programmes.programme.letter_drafted": _("soạn công văn gửi cơ quan còn việc quá hạn"),
    "programmes.programme.letter_discarded": _("bỏ bản soạn công văn"),
    "programmes.programme.letter_issued": _("ghi số công văn đã phát hành"),
    "programmes.programme.letter_answered": _("ghi văn bản trả lời công văn"),
    "programmes.programme.reminded": _("đôn đốc"),
    "programmes.reminder.raised": _("ghi xong việc đôn đốc trong ngày"),
    "programmes.reminder.told": _("báo xong việc đôn đốc trong ngày"),
    "programmes.programme.frozen": _("chốt số liệu"),
    "programmes.programme.plans_required": _("yêu cầu các cơ quan xây dựng kế hoạch cụ thể hóa"),
    "programmes.programme.plan_requirement_withdrawn": _("rút yêu cầu xây dựng kế hoạch cụ thể hóa"),
    "programmes.programme.plan_recorded": _("ghi kế hoạch cụ thể hóa của cơ quan"),
    "programmes.programme.plan_taken_back": _("gỡ kế hoạch cụ thể hóa đã ghi nhầm"),
    "programmes.programme.lines_linked": _("nối dòng của kế hoạch cấp dưới với nhiệm vụ"),
    "programmes.programme.lines_unlinked": _("gỡ nối dòng của kế hoạch cấp dưới"),
    "programmes.programme.amendment_begun": _("ghi văn bản sửa đổi chương trình"),
    "programmes.programme.amendment_line_chosen": _("quyết định một mục sửa đổi"),
    "programmes.programme.amendment_discarded": _("bỏ bản chuẩn bị sửa đổi chương trình"),
    "programmes.programme.amended": _("sửa đổi chương trình theo văn bản mới"),
    "programmes.tally.repaired": _("sửa số đếm của"),
    "programmes.task.assigned": _("gán cơ quan cho nhiệm vụ"),
    "programmes.programme.changed": _("đổi thiết lập theo dõi chương trình"),
    "programmes.task.assigned_together": _("gán cơ quan cho mọi dòng ghi cùng tên"),
    "programmes.task.unassigned": _("gỡ cơ quan đã gán"),
    "programmes.task.unassigned_together": _("gỡ cơ quan đã gán ở mọi dòng ghi cùng tên"),
    "programmes.task.confirming_set": _("đổi cơ quan xác nhận kết quả của nhiệm vụ"),
    "programmes.task.focal_set": _("chọn đầu mối tổng hợp"),
    "programmes.task.opened_by_event": _("mở việc theo sự kiện"),
    "programmes.task.restricted": _("đưa nhiệm vụ vào chế độ báo cáo riêng"),
    "programmes.task.unrestricted": _("đưa nhiệm vụ ra khỏi chế độ báo cáo riêng"),
    "programmes.deadline.asked": _("đề nghị gia hạn"),
    "programmes.deadline.request_withdrawn": _("rút đề nghị gia hạn"),
    "programmes.deadline.request_granted": _("chấp thuận đề nghị gia hạn"),
    "programmes.deadline.request_refused": _("không chấp thuận đề nghị gia hạn"),
    "programmes.deadline.extended": _("gia hạn"),
    "programmes.deadline.suspended": _("tạm dừng việc"),
    "programmes.deadline.resumed": _("cho tiếp tục việc đã tạm dừng"),
    "programmes.programme.dates_recomputed": _("tính lại hạn theo lịch báo cáo"),
    "programmes.task.withdrawn": _("rút nhiệm vụ"),
    "programmes.task.reopened": _("mở lại nhiệm vụ"),
    "programmes.task.split": _("tách nhiệm vụ"),
    "programmes.task.lead_changed": _("đổi cơ quan chủ trì"),
    "programmes.task.focal_changed": _("đổi đầu mối tổng hợp"),
    "programmes.refusal.asked": _("đề nghị trả lại nhiệm vụ giao không đúng"),
    "programmes.refusal.taken_back": _("rút đề nghị trả lại nhiệm vụ"),
    "programmes.refusal.accepted": _("chấp thuận cho trả lại nhiệm vụ"),
    "programmes.refusal.declined": _("không chấp thuận cho trả lại nhiệm vụ"),
    "programmes.stage.set_up": _("đặt quy trình trình, cho ý kiến, ban hành"),
    "programmes.stage.finished": _("ghi xong một bước của quy trình"),
    "programmes.stage.reopened": _("mở lại bước vừa xong của quy trình"),
    "programmes.report.drafted": _("bắt đầu soạn báo cáo"),
    "programmes.report.saved": _("lưu báo cáo"),
    "programmes.report.entrusted": _("giao bản báo cáo đang soạn cho người khác"),
    "programmes.report.presented": _("trình người ký bản soạn báo cáo"),
    "programmes.report.given_back": _("trả lại bản soạn báo cáo chưa ký"),
    "programmes.report.submitted": _("gửi báo cáo"),
    "programmes.report.submitted_on_paper": _("gửi báo cáo theo văn bản giấy có ký của cơ quan"),
    "programmes.draft_link.issued": _("lập liên kết để cơ quan soạn báo cáo"),
    "programmes.draft_link.revoked": _("thu hồi liên kết soạn báo cáo"),
    "programmes.form.handed_out": _("lập mẫu báo cáo Excel"),
    "programmes.form.handed_out_together": _("lập mẫu báo cáo Excel cho các cơ quan"),
    "programmes.form.came_back": _("nhận mẫu báo cáo đã điền để xem trước"),
    "programmes.form.written": _("ghi mẫu báo cáo đã điền vào bản soạn"),
    "programmes.form.put_away": _("bỏ mẫu báo cáo đã nhận"),
    "programmes.report.confirmed": _("xác nhận kết quả"),
    "programmes.report.sent_back": _("đề nghị bổ sung báo cáo"),
    "programmes.report.confirmation_revoked": _("hủy xác nhận kết quả"),
    "programmes.task.part_asked": _("đề nghị phối hợp"),
    "programmes.task.part_not_asked": _("rút đề nghị phối hợp"),
    "programmes.task.part_done": _("ghi đã xong phần phối hợp"),
    "programmes.task.part_not_done": _("ghi chưa xong phần phối hợp"),
    "programmes.task.review_set": _("xem lại nhiệm vụ chờ sự kiện"),
    "programmes.instruction.given": _("giao người thực hiện trong cơ quan"),
    "programmes.obstacle.raised": _("nêu vướng mắc"),
    "programmes.obstacle.decided": _("ghi quyết định về vướng mắc"),
    "programmes.progress.reported": _("gửi báo cáo tiến độ"),
    "programmes.progress.reported_on_paper": _("gửi báo cáo tiến độ theo văn bản giấy có ký của cơ quan"),
    "programmes.progress.confirmed": _("xác nhận tiến độ"),
    "programmes.progress.sent_back": _("đề nghị báo cáo lại tiến độ"),
    "programmes.progress.revoked": _("hủy xác nhận tiến độ"),
    "programmes.progress.withdrawn": _("rút báo cáo tiến độ"),
    "programmes.cause.given_on": _("chuyển đề nghị xác nhận nguyên nhân khách quan đến cơ quan có thẩm quyền"),
    "programmes.cause.asked": _("đề nghị xác nhận nguyên nhân khách quan"),
    "programmes.cause.withdrawn": _("rút đề nghị xác nhận nguyên nhân khách quan"),
    "programmes.cause.granted": _("xác nhận nguyên nhân khách quan"),
    "programmes.cause.refused": _("không xác nhận nguyên nhân khách quan"),
    "programmes.correction.proposed": _("đề nghị điều chỉnh số liệu"),
    "programmes.correction.withdrawn": _("rút đề nghị điều chỉnh số liệu"),
    "programmes.correction.granted": _("chấp thuận điều chỉnh số liệu"),
    "programmes.correction.refused": _("không chấp thuận điều chỉnh số liệu"),
    "programmes.evidence.cited": _("ghi văn bản minh chứng"),
    "programmes.evidence.attached": _("đính kèm tệp minh chứng"),
    "programmes.evidence.withdrawn": _("rút minh chứng"),
    "programmes.evidence.sent_with_progress": _("gửi văn bản cùng báo cáo tiến độ"),
    "programmes.evidence.refused": _("gửi tệp minh chứng có dấu chỉ độ mật; tệp không được nhận và đã bị xóa"),
    "programmes.evidence.wiped": _("xóa tệp minh chứng không được phép lưu"),
    "programmes.programme.evidence_packed": _("tải bộ minh chứng của chương trình"),
    "audit.chain.sealed": _("bắt đầu đóng dấu nhật ký bằng khóa riêng"),
    "audit.chain.archived": _("ghi bản lưu có chữ ký của nhật ký"),
    "audit.key.replaced": _("đổi khóa nhật ký"),
    "audit.events.exported": _("tải nhật ký ra tệp"),
}
ACTORS = {
    "job": _("Hệ thống"),
    "shell": _("Dòng lệnh"),
    "door": _("Trang đăng nhập"),
    "link": _("Cơ quan báo cáo"),
}


def sentences(events: Iterable[Event], rights: Rights | None = None) -> list[dict[str, Any]]:
    """[{at, who, what, objects, count, unit, details, sequence}] for a list on a page; `objects`, [{label, url}], for
    `rights`.

    One query for the people, and with rights one for each kind of thing, and of reason, that occurs.
    """
    rows = list(events)
    people = User.objects.in_bulk(set().union(*(people_of(row) for row in rows)))
    objects = Objects(rows, rights, people) if rights is not None else None
    why = reasons(rows, objects.duties, objects.documents) if objects else {}
    return [
        {
            "at": row.at,
            "who": _who(row.actor, people),
            "what": VERBS.get(row.verb, row.verb),
            "objects": objects.of(row) if objects else [],
            "count": row.data.get("count"),
            "unit": UNITS.get(row.verb, ""),
            "details": details(row, why, seen=objects is not None and objects.sees(row)),
            "sequence": row.sequence,
        }
        for row in rows
    ]


def plain(row: Mapping[str, Any]) -> str:
    """The whole sentence as text: who did what (how many) to what; the rest."""
    count = f" ({' '.join(filter(None, (str(row['count']), str(row['unit']))))})" if row["count"] is not None else ""
    to = f": {', '.join(one['label'] for one in row['objects'])}" if row["objects"] else ""
    return f"{'; '.join([f'{row["who"]} {row["what"]}{count}{to}', *row['details']])}."


def _who(actor: str, people: Mapping[int, User]) -> Any:
    kind, _, pk = actor.partition(":")
    if kind == "user" and pk.isdecimal() and int(pk) in people:
        return people[int(pk)].full_name
    return ACTORS.get(kind, actor)
