"""The audit as sentences."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.history import exports
from tiendo.doors.desk.history.forms import HistoryForm
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.subjects import readable
from tiendo.doors.desk.history.walk import newest_first
from tiendo.doors.desk.tables import Column, link, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions.exports import exported
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import end


@page(Permission.SEE_AUDIT)
def index(request: HttpRequest) -> HttpResponseBase:
    """What happened in the affairs of the person's bodies, newest first; `?object=room.noun:id`: to one thing alone;
    `?dang=csv`, `?dang=xlsx`: as a file.
    """
    rights = request.rights  # type: ignore[attr-defined]
    form = HistoryForm(request.GET if set(request.GET) & set(HistoryForm.base_fields) else None, rights=rights)
    thing = request.GET.get("object", "")
    events = newest_first(readable(rights) & form.condition() & (Q(subject=thing) if thing else Q()))
    if request.GET.get("dang") in {"csv", "xlsx"}:
        return _file(request, events, [*form.asked(), *(["object"] if thing else [])])
    listed = table(
        request,
        events,
        columns(),
        caption=gettext("Việc mới nhất ở trên cùng"),
        counted=False,
        exports=[
            {"label": gettext("Tải CSV"), "url": link(request, dang="csv")},
            {"label": gettext("Tải Excel"), "url": link(request, dang="xlsx")},
        ],
        empty={
            "title": gettext("Không có việc nào như vậy.") if request.GET else gettext("Chưa có việc nào được ghi.")
        },
    )
    listed["rows"] = sentences(listed["rows"], rights)
    return render(request, "desk/history/index.html", {"table": listed, "form": form, "thing": thing})


def columns() -> list[Column]:
    """Of a list of events (desk/history/row.html)."""
    return [Column(gettext("Lúc")), Column(gettext("Ai")), Column(gettext("Việc")), Column(gettext("Đối tượng"))]


def _file(request: HttpRequest, events: QuerySet[Event], asked: list[str]) -> HttpResponseBase:
    """All that the page lists up to now, sent as it is made; that it was taken is recorded first."""
    rights, form = request.rights, request.GET["dang"]  # type: ignore[attr-defined]
    last, _ = end()
    events = events.filter(sequence__lte=last)
    count = events.count()
    if form == "xlsx" and count > exports.MOST_XLSX:
        words = gettext("%(count)s việc là quá nhiều cho một tệp Excel. Hãy lọc hẹp hơn, hoặc tải CSV.")
        messages.error(request, words % {"count": count})
        return redirect(f"{request.path}{link(request, dang='')}")
    office = next(iter(rights.paths(Permission.SEE_AUDIT)), "")
    exported(
        count=count, last=last, filters=asked, form=form, office=office, by=request.user.actor, at=request.now  # type: ignore[union-attr,attr-defined]
    )  # fmt: skip
    name = f"nhat-ky-{request.today:%Y-%m-%d}.{form}"  # type: ignore[attr-defined]
    if form == "xlsx":
        return FileResponse(exports.xlsx(events, rights), as_attachment=True, filename=name)
    lines = StreamingHttpResponse(exports.csv_lines(events, rights), content_type="text/csv; charset=utf-8")
    lines["Content-Disposition"] = f'attachment; filename="{name}"'
    return lines


def history_url(request: HttpRequest, subject: str) -> str:
    """The audit of one thing, for a link on its own page; empty for who may not read it."""
    may = request.rights.may(Permission.SEE_AUDIT)  # type: ignore[attr-defined]
    return f"{reverse('desk:history')}?{urlencode({'object': subject})}" if may else ""
