"""Marking a document, with its programme, as the office's own matter ("nội bộ"), and taking the mark off."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.views import seen_document
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions import internal as acts
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import work
from tiendo.work.programmes.queries.internal import outsiders


@page(Permission.APPROVE)
def internal(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more before it is done, with whoever outside still has a part in the programme."""
    found, programme = _found(request, pk)
    office = programme.office if programme else found.office
    if not request.rights.may(Permission.APPROVE, office):  # type: ignore[attr-defined]
        raise NotAllowedError
    problem = ""
    if request.method == "POST":
        into = request.POST.get("internal") == "1"
        who: dict[str, Any] = {"by": request.user, "at": request.now}  # type: ignore[attr-defined]
        try:
            (acts.mark if into else acts.unmark)(document=found, **who)
        except NotAllowedError:
            raise
        except TiendoError as error:
            problem = error.message
        else:
            messages.success(request, gettext("Đã đánh dấu nội bộ.") if into else gettext("Đã bỏ dấu nội bộ."))
            return redirect("desk:programme", programme.pk) if programme else redirect("desk:document", pk)
    context = {
        "document": found,
        "programme": programme,
        "office": office,
        "outsiders": outsiders(found),
        "problem": problem,
    }
    return render(request, "desk/documents/internal.html", context, status=422 if problem else 200)


def _found(request: HttpRequest, pk: int) -> tuple[Document, Programme | None]:
    """The document and its programme. Where another office carries it on, its people come by the programme."""
    rights = request.rights  # type: ignore[attr-defined]
    own = work.visible_to(rights).filter(office__in=rights.bodies(Permission.APPROVE))
    programme = own.filter(document=pk).select_related("document__office", "office").first()
    if programme is not None:
        return programme.document, programme
    found = seen_document(request, pk)
    return found, Programme.objects.select_related("office").filter(document=found).first()
