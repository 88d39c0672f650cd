"""The SQL twin of `rules.standing` (property tests compare the two), and the counts made with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from string import Formatter
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    Count,
    DateField,
    F,
    Field,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)

from tiendo.work.programmes.models import Obligation, Task
from tiendo.work.programmes.rules.standing import (
    DONE,
    DUE_SOON_DAYS,
    IN_TERM,
    LONG_OVERDUE_DAYS,
    OVERDUE,
    WORST_FIRST,
    Standing,
)


class Names(NamedTuple):
    """The fields in which the facts stand."""

    state: str
    due: str
    supplement_due: str
    submitted_on: str
    supplemented_on: str


NOW = Names("state", "due", "supplement_due", "submitted_on", "supplemented_on")
THEN = Names("then_state", "then_due", "then_supplement", "then_submitted", "then_supplemented")
"""As queries.history.stood_on has them."""


def handed_in_late(names: Names = NOW) -> Q:
    """`rules.standing.Facts.handed_in_late`, as a condition."""
    first = Q(**{f"{names.submitted_on}__gt": F(names.due)})
    return first | Q(**{f"{names.supplemented_on}__gt": F(names.supplement_due)})


class _Case(Func):
    """`rules.standing` as one SQL expression over the facts of an Obligation, written out as text: put together of
    Django's own, it took longer than most queries take, on nearly every page.
    """

    def __init__(self, on: date, names: Names, said: Callable[[Standing], str], output_field: Field[Any, Any]) -> None:
        days = (on, on - timedelta(days=LONG_OVERDUE_DAYS), on + timedelta(days=DUE_SOON_DAYS))
        super().__init__(*names, F("standing"), *(Value(day, DateField()) for day in days), output_field=output_field)
        self.pieces = tuple(Formatter().parse(_text(said)))

    def as_sql(self, compiler: Any, *_given: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        facts = dict(zip(_FACTS, (compiler.compile(one) for one in self.get_source_expressions()), strict=True))
        text: list[str] = []
        params: list[Any] = []
        for words, fact, *_ in self.pieces:
            text.append(words)
            if fact:
                sql, given = facts[fact]
                text.append(sql)
                params += given
        return "".join(text), tuple(params)


_FACTS = (*Names._fields, "stands", "today", "long", "soon")


def _text(said: Callable[[Standing], str]) -> str:
    """Each fact is asked once, as in the rule."""
    late = "{submitted_on} > {due} OR {supplemented_on} > {supplement_due}"
    owed_by = "COALESCE({supplement_due}, {due})"
    return f"""CASE
        WHEN {{state}} = 'not_owed' THEN {said(Standing.NO_DATA)}
        WHEN {{state}} = 'suspended' THEN {said(Standing.SUSPENDED)}
        WHEN {{state}} IN ('submitted', 'confirmed') THEN CASE
            WHEN {late} THEN CASE
                WHEN {{stands}} THEN {said(Standing.REPORTED_LATE)}
                WHEN {{state}} = 'confirmed' THEN {said(Standing.DONE_LATE)}
                ELSE {said(Standing.AWAITING_LATE)} END
            WHEN {{stands}} THEN {said(Standing.REPORTED)}
            WHEN {{state}} = 'confirmed' THEN {said(Standing.DONE_ON_TIME)}
            ELSE {said(Standing.AWAITING)} END
        WHEN {{stands}} THEN CASE
            WHEN {owed_by} < {{today}} THEN {said(Standing.NOT_REPORTED_LATE)}
            ELSE {said(Standing.NOT_REPORTED)} END
        WHEN {owed_by} <= {{long}} THEN {said(Standing.LONG_OVERDUE)}
        WHEN {owed_by} < {{today}} THEN {said(Standing.OVERDUE)}
        WHEN {owed_by} <= {{soon}} THEN {said(Standing.DUE_SOON)}
        ELSE {said(Standing.IN_TERM)} END"""


@lru_cache(maxsize=8)
def standing_case(on: date, names: Names = NOW) -> Func:
    """`rules.standing` as an SQL expression, over a queryset of Obligations."""
    return _Case(on, names, lambda standing: f"'{standing.value}'", CharField())


@lru_cache(maxsize=8)
def _rank_case(on: date, names: Names) -> Func:
    """The standing's place in WORST_FIRST, straight from the facts: written out once, not once for each place."""
    return _Case(on, names, lambda standing: str(WORST_FIRST.index(standing)), IntegerField())


def counts(obligations: QuerySet[Obligation], on: date, names: Names = NOW) -> dict[Standing, int]:
    """How many obligations stand how, every standing named (0 where none). One query."""
    rows = obligations.order_by().annotate(now=standing_case(on, names)).values_list("now").annotate(Count("pk"))
    found = dict(rows)
    return {standing: found.get(standing, 0) for standing in Standing}


@dataclass(frozen=True, slots=True)
class Boxes:
    """The four boxes of work with an end (standing work apart: rules.periodic.Periods). Every rate is done of
    (done + overdue not done).
    """

    done_on_time: int
    done_late: int
    in_term: int
    overdue: int
    awaiting: int
    awaiting_late: int
    suspended: int

    @property
    def total(self) -> int:
        return self.done_on_time + self.done_late + self.in_term + self.overdue

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def waiting(self) -> int:
        """Handed in, on time or late, and not confirmed yet."""
        return self.awaiting + self.awaiting_late

    @property
    def due(self) -> int:
        """The denominator of the rate: what was done, and what is overdue and not done."""
        return self.done + self.overdue


def boxes(obligations: QuerySet[Obligation], on: date, names: Names = NOW) -> Boxes:
    """The figures of a board, counted in obligations. One query."""
    return boxes_of(counts(obligations, on, names))


def boxes_of(count: Mapping[Standing, int]) -> Boxes:
    """The figures of a board, of what stands how."""
    return Boxes(
        done_on_time=count[Standing.DONE_ON_TIME],
        done_late=count[Standing.DONE_LATE],
        in_term=sum(count[standing] for standing in IN_TERM),
        overdue=sum(count[standing] for standing in OVERDUE),
        awaiting=count[Standing.AWAITING],
        awaiting_late=count[Standing.AWAITING_LATE],
        suspended=count[Standing.SUSPENDED],
    )


BOXES: dict[str, tuple[Standing, ...]] = {
    "done_on_time": (DONE[0],),
    "done_late": (DONE[1],),
    "in_term": IN_TERM,
    "overdue": OVERDUE,
}
"""What each box of a board lists: the same rows that its number counts."""


def worst(standings: list[str]) -> str:
    """How a task with several obligations stands: as the worst of them; without any, no figure."""
    return min(standings, key=lambda s: WORST_FIRST.index(Standing(s)), default=Standing.NO_DATA)


def with_worst(tasks: QuerySet[Task], on: date, owed: QuerySet[Obligation] | None = None) -> QuerySet[Any]:
    """Tasks with `worst`: the place in WORST_FIRST of the worst of what their leads owe; None without any. What was
    asked of coordinators is charged to them alone.

    `owed`: the obligations as they stood then (queries.history.stood_on); without, as they stand.
    """
    names = NOW if owed is None else THEN
    rows = Obligation.objects.all() if owed is None else owed
    worst_of = (
        rows.filter(task=OuterRef("pk"), role="lead")
        .order_by()
        .values("task")
        .annotate(worst=Min(_rank_case(on, names)))
        .values("worst")
    )
    return tasks.annotate(worst=Subquery(worst_of))


def tasks_due(owed: QuerySet[Obligation], on: date, names: Names = NOW) -> tuple[int, int]:
    """Of the tasks on which this is owed: how many are done, and how many are due (done, or overdue and not done), each
    as the worst of what its leads owe. One query.
    """
    # Standing work stands behind both, unless it is suspended: the rest of it is not looked at.
    asked = owed.filter(Q(standing=False) | Q(**{names.state: Obligation.State.SUSPENDED}), role="lead")
    tasks = asked.order_by().values("task").annotate(worst=Min(_rank_case(on, names)))
    which = {"done": DONE, "overdue": OVERDUE}
    found = tasks.aggregate(
        **{name: Count("task", filter=Q(worst__in=[WORST_FIRST.index(s) for s in of])) for name, of in which.items()}
    )
    return found["done"], found["done"] + found["overdue"]
