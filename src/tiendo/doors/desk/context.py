"""What base.html shows around every page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.notifications import queries as notices

SHORT = {"vi": "Việt", "en": "EN"}


def desk(request: HttpRequest) -> dict[str, object]:
    """`desk` for base.html; without a signed-in person only the languages."""
    frame: dict[str, object] = {
        "home_url": reverse("desk:home"),
        "languages": [
            {"code": code, "label": SHORT[code], "current": code == get_language()} for code, _ in settings.LANGUAGES
        ],
        "language_url": reverse("desk:language"),
    }
    if getattr(request, "rights", None) is None:
        return {"desk": frame}
    frame |= {"user": request.user.full_name, "sign_out_url": reverse("desk:sign-out")}  # type: ignore[union-attr]
    if request.gate:  # type: ignore[attr-defined]
        return {"desk": frame}
    bodies = request.rights.organisations  # type: ignore[attr-defined]
    frame |= {
        "nav": _nav(request),
        "office": "; ".join(body.label for body in bodies),
        "security_url": reverse("desk:security"),
        "capacity": _capacity(request),
    }
    if request.rights.may(Permission.SEE_WORK):  # type: ignore[attr-defined]
        frame["search_url"] = reverse("desk:search")
    return {"desk": frame}


def _capacity(request: HttpRequest) -> dict[str, object] | None:
    """The choice between the bodies in which this person has posts, where there is one."""
    seats = request.all_rights.seats  # type: ignore[attr-defined]
    if len(seats) < 2:  # noqa: PLR2004 - nothing to choose
        return None
    narrowed = len(request.rights.seats) < len(seats)  # type: ignore[attr-defined]
    here = {body.pk for body in request.rights.seats} if narrowed else set()  # type: ignore[attr-defined]
    return {
        "url": reverse("desk:capacity"),
        "narrowed": narrowed,
        "bodies": [{"pk": body.pk, "name": body.label, "current": body.pk in here} for body in seats],
    }


def _nav(request: HttpRequest) -> list[dict[str, object]]:
    may = request.rights.may  # type: ignore[attr-defined]
    entries = [
        ("home", gettext("Việc của tôi"), True, "/"),
        ("documents", gettext("Văn bản"), may(Permission.SEE_WORK), "/van-ban/"),
        ("programmes", gettext("Chương trình"), may(Permission.SEE_WORK), "/chuong-trinh/"),
        ("bodies", gettext("Cơ quan"), True, "/co-quan/"),
        ("leading", gettext("Việc cần chỉ đạo"), _follows(request), "/viec-can-chi-dao/"),
        ("notices", gettext("Thông báo"), True, "/thong-bao/"),
        ("history", gettext("Nhật ký"), may(Permission.SEE_AUDIT), "/nhat-ky/"),
        ("accounts", gettext("Tài khoản"), may(Permission.MANAGE_ACCOUNTS), "/tai-khoan/"),
    ]
    here, unread = request.path, notices.unread(request.user)  # type: ignore[arg-type]
    return [
        {
            "url": reverse(f"desk:{name}"),
            "label": label,
            "current": here == root or (root != "/" and here.startswith(root)),
            "count": unread if name == "notices" else 0,
        }
        for name, label, shown, root in entries
        if shown
    ]


def _follows(request: HttpRequest) -> bool:
    """Whether this person's role looks after more than what their own bodies owe. Others whose body follows a programme
    find the way on Việc của tôi: to ask whether it does is no matter of every page.
    """
    may = request.rights.may  # type: ignore[attr-defined]
    return bool(may(Permission.SEE_WORK) and (may(Permission.SEE_ALL_WORK) or may(Permission.ASSIGN)))
