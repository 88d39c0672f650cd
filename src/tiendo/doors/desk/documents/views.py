"""Documents: the list, receiving one, its page, the original, the reconciliation, approval, opening the programme."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django_htmx.http import HttpResponseClientRefresh

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.documents.forms import HeadingForm, ReceiveForm, SetAsideForm
from tiendo.doors.desk.documents.stages import stages_of
from tiendo.doors.desk.history.sentences import sentences
from tiendo.doors.desk.history.views import history_url
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives import queries, storage
from tiendo.work.directives.actions import documents
from tiendo.work.directives.models import Document, Duty
from tiendo.work.programmes.models import Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RECENT = 10


def seen_document(request: HttpRequest, pk: int, *, quarantined: bool = False) -> Document:
    """A document this person may see, else 404: whether it exists is nobody else's matter."""
    rights = request.rights  # type: ignore[attr-defined]
    found = queries.visible_to(rights).filter(pk=pk).first()
    if found is None and quarantined:
        found = queries.in_quarantine(rights).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@page(Permission.SEE_WORK)
def index(request: HttpRequest) -> HttpResponse:
    rights = request.rights  # type: ignore[attr-defined]
    rows = queries.visible_to(rights)
    state = request.GET.get("state", "")
    states = [
        ("", gettext("Tất cả"), None),
        *((value, str(label), None) for value, label in Document.State.choices[1:]),
    ]
    listed = table(
        request,
        rows.filter(state=state) if state else rows,
        [
            Column(gettext("Văn bản"), "symbol", ("symbol",)),
            Column(gettext("Ngày ban hành"), "issued", ("issued_on",)),
            Column(gettext("Nhận lúc"), "received", ("received_at",)),
            Column(gettext("Tình trạng"), "state", ("state",)),
        ],
        caption=gettext("Văn bản đã tiếp nhận"),
        filters=[chips(request, "state", gettext("Tình trạng"), states)],
        empty={
            "title": gettext("Chưa có văn bản nào."),
            "text": gettext(
                "Tiếp nhận một chương trình hành động hoặc kế hoạch: máy đọc và lập danh sách nhiệm vụ để bạn xem lại."
            ),
            "url": "/van-ban/tiep-nhan/" if rights.may(Permission.RECEIVE) else "",
            "label": gettext("Tiếp nhận văn bản"),
        },
    )
    return render(
        request,
        "desk/documents/index.html",
        {"table": listed, "waiting": queries.in_quarantine(rights), "may_receive": rights.may(Permission.RECEIVE)},
    )


@page(Permission.RECEIVE)
def receive(request: HttpRequest) -> HttpResponse:
    rights = request.rights  # type: ignore[attr-defined]
    form = ReceiveForm(request.POST or None, request.FILES or None, offices=rights.bodies(Permission.RECEIVE))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            received = documents.receive(
                office=form.cleaned_data["office"],
                filename=file.name,
                chunks=file.chunks(),
                by=request.user,  # type: ignore[arg-type]
                at=request.now,  # type: ignore[attr-defined]
            )
        except TiendoError as error:
            form.add_error("file", error.message)
        else:
            if received.again:
                messages.info(request, gettext("Tệp này cơ quan đã tiếp nhận trước đó; đây là văn bản đã có."))
            return redirect("desk:document", received.document.pk)
    return render(request, "desk/documents/receive.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.SEE_WORK)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """While it waits and is read: the stages. Afterwards: heading, what became of it, its works, its text."""
    found = seen_document(request, pk, quarantined=True)
    running = found.state == Document.State.QUARANTINED
    if not running and request.headers.get("HX-Target") == "stages":  # the poll of the stages: they are over
        return HttpResponseClientRefresh()
    reading = queries.reading_of(found)
    programme = Programme.objects.select_related("office").filter(document=found).first()
    rights = request.rights  # type: ignore[attr-defined]
    subject = f"directives.document:{found.pk}"
    return render(
        request,
        "desk/documents/document.html",
        {
            "document": found,
            "stages": stages_of(found),
            "running": running,
            "reading": reading,
            "progress": queries.progress(found),
            "programme": programme,
            "mentions": [tied for tied in queries.works_of(found, rights) if tied.held != found],  # not itself
            "may_work": rights.may(Permission.WORK_ROWS, found.office),
            "may_mark": rights.may(Permission.APPROVE, programme.office if programme else found.office),
            "may_open": rights.may(Permission.OPEN_PROGRAMME, found.office),
            "may_receive": rights.may(Permission.RECEIVE, found.office),
            "events": sentences(audit.about([subject]).order_by("-sequence")[:RECENT], rights),
            "history_url": history_url(request, subject),
        },
    )


@page(Permission.RECEIVE)
@posted("desk:document")
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    documents.read_again(document=seen_document(request, pk), by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    return redirect("desk:document", pk)


@page(Permission.WORK_ROWS)
def heading(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what the machine read of number, date, issuer and title."""
    found = seen_document(request, pk)
    initial = {name: getattr(found, name) for name in HeadingForm.base_fields}
    form = HeadingForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            documents.correct_heading(document=found, by=request.user, at=request.now, **form.cleaned_data)  # type: ignore[arg-type,attr-defined]
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            return redirect("desk:document", pk)
    reading = queries.reading_of(found)
    context = {"document": found, "form": form, "reading": reading}
    return render(request, "desk/documents/heading.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_WORK)
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it came: always an attachment, never shown by the browser."""
    found = seen_document(request, pk)
    path = storage.find(found.sha256, office=found.office_id) if found.sha256 else None
    if path is None:
        raise Http404
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=found.filename, content_type="application/octet-stream"
    )


@page(Permission.SEE_WORK)
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """The bảng đối chiếu, on the page or as XLSX."""
    found = seen_document(request, pk)
    if request.GET.get("dang") == "xlsx":
        from tiendo.work.directives.exports import reconciliation_xlsx

        response = HttpResponse(reconciliation_xlsx(found), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="doi-chieu-{found.pk}.xlsx"'
        return response
    return render(
        request,
        "desk/documents/reconciliation.html",
        {
            "document": found,
            "lines": queries.reconcile(found),
            "added": found.duties.filter(origin="hand").exclude(state=Duty.State.REPLACED),
            "progress": queries.progress(found),
            "may_work": request.rights.may(Permission.WORK_ROWS),  # type: ignore[attr-defined]
        },
    )


@page(Permission.APPROVE)
@posted("desk:confirm")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    found = seen_document(request, pk)
    try:
        compared = bool(request.POST.get("compared"))
        documents.approve(document=found, compared=compared, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    except NotAllowedError:
        raise
    except TiendoError as error:
        messages.error(request, error.message)
        return redirect("desk:confirm", pk)
    messages.success(request, gettext("Đã duyệt. Bây giờ có thể mở chương trình."))
    return redirect("desk:open-programme", pk)


@page(Permission.WORK_ROWS)
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Out of the way, with a reason: a file sent by mistake, a document that orders nothing."""
    found = seen_document(request, pk)
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            documents.set_aside(document=found, by=request.user, at=request.now, **form.cleaned_data)  # type: ignore[arg-type,attr-defined]
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã đưa văn bản ra khỏi danh sách theo dõi."))
            return redirect("desk:document", pk)
    context = {"document": found, "form": form}
    return render(request, "desk/documents/set_aside.html", context, status=422 if form.errors else 200)


@page(Permission.WORK_ROWS)
@posted("desk:document")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    documents.take_back(document=seen_document(request, pk), by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    return redirect("desk:document", pk)
