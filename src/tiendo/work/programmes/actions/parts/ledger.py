"""The one way in which obligations change: what stood before is kept as a turn, and the cube follows, in the same
transaction (docs/adr/0009).

Every act that writes obligations does it inside `kept`, or tells `entered` of new ones (tests/test_house.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import batched

from django.db import connection

from tiendo.work.programmes.models import Obligation, Tally, Turn
from tiendo.work.programmes.rules.tally import cell
from tiendo.work.programmes.rules.turns import Spans

BATCH = 500
Key = tuple[int, int, str, bool, str, date]
"""Programme, organisation, role, standing work or not, state, due day: a cell of the cube."""
STOOD = ("organisation_id", "confirming_id", "state", "due", "supplement_due", "submitted_on", "supplemented_on")
"""What makes a turn: whoever holds it, and what its standing depends on."""


@contextmanager
def kept(owed: Iterable[int], *, on: date | None) -> Iterator[None]:
    """Obligations (ids) may be written inside; whatever became otherwise began on that day (Vietnam's).

    None: what is undone leaves no turn.

    Set-based: two reads, and one write per 500 rows that changed.
    """
    keys = list(owed)
    before = _read(keys)
    yield
    after = _read(keys)
    changed = [pk for pk, row in before.items() if pk in after and _stood(row) != _stood(after[pk])]
    if on is not None:
        _turn([before[pk] for pk in changed], on)
    tally: Counter[Key] = Counter()
    for rows, sign in ((before, -1), (after, 1)):
        for row in rows.values():
            tally[_key(row)] += sign
    _shift(tally)


def entered(owed: Iterable[Obligation]) -> None:
    """Obligations that were just stored are counted."""
    _shift(Counter(_key(one) for one in owed))


def turned_back(owed: Iterable[int]) -> None:
    """An undone hand-over never was: the turn that it ended is the present one again. One in which it stood otherwise
    was ended by something else, and stays.
    """
    keys = list(owed)
    last: dict[int, Turn] = {turn.obligation_id: turn for turn in Turn.objects.filter(obligation__in=keys)}
    rows = [
        row
        for row in Obligation.objects.filter(pk__in=last)
        if last[row.pk].until == row.held_since and _stood(last[row.pk]) == _stood(row)
    ]
    for row in rows:
        row.held_since = last[row.pk].since
    Obligation.objects.bulk_update(rows, ["held_since"], batch_size=BATCH)
    Turn.objects.filter(pk__in=[last[row.pk].pk for row in rows]).delete()


def recut(one: Obligation, spans: Spans, *, confirmed_on: date | None) -> None:
    """A recorded day was wrong: the turns, and the days on the obligation itself, are those of these spans.

    Views of past days follow, and the cube. A part of a correction that a second person decided.
    """
    *over, now = spans
    with kept([one.pk], on=None):
        Turn.objects.filter(obligation=one).delete()
        Turn.objects.bulk_create(
            Turn(
                obligation=one,
                since=span.since,
                until=span.until,
                organisation_id=span.organisation,
                confirming_id=span.confirming,
                state=span.state,
                due=span.due,
                supplement_due=span.supplement_due,
                submitted_on=span.submitted_on,
                supplemented_on=span.supplemented_on,
            )
            for span in over
            if span.until is not None
        )
        Obligation.objects.filter(pk=one.pk).update(
            held_since=now.since,
            submitted_on=now.submitted_on,
            supplement_due=now.supplement_due,
            supplemented_on=now.supplemented_on,
            confirmed_on=confirmed_on,
        )


def _read(keys: list[int]) -> dict[int, Obligation]:
    rows = Obligation.objects.order_by()
    return {row.pk: row for some in batched(keys, BATCH * 4) for row in rows.filter(pk__in=some)}


def _stood(row: Obligation | Turn) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in STOOD)


def _turn(rows: list[Obligation], on: date) -> None:
    """What stood until now is over; nothing that began and ended on one day is kept, and no day is counted twice."""
    Turn.objects.bulk_create(
        (
            Turn(obligation=row, since=row.held_since, until=on, **{name: getattr(row, name) for name in STOOD})
            for row in rows
            if row.held_since < on
        ),
        batch_size=BATCH,
    )
    moved = [row.pk for row in rows if row.held_since < on]
    for some in batched(moved, BATCH * 4):
        Obligation.objects.filter(pk__in=some).update(held_since=on)


def _key(row: Obligation) -> Key:
    state, due = cell(row.facts)
    return row.programme_id, row.organisation_id, row.role, row.standing, state, due


def _shift(tally: Counter[Key]) -> None:
    """Add to the cells, in one order for everybody, so that two who write wait for each other and never in a ring."""
    changes = sorted((key, n) for key, n in tally.items() if n)
    for some in batched(changes, BATCH // 10):
        values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s)"] * len(some))
        said = [field for (programme, body, role, standing, state, due), n in some
                for field in (programme, body, role, standing, state, due, n)]  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(ADD.replace("VALUES", f"VALUES {values}"), said)
    Tally.objects.filter(programme__in={key[0] for key, _n in changes}, n=0).delete()


ADD = """
INSERT INTO programmes_tally (programme_id, organisation_id, role, standing, state, due, n) VALUES
ON CONFLICT (programme_id, organisation_id, role, standing, state, due)
DO UPDATE SET n = programmes_tally.n + excluded.n
"""
