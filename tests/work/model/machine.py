"""The house and the slow ledger side by side: the same acts are done in both, and they are compared (comparing.py)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import factories as make
from factories import TODAY, moment
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.errors import TiendoError
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import evidence, obligations, reports
from tiendo.work.programmes.models import Assignment, Obligation, Report
from work.model.slow import Owed
from work.model.slow_acts import SlowLedger
from worlds import office_world

pick = st.integers(0, 1000)
word = st.sampled_from(["", "confirm", "more"])
WRITABLE = ("draft", "returned")


class House(RuleBasedStateMachine):
    """Four bodies; work with an end and work that stands, led by one or more of them; coordinators and a phrase."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint_create()
        self.world = office_world()
        self.day, self.hour = TODAY, 9
        self.alive = [make.organisation(f"Sở {letter}", parent=self.world.root) for letter in "ABCD"]
        self.people = {body.pk: make.person("head", body) for body in self.alive}
        self.registrar = self.world.who("registrar", self.world.root)
        self.second = self.world.who("head")
        a, b, c, d = (body.name for body in self.alive)
        once, stands = make.days(12), make.days(30)
        self.programme = make.programme(
            make.row("Một", a, deadline=make.by_date(once), coordinators=[b], beside=["các sở, ngành"]),
            make.row("Hai", a, b, deadline=make.by_date(stands), coordinators=[c, d]),
            make.row("Ba", b, deadline=make.continuous("month"), coordinators=[c]),
            make.row("Bốn", a, b, c, deadline=make.continuous("month")),
            office=self.world.body,
            by=self.world.chief,
        )
        pa, pb, pc, pd = (body.pk for body in self.alive)
        self.slow = SlowLedger(
            self.world.body.pk, self.programme.tracked_from, self.programme.document.issued_on or TODAY
        )
        self.slow.opens(1, once, [pa], [pb, None])
        self.slow.opens(2, stands, [pa, pb], [pc, pd])
        self.slow.opens(3, None, [pb], [pc])
        self.slow.opens(4, None, [pa, pb, pc])
        self.slow.raises(self.day)
        self.raised()

    # -- what may happen -----------------------------------------------------------------------------------------

    @rule(days=st.integers(1, 25), hour=st.sampled_from([0, 9, 23]))
    def time_passes(self, days: int, hour: int) -> None:
        """Vietnam's day counts, at any hour of it."""
        self.day += timedelta(days=days)
        self.hour = hour
        obligations.raise_due(programme=self.programme, at=self.at)
        self.slow.raises(self.day)
        self.raised()

    @initialize(lived=st.lists(st.tuples(pick, word, st.integers(0, 9)), min_size=3, max_size=6))
    def a_month_is_lived(self, lived: list[tuple[int, str, int]]) -> None:
        """So that there is something to speak of."""
        for which, said, days in lived:
            self.a_body_reports(which, said)
            if days:
                self.time_passes(days, self.hour)

    @precondition(lambda self: self.some("open"))
    @rule(which=pick, said=word)
    def a_body_reports(self, which: int, said: str) -> None:
        """And whoever confirms it may say a word on the same day."""
        one, _owed = self.one_of(which, "open")
        by, at = self.people[one.organisation_id], self.at
        begun = Report.objects.filter(answers__obligation=one, state__in=WRITABLE).first()
        report = begun or reports.draft_once(obligation=one, by=by, at=at)
        answers = list(report.answers.select_related("obligation"))
        assert one.pk in {answer.obligation_id for answer in answers}
        words = reports.Said(text=f"Báo cáo {report.pk} bản {report.version}.")  # an heir says something new too
        told = {answer.obligation_id: words for answer in answers if report.standing}
        report = reports.save(report=report, answers=told, version=report.version, by=by, at=at)
        for answer in () if report.standing else answers:
            evidence.cite(answer=answer, number="1/BC", issued_on=self.day, by=by, at=at)
        reports.submit(report=report, by=by, at=at)
        rows = self.rows_of(report)
        assert self.slow.owed[one.pk] in rows
        stood = {(each.now.state, each.now.body, each.end) for each in rows}
        assert stood == {("open", one.organisation_id, one.period_end)}
        self.slow.hands_in(rows, self.day)
        if said:
            self._answer(Report.objects.get(pk=report.pk), said)

    @precondition(lambda self: self.reports("submitted"))
    @rule(which=pick, said=st.sampled_from(["confirm", "more"]))
    def its_report_is_answered(self, which: int, said: str) -> None:
        self._answer(self.report_of(which, "submitted"), said)

    def _answer(self, report: Report, said: str) -> None:
        rows, by = self.rows_of(report), self.confirms(report)
        if said == "confirm":
            reports.confirm(report=report, seen_round=report.round, by=by, at=self.at)
            self.slow.confirms(rows, self.day)
        else:
            reports.ask_more(report=report, reason="Thiếu.", seen_round=report.round, by=by, at=self.at)
            self.slow.asks_more(rows, self.day)

    @precondition(lambda self: self.reports("confirmed"))
    @rule(which=pick)
    def a_confirmation_is_revoked(self, which: int) -> None:
        report = self.report_of(which, "confirmed")
        said = {"reason": "Minh chứng sai.", "seen_round": report.round}
        reports.revoke(report=report, **said, by=self.confirms(report), at=self.at)
        self.slow.revokes(self.rows_of(report), self.day)

    @precondition(lambda self: len(self.alive) > 1)
    @rule(which=pick, to=pick)
    def a_body_is_absorbed(self, which: int, to: int) -> None:
        before = self.alive.pop(which % len(self.alive))
        heir = self.alive[to % len(self.alive)]
        self.time_passes(1, self.hour)  # what is due by then is raised for the body that ends, and goes along
        draft = make.succession("absorb", [before], [heir], on=self.day, by=self.registrar)
        handovers.carry_out(succession=draft, by=self.registrar, at=self.at)
        self.people.pop(before.pk)
        self.slow.absorbs(before.pk, heir.pk, self.day)
        self.slow.raises(self.day)
        self.raised()

    @precondition(lambda self: len(self.alive) > 1)
    @rule(which=pick, to=pick)
    def a_body_is_absorbed_by_mistake(self, which: int, to: int) -> None:
        """And comes back on the same day: as if nothing had been."""
        place = which % len(self.alive)
        before, others = self.alive[place], self.alive[:place] + self.alive[place + 1 :]
        self.time_passes(1, self.hour)
        draft = make.succession("absorb", [before], [others[to % len(others)]], on=self.day, by=self.registrar)
        done = handovers.carry_out(succession=draft, by=self.registrar, at=self.at)
        handovers.undo(succession=done.succession, by=self.registrar, at=self.at)
        self.raised()

    # -- parts ---------------------------------------------------------------------------------------------------

    @property
    def at(self):
        return moment(self.day, self.hour)

    @property
    def chief(self) -> User:
        return self.world.chief

    def some(self, *states: str) -> bool:
        return any(one.now.state in states and one.now.body in self.people for one in self.slow.owed.values())

    def one_of(self, which: int, *states: str) -> tuple[Obligation, Owed]:
        """One of those that stand so, of a body that there is still, in both ledgers."""
        found = [
            pk for pk, one in sorted(self.slow.owed.items()) if one.now.state in states and one.now.body in self.people
        ]
        pk = found[which % len(found)]
        rows = Obligation.objects.select_related("organisation", "programme__office", "task")
        return rows.get(pk=pk), self.slow.owed[pk]

    def reports(self, state: str) -> list[Report]:
        """Those on which somebody can say a word now."""
        living = [self.world.body.pk, *self.people]
        return list(Report.objects.filter(state=state, confirming__in=living).order_by("pk"))

    def report_of(self, which: int, state: str) -> Report:
        found = self.reports(state)
        return found[which % len(found)]

    def rows_of(self, report: Report) -> list[Owed]:
        return [self.slow.owed[pk] for pk in sorted(report.answers.values_list("obligation", flat=True))]

    def confirms(self, report: Report) -> User:
        return self.people.get(report.confirming_id or 0, self.chief)

    def charge(self, position: int, role: str, body: int | None) -> Assignment:
        rows = Assignment.objects.on(None).filter(task__position=position, role=role, organisation=body)
        return rows.select_related("organisation", "task__programme__office").get()

    def body(self, which: int):
        return self.alive[which % len(self.alive)]

    def refused(self, act: Callable[[], object], *errors: type[TiendoError]) -> bool:
        """Do it; where the slow ledger knows reasons against it, the house must refuse for one of them."""
        if errors:
            with pytest.raises(errors), transaction.atomic():
                act()
            return True
        act()
        return False

    def raised(self) -> None:
        """What is owed since now in the slow ledger, and nothing else, was raised in the house."""
        new = Obligation.objects.exclude(pk__in=self.slow.owed).select_related("task")
        found = {
            (one.task.position, one.role, one.period_start, one.period_end, one.organisation_id): one.pk for one in new
        }
        fresh = {(*one.period, one.now.body): one for one in self.slow.fresh}
        assert len(found) == len(new)
        assert len(fresh) == len(self.slow.fresh)
        assert found.keys() == fresh.keys()
        self.slow.owed |= {found[key]: one for key, one in fresh.items()}
        self.slow.fresh = []
