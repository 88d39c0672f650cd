"""What must agree: standings, charges, counts, clocks, past days, and what was frozen."""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

import faults
from factories import TODAY
from tiendo.work.programmes.actions import snapshots
from tiendo.work.programmes.models import Assignment, Obligation, Obstacle, Snapshot, Tally
from tiendo.work.programmes.queries import clocks, history, matters, periodic, progress, tally
from tiendo.work.programmes.queries import standing as counted
from tiendo.work.programmes.queries.snapshots import cells_of, since, unchanged
from tiendo.work.programmes.rules.periodic import PeriodReport
from tiendo.work.programmes.rules.standing import standing
from work.model.machine import House
from work.model.slow import Cell

AHEAD = 40
STEP = 5
"""Every so many days of the past are read again."""


class Comparing(House):
    def __init__(self) -> None:
        super().__init__()
        self.frozen: dict[int, Counter[Cell]] = {}

    @rule(back=st.integers(0, 40))
    def figures_are_frozen(self, back: int) -> None:
        day = max(self.day - timedelta(days=back), TODAY)
        taken = snapshots.take(programme=self.programme, as_of=day, by=self.chief, at=self.at)
        self.frozen[taken.pk] = self.slow.cells(day)

    # -- after every step ----------------------------------------------------------------------------------------

    @invariant()
    def both_agree(self) -> None:
        self._every_obligation_stands_alike()
        self._every_charge_is_the_same_bodys()
        self._the_cube_counts_them()
        assert matters.marks(self.slow.owed) == self.slow.marked()
        said = progress.confirmed(self.slow.owed)
        assert {pk: one.percent for pk, one in said.items()} == self.slow.come_so_far()

    def _every_obligation_stands_alike(self) -> None:
        later = self.day + timedelta(days=AHEAD)
        now, then = self.slow.standings(self.day), self.slow.standings(later)
        twin = {"said": counted.standing_case(self.day), "later": counted.standing_case(later)}
        rows = list(Obligation.objects.annotate(**twin))
        assert len(rows) == len(self.slow.owed)
        for one in rows:
            slow = self.slow.owed[one.pk]
            stand = slow.now
            assert (one.organisation_id, one.confirming_id, one.state) == (stand.body, stand.confirming, stand.state)
            assert (one.due, one.submitted_on, one.supplement_due, one.supplemented_on) == (
                stand.due, stand.submitted_on, stand.supplement_due, stand.supplemented_on,
            )  # fmt: skip
            assert (one.first_due, one.confirmed_on) == (slow.first_due, slow.confirmed_on)
            assert standing(one.facts, on=self.day) == one.said == now[one.pk]
            assert standing(one.facts, on=later) == one.later == then[one.pk]

    def _every_charge_is_the_same_bodys(self) -> None:
        rows = Assignment.objects.on(None).filter(task__programme=self.programme)
        said = ("task__position", "role", "organisation", "due", "answers_to", "part_done_on")
        assert Counter(rows.order_by().values_list(*said)) == Counter(
            (one.work.position, one.role, one.body, one.due, one.asker, one.part_done_on)
            for one in self.slow.charges(closed=True)
        )
        for slow in self.slow.owed.values():
            assert slow.now.state not in ("open", "suspended") or slow.now.body in self.people, "the dead owe nothing"
            assert slow.now.state != "submitted" or slow.now.confirming in [self.world.body.pk, *self.people]

    def _the_cube_counts_them(self) -> None:
        kept = Counter({_cell(tally.Cell(*key)): n for *key, n in Tally.objects.values_list(*tally.KEY, "n")})
        assert kept == self.slow.cells(self.day)
        for day in (self.day, self.day + timedelta(days=AHEAD)):
            assert _some(tally.counts(Tally.objects.all(), day)) == Counter(self.slow.standings(day).values())
        assert _reports(periodic.kept(self.programme)) == self.slow.period_reports(self.day)

    # -- at the end ----------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        if sys.exception() is not None:
            return  # a history that failed on its way says so itself
        day = TODAY
        while day <= self.day:
            self._a_past_day_reads_as_it_was(day)
            day += timedelta(days=STEP)
        self._the_twin_tells_the_past_too(max(self.day - timedelta(days=STEP), TODAY))
        self._what_was_frozen_stays()
        self._everybody_held_it_as_long()
        faults.both_hold()

    def _a_past_day_reads_as_it_was(self, day: date) -> None:
        cells = history.cells_on(day, [self.programme.pk])
        assert Counter({_cell(cell): n for cell, n in cells.items()}) == self.slow.cells(day)
        slow = self.slow.period_reports(day)
        assert _reports(periodic.in_figures(cells)) == _reports(periodic.of(Obligation.objects.all(), day)) == slow
        rows = history.stood_on(Obligation.objects.all(), day)
        assert {row.pk: str(standing(history.facts_on(row), on=day)) for row in rows} == self.slow.standings(day)

    def _the_twin_tells_the_past_too(self, day: date) -> None:
        rows = history.stood_on(Obligation.objects.all(), day)
        assert _some(counted.counts(rows, day, counted.THEN)) == Counter(self.slow.standings(day).values())

    def _what_was_frozen_stays(self) -> None:
        """What was frozen is what was known then; what was corrected since is told, and nothing else."""
        for pk, then in self.frozen.items():
            taken = Snapshot.objects.get(pk=pk)
            assert unchanged(taken)
            assert Counter({_cell(cell): n for cell, n in cells_of(taken).items()}) == then
            now = self.slow.cells(taken.as_of)
            told = {_cell(one.cell): (one.then, one.now) for one in since(taken)}
            assert told == {key: (then[key], now[key]) for key in {**then, **now} if then[key] != now[key]}

    def _everybody_held_it_as_long(self) -> None:
        slow = self.slow.clocks(self.day)
        found: Counter[object] = Counter()
        for work in self.slow.works:
            task = self.programme.tasks.get(position=work)
            owed = list(task.obligations.select_related("organisation", "confirming"))
            obstacles = Obstacle.objects.filter(obligation__task=task)
            for hand in clocks.hands_of(task, owed, self.day, obstacles=obstacles):
                assert hand.owed
                key = (hand.owed.pk, str(hand.part), hand.body.pk if hand.body else None, hand.words)
                found[*key, "days"] += hand.clock.days
                found[*key, "late"] += hand.clock.late
        assert +found == slow
        sums: Counter[object] = Counter()
        for one in clocks.sums_of(self.programme, self.day):
            key = (str(one.part), one.body.pk if one.body else None, one.words)
            sums[*key, "days"] += one.clock.days
            sums[*key, "late"] += one.clock.late
        assert +sums == self.slow.clock_sums(self.day)


def _cell(cell: tally.Cell) -> Cell:
    return cell.organisation, cell.role, cell.standing, cell.state, cell.due


def _reports(found: list[PeriodReport]) -> dict[tuple[int, date], tuple[int, int, bool]]:
    return {(one.body, one.day): (one.rows, one.answered, one.late) for one in found}


def _some(counts: dict) -> Counter[str]:
    return Counter({str(standing): n for standing, n in counts.items() if n})
