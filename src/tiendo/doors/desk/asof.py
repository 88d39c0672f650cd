"""“Như khi đó / như hiện nay”: lists read as of a day that stands in the URL (`?khi=2024-01-31`)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest

from tiendo.doors.desk.tables import link
from tiendo.foundation.organisations.ancestry import names_on
from tiendo.foundation.organisations.models import Organisation

NAME = "khi"


def day_of(request: HttpRequest) -> date | None:
    """The day asked for, as a link (2024-01-31) or as people write it (31/01/2024); None: as it is now, also where what
    stands there is no day or does not lie in the past.
    """
    day = day_in(request, NAME)
    return day if day and day < request.today else None  # type: ignore[attr-defined]


def day_in(request: HttpRequest, name: str) -> date | None:
    """A day in the URL, written either way; None where it is none."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        with suppress(ValueError):
            return datetime.strptime(request.GET.get(name, "").strip(), form).date()  # noqa: DTZ007 (a day has no zone)
    return None


def switch(request: HttpRequest, then: date | None, *, figures: bool = False) -> dict[str, Any]:
    """Context of ui/asof.html. `then`: the day that “như khi đó” means here (the document's own); `figures`: standings
    are those of the day too, not of now.
    """
    day = day_of(request)
    kept = [(name, value) for name, value in request.GET.items() if name not in {NAME, "page"}]
    return {
        "day": day,
        "figures": figures,
        "then": then if then and then < request.today else None,  # type: ignore[attr-defined]
        "now_url": link(request, **{NAME: ""}),
        "then_url": link(request, **{NAME: then.isoformat()}) if then else "",
        "name": NAME,
        "kept": kept,
        "wrong": request.GET.get(NAME, "").strip() if day is None else "",
    }


def call(bodies: Iterable[Organisation | None], day: date | None) -> None:
    """Give each body the name `called`: the one it bore on the day; now, its short one. One query where a day is."""
    known = [body for body in bodies if body is not None]
    names = names_on({body.pk for body in known}, day) if day and known else {}
    for body in known:
        body.called = names.get(body.pk, body.name) if day else body.label  # type: ignore[attr-defined]
