"""Lists of bodies as files: exactly what the page lists, all of it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse

from tiendo.doors.desk.history.exports import FORMULAS
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
    """Comma-separated, UTF-8 with the mark by which a spreadsheet knows it; no cell is taken for a formula. `day`: the
    one as of which the list is read, where that is not today.
    """
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    on = day or request.today  # type: ignore[attr-defined]
    answer["Content-Disposition"] = f'attachment; filename="{name}-{on:%Y%m%d}.csv"'
    writer = csv.writer(answer)
    writer.writerow(heads)
    for row in rows:
        cells = ("" if cell is None else str(cell) for cell in row)
        writer.writerow([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in cells])
    return answer
