"""Events as sentences. Names of people are looked up here: the audit itself keeps none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

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
    "accounts.session.opened": _("đăng nhập"),
    "accounts.session.refused": _("đăng nhập không được"),
    "accounts.session.closed": _("đăng xuất"),
    "organisations.organisation.added": _("thêm cơ quan"),
    "organisations.alias.added": _("ghi thêm tên gọi của cơ quan"),
    "organisations.alias.removed": _("rút lại tên gọi của cơ quan"),
    "organisations.post.appointed": _("giao vai trò"),
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
    "programmes.report.drafted": _("bắt đầu soạn báo cáo"),
    "programmes.report.saved": _("lưu báo cáo"),
    "programmes.report.submitted": _("gửi báo cáo"),
    "programmes.report.confirmed": _("xác nhận kết quả"),
    "programmes.report.sent_back": _("đề nghị bổ sung báo cáo"),
    "programmes.evidence.cited": _("ghi văn bản minh chứng"),
    "programmes.evidence.attached": _("đính kèm tệp minh chứng"),
    "programmes.evidence.withdrawn": _("rút minh chứng"),
    "programmes.evidence.refused": _("gửi tệp minh chứng có dấu chỉ độ mật; tệp không được nhận và đã bị xóa"),
    "programmes.evidence.wiped": _("xóa tệp minh chứng không được phép lưu"),
}
ACTORS = {"job": _("Hệ thống"), "shell": _("Dòng lệnh"), "door": _("Người chưa đăng nhập")}


def sentences(events: Iterable[Event], rights: Rights | None = None) -> list[dict[str, Any]]:
    """[{at, who, what, objects, count, sequence}] for a list on a page; `objects`, [{label, url}], for `rights`.

    One query for the people, and with rights one for each kind of thing that occurs.
    """
    rows = list(events)
    people = User.objects.in_bulk(set().union(*(people_of(row) for row in rows)))
    objects = Objects(rows, rights, people) if rights is not None else None
    return [
        {
            "at": row.at,
            "who": _who(row.actor, people),
            "what": VERBS.get(row.verb, row.verb),
            "objects": objects.of(row) if objects else [],
            "count": row.data.get("count"),
            "sequence": row.sequence,
        }
        for row in rows
    ]


def _who(actor: str, people: Mapping[int, User]) -> Any:
    kind, _, pk = actor.partition(":")
    if kind == "user" and pk.isdecimal() and int(pk) in people:
        return people[int(pk)].full_name
    return ACTORS.get(kind, actor)
