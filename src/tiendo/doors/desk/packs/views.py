"""What happened to a programme, and the evidence pack of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.subjects import about_programme
from tiendo.doors.desk.history.views import columns
from tiendo.doors.desk.history.walk import newest_first
from tiendo.doors.desk.packs.contents import Pack, counted
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.doors.desk.tables import table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.actions.packs import pack
from tiendo.work.programmes.queries.seeing import sees_whole


@page(Permission.SEE_WORK)
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """All that happened to a programme, its document, tasks and reports, newest first."""
    programme, rights = seen_programme(request, pk), request.rights  # type: ignore[attr-defined]
    listed = table(
        request,
        newest_first(about_programme(programme, rights)),
        columns(),
        caption=gettext("Việc mới nhất ở trên cùng"),
        counted=False,
        empty={"title": gettext("Chưa có việc nào được ghi.")},
    )
    listed["rows"] = sentences(listed["rows"], rights)
    whole = sees_whole(rights, programme)
    return render(request, "desk/packs/course.html", {"programme": programme, "table": listed, "whole": whole})


@page(Permission.SEE_WORK)
@posted("desk:course")
def take(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The evidence pack as a ZIP that is made while it is sent."""
    programme = seen_programme(request, pk)
    now = request.now  # type: ignore[attr-defined]
    closing = pack(programme=programme, evidence=list(counted(programme)), by=request.user, at=now)  # type: ignore[arg-type]
    made = Pack(programme, request.rights, closing, now, request.today)  # type: ignore[attr-defined]
    answer = StreamingHttpResponse(made.sent(), content_type="application/zip")
    name = f"minh-chung-{programme.pk}-{request.today:%Y-%m-%d}.zip"  # type: ignore[attr-defined]
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
