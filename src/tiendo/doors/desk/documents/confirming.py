"""Confirming row by row: the source lit on the left, the row on the right, doubts first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.documents.forms import AddForm, RowForm
from tiendo.doors.desk.documents.sheets import sheets
from tiendo.doors.desk.documents.views import seen_document
from tiendo.doors.desk.tables import chips
from tiendo.doors.ui.lit import near_lit
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.proposing import Proposal, near
from tiendo.foundation.organisations.queries import own_tree
from tiendo.work.directives import queries
from tiendo.work.directives.actions import duties, naming
from tiendo.work.directives.errors import RowChangedError
from tiendo.work.directives.models import Document, Duty

AROUND = 400
"""Lines of the document shown before and after the lit ones."""

SHOWS: dict[str, dict[str, Any]] = {
    "check": {"state": Duty.State.PROPOSED},
    "waiting": {"state": Duty.State.PROPOSED},
    "signed": {"state": Duty.State.SIGNED},
    "left_out": {"state": Duty.State.LEFT_OUT},
    "prose": {"origin": "prose"},
}


@page(Permission.WORK_ROWS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a document's rows; `?row=` is the one at hand."""
    document = seen_document(request, pk)
    reading = queries.reading_of(document)
    if reading is None:
        return redirect("desk:document", pk)
    rows = _rows(document, reading, request.GET.get("show", ""))
    row = _chosen(document, rows, request.GET.get("row"))
    form = RowForm(initial=RowForm.initial_of(row)) if row else None
    return _page(request, document, reading, rows, row, form)


@page(Permission.WORK_ROWS)
@posted("desk:confirm")
def act(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Save, sign, leave out, restore, split or join a row; a refused form comes back with what was typed."""
    document = seen_document(request, pk)
    duty = document.duties.filter(pk=row).first()
    if duty is None:
        raise Http404
    form = RowForm(request.POST)
    signed = duty.state == Duty.State.SIGNED
    try:
        with transaction.atomic():  # a row that cannot be signed is not half saved
            following = _do(request, duty, form)
    except NotAllowedError:
        raise
    except TiendoError as error:
        following = _after_second_click(request, duty, form, error)
        if following is None:
            return _refused(request, document, duty, form, error)
    if following is None:
        return _refused(request, document, duty, form)
    _say(request, signed=signed)
    kept = {name: request.POST[name] for name in ("show", "nguon") if request.POST.get(name)}
    there = urlencode({**kept, "row": following.pk})
    return redirect(f"{reverse('desk:confirm', args=[pk])}?{there}#row")


def _say(request: HttpRequest, *, signed: bool) -> None:
    """What was done, where the page that follows does not show it by itself."""
    act = request.POST.get("act", "save")
    if act == "save" and signed:
        messages.warning(
            request, gettext("Đã lưu sửa đổi. Dòng này không còn được coi là đã xác nhận: hãy xem và xác nhận lại.")
        )
    elif act == "save":
        messages.success(request, gettext("Đã lưu sửa đổi."))
    elif act == "restore":
        messages.success(request, gettext("Đã đưa dòng về chờ xem."))


def _after_second_click(request: HttpRequest, duty: Duty, form: RowForm, error: TiendoError) -> Duty | None:
    """The row to go to when the same person pressed the button twice: nobody else has touched the row."""
    if not isinstance(error, RowChangedError) or request.POST.get("act") != "sign":
        return None
    duty.refresh_from_db()
    mine = duty.state == Duty.State.SIGNED and duty.signed_by_id == request.user.pk
    return _next(duty) if mine and form.is_valid() and not form.has_changed_from(duty) else None


def _refused(
    request: HttpRequest, document: Document, duty: Duty, form: RowForm, error: TiendoError | None = None
) -> HttpResponse:
    """The page again with what was typed. Where someone else saved first, the next try is against the row as it is now,
    and what they wrote is shown; after any other slip the version stays the one that was opened.
    """
    reading = queries.reading_of(document)
    if reading is None:
        raise Http404
    if error is not None:
        form.add_error(None, error.message)
    changed = isinstance(error, RowChangedError)
    if changed:
        duty.refresh_from_db()
        typed = request.POST.copy()
        typed["version"] = str(duty.version)
        form.data = typed
    rows = _rows(document, reading, request.POST.get("show", ""))
    return _page(request, document, reading, rows, duty, form, status=422, changed=changed)


@page(Permission.WORK_ROWS)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """A row that the machine did not find, with the sentence that orders it."""
    document = seen_document(request, pk)
    form = AddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = duties.add(document=document, by=request.user, at=request.now, **form.fields_of_row())  # type: ignore[arg-type,attr-defined]
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, gettext("Đã thêm dòng. Hãy ghi thời hạn, cơ quan phối hợp nếu có, rồi xác nhận."))
            return redirect(f"{reverse('desk:confirm', args=[pk])}?row={row.pk}#row")
    reading = queries.reading_of(document)
    context = {"document": document, "form": form, "text": reading.text if reading else ""}
    return render(request, "desk/documents/add.html", context, status=422 if form.errors else 200)


@page(Permission.ASSIGN)
@posted("desk:confirm")
def mean(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say which body a printed name of this row means; the row itself stays as it is."""
    document = seen_document(request, pk)
    chosen = request.POST.get("organisation", "")
    bodies = Organisation.objects.filter(own_tree(document.office), planned=False)
    body = bodies.filter(pk=chosen).first() if chosen.isascii() and chosen.isdecimal() else None
    if body is None:
        raise Http404
    name = request.POST.get("name", "")
    try:
        naming.mean(document=document, name=name, organisation=body, by=request.user, at=request.now)  # type: ignore[arg-type,attr-defined]
    except NotAllowedError:
        raise
    except TiendoError as error:
        messages.error(request, error.message)
    else:
        said = gettext("Từ nay “%(name)s” trong văn bản của cơ quan được hiểu là %(body)s.")
        messages.success(request, said % {"name": name, "body": body.name})
    return redirect(f"{reverse('desk:confirm', args=[pk])}?{urlencode({'row': row})}#row")


@page(Permission.SIGN_ROWS)
@posted("desk:confirm")
def sign_table(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign every row of the tables and lists that waits and lacks nothing; prose is looked at row by row."""
    document = seen_document(request, pk)
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    waiting = document.duties.filter(state=Duty.State.PROPOSED, origin__in=["table", "list"])
    origins = sorted(set(waiting.order_by().values_list("origin", flat=True)))
    with transaction.atomic():
        count = sum(duties.sign_table(document=document, origin=origin, **who) for origin in origins)
    apart = document.duties.filter(state=Duty.State.SIGNED, restricted=True, signed_at=who["at"]).count()
    if apart:
        said = gettext("Đã xác nhận %(count)s dòng của bảng, trong đó %(apart)s dòng báo cáo theo chế độ riêng.")
        messages.success(request, said % {"count": count, "apart": apart})
    elif count:
        messages.success(request, gettext("Đã xác nhận %(count)s dòng của bảng.") % {"count": count})
    else:
        messages.info(request, gettext("Chưa xác nhận được dòng nào của bảng: hãy bổ sung phần còn thiếu ở từng dòng."))
    return redirect(f"{reverse('desk:confirm', args=[pk])}?show=waiting")


def _do(request: HttpRequest, duty: Duty, form: RowForm) -> Duty | None:
    """The row to go to next, or None when the form itself is not valid."""
    who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
    act = request.POST.get("act", "save")
    opened = request.POST.get("version", "")
    seen: dict[str, Any] = {"version": int(opened) if opened.isdecimal() else 0, **who}
    if act == "restore":
        return duties.restore(duty=duty, **seen)
    if not form.is_valid():
        return None
    if form.has_changed_from(duty):  # what was typed is kept, whatever is done with the row next
        duty = duties.edit(
            duty=duty, version=seen["version"], changes=form.changes(duty), deadline=form.deadline(), **who
        )
        seen["version"] = duty.version
    acts: dict[str, Callable[[], Duty]] = {
        "sign": lambda: _next(duties.sign(duty=duty, **seen)),
        "leave_out": lambda: _next(duties.leave_out(duty=duty, reason=request.POST.get("reason", ""), **seen)),
        "split": lambda: duties.split(duty=duty, parts=request.POST.get("parts", "").split("\n"), **seen)[0],
        "join": lambda: duties.join(
            duties=[duty, *_following(duty)], versions={duty.pk: seen["version"], **_following_seen(request)}, **who
        ),
    }
    return acts[act]() if act in acts else duty


def _following_seen(request: HttpRequest) -> dict[int, int]:
    """The row below as it stood on the page: its key and version."""
    pk, _, version = request.POST.get("following", "").partition(":")
    return {int(pk): int(version)} if pk.isdecimal() and version.isdecimal() else {}


def _following(duty: Duty) -> list[Duty]:
    after = duty.document.duties.filter(position__gt=duty.position, origin=duty.origin).exclude(
        state=Duty.State.REPLACED
    )
    return list(after[:1])


def _next(duty: Duty) -> Duty:
    """The next row that waits, else the same."""
    waiting = duty.document.duties.filter(state=Duty.State.PROPOSED)
    return waiting.filter(position__gt=duty.position).first() or waiting.first() or duty


def _rows(document: Document, reading: queries.Reading, show: str) -> QuerySet[Duty]:
    """The rows of a filter: what cannot be signed as it stands, then tables and lists as printed, then prose."""
    rows = document.duties.exclude(state=Duty.State.REPLACED).filter(**SHOWS.get(show, {}))
    if show == "check":
        rows = rows.filter(pk__in=queries.flagged(document, reading, "blocking", "check"))
    rank = Case(
        When(state=Duty.State.PROPOSED, pk__in=queries.flagged(document, reading, "blocking"), then=Value(0)),
        When(origin="prose", then=Value(2)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.select_related("signed_by").annotate(rank=rank).order_by("rank", "position", "pk")


def _chosen(document: Document, rows: QuerySet[Duty], asked: str | None) -> Duty | None:
    """The row that is asked for, also where an act has just moved it out of the filter."""
    own = document.duties.exclude(state=Duty.State.REPLACED).select_related("signed_by")
    wanted = own.filter(pk=asked).first() if asked and asked.isascii() and asked.isdecimal() else None
    return wanted or rows.filter(state=Duty.State.PROPOSED).first() or rows.first()


def _page(
    request: HttpRequest,
    document: Document,
    reading: queries.Reading,
    rows: QuerySet[Duty],
    row: Duty | None,
    form: RowForm | None,
    status: int = 200,
    *,
    changed: bool = False,
) -> HttpResponse:
    rights, office = request.rights, document.office  # type: ignore[attr-defined]
    progress = queries.progress(document)
    shown = sheets(request, document, reading, row.spans if row else [])
    blocking = {doubt.duty for doubt in reading.doubts if doubt.severity == "blocking"}
    check = {doubt.duty for doubt in reading.doubts if doubt.severity == "check"}
    matcher = Matcher(document.office, on=document.issued_on)
    return render(
        request,
        "desk/documents/confirm.html",
        {
            "document": document,
            "rows": [
                {"duty": duty, "current": duty == row, "severity": _severity(duty, blocking, check)} for duty in rows
            ],
            "row": row,
            "form": form,
            "changed": changed,
            "typed": request.POST,
            "doubts": _doubts(reading, row, matcher) if row else [],
            "meant": _meant(row, matcher) if row and rights.may(Permission.ASSIGN, office) else {},
            "general_doubts": [
                doubt for doubt in queries.general_doubts(document, reading) if doubt.severity != "note"
            ],
            "unread_parts": queries.unread_parts(reading),
            "to_check": sum(1 for duty in rows if duty.state == Duty.State.PROPOSED and check & set(duty.indexes)),
            "following": next(iter(_following(row)), None) if row else None,
            "lines": [] if shown["sheets"] else near_lit(reading.text, row.spans if row else [], AROUND),
            "progress": progress,
            "show": request.GET.get("show", request.POST.get("show", "")),
            "filtering": {"filters": [chips(request, "show", gettext("Dòng"), _shows(document, reading, progress))]},
            "may_sign": rights.may(Permission.SIGN_ROWS, office),
            "may_approve": rights.may(Permission.APPROVE, office),
            **shown,
            "open": document.state == Document.State.READ or (row is not None and row.state == Duty.State.PROPOSED),
            "approved": document.state == Document.State.APPROVED,
        },
        status=status,
    )


def _severity(duty: Duty, blocking: set[int | None], check: set[int | None]) -> str:
    """The gravest doubt about the lines that a row came from; the sets: lines with a doubt of that kind."""
    lines = set(duty.indexes)
    return "blocking" if blocking & lines else "check" if check & lines else ""


def _doubts(reading: queries.Reading, row: Duty, matcher: Matcher) -> list[Any]:
    return [*queries.doubts_of(reading, row), *queries.lead_doubts(row, matcher)]


def _meant(row: Duty, matcher: Matcher) -> dict[str, list[Proposal]]:
    """Names of this row that are no body of the document's day, with the bodies that come near."""
    parties = (*row.leads, *row.coordinators)
    return near([one["name"] for one in parties if not one["group"] and not matcher.holders(one["name"])], matcher)


def _shows(
    document: Document, reading: queries.Reading, progress: queries.Progress
) -> list[tuple[str, str, int | None]]:
    prose = document.duties.filter(origin="prose").exclude(state=Duty.State.REPLACED).count()
    return [
        ("", gettext("Tất cả"), progress.total),
        ("check", gettext("Cần xem lại"), _rows(document, reading, "check").count()),
        ("waiting", gettext("Chờ xem"), progress.waiting),
        ("signed", gettext("Đã xác nhận"), progress.signed),
        ("left_out", gettext("Không theo dõi"), progress.left_out),
        ("prose", gettext("Đoạn văn giao việc ngoài bảng"), prose),
    ]
