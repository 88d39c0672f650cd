"""The first week: an office's own register comes in, its columns are chosen, its rows are looked at and taken in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.stages import stages_of
from tiendo.doors.desk.documents.views import RECENT, seen_document
from tiendo.doors.desk.firstweek.forms import HEAD, LAST, SHEET, RegisterForm, fields_of, mapped_of
from tiendo.doors.desk.firstweek.lines import preview_table
from tiendo.doors.desk.firstweek.steps import steps_of
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives import queries, registers
from tiendo.work.directives.actions import documents
from tiendo.work.directives.actions import registers as acts
from tiendo.work.directives.errors import RegisterColumnsError
from tiendo.work.directives.intake.columns import ROLES, Mapped, labels_at
from tiendo.work.directives.intake.grid import Page
from tiendo.work.directives.models import Document

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@page(Permission.RECEIVE)
def index(request: HttpRequest) -> HttpResponse:
    """Send a register; those that were sent, and how far each is."""
    rights = request.rights  # type: ignore[attr-defined]
    form = RegisterForm(request.POST or None, request.FILES or None, offices=rights.bodies(Permission.RECEIVE))
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
        except NotAllowedError:
            raise
        except TiendoError as error:
            form.add_error("file", error.message)
        else:
            return redirect("desk:register-rows", received.document.pk)
    suffix = r"\.(xlsx|xlsm|csv)$"
    found = [
        *queries.in_quarantine(rights).filter(filename__iregex=suffix)[:RECENT],
        *queries.visible_to(rights).filter(filename__iregex=suffix, office__in=rights.bodies(Permission.RECEIVE))[
            :RECENT
        ],
    ]
    context = {"form": form, "registers": [{"document": one, "steps": steps_of(one)} for one in found]}
    return render(request, "desk/firstweek/index.html", context, status=422 if form.errors else 200)


@page(Permission.WORK_ROWS)
def rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The columns of a register, as guessed, as remembered or as the URL chooses them, and every row under them."""
    document = seen_document(request, pk, quarantined=True)
    if document.state != Document.State.READ:
        return _elsewhere(request, document)
    if not request.rights.may(Permission.WORK_ROWS, document.office):  # type: ignore[attr-defined]
        raise NotAllowedError
    posted = request.method == "POST"
    asked = mapped_of(request.POST if posted else request.GET)
    context: dict[str, Any] = {"document": document, "steps": steps_of(document)}
    try:
        found = registers.sheets(document)
        mapped = asked or registers.proposed(document, found) or _first_row(found)
        context |= _choice(found, mapped)
        if posted and asked is not None:
            count = acts.take_in(
                document=document,
                mapped=asked,
                digest=request.POST.get("digest", ""),
                by=request.user,  # type: ignore[arg-type]
                at=request.now,  # type: ignore[attr-defined]
            )
            messages.success(
                request, gettext("Đã nhận %(count)s dòng. Hãy xem và xác nhận từng dòng.") % {"count": count}
            )
            return redirect("desk:confirm", pk)
    except NotAllowedError:
        raise
    except TiendoError as error:
        context["wrong"] = error.message
    if "columns" in context:
        context = _preview(request, document, found, mapped) | context
    context["known"] = "labels" in context and asked is None and registers.remembered(document, context["labels"])
    refused = posted or (asked is not None and "wrong" in context)  # opened with nothing chosen it is a plain page
    return render(request, "desk/firstweek/rows.html", context, status=422 if refused else 200)


def _preview(request: HttpRequest, document: Document, found: tuple[Page, ...], mapped: Mapped) -> dict[str, Any]:
    """Every row under these columns; where they cannot be, what is wrong with them."""
    try:
        seen = registers.previewed(found, mapped, today=request.today)  # type: ignore[attr-defined]
    except RegisterColumnsError as error:
        return {"wrong": error.message}
    taken = seen.taken
    return {
        "table": preview_table(request, document, seen),
        "digest": seen.digest,
        "fields": fields_of(mapped),
        "count": len(taken.entries),
        "refused": len(taken.refused),
        "done": sum(entry.done for entry in taken.entries),
        "restricted": sum(bool(entry.restricted) for entry in taken.entries),
        "hidden": taken.hidden,
    }


def _elsewhere(request: HttpRequest, document: Document) -> HttpResponse:
    """Not read yet: its stages; approved, put aside or unreadable: its own page says more."""
    if document.state == Document.State.QUARANTINED:
        context = {"document": document, "stages": stages_of(document), "steps": steps_of(document)}
        return render(request, "desk/firstweek/waiting.html", context)
    return redirect("desk:document", document.pk)


def _first_row(found: tuple[Page, ...]) -> Mapped:
    """No head was found: a person says where it is."""
    return Mapped(0, found[0].rows[0].number, found[0].rows[0].number, {})


def _choice(found: tuple[Page, ...], mapped: Mapped) -> dict[str, Any]:
    """What may be chosen: sheets, the head's row, and for each role the columns by their labels."""
    page = found[mapped.sheet] if mapped.sheet < len(found) else found[0]
    try:
        labels = labels_at(page, mapped.head, mapped.last)
    except RegisterColumnsError:
        labels = list(page.rows[0].texts)
    return {
        "names": {"sheet": SHEET, "head": HEAD, "last": LAST},
        "mapped": mapped,
        "sheets": [{"number": place, "title": one.title or str(place + 1)} for place, one in enumerate(found)],
        "labels": labels,
        "columns": [
            {
                "name": f"cot-{role}",
                "label": label,
                "needed": role in {"content", "lead"},
                "choices": [
                    {
                        "value": place,
                        "label": f"{_letter(place)}. {text[:60]}",
                        "chosen": mapped.columns.get(role) == place,
                    }
                    for place, text in enumerate(labels)
                ],
            }
            for role, label in ROLES.items()
        ],
    }


def _letter(place: int) -> str:
    """A column's letter, as a workbook shows it."""
    before, last = divmod(place, len(LETTERS))
    return (LETTERS[before - 1] if before else "") + LETTERS[last]
