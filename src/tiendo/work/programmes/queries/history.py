"""Obligations as they stood at the end of a past day: from their turns, and from what has not changed since.

An obligation that was raised later did not stand at all. Its standing is judged on that day, with what was known then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    Field,
    OuterRef,
    QuerySet,
    Subquery,
    When,
)

from tiendo.work.programmes.models import Obligation, Turn
from tiendo.work.programmes.queries.tally import Cell, in_cells
from tiendo.work.programmes.rules.standing import Facts, Standing
from tiendo.work.programmes.rules.tally import standing_of


def cells_on(day: date, programmes: Iterable[int]) -> Counter[Cell]:
    """The cube as it was at the end of a day. Two queries, over the indexes of programme and day."""
    keys = list(programmes)
    still = Obligation.objects.filter(programme__in=keys, held_since__lte=day)
    then = Turn.objects.filter(obligation__programme__in=keys, since__lte=day, until__gt=day)
    found: Counter[Cell] = Counter()
    for rows, way in ((still, ""), (then, "obligation__")):
        counted = (
            in_cells(rows)
            .values_list(f"{way}programme_id", "organisation_id", f"{way}role", f"{way}standing", "cell", "day")
            .annotate(Count("pk"))
        )
        for *key, n in counted:
            found[Cell(*key)] += n
    return found


def counts(cells: Counter[Cell], on: date) -> dict[Standing, int]:
    """How many obligations of these cells stand how on a day, every standing named."""
    found: Counter[Standing] = Counter()
    for cell, n in cells.items():
        found[standing_of(work_stands=cell.standing, state=cell.state, due=cell.due, on=on)] += n
    return {standing: found[standing] for standing in Standing}


def stood_on(owed: QuerySet[Obligation], day: date) -> QuerySet[Any]:
    """Those that stood on a day, each with `then_state`, `then_due`, `then_supplement`, `then_submitted`,
    `then_supplemented`, `then_body` (an id): what rules.standing and a list need of that day.
    """
    turns = Turn.objects.filter(obligation=OuterRef("pk"), since__lte=day, until__gt=day)
    said = {
        name: Case(
            When(held_since__lte=day, then=F(field)), default=Subquery(turns.values(field)[:1]), output_field=kind()
        )
        for name, (field, kind) in THEN.items()
    }
    stood: QuerySet[Any] = owed.annotate(**said)
    return stood.filter(then_state__isnull=False)


THEN: dict[str, tuple[str, type[Field[Any, Any]]]] = {
    "then_state": ("state", CharField),
    "then_due": ("due", DateField),
    "then_supplement": ("supplement_due", DateField),
    "then_submitted": ("submitted_on", DateField),
    "then_supplemented": ("supplemented_on", DateField),
    "then_body": ("organisation_id", BigIntegerField),
}


def facts_on(row: Any) -> Facts:
    """The facts of a row of `stood_on`, for rules.standing."""
    return Facts(
        row.standing, row.then_state, row.then_due, row.then_submitted, row.then_supplement, row.then_supplemented
    )
