"""Any past day can be read again: standings, holders, counts; a frozen day is compared with what is known now."""

from __future__ import annotations

from datetime import timedelta

import pytest

import factories as make
from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.audit.models import Event
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import reports, snapshots
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.errors import NoteTooLongError, SnapshotDayError
from tiendo.work.programmes.models import Obligation, Snapshot, Task, Turn
from tiendo.work.programmes.queries import history, tally
from tiendo.work.programmes.queries import standing as counted
from tiendo.work.programmes.queries.snapshots import since, unchanged
from tiendo.work.programmes.rules.standing import WORST_FIRST, Standing, standing

pytestmark = pytest.mark.django_db
DAY = make.TODAY


def day(n):
    return DAY + timedelta(days=n)


@pytest.fixture
def lived(office):
    """Due on day 10; handed in on day 4, sent back on day 6 (due again on day 14, a
    Monday), handed in on 16: after that day; confirmed on 20.
    """
    charged = make.row("Việc", office.science.name, deadline=make.by_date(make.days(10)))
    owed = make.programme(charged, office=office.body).obligations.get()
    sent = make.submitted(owed, at=make.moment(day(4)))
    chief = office.chief
    confirming = make.person("head", sent.confirming) if sent.confirming != office.body else chief
    reports.ask_more(report=sent, seen_round=1, reason="Thiếu.", by=confirming, at=make.moment(day(6)))
    sent = make.resubmitted(sent, at=make.moment(day(16)))
    reports.confirm(report=sent, seen_round=2, by=confirming, at=make.moment(day(20)))
    return Obligation.objects.get(pk=owed.pk)


STOOD = {
    0: Standing.IN_TERM, 3: Standing.IN_TERM, 4: Standing.AWAITING, 5: Standing.AWAITING, 6: Standing.IN_TERM,
    9: Standing.IN_TERM, 11: Standing.DUE_SOON, 14: Standing.DUE_SOON, 15: Standing.OVERDUE, 16: Standing.AWAITING_LATE,
    19: Standing.AWAITING_LATE, 20: Standing.DONE_LATE, 90: Standing.DONE_LATE,
}  # fmt: skip


def test_how_it_stood_on_each_day(lived):
    rows = {n: history.stood_on(Obligation.objects.all(), day(n)).get() for n in STOOD}
    assert {n: standing(history.facts_on(row), on=day(n)) for n, row in rows.items()} == STOOD
    assert {row.then_body for row in rows.values()} == {lived.organisation_id}


def test_the_sql_twin_of_each_day(lived):
    for n, stood in STOOD.items():
        rows = history.stood_on(Obligation.objects.all(), day(n))
        assert counted.counts(rows, day(n), counted.THEN)[stood] == 1
        task = counted.with_worst(Task.objects.all(), day(n), rows).get()
        assert WORST_FIRST[task.worst] == stood


def test_counts_of_each_day(lived):
    for n, stood in STOOD.items():
        found = history.counts(history.cells_on(day(n), [lived.programme_id]), day(n))
        assert {standing for standing, count in found.items() if count} == {stood}
        assert found[stood] == 1


def test_nothing_stood_before_it_was_raised(lived):
    assert not history.stood_on(Obligation.objects.all(), day(-1)).exists()
    assert not history.cells_on(day(-1), [lived.programme_id])


def test_today_is_the_cube(lived):
    assert history.cells_on(day(40), [lived.programme_id]) == tally.kept() == tally.true()


def test_who_held_it_then(office):
    charged = make.row("Việc", office.science.name, deadline=make.by_date(make.days(60)))
    owed = make.programme(charged, office=office.body).obligations.get()
    registrar = office.who("registrar", office.root)
    draft = make.succession("absorb", [office.science], [office.health], on=day(30), by=registrar)
    handovers.carry_out(succession=draft, by=registrar, at=make.moment(day(30)))
    held = {n: history.stood_on(Obligation.objects.all(), day(n)).get().then_body for n in (0, 29, 30)}
    assert held == {0: office.science.pk, 29: office.science.pk, 30: office.health.pk}
    bodies = {n: {cell.organisation for cell in history.cells_on(day(n), [owed.programme_id])} for n in (29, 30)}
    assert bodies == {29: {office.science.pk}, 30: {office.health.pk}}


def test_the_day_is_two_queries(lived, django_assert_num_queries):
    with django_assert_num_queries(2):
        history.cells_on(day(5), [lived.programme_id])


# -- frozen ----------------------------------------------------------------------------------------------------------


def test_a_day_is_frozen_and_what_comes_later_changes_nothing(lived):
    programme = lived.programme
    by = make.person("office_head", programme.office)
    taken = snapshots.take(programme=programme, as_of=day(13), note=" Họp ", by=by, at=make.moment(day(14)))
    assert (taken.note, unchanged(taken), since(taken)) == ("Họp", True, [])
    assert taken.cells == [[lived.organisation_id, "lead", False, "open", day(14).isoformat(), 1]]
    event = Event.objects.get(verb="programmes.programme.frozen")
    assert event.data == {"on": day(13).isoformat(), "sha256": taken.sha256}


def test_what_was_corrected_since_is_shown_as_a_difference(lived):
    programme = lived.programme
    by = make.person("office_head", programme.office)
    taken = snapshots.take(programme=programme, as_of=day(16), by=by, at=make.moment(day(21)))
    with ledger.kept([lived.pk], on=None):  # as a correction does it: the day of the supplement was another
        Obligation.objects.update(supplemented_on=day(14))
        Turn.objects.filter(supplemented_on__isnull=False).update(supplemented_on=day(14))
    changed = since(Snapshot.objects.get(pk=taken.pk))
    assert [(one.cell.state, one.then, one.now) for one in changed] == [("submitted", 0, 1), ("submitted_late", 1, 0)]


def test_a_changed_snapshot_is_found():
    taken = make.snapshot()
    taken.cells[0][-1] = 7
    taken.save()
    assert not unchanged(Snapshot.objects.get(pk=taken.pk))


def test_what_cannot_be_frozen():
    taken = make.snapshot()
    programme, by = taken.programme, taken.by
    for wrong in (programme.tracked_from - timedelta(days=1), day(1)):
        with pytest.raises(SnapshotDayError):
            snapshots.take(programme=programme, as_of=wrong, by=by, at=make.NOW)
    with pytest.raises(NoteTooLongError):
        snapshots.take(programme=programme, as_of=DAY, note="x" * 201, by=by, at=make.NOW)
    clerk = make.person("clerk", programme.office)
    with pytest.raises(NotAllowedError):
        snapshots.take(programme=programme, as_of=DAY, by=clerk, at=make.NOW)
    assert Snapshot.objects.count() == 1
