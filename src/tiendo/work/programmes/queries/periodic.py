"""The period reports of a programme or a body: from the cube, from the cells of a past day, from obligations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet

from tiendo.work.programmes.models import Obligation, Programme
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.tally import Cell, in_cells
from tiendo.work.programmes.rules.periodic import PeriodReport, Rows, reports_of


def kept(programme: Programme) -> list[PeriodReport]:
    """Of a programme as they stand now. One query, of the cube."""
    cells = programme.tallies.filter(standing=True, n__gt=0)
    return reports_of(Rows(*cell) for cell in cells.values_list("programme_id", "organisation_id", "state", "due", "n"))


def in_figures(cells: Mapping[Cell, int]) -> list[PeriodReport]:
    """Of cells of the cube, as queries.history reads them of a past day or a snapshot keeps them."""
    return reports_of(
        Rows(cell.programme, cell.organisation, cell.state, cell.due, n) for cell, n in cells.items() if cell.standing
    )


def of(owed: QuerySet[Obligation], then: date | None = None) -> list[PeriodReport]:
    """Of these obligations, with the names of their periods; `then`: as they stood at the end of a day. One query."""
    rows: QuerySet[Any] = owed.filter(standing=True)
    rows = in_cells(stood_on(rows, then), then=True) if then else in_cells(rows)
    body = F("then_body") if then else F("organisation_id")
    found = rows.annotate(body=body).values_list("programme_id", "body", "cell", "day", "period_name")
    return reports_of(
        Rows(programme, holder, state, day, n, name)
        for programme, holder, state, day, name, n in found.annotate(Count("pk"))
    )
