"""Lists of bodies as files: exactly what the page lists, all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse

from tiendo.doors.desk.leading import exports
from tiendo.doors.desk.tables import link

NAME = "tep"


def wanted(request: HttpRequest) -> bool:
    """Whether the list is asked for as a file."""
    return request.GET.get(NAME) == "csv"


def offered(request: HttpRequest) -> list[dict[str, str]]:
    """For the tools above a table: the list as the URL has it, as a file."""
    return [{"label": "CSV", "url": link(request, **{NAME: "csv"})}]


def csv_file(
    request: HttpRequest,
    name: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[object]],
    day: date | None = None,
) -> HttpResponse:
    """As leading.exports.csv_file, with the day in its name: today, or the `day` as of which the list is read."""
    on = day or request.today  # type: ignore[attr-defined]
    return exports.csv_file(f"{name}-{on:%Y%m%d}", heads, rows)
