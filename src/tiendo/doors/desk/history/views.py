"""The audit as sentences."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.queries import within


@page(Permission.SEE_AUDIT)
def index(request: HttpRequest) -> HttpResponse:
    """What happened in the affairs of the person's bodies, newest first."""
    paths = request.rights.paths(Permission.SEE_AUDIT)  # type: ignore[attr-defined]
    listed = table(
        request,
        Event.objects.filter(within(paths, "office")).order_by("-sequence"),
        [Column(gettext("Lúc")), Column(gettext("Ai")), Column(gettext("Việc"))],
        caption=gettext("Việc mới nhất ở trên cùng"),
        empty={"title": gettext("Chưa có việc nào được ghi.")},
    )
    listed["rows"] = sentences(listed["rows"])
    return render(request, "desk/history/index.html", {"table": listed})
