"""Thông báo: what a person was told, the newest first; only ever one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.notifications import queries
from tiendo.foundation.notifications.actions import notices as acts
from tiendo.foundation.notifications.models import Notice

LONGEST_ID = 18
"""Digits of a number that a database takes."""


@page("signed_in")
def index(request: HttpRequest) -> HttpResponse:
    """A post reads: `act=all` whatever there is, `act=read` or `act=open` the one of `notice`, and goes to its page."""
    if request.method == "POST":
        return _read(request)
    user = request.user
    rows, unread = queries.of(user), queries.unread(user)  # type: ignore[arg-type]
    wanted = [("", gettext("Tất cả"), None), ("chua-doc", gettext("Chưa đọc"), unread)]
    if request.GET.get("loc") == "chua-doc":
        rows = rows.filter(read_at=None)
    listed = table(
        request,
        rows,
        [
            Column(label)
            for label in (gettext("Thông báo"), gettext("Lúc"), gettext("Thư điện tử"), gettext("Thao tác"))
        ],
        caption=gettext("Thông báo gửi bạn"),
        filters=[chips(request, "loc", gettext("Lọc"), wanted)],
        empty={
            "title": gettext("Không có thông báo nào."),
            "text": gettext("Khi có việc sắp đến hạn, quá hạn hoặc chờ bạn xác nhận, thông báo buổi sáng hiện ở đây."),
        },
    )
    return render(request, "desk/notices/index.html", {"table": listed, "unread": unread})


def _read(request: HttpRequest) -> HttpResponse:
    user, now = request.user, request.now  # type: ignore[attr-defined]
    if request.POST.get("act") == "all":
        read = acts.read_all(user=user, at=now)  # type: ignore[arg-type]
        if read:
            messages.success(request, gettext("Đã đánh dấu mọi thông báo là đã đọc."))
        return redirect("desk:notices")
    notice = _mine(request)
    acts.read(user=user, notices=[notice.pk], at=now)  # type: ignore[arg-type]
    inside = notice.url.startswith("/") and url_has_allowed_host_and_scheme(notice.url, allowed_hosts=None)
    return redirect(notice.url if request.POST.get("act") == "open" and inside else "desk:notices")


def _mine(request: HttpRequest) -> Notice:
    said = request.POST.get("notice", "")
    number = said.isascii() and said.isdecimal() and len(said) <= LONGEST_ID
    found = queries.of(request.user).filter(pk=said).first() if number else None  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found
