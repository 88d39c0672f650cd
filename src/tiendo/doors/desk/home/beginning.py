"""An empty installation: what is done first, in which order, by whom, until the first programme is open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.foundation.accounts.permissions import Permission, role_names, roles_with
from tiendo.foundation.organisations.models import Kind, Organisation, Post
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Programme

BODIES, PEOPLE, OPENED = "other_bodies", "other_people", "programmes"
CONCERNED = (Permission.MANAGE_BODIES, Permission.MANAGE_ACCOUNTS, Permission.RECEIVE)
"""Who may do one of the steps sees them."""
ROLES = {
    Permission.MANAGE_BODIES: "registrar",
    Permission.MANAGE_ACCOUNTS: "administrator",
    Permission.RECEIVE: "office_head",
}
"""Of the roles that may, the one that is named where nobody holds any."""
TERRITORY = "tiendo add-territory --province …"
"""How the shell adds a province's communes (doors/commands)."""
NAMED = 3
"""So many people are named for a step."""


def lists(rights: Rights) -> dict[str, QuerySet[Any]]:
    """What shows how far one is: bodies besides one's own, people there, a programme. Empty: not begun."""
    own = [body.pk for body in rights.organisations]
    return {
        BODIES: Organisation.objects.exclude(kind=Kind.ROOT).exclude(pk__in=own),
        PEOPLE: Post.objects.exclude(organisation__in=own),
        OPENED: Programme.objects.all(),
    }


def steps(request: HttpRequest, found: Collection[str]) -> list[dict[str, Any]]:
    """For ui/stepper.html and home/beginning.html; none for whom they do not concern, nor when a programme is open.

    `found`: names of the lists above that have a row.
    """
    may = request.rights.may  # type: ignore[attr-defined]
    if OPENED in found or not any(may(permission) for permission in CONCERNED):
        return []
    rows = [
        _step(
            Permission.MANAGE_BODIES,
            BODIES in found,
            gettext("Lập danh bạ cơ quan"),
            gettext(
                "Thêm các cơ quan sẽ được giao việc: gửi cả danh sách bằng tệp Excel hoặc CSV (danh bạ tải xuống ở "
                "cùng trang là mẫu), hoặc thêm từng cơ quan. Xã, phường, đặc khu của tỉnh từ 01/7/2025 có sẵn, không "
                "phải gõ: nhờ người cài đặt máy chủ chạy lệnh %(command)s."
            )
            % {"command": TERRITORY},
            [("desk:register", gettext("Gửi danh sách cơ quan")), ("desk:add-body", gettext("Thêm từng cơ quan"))],
        ),
        _step(
            Permission.MANAGE_ACCOUNTS,
            PEOPLE in found,
            gettext("Thêm người dùng"),
            gettext(
                "Mỗi người một tài khoản, với vai trò ở cơ quan của mình: ở Văn phòng là văn thư, chuyên viên; ở mỗi "
                "cơ quan báo cáo ít nhất là người đứng đầu. Cơ quan chưa có tài khoản soạn được báo cáo qua liên kết."
            ),
            [("desk:invite-person", gettext("Mời một người"))],
        ),
        _step(
            Permission.RECEIVE,
            False,
            gettext("Mở chương trình đầu tiên"),
            gettext(
                "Tiếp nhận văn bản giao việc (Word, PDF) hoặc gửi sổ Excel đang dùng; xem và xác nhận từng dòng, duyệt "
                "rồi mở chương trình. Mỗi trang chỉ bước kế tiếp."
            ),
            [("desk:receive", gettext("Tiếp nhận văn bản")), ("desk:first-week", gettext("Tuần đầu: từ sổ Excel"))],
        ),
    ]
    _say_who(request, rows)
    now = next(row for row in rows if not row["done"])
    for row in rows:
        row["state"] = "done" if row["done"] else "now" if row is now else "waiting"
    return rows


def _step(needs: Permission, done: bool, label: str, text: str, pages: list[tuple[str, str]]) -> dict[str, Any]:
    links = [{"url": reverse(name), "label": said} for name, said in pages]
    return {"needs": needs, "done": done, "label": label, "text": text, "links": links}


def _say_who(request: HttpRequest, rows: list[dict[str, Any]]) -> None:
    """Where one may not do it oneself: who does, or which role nobody holds. One query."""
    may = request.rights.may  # type: ignore[attr-defined]
    today = request.today  # type: ignore[attr-defined]
    held = Post.objects.filter(Q(ends__isnull=True) | Q(ends__gte=today), starts__lte=today, user__is_active=True)
    roles = {role for row in rows for role in roles_with(row["needs"])}
    posts = list(held.filter(role__in=roles).select_related("user"))
    for row in rows:
        row["mine"] = may(row["needs"])
        row["url"] = row["links"][0]["url"] if row["mine"] and not row["done"] else ""
        row["role"] = role_names()[ROLES[row["needs"]]]
        able = dict.fromkeys(post.user.full_name for post in posts if post.role in roles_with(row["needs"]))
        row["who"] = list(able)[:NAMED]
