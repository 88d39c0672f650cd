"""A second ledger, slow and obvious: every obligation remembers each day of its life, and everything is counted by
looking at all of them, day by day. Nothing of the house is used but the words of its states. What may happen to it is
in slow_acts.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from tiendo.work.programmes.rules.workdays import is_workday  # data: days off are not guessed again

ONE = timedelta(days=1)
Cell = tuple[int, str, bool, str, date]
"""Body, role, standing work or not, state (late is in it), the day on which it depends."""


@dataclass(frozen=True)
class Stand:
    """How an obligation stands at the end of a day."""

    body: int
    confirming: int
    due: date
    state: str = "open"
    submitted_on: date | None = None
    supplement_due: date | None = None
    supplemented_on: date | None = None
    sent_back_on: date | None = None
    """When more was last asked."""

    @property
    def wanted(self) -> date:
        return self.supplement_due or self.due

    @property
    def handed_in(self) -> bool:
        return self.state in ("submitted", "confirmed")

    @property
    def late(self) -> bool:
        """Whether it was handed in late, which the first handing in says for ever, or what was added to it."""
        return (self.submitted_on is not None and self.submitted_on > self.due) or self.added_late

    @property
    def added_late(self) -> bool:
        if self.supplement_due is None or self.supplemented_on is None:
            return False
        return self.supplemented_on > self.supplement_due

    @property
    def movable(self) -> bool:
        """Whether it has a day that a decision can move: what came late stays late."""
        return self.submitted_on is None or (self.supplement_due is not None and not self.added_late)

    def standing(self, on: date, *, work_stands: bool) -> str:  # noqa: PLR0911 (one line per standing)
        if self.state == "not_owed":
            return "no_data"
        if self.state == "suspended":
            return "suspended"
        if work_stands:
            if self.handed_in:
                return "reported_late" if self.late else "reported"
            return "not_reported" if on <= self.wanted else "not_reported_late"
        if self.state == "submitted":
            return "awaiting_late" if self.late else "awaiting"
        if self.state == "confirmed":
            return "done_late" if self.late else "done_on_time"
        left = (self.wanted - on).days
        if left < 0:
            return "long_overdue" if left <= -3 else "overdue"
        return "due_soon" if left <= 3 else "in_term"

    def moved_to(self, day: date) -> Stand:
        """A decision sets another day: before it was handed in the due day, afterwards that of the supplement."""
        if day == self.wanted or not self.movable:
            return self
        if self.submitted_on is None:
            return replace(self, due=day)
        return replace(self, supplement_due=day)

    def sent_first_on(self, day: date) -> Stand:
        """The same, had it first been handed in on that day: a supplement's day that was counted is counted anew; one
        that a decision set stays.
        """
        right = replace(self, submitted_on=day)
        if self.sent_back_on is None or self.supplement_due != supplement(self, self.sent_back_on):
            return right
        return replace(right, supplement_due=supplement(right, self.sent_back_on))


def supplement(stand: Stand, returned_on: date) -> date | None:
    """By when a supplement is owed: the days that were left when it was handed in, five at least, and then the next day
    on which offices work; late stays late.
    """
    assert stand.submitted_on
    if stand.submitted_on > stand.due:
        return None
    left = (stand.due - stand.submitted_on).days
    day = returned_on + timedelta(days=max(5, left))
    while not is_workday(day):
        day += ONE
    return day


@dataclass(eq=False)
class Work:
    """A task. `ends`: its last day; None: it stands, and is asked for month by month."""

    position: int
    ends: date | None
    first: date
    """From which day it is asked."""
    followed: date
    """Since when anything is followed."""
    issued: date
    """The day of the document; one younger than the work was due says nothing."""
    charges: list[Charge] = field(default_factory=list)
    closed: bool = False
    split: bool = False
    put_away: dict[Owed, str] = field(default_factory=dict)
    """What was open when it was withdrawn, and how."""


@dataclass(eq=False)
class Charge:
    """A body on a task. `body` None: a phrase."""

    work: Work
    role: str
    body: int | None
    due: date | None = None
    asker: int | None = None
    part_done_on: date | None = None
    asked: set[tuple[date, date]] = field(default_factory=set)
    """Spans that were asked of it, or of whom it follows."""
    heir: Charge | None = None
    """Who has it now; None: it holds."""


@dataclass(eq=False)
class Owed:
    """One obligation. `life`: how it stood from each day on which something happened."""

    charge: Charge
    start: date
    end: date
    first_due: date
    life: dict[date, Stand]
    words: list[tuple[str, date]] = field(default_factory=list)
    """What was said, in order: sent, more, confirmed, revoked."""
    confirmed_on: date | None = None
    extended: int = 0
    request_open: bool = False
    stopped_from: date | None = None
    went_on: date | None = None
    """The last suspension: its first day, and the day on which the clock ran again."""
    cause: str = ""
    progress: list[tuple[int, str]] = field(default_factory=list)
    """Reports on the way: how many per cent, and what became of it (asked, granted, refused, replaced)."""
    doubted: tuple[str, date] | None = None
    """A correction that nobody decided yet: of which day, to which."""

    @property
    def work_stands(self) -> bool:
        return self.charge.role == "lead" and self.charge.work.ends is None

    @property
    def now(self) -> Stand:
        return self.life[max(self.life)]

    @property
    def born(self) -> date:
        return min(self.life)

    @property
    def period(self) -> tuple[int, str, date, date]:
        return self.charge.work.position, self.charge.role, self.start, self.end

    def becomes(self, on: date, **changes: object) -> None:
        self.life[on] = replace(self.now, **changes)  # type: ignore[arg-type]

    def at_end_of(self, day: date) -> Stand | None:
        days = [each for each in self.life if each <= day]
        return self.life[max(days)] if days else None

    def each_day(self, last: date) -> Iterator[tuple[date, Stand]]:
        """How it stood at the end of each day of its life."""
        day, stand = self.born, self.life[self.born]
        while day <= last:
            stand = self.life.get(day, stand)
            yield day, stand
            day += ONE

    # -- a recorded day was wrong ----------------------------------------------------------------------------------

    def could_have_been(self, what: str, today: date) -> tuple[date, date] | None:
        """The first and the last day that a recorded day can be corrected to; None: there is none."""
        said = [day for word, day in self.words if word != "sent"]
        if what == "submitted_on":
            recorded = self.now.submitted_on
            return (min(recorded, self._asked_from()), min([today, *said])) if recorded else None
        if self.confirmed_on is None:
            return None
        return max(day for word, day in self.words if word in ("sent", "revoked")), today

    def _asked_from(self) -> date:
        """Nothing was handed in before: not before work was followed, a period began, or a coordinator was asked."""
        work = self.charge.work
        since = max(work.followed, work.issued) if work.issued <= self.first_due else work.followed
        if self.charge.role == "coordinate":
            return max(since, self.born)
        return max(since, self.start) if self.work_stands else since

    def corrected(self, what: str, right: date, today: date) -> None:
        """As if the right day had been recorded."""
        if what == "submitted_on":
            self._first_sent(right, today)
        else:
            self._confirmed(right, today)

    def _first_sent(self, right: date, today: date) -> None:
        recorded = min(day for day, stand in self.life.items() if stand.submitted_on)
        sent = self.life[recorded]
        nothing_more = {"supplement_due": None, "supplemented_on": None, "sent_back_on": None}
        waiting = replace(sent, state="submitted", submitted_on=right, **nothing_more)
        for day, stand in list(self.each_day(today)):
            if recorded <= day < right:
                self.life[day] = replace(waiting, state="open", submitted_on=None)
            elif right <= day < recorded:
                self.life[day] = waiting
            else:
                self.life[day] = stand.sent_first_on(right) if day >= recorded else stand
        self.words[self.words.index(("sent", recorded))] = ("sent", max(right, self.born))

    def _confirmed(self, right: date, today: date) -> None:
        recorded = self.confirmed_on
        assert recorded
        confirmed = self.life[recorded]
        for day, stand in list(self.each_day(today)):
            if recorded <= day < right:
                self.life[day] = replace(confirmed, state="submitted")
            elif right <= day < recorded:
                self.life[day] = confirmed
            else:
                self.life[day] = stand
        self.words[self.words.index(("confirmed", recorded))] = ("confirmed", right)
        self.confirmed_on = right


@dataclass(eq=False)
class Block:
    """An obstacle, and the level that must decide it: a body, or in words."""

    owed: Owed
    level: int | None
    words: str
    since: date
    until: date | None = None


Held = tuple[str, int | None, str]
"""In which part it was held, by which body, or by whom in words."""


class Slow:
    """All obligations, by the house's ids; all work; and what blocks it."""

    def __init__(self) -> None:
        self.owed: dict[int, Owed] = {}
        self.works: dict[int, Work] = {}
        self.blocks: dict[int, Block] = {}

    def standings(self, day: date) -> dict[int, str]:
        """How each stands at the end of a day, as far as it is known."""
        stood = {pk: (one, one.at_end_of(day)) for pk, one in self.owed.items()}
        return {pk: stand.standing(day, work_stands=one.work_stands) for pk, (one, stand) in stood.items() if stand}

    def cells(self, day: date) -> Counter[Cell]:
        """How many stood alike at the end of a day, and will on every day to come unless something happens."""
        found: Counter[Cell] = Counter()
        for one in self.owed.values():
            if stand := one.at_end_of(day):
                state = f"{stand.state}_late" if stand.handed_in and stand.late else stand.state
                on = stand.due if stand.handed_in else stand.wanted
                found[stand.body, one.charge.role, one.work_stands, state, on] += 1
        return found

    def period_reports(self, day: date) -> dict[tuple[int, date], tuple[int, int, bool]]:
        """(body, day by which it is owed) → of how many rows a report is due, how many were answered, any of them late;
        as at the end of a day.
        """
        found: dict[tuple[int, date], tuple[int, int, bool]] = {}
        for one in self.owed.values():
            stand = one.at_end_of(day)
            if stand and one.work_stands and (stand.handed_in or stand.state == "open"):
                key = (stand.body, stand.due if stand.handed_in else stand.wanted)
                rows, answered, late = found.get(key, (0, 0, False))
                found[key] = rows + 1, answered + stand.handed_in, late or (stand.handed_in and stand.late)
        return found

    def clocks(self, today: date) -> Counter[tuple[int, *Held, str]]:
        """(obligation, part, holder, words, "days" or "late") → on how many days. A day is held by whoever has it at
        its end, and counts when the next one has begun; it is late when that one lies past the day on which it was due.
        """
        found: Counter[tuple[int, *Held, str]] = Counter()
        for pk, held, owed, day in self._days_held(today):
            found[pk, *held, "days"] += 1
            found[pk, *held, "late"] += day + ONE > owed
        pks = {one: pk for pk, one in self.owed.items()}
        for block in self.blocks.values():
            found[pks[block.owed], "decide", block.level, block.words, "days"] += (
                min(block.until or today, today) - block.since
            ).days
        return +found

    def come_so_far(self) -> dict[int, int]:
        """Of work that goes on, how many per cent were confirmed last."""
        found = {}
        for pk, one in self.owed.items():
            granted = [percent for percent, state in one.progress if state == "granted"]
            if granted and one.now.state in ("open", "suspended"):
                found[pk] = granted[-1]
        return found

    def clock_sums(self, today: date) -> Counter[tuple[*Held, str]]:
        """(part, holder, words, "days" or "late") → on how many days, all work together. A day on which somebody held
        several rows of standing work that were owed by the same day counts once: they are one report.
        """
        found: Counter[tuple[*Held, str]] = Counter()
        for (pk, *held, what), n in self.clocks(today).items():
            if held[0] == "decide" or not self.owed[pk].work_stands:
                found[*held, what] += n
        rows = ((held, owed, day) for pk, held, owed, day in self._days_held(today) if self.owed[pk].work_stands)
        for held, owed, day in set(rows):
            found[*held, "days"] += 1
            found[*held, "late"] += day + ONE > owed
        return +found

    def _days_held(self, today: date) -> Iterator[tuple[int, Held, date, date]]:
        """(obligation, part with holder and words, the day by which it was owed then, a day at whose end it lay so)."""
        for pk, one in self.owed.items():
            for day, stand in one.each_day(today - ONE):
                if stand.state == "open":
                    yield pk, (one.charge.role, stand.body, ""), stand.wanted, day
                elif stand.state == "submitted":
                    yield pk, ("confirm", stand.confirming, ""), stand.due, day

    def marked(self) -> tuple[set[int], set[int]]:
        """Those of which an objective cause was confirmed; those of which a recorded day is doubted."""
        causes = {pk for pk, one in self.owed.items() if one.cause == "granted"}
        return causes, {pk for pk, one in self.owed.items() if one.doubted}
