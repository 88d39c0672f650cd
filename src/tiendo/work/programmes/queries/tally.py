"""Boards from the cube; and the cube against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, DateField, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Coalesce

from tiendo.work.programmes.models import Obligation, Tally
from tiendo.work.programmes.queries.standing import NOW, THEN, handed_in_late
from tiendo.work.programmes.rules.standing import DUE_SOON_DAYS, LONG_OVERDUE_DAYS, Standing
from tiendo.work.programmes.rules.tally import CONFIRMED_LATE, SUBMITTED_LATE, standing_of

KEY = ("programme_id", "organisation_id", "role", "standing", "state", "due")


class Cell(NamedTuple):
    """What a row of the cube counts; ids of programme and organisation."""

    programme: int
    organisation: int
    role: str
    standing: bool
    state: str
    due: date


def counts(cells: QuerySet[Tally], on: date) -> dict[Standing, int]:
    """How many obligations of these cells stand how on a day, every standing named. One query.

    The database adds up what the day does not tell apart: some twenty sums come, not a row for each due day.
    """
    found: Counter[Standing] = Counter()
    rows = cells.order_by().values_list("standing", "state", _stretch(on)).annotate(Min("due"), Sum("n"))
    for work_stands, state, _, due, n in rows:
        found[standing_of(work_stands=work_stands, state=state, due=due, on=on)] += n
    return {standing: found[standing] for standing in Standing}


def _stretch(on: date) -> Case:
    """In which stretch of days a due day lies, as seen from `on`: rules.standing says the same of all its days."""
    bounds = {
        "long_overdue": Q(due__lte=on - timedelta(days=LONG_OVERDUE_DAYS)),
        "overdue": Q(due__lt=on),
        "due_soon": Q(due__lte=on + timedelta(days=DUE_SOON_DAYS)),
    }
    stretches = [When(bound, then=Value(name)) for name, bound in bounds.items()]
    return Case(*stretches, default=Value("in_term"), output_field=CharField())


def standing_in(cell: Cell, on: date) -> Standing:
    """How what this cell counts stands on a day."""
    return standing_of(work_stands=cell.standing, state=cell.state, due=cell.due, on=on)


def kept(programmes: Iterable[int] | None = None) -> Counter[Cell]:
    """The cube as it is kept; of all programmes, or of these."""
    rows = Tally.objects.all() if programmes is None else Tally.objects.filter(programme__in=programmes)
    return Counter({Cell(*key): n for *key, n in rows.values_list(*KEY, "n") if n})


def true(programmes: Iterable[int] | None = None) -> Counter[Cell]:
    """The cube as the obligations have it, counted by the database in one query."""
    owed = Obligation.objects.all() if programmes is None else Obligation.objects.filter(programme__in=programmes)
    rows = (
        in_cells(owed)
        .values_list("programme_id", "organisation_id", "role", "standing", "cell", "day")
        .annotate(Count("pk"))
    )
    return Counter({Cell(*key): n for *key, n in rows})


def in_cells(rows: QuerySet[Any], *, then: bool = False) -> Any:
    """Obligations or Turns with `cell` and `day`, as rules.tally.cell has them. `then`: rows of history.stood_on, as
    they stood that day.
    """
    names = THEN if then else NOW
    late = handed_in_late(names)
    cell = Case(
        When(late & Q(**{names.state: "submitted"}), then=Value(SUBMITTED_LATE)),
        When(late & Q(**{names.state: "confirmed"}), then=Value(CONFIRMED_LATE)),
        default=F(names.state),
        output_field=CharField(),
    )
    handed_in = When(Q(**{f"{names.state}__in": ["submitted", "confirmed"]}), then=F(names.due))
    day = Case(handed_in, default=Coalesce(names.supplement_due, names.due), output_field=DateField())
    return rows.order_by().annotate(cell=cell, day=day)


class Difference(NamedTuple):
    """A cell of which the cube says another number than the obligations do."""

    cell: Cell
    kept: int
    true: int


def differences(programmes: Iterable[int] | None = None) -> Iterator[Difference]:
    """Where the cube is wrong, in the order of its cells."""
    have, should = kept(programmes), true(programmes)
    for cell in sorted(have.keys() | should.keys()):
        if have[cell] != should[cell]:
            yield Difference(cell, have[cell], should[cell])
