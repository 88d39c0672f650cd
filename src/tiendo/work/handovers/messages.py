"""Words of this room that reach people outside its pages: what became of their body, and of its open work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext

from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.organisations.models import Succession

SUBJECT = 200
"""Characters of a subject (Notice.subject)."""


@dataclass
class Concerned:
    """What a succession does to one person. Names of bodies, and counts of open tasks."""

    given: dict[str, int] = field(default_factory=dict)
    """From the person's body that ended."""
    taken: dict[str, int] = field(default_factory=dict)
    """To a body of the person's."""
    followed: int = 0
    """Of programmes of the person's office."""
    orphaned: int = 0
    """Of those, the ones that nobody took."""
    posts: list[tuple[str, str, str]] = field(default_factory=list)
    """(role, body, body in which it is held on; "": it ended)"""
    url: str = "/"


def recorded(succession: Succession, befores: str, afters: str, one: Concerned) -> dict[str, str]:
    """`subject`, `body` and `url` for somebody whom a succession concerns: numbers of tasks, never what they are."""
    lines = [_happened(succession, befores, afters), *_said(one), *_of_kind(succession)]
    return {"subject": _subject(succession, befores, afters), "body": "\n".join(lines), "url": one.url}


def undone(succession: Succession, befores: str, afters: str) -> dict[str, str]:
    """For whoever was told of it."""
    subject = gettext("Đã hủy, ghi nhầm: %(what)s") % {"what": _subject(succession, befores, afters)}
    body = gettext("Danh bạ, việc đang mở và chức vụ trở lại như trước khi ghi lần sắp xếp này.")
    return {"subject": subject[:SUBJECT], "body": body, "url": "/"}


def _subject(succession: Succession, befores: str, afters: str) -> str:
    words = {"kind": str(succession.get_kind_display()).capitalize(), "befores": befores, "afters": afters}
    said = gettext("%(kind)s: %(befores)s → %(afters)s") if afters else gettext("%(kind)s: %(befores)s")
    return (said % words)[:SUBJECT]


def _happened(succession: Succession, befores: str, afters: str) -> str:
    decision = succession.decision or gettext("chưa xác minh")
    if succession.decision and succession.decided_on:
        words = {"number": succession.decision, "day": f"{succession.decided_on:%d/%m/%Y}"}
        decision = gettext("%(number)s ngày %(day)s") % words
    said = gettext("%(what)s, hiệu lực từ ngày %(day)s. Quyết định: %(decision)s.")
    what = _subject(succession, befores, afters)
    return said % {"what": what, "day": f"{succession.on:%d/%m/%Y}", "decision": decision}


def _said(one: Concerned) -> Iterator[str]:
    for body, count in one.given.items():
        yield gettext("%(body)s: %(n)s nhiệm vụ đang mở được bàn giao.") % {"body": body, "n": count}
    for body, count in one.taken.items():
        yield gettext("%(body)s nhận %(n)s nhiệm vụ đang mở.") % {"body": body, "n": count}
    if one.followed:
        said = gettext("%(n)s nhiệm vụ đang mở trong các chương trình do cơ quan bạn ban hành đổi cơ quan thực hiện.")
        yield said % {"n": one.followed}
    if one.orphaned:
        yield gettext("%(n)s nhiệm vụ chưa có nơi nhận: hãy giao lại.") % {"n": one.orphaned}
    for role, body, to in one.posts:
        words = {"role": role_names().get(role, role), "body": body, "to": to}
        if to:
            yield gettext("Chức vụ %(role)s của bạn ở %(body)s chuyển sang %(to)s, giữ nguyên vai trò.") % words
        else:
            said = gettext(
                "Chức vụ %(role)s của bạn ở %(body)s kết thúc cùng cơ quan. "
                "Nếu bạn vẫn làm việc này, hãy nhờ người quản trị tài khoản giao chức vụ mới."
            )
            yield said % words


def _of_kind(succession: Succession) -> Iterator[str]:
    if succession.kind == Succession.Kind.RENAME:
        yield gettext("Việc, báo cáo và chức vụ giữ nguyên.")
    elif succession.kind == Succession.Kind.ACTS_THROUGH:
        yield gettext("Việc giữ nguyên tên cơ quan; cơ quan được hoạt động qua soạn và gửi báo cáo thay.")
