"""What an event says besides who, what and to what: how many, which round, by when, why, through which door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.doors.desk.history.changes import of_changes
from tiendo.foundation.audit.models import Event
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Assignment, Decision, Opening

UNITS = {
    "directives.duty.signed_together": _("dòng"),
    "directives.duty.joined": _("dòng"),
    "programmes.programme.opened_more": _("nhiệm vụ"),
    "programmes.programme.evidence_packed": _("tệp"),
    "directives.register.taken_in": _("dòng"),
    "programmes.form.handed_out": _("dòng"),
    "programmes.form.handed_out_together": _("mẫu"),
    "programmes.form.came_back": _("dòng"),
    "programmes.form.written": _("dòng"),
    "programmes.obligation.raised": _("việc"),
    "programmes.task.part_asked": _("cơ quan"),
    "programmes.programme.plans_required": _("cơ quan"),
    "programmes.programme.amendment_begun": _("mục"),
    "programmes.programme.dates_recomputed": _("việc"),
    "programmes.task.split": _("nhiệm vụ"),
    "programmes.stage.set_up": _("bước"),
    "programmes.programme.reminded": _("việc"),
    "programmes.programme.letter_drafted": _("việc"),
    "programmes.reminder.raised": _("việc"),
    "programmes.reminder.told": _("người"),
    "programmes.task.assigned_together": _("dòng"),
    "programmes.task.unassigned_together": _("dòng"),
    "organisations.organisation.moved": _("cơ quan"),
    "handovers.handover.lines_chosen": _("lượt phân công"),
    "handovers.handover.carried_out": _("lượt phân công"),
    "handovers.handover.undone": _("lượt phân công"),
    "accounts.session.refused": _("lần"),
    "audit.chain.sealed": _("sự kiện"),
    "audit.chain.archived": _("sự kiện"),
    "audit.events.exported": _("sự kiện"),
}
"""What `data.count` counts."""

NUMBERS = {
    "tasks": _("%(n)s nhiệm vụ"),
    "duties": _("%(n)s dòng máy thấy"),
    "doubts": _("%(n)s điểm cần xem lại"),
    "signed": _("%(n)s dòng đã xác nhận"),
    "left_out": _("%(n)s dòng không theo dõi"),
    "waiting": _("%(n)s dòng còn chờ"),
    "obligations": _("lập %(n)s việc phải báo cáo"),
    "raised": _("lập %(n)s việc phải báo cáo"),
    "withdrawn": _("rút lại %(n)s việc phải báo cáo"),
    "moved": _("%(n)s việc chuyển sang cơ quan xác nhận mới"),
    "texts": _("xóa %(n)s nội dung đã ghi"),
    "files": _("xóa %(n)s tệp"),
    "done": _("%(n)s dòng đã xong theo sổ"),
    "refused": _("%(n)s dòng không nhận"),
    "handed_in": _("gửi %(n)s báo cáo"),
    "round": _("lần %(n)s"),
    "added": _("bổ sung %(n)s nhiệm vụ"),
    "changed": _("sửa đổi %(n)s nhiệm vụ"),
    "ended": _("bãi bỏ %(n)s nhiệm vụ"),
    "carried": _("chuyển tiếp %(n)s việc đang mở"),
    "returned": _("trả lại %(n)s việc đang mở"),
    "closed": _("%(n)s việc không còn phải báo cáo"),
    "untied": _("gỡ nối %(n)s dòng"),
}
DAYS = {
    "due": _("hạn %(day)s"),
    "review_on": _("xem lại trước ngày %(day)s"),
    "was": _("đang ghi ngày %(day)s"),
    "becomes": _("ngày đúng %(day)s"),
    "received": _("văn bản giấy nhận ngày %(day)s"),
    "from_day": _("từ ngày %(day)s"),
    "last_day": _("đến hết ngày %(day)s"),
    "decided_on": _("quyết định ký ngày %(day)s"),
    "wanted": _("đến ngày %(day)s"),
    "until": _("dùng được đến ngày %(day)s"),
    "tracked_from": _("theo dõi từ ngày %(day)s"),
}
FIELDS = {
    "kind": _("loại văn bản"),
    "symbol": _("số, ký hiệu"),
    "issuer": _("cơ quan ban hành"),
    "title": _("trích yếu"),
    "issued_on": _("ngày ban hành"),
    "number": _("số thứ tự"),
    "content": _("nội dung"),
    "section": _("mục"),
    "product": _("sản phẩm"),
    "restricted": _("chế độ báo cáo riêng"),
    "leads": _("chủ trì"),
    "coordinators": _("phối hợp"),
    "confirming": _("cơ quan xác nhận"),
    "monitor": _("cơ quan theo dõi"),
    "standing_every": _("kỳ báo cáo"),
    "tracked_from": _("ngày bắt đầu theo dõi"),
}
DOORS = {"shell": _("qua dòng lệnh"), "link": _("qua liên kết soạn báo cáo")}
CODES = {"classified": _("có dấu chỉ độ mật"), "locked": _("tệp có mật khẩu"), "too_large": _("tệp quá lớn")}

Why = Mapping[int, str]
"""Number of an event → the reason, in the words of whoever gave it."""


def details(event: Event, why: Why, *, seen: bool) -> list[str]:
    """In the order in which they are read; what was typed only where the reader may open the object (`seen`)."""
    data: Mapping[str, Any] = event.data if isinstance(event.data, dict) else {}
    return [
        *_changed(data),
        *_roles(event, data),
        *_numbers(data),
        *_days(data),
        *_words(data, why.get(event.sequence), seen=seen),
        *_door(event, data),
    ]


def _changed(data: Mapping[str, Any]) -> Iterable[str]:
    names = [str(FIELDS[name]) for name in data.get("fields") or () if name in FIELDS]
    if names:
        yield ", ".join(names)


def _roles(event: Event, data: Mapping[str, Any]) -> Iterable[str]:
    if event.subject.startswith("programmes.") and data.get("role") in Assignment.Role.values:
        yield str(Assignment.Role(data["role"]).label)
    if language := {"vi": "Tiếng Việt", "en": "English"}.get(str(data.get("language"))):
        yield language


def _numbers(data: Mapping[str, Any]) -> Iterable[str]:
    for name, words in NUMBERS.items():
        if isinstance(number := data.get(name), int) and number:
            yield str(words) % {"n": number}


def _days(data: Mapping[str, Any]) -> Iterable[str]:
    for name, words in DAYS.items():
        try:
            yield str(words) % {"day": f"{date.fromisoformat(data[name]):%d/%m/%Y}"}
        except (KeyError, TypeError, ValueError):
            continue


def _words(data: Mapping[str, Any], reason: str | None, *, seen: bool) -> Iterable[str]:
    if seen:
        if data.get("name"):
            yield f"“{data['name']}”"
        if data.get("decision"):
            yield gettext("theo %(decision)s") % {"decision": data["decision"]}
        if reason:
            yield gettext("lý do: %(reason)s") % {"reason": " ".join(reason.split()).rstrip(".")}
    if code := CODES.get(str(data.get("code"))):
        yield str(code)


def _door(event: Event, data: Mapping[str, Any]) -> Iterable[str]:
    """By which door, where that is not who did it."""
    via = str(data.get("via"))
    if via in DOORS and not event.actor.startswith(f"{via}:"):
        yield str(DOORS[via])


# -- reasons: kept where they were given, never in the audit, from which nothing can be taken back ---------------------


def reasons(events: list[Event], duties: Mapping[int, Duty], documents: Mapping[int, Document]) -> dict[int, str]:
    """Of those events for which one was given and still stands; one query for each kind that occurs.

    None about a restricted task or row: it may say what that is about.
    """
    found = {**_decisions(events), **_openings(events), **of_changes(events)}
    for event in events:
        if event.verb == "directives.duty.left_out" and (duty := duties.get(event.data.get("row", 0))):
            if duty.restricted:
                continue
            found[event.sequence] = duty.reason
        if event.verb == "directives.document.set_aside" and (document := documents.get(_number(event))):
            found[event.sequence] = document.set_aside_because
    return found


def _decisions(events: list[Event]) -> dict[int, str]:
    """Why more was asked, why a confirmation was revoked (of several in a round the last)."""
    words = {SENT_BACK: "ask_more", REVOKED: "revoke"}
    asked = {(_number(one), (one.data.get("round"), words[one.verb])): one for one in events if one.verb in words}
    if not asked:
        return {}
    rows = Decision.objects.filter(report__in={report for report, _ in asked}, verdict__in=words.values())
    rows = rows.exclude(report__answers__obligation__task__restricted=True)
    known = {key: one.sequence for key, one in asked.items()}
    return _matched(known, ((row.report_id, (row.round, row.verdict), row.reason) for row in rows))


def _openings(events: list[Event]) -> dict[int, str]:
    asked = {(_number(one), one.data.get("due")): one.sequence for one in events if one.verb == BY_EVENT}
    rows = Opening.objects.filter(task__in={task for task, _ in asked}, task__restricted=False) if asked else ()
    return _matched(asked, ((row.task_id, row.due.isoformat(), row.basis) for row in rows))


SENT_BACK, BY_EVENT = "programmes.report.sent_back", "programmes.task.opened_by_event"
REVOKED = "programmes.report.confirmation_revoked"


def _matched(asked: Mapping[tuple[int, Any], int], rows: Iterable[tuple[int, Any, str]]) -> dict[int, str]:
    return {asked[pk, which]: words for pk, which, words in rows if (pk, which) in asked}


def _number(event: Event) -> int:
    pk = event.subject.rpartition(":")[2]
    return int(pk) if pk.isdecimal() else 0
