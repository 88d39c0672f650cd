"""A programme shaped like the real one, lived through day by day from 31/01/2024 to 31/12/2025 with seeded behaviour.

Three tasks behave as they are told to (CHOSEN), the others as chance has it: the same seed gives the same two years.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from zlib import crc32

from factories import moment
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import evidence, obligations, reports, snapshots
from tiendo.work.programmes.models import Obligation, Programme, Report, Snapshot
from tiendo.work.programmes.queries import history
from tiendo.work.programmes.rules.standing import standing

BEGUN, OVER = date(2024, 1, 31), date(2025, 12, 31)
ONE = timedelta(days=1)
Person = Callable[[Organisation], User]


def d(day: int, month: int, year: int) -> date:
    return date(year, month, day)


def acts(**days: tuple[date, ...]) -> Callable[[date], str]:
    """Told days → what is done on them."""
    on = {day: what for what, some in days.items() for day in some}
    return lambda day: on.get(day, "")


def told(programme: Programme, position: int, day: date) -> list[str]:
    """How what is owed on a task stood at the end of a day, by body and period."""
    rows = history.stood_on(Obligation.objects.filter(programme=programme, task__position=position), day)
    rows = rows.order_by("organisation__name", "period_start")
    return [str(standing(history.facts_on(row), on=day)) for row in rows]


@dataclass
class Years:
    """Days pass; bodies report and the office answers, each act by its own function."""

    programme: Programme
    person: Person
    """Who reports for a body."""
    chief: User
    chosen: dict[int, Callable[[date], str]] = field(default_factory=dict)
    """Position of a task → what its body does on a day: "report", "confirm", "ask_more" or ""."""
    events: dict[date, Callable[[], object]] = field(default_factory=dict)
    """What happens besides (a merger, an event that opens a task), before anybody reports on that day."""
    chance: random.Random = field(default_factory=lambda: random.Random(5524))
    frozen: list[Snapshot] = field(default_factory=list)

    def live(self, first: date = BEGUN, last: date = OVER) -> None:
        day = first
        while day <= last:
            self._day(day)
            day += ONE

    def _day(self, day: date) -> None:
        if day in self.events:
            self.events[day]()
        obligations.raise_due(programme=self.programme, at=moment(day))
        self._report(day)
        self._answer(day)
        if (day + ONE).day == 1 and day > BEGUN:
            self.programme.refresh_from_db()  # its office may have become another
            taken = snapshots.take(programme=self.programme, as_of=day - ONE, note="", by=self.chief, at=moment(day))
            self.frozen.append(taken)

    def _report(self, day: date) -> None:
        rows = Obligation.objects.filter(programme=self.programme, state="open", organisation__ends=None)
        for one in rows.select_related("task", "organisation", "programme__office").order_by("pk"):
            told = self.chosen.get(one.task.position)
            over = not one.standing or one.period_end < day
            wants = (told(day) == "report" and over) if told else self._ready(one, day)
            if wants and Obligation.objects.filter(pk=one.pk, state="open").exists():
                self._hand_in(one, day)

    def _ready(self, one: Obligation, day: date) -> bool:
        """Bodies have their ways: some are early, some late, one never writes for the period."""
        way = crc32(one.organisation.name.encode()) % 5
        if one.standing:
            lag = {0: -4, 1: -2, 2: 0, 3: 6}.get(way)
            return lag is not None and day >= one.owed_by + timedelta(days=lag)
        lag = {0: -20, 1: -6, 2: 0, 3: 9, 4: 2}[way]
        return day >= one.owed_by + timedelta(days=lag) and self.chance.random() < 0.5

    def _hand_in(self, one: Obligation, day: date) -> None:
        by, at = self.person(one.organisation), moment(day)
        report = reports.draft_once(obligation=one, by=by, at=at)
        answers = list(report.answers.select_related("obligation__task").prefetch_related("evidence"))
        again = report.round or report.follows_id
        quiet = {each.obligation_id: reports.Said(nothing_arose=True) for each in answers if each.obligation.standing}
        report = reports.save(report=report, answers=quiet, version=report.version, by=by, at=at)
        for each in answers:  # what was sent back comes with a document, which restricted tasks take too
            if again or (not each.obligation.standing and not each.evidence.all()):
                evidence.cite(answer=each, number=f"{each.pk}/BC{report.round or ''}", issued_on=day, by=by, at=at)
        reports.submit(report=report, by=by, at=at)

    def _answer(self, day: date) -> None:
        sent = Report.objects.filter(programme=self.programme, state="submitted")
        for report in sent.order_by("pk"):
            positions = set(report.answers.values_list("obligation__task__position", flat=True))
            told = next((self.chosen[each] for each in sorted(positions) if each in self.chosen), None)
            if told:
                self._decide(report, told(day), day)
            elif day >= report.submitted_at.date() + timedelta(days=self.chance.choice([2, 3, 5, 20])):
                more = report.round == 1 and self.chance.random() < 0.15
                self._decide(report, "ask_more" if more else "confirm", day)

    def _decide(self, report: Report, what: str, day: date) -> None:
        told = {"by": self.chief, "at": moment(day), "seen_round": report.round}
        if what == "confirm":
            reports.confirm(report=report, **told)
        elif what == "ask_more":
            reports.ask_more(report=report, reason="Cần số liệu.", **told)
