"""The pages that a row stands on, as pictures with the row lit: beside the rows to confirm, and each by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.urls import reverse

from tiendo.doors.desk.access import page
from tiendo.doors.desk.documents.views import seen_document
from tiendo.doors.ui.lit import lit_boxes
from tiendo.foundation.accounts.permissions import Permission
from tiendo.work.directives import pages, queries
from tiendo.work.directives.models import Document

TEXT = "chu"
"""`?nguon=chu`: the words rather than the page."""
_MOST = 4
"""Pages shown at once; a row is hardly ever cut twice."""


def sheets(
    request: HttpRequest, document: Document, reading: queries.Reading, spans: Iterable[Mapping[str, Any]]
) -> dict[str, Any]:
    """What ui/sheets.html needs; `sheets` is empty where there are no pages, or the words are asked for."""
    asked = request.GET if request.method == "GET" else request.POST
    places = pages.places_of(document, reading)
    context: dict[str, Any] = {
        "paged": bool(places),
        "laying": not places and pages.ask(document, reading, at=request.now),  # type: ignore[attr-defined]
        "source": asked.get("nguon", ""),
        "sheets": [],
    }
    if not places or context["source"] == TEXT:
        return context
    boxes = lit_boxes(places, spans)
    last = max(place.page for place in places)
    chosen = _number(request.GET.get("trang"), last)
    numbers = [chosen] if chosen else sorted(boxes)[:_MOST] or [1]
    context["sheets"] = [
        {
            "number": number,
            "url": reverse("desk:page", args=[document.pk, number]),
            "boxes": boxes.get(number, []),
        }
        for number in numbers
    ]
    context |= {
        "first_lit": next((number for number in numbers if number in boxes), None),
        "before": numbers[0] - 1 if numbers[0] > 1 else None,
        "after": numbers[-1] + 1 if numbers[-1] < last else None,
        "last": last,
    }
    return context


def _number(text: str | None, last: int) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and 1 <= int(text) <= last else None


@page(Permission.SEE_WORK)
def picture(request: HttpRequest, pk: int, number: int) -> HttpResponseBase:
    """One page as a picture of our own making, never the file's bytes."""
    document = seen_document(request, pk)
    reading = queries.reading_of(document)
    made = pages.picture(document, reading, number) if reading else None
    if made is None:
        raise Http404
    response = FileResponse(made.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
