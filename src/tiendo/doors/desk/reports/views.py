"""A report as it was handed in, and the confirming body's word on it; evidence files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.views import history_url
from tiendo.doors.desk.reports.writing import write_url
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives import storage
from tiendo.work.programmes.actions import reports
from tiendo.work.programmes.models import Evidence, Obligation, Report
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.matters import marks
from tiendo.work.programmes.queries.rounds import (
    Handed,
    as_handed_in,
    decided,
    own_work,
    readable_evidence,
    unlike_the_confirmed,
)
from tiendo.work.programmes.rules import standing


def seen_report(request: HttpRequest, pk: int) -> Report:
    """A report this person may see, else 404."""
    found = (
        work.reports_visible_to(request.rights)  # type: ignore[attr-defined]
        .filter(pk=pk)
        .select_related("programme__office", "organisation", "confirming", "submitted_by")
        .first()
    )
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, seen_report(request, pk))


@page(Permission.CONFIRM_REPORT)
@posted("desk:report")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm, or ask for more with a reason."""
    found = seen_report(request, pk)
    reason, confirms = request.POST.get("reason", ""), request.POST.get("act") == "confirm"
    if confirms and reason.strip() and _may_confirm(request, found):
        said = gettext(
            "Bạn đã ghi nội dung cần bổ sung nên kết quả chưa được xác nhận. "
            "Hãy bấm “Đề nghị bổ sung”, hoặc xóa nội dung đó rồi xác nhận."
        )
        return _page(request, found, reason=reason, problem=said, status=422)
    opened = request.POST.get("round", "")
    who: dict[str, Any] = {
        "seen_round": int(opened) if opened.isdecimal() else 0,
        "by": request.user,
        "at": request.now,  # type: ignore[attr-defined]
    }
    try:
        if confirms:
            reports.confirm(report=found, **who)
            messages.success(request, gettext("Đã xác nhận kết quả."))
        else:
            reports.ask_more(report=found, reason=reason, **who)
            messages.success(request, gettext("Đã đề nghị bổ sung; cơ quan báo cáo thấy lý do ngay ở Việc của tôi."))
    except NotAllowedError:
        raise
    except TiendoError as error:
        return _page(request, seen_report(request, pk), reason=reason, problem=error.message, status=422)
    return redirect("desk:report", pk)


@page(Permission.SEE_WORK)
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """An evidence file, always as an attachment; what was withdrawn is nobody's to read any more."""
    held = Evidence.objects.filter(withdrawn_at=None, answer__obligation__task__restricted=False).exclude(sha256="")
    piece = held.select_related("answer__report").filter(pk=pk).first()
    if piece is None:
        raise Http404
    found = seen_report(request, piece.answer.report_id)
    if piece.pk not in readable_evidence(found, own=_own(request, found)):
        raise Http404
    path = storage.find(piece.sha256, office=piece.kept_by_id) if piece.kept_by_id else None
    if path is None:
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=piece.filename, content_type=piece.media_type)


def _page(request: HttpRequest, found: Report, reason: str = "", problem: str = "", status: int = 200) -> HttpResponse:
    rights, today = request.rights, request.today  # type: ignore[attr-defined]
    confirms = found.state == Report.State.SUBMITTED and _may_confirm(request, found)
    subject = f"programmes.report:{found.pk}"
    own_hand = confirms and own_work(found, request.user, rights)  # type: ignore[arg-type]
    shown = as_handed_in(found, own=_own(request, found))
    owed = [row.answer.obligation_id for row in shown]
    said = decided(found)
    unlike, (caused, doubted) = unlike_the_confirmed(said, shown), marks(owed)
    return render(
        request,
        "desk/reports/report.html",
        {
            "report": found,
            "rows": [
                {
                    "said": row,
                    "task": row.answer.obligation.task,
                    "evidence": _pieces(row),
                    "standing": standing(row.answer.obligation.facts, on=today),
                    "unlike": row.answer.obligation_id in unlike,
                    "caused": row.answer.obligation_id in caused,
                    "doubted": row.answer.obligation_id in doubted,
                }
                for row in shown
            ],
            "rewriting": found.state == Report.State.RETURNED,
            "own": _own(request, found),
            "decisions": said,
            "events": sentences(audit.about([subject]), rights),
            "history_url": history_url(request, subject),
            "confirms": confirms and not own_hand,
            "revokes": _may_confirm(request, found) and found.state == Report.State.CONFIRMED,
            "own_hand": own_hand,
            "write_url": _write_url(request, found),
            "reason": reason,
            "problem": problem,
        },
        status=status,
    )


def _may_confirm(request: HttpRequest, found: Report) -> bool:
    body = found.confirming
    return body is not None and request.rights.may(Permission.CONFIRM_REPORT, body)  # type: ignore[attr-defined]


def _own(request: HttpRequest, found: Report) -> bool:
    """Whether the report is of a body of this person's."""
    return found.organisation in request.rights.bodies(Permission.SEE_WORK)  # type: ignore[attr-defined]


def _pieces(row: Handed) -> list[dict[str, Any]]:
    """The evidence of a row; of a restricted task never a file."""
    kept = (piece for piece in row.evidence if piece.number or not row.answer.obligation.task.restricted)
    return [_shown(piece) for piece in kept]


def _write_url(request: HttpRequest, found: Report) -> str:
    """Where those who write for the body go on with it; empty once it is handed in."""
    writes = request.rights.may(Permission.WRITE_REPORT, found.organisation)  # type: ignore[attr-defined]
    first = Obligation.objects.filter(answer__report=found).first()
    return write_url(first) if first and writes and found.state in reports.WRITABLE else ""


def _shown(piece: Evidence) -> dict[str, Any]:
    """As ui/evidence.html takes it."""
    file = bool(piece.sha256)
    return {
        "kind": "file" if file else "document",
        "title": piece.filename if file else piece.number,
        "url": reverse("desk:evidence", args=[piece.pk]) if file and piece.withdrawn_at is None else "",
        "size": piece.size if file else None,
        "day": piece.issued_on,
        "level": piece.level,
        "sha256": piece.sha256,
        "by": piece.added_by.full_name if piece.added_by else gettext("qua liên kết soạn báo cáo"),
        "at": piece.added_at,
    }
