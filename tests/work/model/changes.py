"""Who is charged with a task, and what becomes of it; what stands beside it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tiendo.work.programmes.actions import causes, changes, coordination, obstacles, progress, reports
from tiendo.work.programmes.errors_of_changes import NothingToSplitError, SameLeadError, TaskNotWithdrawnError
from tiendo.work.programmes.errors_of_matters import (
    AskedAlreadyError,
    CauseExistsError,
    InvitedLeadError,
    ObstacleLevelError,
    PartOwedError,
)
from tiendo.work.programmes.models import Asked, Cause, Obstacle, Progress, Report, Task
from work.model.machine import WRITABLE, House, pick
from work.model.slow import Block, Work

DECIDED = {"number": "12-QĐ/TU", "reason": "Theo kết luận."}
IN_WORDS = "Ban Thường vụ"


class Changes(House):
    @precondition(lambda self: self._works())
    @rule(which=pick)
    def a_task_is_withdrawn(self, which: int) -> None:
        task, work = self._work(which)
        changes.withdraw(task=task, **self._decided())
        self.slow.withdraws(work, self.day)

    @precondition(lambda self: self._works(closed=True))
    @rule(which=pick)
    def it_is_reopened(self, which: int) -> None:
        task, work = self._work(which, closed=True)
        wrong = [TaskNotWithdrawnError] if work.split else []
        if not self.refused(lambda: changes.reopen(task=task, **self._decided()), *wrong):
            self.slow.reopens(work, self.day)
            self.raised()

    @precondition(lambda self: self._works() and len(self.slow.works) < 8)
    @rule(which=pick, leads=st.lists(st.lists(pick, min_size=1, max_size=2), min_size=2, max_size=3))
    def a_task_is_split(self, which: int, leads: list[list[int]]) -> None:
        task, work = self._work(which)
        named = [list(dict.fromkeys(self.body(each).pk for each in some)) for some in leads]
        bodies = {body.pk: body for body in self.alive}
        parts = [changes.Part(f"Phần {n}", [bodies[pk] for pk in some]) for n, some in enumerate(named)]
        wrong = [NothingToSplitError] if self.slow.cannot_be_split(work) else []
        if not self.refused(lambda: changes.split(task=task, parts=parts, **self._decided()), *wrong):
            self.slow.splits(work, named, self.day)
            self.slow.raises(self.day)
            self.raised()

    @precondition(lambda self: self.slow.charges("lead"))
    @rule(which=pick, to=pick)
    def another_body_leads(self, which: int, to: int) -> None:
        charges = self.slow.charges("lead")
        charge, body = charges[which % len(charges)], self.body(to)
        row = self.charge(charge.work.position, "lead", charge.body)
        leads = {one.body for one in charges if one.work is charge.work}
        wrong = [SameLeadError] if body.pk in leads else []
        if not self.refused(lambda: changes.change_lead(assignment=row, organisation=body, **self._decided()), *wrong):
            self.slow.passes(charge, body.pk, self.day)
            self.slow.raises(self.day)
            self.raised()

    @precondition(lambda self: self.slow.charges("lead"))
    @rule(which=pick)
    def another_lead_gathers(self, which: int) -> None:
        """It changes no figure, but what becomes of charges that are passed on."""
        charges = self.slow.charges("lead")
        charge = charges[which % len(charges)]
        row = self.charge(charge.work.position, "lead", charge.body)
        self.refused(
            lambda: changes.change_focal(assignment=row, **self._decided()), *([SameLeadError] if row.focal else [])
        )

    # -- coordinators --------------------------------------------------------------------------------------------

    @precondition(lambda self: self.slow.charges("coordinate"))
    @rule(which=pick, to=pick, by=pick, days=st.integers(0, 30))
    def a_coordinator_is_asked(self, which: int, to: int, by: int, days: int) -> None:
        charges = self.slow.charges("coordinate")
        charge, due = charges[which % len(charges)], self.day + timedelta(days=days)
        leads = [one.body for one in self.slow.charges("lead") if one.work is charge.work]
        asker = leads[by % len(leads)]
        assert asker
        row = self.charge(charge.work.position, "coordinate", charge.body)
        bodies = [] if charge.body else [self.body(to)]
        asked = charge.body or self.body(to).pk
        wrong = [InvitedLeadError] if asked in leads else []
        wrong += [AskedAlreadyError] if self.slow.cannot_be_invited(charge, asked, due) else []
        if not self.refused(
            lambda: coordination.invite(
                assignment=row, organisations=bodies, due=due, by=self.people[asker], at=self.at
            ),
            *wrong,
        ):
            self.slow.invites(charge, asked, due, asker)
            self.slow.raises(self.day)
            self.raised()

    @precondition(lambda self: any(one.body for one in self.slow.charges("coordinate")))
    @rule(which=pick)
    def its_part_is_done(self, which: int) -> None:
        charges = [one for one in self.slow.charges("coordinate") if one.body]
        charge = charges[which % len(charges)]
        assert charge.body
        row = self.charge(charge.work.position, "coordinate", charge.body)
        by = self.people[charge.body]
        if charge.part_done_on:
            coordination.part_open(assignment=row, by=by, at=self.at)
            charge.part_done_on = None
        elif not self.refused(
            lambda: coordination.part_done(assignment=row, by=by, at=self.at), *([PartOwedError] if charge.due else [])
        ):
            charge.part_done_on = self.day

    # -- beside it -----------------------------------------------------------------------------------------------

    @precondition(lambda self: self.some("open", "submitted", "confirmed", "suspended"))
    @rule(which=pick, level=st.one_of(st.none(), pick))
    def an_obstacle_is_raised(self, which: int, level: int | None) -> None:
        one, slow = self.one_of(which, "open", "submitted", "confirmed", "suspended")
        body = None if level is None else self.body(level)
        by, wrong = self.people[one.organisation_id], [ObstacleLevelError] if body == one.organisation else []
        raised: list[Obstacle] = []
        if not self.refused(
            lambda: raised.append(
                obstacles.report(
                    obligation=one, text="Chưa có kinh phí.", level=body, level_text=IN_WORDS, by=by, at=self.at
                )
            ),
            *wrong,
        ):
            words = "" if body else IN_WORDS
            self.slow.blocks[raised[0].pk] = Block(slow, body.pk if body else None, words, self.day)

    @precondition(lambda self: any(one.until is None for one in self.slow.blocks.values()))
    @rule(which=pick, back=st.integers(0, 9))
    def its_level_decides(self, which: int, back: int) -> None:
        waiting = [(pk, one) for pk, one in sorted(self.slow.blocks.items()) if one.until is None]
        pk, block = waiting[which % len(waiting)]
        day = max(self.day - timedelta(days=back), block.since)
        by = self.people.get(block.level or 0, self.chief)
        obstacles.decide(
            obstacle=Obstacle.objects.get(pk=pk), decision="Cấp bổ sung.", decided_on=day, by=by, at=self.at
        )
        block.until = day

    @precondition(lambda self: self.some("open", "submitted", "confirmed"))
    @rule(which=pick)
    def a_cause_is_asked_for(self, which: int) -> None:
        one, slow = self.one_of(which, "open", "submitted", "confirmed")
        by = self.people[one.organisation_id]
        if not self.refused(
            lambda: causes.ask(
                obligation=one, reason="Bão lũ.", number="5/QĐ", proved_on=self.day,
                by=by, at=self.at,
            ),
            *([CauseExistsError] if slow.cause else []),
        ):  # fmt: skip
            slow.cause = "asked"

    @precondition(lambda self: any(one.cause == "asked" for one in self.slow.owed.values()))
    @rule(which=pick, granted=st.booleans())
    def the_cause_is_decided(self, which: int, *, granted: bool) -> None:
        asked = list(Cause.objects.filter(state=Asked.ASKED).order_by("pk"))
        cause = asked[which % len(asked)]
        causes.decide(cause=cause, granted=granted, word="Đúng như vậy.", by=self.chief, at=self.at)
        self.slow.owed[cause.obligation_id].cause = "granted" if granted else ""

    @precondition(lambda self: self._on_the_way())
    @rule(which=pick, percent=st.integers(0, 99), said=st.sampled_from(["", "confirm", "send_back"]))
    def a_body_says_how_far_it_has_come(self, which: int, percent: int, said: str) -> None:
        """It changes nothing of what is owed; whoever confirms it may say a word on the same day."""
        found = self._on_the_way()
        pk = found[which % len(found)]
        slow = self.slow.owed[pk]
        one = self.programme.obligations.select_related("organisation", "programme__office", "task").get(pk=pk)
        by = self.people[one.organisation_id]
        draft = Report.objects.filter(answers__obligation=one, state__in=WRITABLE).first()
        draft = draft or reports.draft_once(obligation=one, by=by, at=self.at)
        words = {pk: reports.Said(text="Đang làm.", percent=percent)}
        draft = reports.save(report=draft, answers=words, version=draft.version, by=by, at=self.at)
        reports.send_progress(report=draft, by=by, at=self.at)
        self.slow.puts_away(slow)
        slow.progress.append((percent, "asked"))
        if said:
            self._say_to_progress(pk, said)

    @precondition(lambda self: self._waiting_progress())
    @rule(which=pick, said=st.sampled_from(["confirm", "send_back"]))
    def how_far_it_has_come_is_decided(self, which: int, said: str) -> None:
        waiting = self._waiting_progress()
        self._say_to_progress(waiting[which % len(waiting)], said)

    def _on_the_way(self) -> list[int]:
        rows = sorted(self.slow.owed.items())
        return [
            pk for pk, one in rows if one.now.state == "open" and not one.work_stands and one.now.body in self.people
        ]

    def _waiting_progress(self) -> list[int]:
        """Those on which somebody can say a word: the body that confirms is another than the one that reported."""
        return [
            one.obligation_id
            for one in Progress.objects.filter(state="asked").select_related("obligation").order_by("pk")
            if one.obligation.confirming_id != one.organisation_id and one.obligation.confirming_id in self._living()
        ]

    def _living(self) -> set[int]:
        return {self.world.body.pk, *self.people}

    def _say_to_progress(self, pk: int, said: str) -> None:
        one, slow = Progress.objects.get(state="asked", obligation=pk), self.slow.owed[pk]
        assert slow.progress[-1][1] == "asked"
        by = self.people.get(one.obligation.confirming_id or 0, self.chief)
        if said == "confirm":
            progress.confirm(progress=one, by=by, at=self.at)
        else:
            progress.send_back(progress=one, word="Chưa rõ.", by=by, at=self.at)
        slow.progress[-1] = (slow.progress[-1][0], "granted" if said == "confirm" else "refused")

    # -- parts ---------------------------------------------------------------------------------------------------

    def _decided(self) -> dict[str, object]:
        return {**DECIDED, "decided_on": self.day, "by": self.chief, "at": self.at}

    def _works(self, *, closed: bool = False) -> list[Work]:
        return [work for work in self.slow.works.values() if work.closed == closed]

    def _work(self, which: int, *, closed: bool = False) -> tuple[Task, Work]:
        works = self._works(closed=closed)
        work = works[which % len(works)]
        return Task.objects.get(programme=self.programme, position=work.position), work
