"""Words of this room that reach people outside its pages: notices about standing in for somebody."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from tiendo.foundation.accounts.permissions import role_names
from tiendo.foundation.organisations.models import Absence, Post

SUBJECT = 200
"""Characters of a subject (Notice.subject)."""
Told = dict[str, str]
"""`subject`, `body` and `url` of a notice."""


def deputy_named(absence: Absence) -> Told:
    """For whoever is to stand in."""
    words = _words(absence)
    subject = gettext("Bạn được cử thay %(holder)s từ ngày %(first)s đến hết ngày %(last)s") % words
    body = gettext(
        "Chức vụ: %(role)s, %(body)s. Trong những ngày đó bạn có cùng vai trò ở cơ quan này; việc của cơ quan hiện ở "
        "trang Việc của tôi. Hết ngày %(last)s thì tự thôi."
    )
    return {"subject": subject[:SUBJECT], "body": body % words, "url": "/"}


def deputy_there(absence: Absence, *, holder: bool) -> Told:
    """For whoever answers for the body, or (`holder`) is away."""
    words = _words(absence)
    subject = gettext("%(deputy)s thay %(holder)s từ ngày %(first)s đến hết ngày %(last)s") % words
    body = gettext(
        "Chức vụ: %(role)s, %(body)s. Trong những ngày đó người thay có cùng vai trò ở cơ quan này. Nếu chưa đúng, hãy "
        "báo ngay cho người đã cử hoặc người quản trị tài khoản."
    )
    return {"subject": subject[:SUBJECT], "body": body % words, "url": "/nguoi-thay/" if holder else "/"}


def deputy_over(absence: Absence) -> Told:
    """For whoever stood in, or was to."""
    words = _words(absence)
    subject = gettext("Bạn thôi thay %(holder)s") % words
    body = (
        gettext("Việc thay ở chức vụ %(role)s, %(body)s đã kết thúc. Bạn không còn vai trò đó ở cơ quan này.") % words
    )
    return {"subject": subject[:SUBJECT], "body": body, "url": "/"}


def deputy_left(absence: Absence, page: str) -> Told:
    """For whoever is away, and whoever named the one who left; `page`: where another is named."""
    words = _words(absence)
    subject = gettext("%(deputy)s đã ngừng tài khoản, không còn thay %(holder)s") % words
    body = gettext(
        "Chức vụ: %(role)s, %(body)s, vắng từ ngày %(first)s đến hết ngày %(last)s. "
        "Từ nay không có ai thay: hãy cử người khác nếu vẫn cần."
    )
    return {"subject": subject[:SUBJECT], "body": body % words, "url": page}


def invitation(*, name: str, by: str, posts: Iterable[Post], username: str, address: str, until: str) -> Told:
    """For whoever is invited, by letter: they have no account to read a notice in. `until`: in words."""
    told = "\n".join(f"- {role_names().get(post.role, post.role)}, {post.organisation.name}" for post in posts)
    words = {"name": name, "by": by, "posts": told, "username": username, "address": address, "until": until}
    body = gettext(
        "Kính gửi %(name)s,\n\n%(by)s mời bạn vào làm việc trên Tiến Độ:\n%(posts)s\n\nTên đăng nhập: %(username)s\n"
        "Mở địa chỉ sau để tự đặt mật khẩu (dùng một lần, đến %(until)s):\n%(address)s\n\n"
        "Không chuyển thư này cho người khác: ai có địa chỉ trên đều đặt được mật khẩu."
    )
    return {"subject": gettext("Lời mời làm việc trên Tiến Độ"), "body": body % words, "url": ""}


def _words(absence: Absence) -> dict[str, str]:
    post = absence.post
    return {
        "holder": post.user.full_name,
        "deputy": absence.deputy.full_name,
        "role": role_names().get(post.role, post.role),
        "body": post.organisation.name,
        "first": f"{absence.starts:%d/%m/%Y}",
        "last": f"{absence.ends:%d/%m/%Y}",
    }
