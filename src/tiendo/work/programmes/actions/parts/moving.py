"""The day by which an obligation is owed moves: the one place where it is written. Parts of actions/deadlines.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.models import Asked, DateChange, Obligation

Moves = Sequence[tuple[Obligation, date]]
"""Each with the day by which it is owed from now on."""


def put(moves: Moves, *, on: date, state: str = "") -> None:
    """Set the days (and, where one is said, the state). What was handed in once keeps its due day, by which it was late
    or not: there the supplement's own day moves. The first day never does.
    """
    for one, to in moves:
        if one.submitted_on is None:
            one.due = to
        elif one.supplement_due is not None and not one.facts.supplemented_late:
            one.supplement_due = to
        one.state = state or one.state
    owed = [one for one, _to in moves]
    with ledger.kept([one.pk for one in owed], on=on):
        Obligation.objects.bulk_update(owed, ["due", "supplement_due", "state"], batch_size=500)


def drop_requests(owed: Iterable[int], *, by: User, at: datetime) -> int:
    """What was asked for obligations (ids) that nobody owes any more is asked no longer. Returns how many."""
    open_ = DateChange.objects.filter(obligation__in=list(owed), state=Asked.ASKED)
    return open_.update(state=Asked.WITHDRAWN, decided_by=by, decided_at=at)
