"""Work that nobody holds since its body ended."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.models import Passage
from tiendo.work.programmes.queries.passing import orphans_visible_to


@page(Permission.SEE_WORK)
def orphans(request: HttpRequest) -> HttpResponse:
    """Each row leads to its task, where who may assign names a body."""
    rows = orphans_visible_to(request.rights)  # type: ignore[attr-defined]
    listed = table(
        request,
        rows,
        [
            Column(gettext("Nhiệm vụ")),
            Column(gettext("Chương trình")),
            Column(gettext("Vai trò")),
            Column(gettext("Cơ quan trước đây")),
            Column(gettext("Từ ngày"), number=True),
        ],
        caption=gettext("Việc chưa có nơi nhận"),
        empty={
            "title": gettext("Không có việc nào chưa có nơi nhận."),
            "text": gettext(
                "Khi một cơ quan kết thúc mà không có cơ quan kế thừa, việc đang mở của cơ quan đó nằm ở đây."
            ),
        },
    )
    came = {
        line.after_id: line
        for line in Passage.objects.filter(after__in=[row.pk for row in listed["rows"]]).select_related(
            "before__organisation"
        )
    }
    for row in listed["rows"]:
        row.came = came.get(row.pk)
    return render(request, "desk/tasks/orphans.html", {"table": listed})
