"""What a programme prints: the annex of follow-up as of a day, and the reconciliation with its document, both ways."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tiendo.doors.desk import asof
from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.views import XLSX
from tiendo.doors.desk.programmes.figures import whole_programme
from tiendo.doors.desk.programmes.filters import figures_day
from tiendo.doors.desk.programmes.views import seen_programme
from tiendo.doors.desk.tables import link
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives import queries as directives
from tiendo.work.programmes.annexes import Day, annex_xlsx, rows
from tiendo.work.programmes.queries import seeing
from tiendo.work.programmes.reconciliation import reconciliation, reconciliation_xlsx


@page(Permission.SEE_WORK)
def annex(request: HttpRequest, pk: int) -> HttpResponse:
    """Every task that this person sees, on one page made to be printed, or as a workbook; `?khi=`: as of a day."""
    programme = seen_programme(request, pk)
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    then = figures_day(request, programme)
    day = Day(on=then or today, past=then is not None, held=asof.day_of(request))
    tasks = seeing.tasks_of(rights, programme).order_by("position")
    told = seeing.obligations_of(rights, programme)
    found = rows(programme, tasks, told, day)
    if request.GET.get("dang") == "xlsx":
        return _file(annex_xlsx(programme, found, day), f"phu-luc-{programme.pk}-{day.on:%Y%m%d}.xlsx")
    context = {
        "programme": programme,
        "day": day,
        "rows": list(found),
        "asof": asof.switch(request, programme.document.issued_on, figures=then is not None),
        "xlsx_url": link(request, dang="xlsx"),
    }
    return render(request, "desk/programmes/annex.html", context)


@page(Permission.SEE_WORK)
def reconciled(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever sees the whole programme and its document."""
    programme = whole_programme(request, pk)
    if not directives.may_see(programme.document, request.rights):  # type: ignore[attr-defined]
        raise Http404
    if request.GET.get("dang") == "xlsx":
        return _file(reconciliation_xlsx(programme), f"doi-chieu-chuong-trinh-{programme.pk}.xlsx")
    context = {"programme": programme, "found": reconciliation(programme)}
    return render(request, "desk/programmes/reconciliation.html", context)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
