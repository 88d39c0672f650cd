"""The register's own pages: taken out, lists taken in after a look, single bodies added, corrected, removed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page, posted
from tiendo.doors.desk.bodies.kept import mine
from tiendo.doors.desk.bodies.kinds import ordered
from tiendo.doors.desk.bodies.picking import typed
from tiendo.doors.desk.bodies.register_forms import BodyForm, CorrectionForm, ListForm, RenamedForm
from tiendo.doors.desk.tables import Column, chips, table
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations import exports, reading
from tiendo.foundation.organisations.actions import correcting, importing
from tiendo.foundation.organisations.errors import ListUnreadableError
from tiendo.foundation.organisations.models import Organisation, RegisterList
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.rules import sheets
from tiendo.foundation.organisations.rules.importing.lines import Line, Plan, What, said
from tiendo.foundation.organisations.rules.sheets import Choices
from tiendo.foundation.organisations.snapshot import Register, choices, register
from tiendo.work.directives.encodings import decode

FORMS: dict[str, tuple[str, Callable[[Register], bytes]]] = {
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda found: exports.register_xlsx(found, choices()),
    ),
    "zip": ("application/zip", exports.register_zip),
    "csv": ("text/csv; charset=utf-8", exports.bodies_csv),
}
"""Form of a file → its media type, and what writes it."""
DOUBTED = "doubted"
RECENT = 10
"""Lists that the page shows."""


@page(Permission.MANAGE_BODIES)
def index(request: HttpRequest) -> HttpResponse:
    """What may be taken out, and where a list is given in."""
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and form.is_valid():
        try:
            kept = _upload(request, form.cleaned_data["file"])
        except TiendoError as error:
            form.add_error("file", error.message)
        else:
            return redirect("desk:register-list", kept.pk)
    context = {
        "form": form,
        "needed": sheets.BODIES.titles(sheets.BODIES.needed),
        "others": sheets.BODIES.titles(column.name for column in sheets.BODIES.columns if not column.needed),
        "kinds": "; ".join(str(word) for _value, word in ordered()),
        "count": mine(request).count(),
        "lists": RegisterList.objects.filter(uploaded_by=request.user).defer("data")[:RECENT],  # type: ignore[misc]
    }
    return render(request, "desk/bodies/register/index.html", context, status=422 if form.errors else 200)


@page(Permission.MANAGE_BODIES)
def download(request: HttpRequest, form: str) -> HttpResponse:
    """The part of the register that this person keeps, as a file."""
    if form not in FORMS:
        raise Http404
    media_type, write = FORMS[form]
    found = register(request.rights.paths(Permission.MANAGE_BODIES))  # type: ignore[attr-defined]
    response = HttpResponse(write(found), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="danh-ba-{request.today:%Y%m%d}.{form}"'  # type: ignore[attr-defined]
    return response


@page(Permission.MANAGE_BODIES)
def kept_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What a list would change, line by line; and the word to write it, or to put it away."""
    kept = get_object_or_404(RegisterList, pk=pk, uploaded_by=request.user)
    days = RenamedForm(request.POST if request.method == "POST" else request.GET)
    renamed_on = days.cleaned_data["renamed_on"] if days.is_valid() else None
    if request.method == "POST" and (done := _settle(request, kept, renamed_on)) is not None:
        return done
    if kept.state != RegisterList.State.WAITING:
        return render(request, "desk/bodies/register/settled.html", {"list": kept})
    try:
        book = reading.read(bytes(kept.data), decode)
        plan = preview(book, registrar=request.user, at=request.now, renamed_on=renamed_on)  # type: ignore[arg-type, attr-defined]
    except ListUnreadableError as error:
        return render(request, "desk/bodies/register/unreadable.html", {"list": kept, "why": error.message})
    context = {
        "list": kept,
        "plan": plan,
        "table": _lines(request, plan),
        "refused": len(plan.refused),
        "doubtful": len(plan.doubtful),
        "days": days,
        "renamed_on": renamed_on,
    }
    return render(request, "desk/bodies/register/list.html", context, status=409 if request.method == "POST" else 200)


@page(Permission.MANAGE_BODIES)
def add(request: HttpRequest) -> HttpResponse:
    """A rejected form, and one that only looks for the body above, keep what was typed."""
    form = _form(BodyForm, request, initial={"parent": request.GET.getlist("parent")})
    if form.is_bound and form.is_valid():
        parent = form.cleaned_data["parent"].get()
        made = _done(
            form,
            lambda: correcting.add(parent=parent, cells=form.cells(), by=request.user, at=request.now),  # type: ignore[arg-type, attr-defined]
        )
        if made is not None:
            messages.success(request, gettext("Đã thêm %(name)s.") % {"name": made})
            return redirect("desk:body", made.pk)
    return render(request, "desk/bodies/register/add.html", {"form": form}, status=422 if form.errors else 200)


@page(Permission.MANAGE_BODIES)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    body = _body(request, pk)
    form = _form(CorrectionForm, request, body=body)
    if form.is_bound and form.is_valid():
        parent = next(iter(form.cleaned_data.get("parent") or ()), None)
        made = _done(
            form,
            lambda: correcting.correct(
                organisation=body,
                cells=form.cells(),
                parent=parent if parent and parent.pk != body.parent_id else None,
                renamed_on=form.cleaned_data["renamed_on"],
                by=request.user,  # type: ignore[arg-type]
                at=request.now,  # type: ignore[attr-defined]
            ),
        )
        if made is not None:
            messages.success(request, gettext("Đã sửa %(name)s.") % {"name": made})
            return redirect("desk:body", pk)
    context = {"form": form, "body": body}
    return render(request, "desk/bodies/register/correct.html", context, status=422 if form.errors else 200)


@page(Permission.MANAGE_BODIES)
@posted("desk:correct-body")
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    body = _body(request, pk)
    try:
        correcting.remove(organisation=body, by=request.user, at=request.now)  # type: ignore[arg-type, attr-defined]
    except TiendoError as error:
        messages.error(request, error.message)
        return redirect("desk:correct-body", pk)
    messages.success(request, gettext("Đã xóa %(name)s khỏi danh bạ.") % {"name": body})
    return redirect("desk:bodies")


def _form[Form: BodyForm](kind: type[Form], request: HttpRequest, **told: Any) -> Form:
    """As sent, to be judged; sent by the button `find`: as typed, with what was found."""
    rights = request.rights  # type: ignore[attr-defined]
    if request.method != "POST":
        return kind(rights=rights, **told)
    if "find" not in request.POST:
        return kind(request.POST, rights=rights, **told)
    if "initial" in told:
        told["initial"] = typed(request.POST, kind.base_fields)
    return kind(rights=rights, sent=request.POST, **told)


def _body(request: HttpRequest, pk: int) -> Organisation:
    """One of those this person keeps; of the others only that they may not."""
    body = get_object_or_404(Organisation.objects.select_related("parent"), pk=pk)
    if not mine(request).filter(pk=pk).exists():
        raise NotAllowedError
    return body


def _upload(request: HttpRequest, file: Any) -> RegisterList:
    data = file.read(reading.LARGEST + 1)  # one byte more tells that it is too large
    return importing.upload(filename=file.name, data=data, by=request.user, at=request.now)  # type: ignore[arg-type, attr-defined]


def _done(form: BodyForm, act: Callable[[], Organisation]) -> Organisation | None:
    try:
        return act()
    except TiendoError as error:
        form.add_error(None, error.message)
        return None


def _settle(request: HttpRequest, kept: RegisterList, renamed_on: date | None) -> HttpResponse | None:
    """Write the list or put it away, as the button says; None: the page is shown again with why not."""
    try:
        if request.POST.get("act") == "discard":
            importing.discard(kept=kept, by=request.user, at=request.now)  # type: ignore[arg-type, attr-defined]
            messages.info(request, gettext("Đã bỏ tệp, danh bạ không thay đổi."))
            return redirect("desk:register")
        plan = importing.write_kept(
            kept=kept,
            digest=request.POST.get("digest", ""),
            decode=decode,
            renamed_on=renamed_on,
            looked_at="looked_at" in request.POST,
            by=request.user,  # type: ignore[arg-type]
            at=request.now,  # type: ignore[attr-defined]
        )
    except TiendoError as error:
        messages.error(request, error.message)
        return None
    told = {"added": plan.counts["added"], "changed": plan.counts["changed"]}
    messages.success(request, gettext("Đã ghi vào danh bạ: thêm %(added)s dòng, sửa %(changed)s dòng.") % told)
    return redirect("desk:bodies")


# -- the preview -----------------------------------------------------------------------------------------------------


def _lines(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """Refused lines first, for they hold up all the others; else what would change."""
    counts = plan.counts
    words = _words()
    sorts = [(what.value, words[what], counts[what.value]) for what in What if counts[what.value]]
    doubted = [(DOUBTED, gettext("cần xem lại"), len(plan.doubtful))] if plan.doubtful else []
    order = (What.REFUSED.value, DOUBTED, What.ADDED.value, What.CHANGED.value)
    default = next((one for one in order if counts.get(one) or (one == DOUBTED and doubted)), "")
    wanted = request.GET.get("what", default)
    known = choices()
    lines = [line for line in plan.lines if wanted in {"", "all", line.what.value}]
    if wanted == DOUBTED:
        lines = plan.doubtful
    found = table(
        request,
        cast("QuerySet[Any]", lines),
        [Column(gettext("Dòng")), Column(gettext("Việc sẽ làm")), Column(gettext("Nội dung"))],
        caption=gettext("Từng dòng của tệp"),
        filters=[
            chips(
                request,
                "what",
                gettext("Dòng"),
                [*doubted, *sorts, ("all", gettext("Tất cả"), len(plan.lines))],
                default=default or "all",
            )
        ],
        empty={"title": gettext("Tệp không có dòng nào.")},
    )
    found["rows"] = [_shown(line, words, known) for line in found["rows"]]
    return found


def _words() -> dict[What, str]:
    return {
        What.ADDED: gettext("thêm"),
        What.CHANGED: gettext("sửa"),
        What.UNCHANGED: gettext("giữ nguyên"),
        What.PASSED: gettext("bỏ qua"),
        What.REFUSED: gettext("chưa nhận được"),
    }


def _shown(line: Line, words: dict[What, str], known: Choices) -> dict[str, Any]:
    return {
        "number": line.number,
        "sheet": line.table or line.sheet.title,
        "label": line.label,
        "what": line.what.value,
        "word": words[line.what],
        "answers": line.answers,
        "doubts": line.doubts,
        "changes": [
            {"label": column.label, "old": _cell(column.cell, old, known), "new": _cell(column.cell, new, known)}
            for name, old, new in line.changes
            for column in (line.sheet.column(name),)
        ],
        "renamed_on": said(line.renamed_on),
    }


def _cell(kind: str, text: str, known: Choices) -> str:
    """As people read it: days, and words instead of codes."""
    return said(text) if kind == "day" and text else known.get(kind, {}).get(text, text)
