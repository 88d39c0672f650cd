"""The audit as sentences."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.history.forms import HistoryForm
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.queries import within


@page(Permission.SEE_AUDIT)
def index(request: HttpRequest) -> HttpResponse:
    """What happened in the affairs of the person's bodies, newest first; `?object=room.noun:id`: to one thing alone."""
    rights = request.rights  # type: ignore[attr-defined]
    form = HistoryForm(request.GET if set(request.GET) & set(HistoryForm.base_fields) else None, rights=rights)
    events = Event.objects.filter(within(rights.paths(Permission.SEE_AUDIT), "office")).filter(form.condition())
    thing = request.GET.get("object", "")
    if thing:
        events = events.filter(subject=thing)
    listed = table(
        request,
        events.order_by("-sequence"),
        [Column(gettext("Lúc")), Column(gettext("Ai")), Column(gettext("Việc")), Column(gettext("Đối tượng"))],
        caption=gettext("Việc mới nhất ở trên cùng"),
        empty={
            "title": gettext("Không có việc nào như vậy.") if request.GET else gettext("Chưa có việc nào được ghi.")
        },
    )
    listed["rows"] = sentences(listed["rows"], rights)
    return render(request, "desk/history/index.html", {"table": listed, "form": form, "thing": thing})


def history_url(request: HttpRequest, subject: str) -> str:
    """The audit of one thing, for a link on its own page; empty for who may not read it."""
    may = request.rights.may(Permission.SEE_AUDIT)  # type: ignore[attr-defined]
    return f"{reverse('desk:history')}?{urlencode({'object': subject})}" if may else ""
