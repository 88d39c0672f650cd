"""Work that nobody holds since its body ended: as it is now, or as it was at the end of a past day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.bodies.files import csv_file, offered, wanted
from tiendo.doors.desk.tables import Column, table
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.programmes.messages import RESTRICTED
from tiendo.work.programmes.models import Passage
from tiendo.work.programmes.queries.passing import orphans_visible_to


@page(Permission.SEE_WORK)
def orphans(request: HttpRequest) -> HttpResponse:
    """Each row leads to its task, where who may assign names a body. With `tep=csv` as a file."""
    day = asof.day_of(request)
    rows = orphans_visible_to(request.rights, day).select_related("task__programme", "organisation")  # type: ignore[attr-defined]
    columns = [
        Column(gettext("Nhiệm vụ")),
        Column(gettext("Chương trình")),
        Column(gettext("Vai trò")),
        Column(gettext("Cơ quan trước đây")),
        Column(gettext("Từ ngày"), number=True),
    ]
    if wanted(request):
        return _csv(request, list(rows), [column.label for column in columns], day)
    listed = table(
        request,
        rows,
        columns,
        caption=gettext("Việc chưa có nơi nhận"),
        exports=offered(request),
        empty={
            "title": gettext("Không có việc nào chưa có nơi nhận."),
            "text": gettext(
                "Khi một cơ quan kết thúc mà không có cơ quan kế thừa, việc đang mở của cơ quan đó nằm ở đây."
            ),
        },
    )
    _came(listed["rows"], day)
    context = {"table": listed, "asof": asof.switch(request, None, figures=True)}
    return render(request, "desk/tasks/orphans.html", context)


def _came(rows: list[Any], day: date | None) -> None:
    """Give each row `before`, the body that held it last (None: a name alone is known), and `since`. Two queries."""
    passed = Passage.objects.filter(after__in=[row.pk for row in rows]).select_related("before__organisation")
    came = {line.after_id: line for line in passed}
    for row in rows:
        line = came.get(row.pk)
        row.before = line.before.organisation if line else row.organisation
        # Without a hand-over it is nobody's since the day after the body's last.
        row.since = line.on if line else row.organisation.ends + timedelta(days=1)
    asof.call([row.before for row in rows], day)


def _csv(request: HttpRequest, rows: list[Any], heads: list[str], day: date | None) -> HttpResponse:
    _came(rows, day)
    told = (
        [row.task.number or row.task.position, RESTRICTED if row.task.restricted else row.task.content,
         row.task.programme, row.get_role_display(), row.before.called if row.before else row.party_text,
         f"{row.since:%d/%m/%Y}"]
        for row in rows
    )  # fmt: skip
    return csv_file(request, "viec-chua-co-noi-nhan", [gettext("Số"), *heads], told, day)
