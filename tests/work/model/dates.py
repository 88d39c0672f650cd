"""Days that move, and days that were recorded wrongly."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from tiendo.work.programmes.actions import corrections, deadlines
from tiendo.work.programmes.errors_of_changes import (
    ExtensionLimitError,
    HandedInLateError,
    NewDayError,
    NotOpenError,
    RequestOpenError,
    SuspensionDayError,
)
from tiendo.work.programmes.errors_of_matters import (
    CorrectedDayError,
    CorrectionExistsError,
    NothingToCorrectError,
    SecondPersonError,
)
from tiendo.work.programmes.models import Asked, Correction, DateChange
from work.model.machine import House, pick
from work.model.slow import Owed

WHY = {
    "not open": NotOpenError,
    "too often": ExtensionLimitError,
    "late": HandedInLateError,
    "no later day": NewDayError,
}
field = st.sampled_from(["submitted_on", "submitted_on", "confirmed_on"])


class Dates(House):
    @precondition(lambda self: self.some("open"))
    @rule(which=pick, more=st.integers(-2, 30))
    def more_time_is_asked_for(self, which: int, more: int) -> None:
        one, slow = self.one_of(which, "open")
        wanted = slow.now.wanted + timedelta(days=more)
        wrong = [WHY[each] for each in self.slow.cannot_be_extended(slow, wanted)]
        wrong += [RequestOpenError] if slow.request_open else []
        by = self.people[one.organisation_id]
        if not self.refused(
            lambda: deadlines.ask(obligation=one, wanted=wanted, reason="Chờ vốn.", by=by, at=self.at), *wrong
        ):
            slow.request_open = True

    @precondition(lambda self: any(one.request_open for one in self.slow.owed.values()))
    @rule(which=pick, granted=st.booleans())
    def it_is_decided(self, which: int, *, granted: bool) -> None:
        asked = list(DateChange.objects.filter(state=Asked.ASKED).order_by("pk"))
        open_ = {pk for pk, one in self.slow.owed.items() if one.request_open}
        assert {one.obligation_id for one in asked} == open_
        request = asked[which % len(asked)]
        slow = self.slow.owed[request.obligation_id]
        day = request.wanted if granted else None
        wrong = [WHY[each] for each in self.slow.cannot_be_extended(slow, day)] if day else []
        if self.refused(
            lambda: deadlines.decide(request=request, day=day, word="Theo đề nghị.", by=self.chief, at=self.at), *wrong
        ):
            return
        slow.request_open = False
        if day:
            self.slow.extends(slow, day, self.day)

    @precondition(lambda self: self.some("open"))
    @rule(which=pick, more=st.integers(1, 30))
    def the_office_gives_more_time(self, which: int, more: int) -> None:
        one, slow = self.one_of(which, "open")
        day = slow.now.wanted + timedelta(days=more)
        wrong = [WHY[each] for each in self.slow.cannot_be_extended(slow, day)]
        wrong += [RequestOpenError] if slow.request_open else []
        if not self.refused(
            lambda: deadlines.extend(obligation=one, day=day, reason="Bão lũ.", by=self.chief, at=self.at), *wrong
        ):
            self.slow.extends(slow, day, self.day)

    @precondition(lambda self: self.some("open"))
    @rule(which=pick, back=st.integers(0, 20))
    def work_is_suspended(self, which: int, back: int) -> None:
        one, slow = self.one_of(which, "open")
        from_day = self.day - timedelta(days=back)
        wrong = [RequestOpenError] if slow.request_open else []
        wrong += [SuspensionDayError] if from_day < (slow.went_on or self.programme.tracked_from) else []
        if not self.refused(
            lambda: deadlines.suspend(obligation=one, from_day=from_day, reason="Chờ luật.", by=self.chief, at=self.at),
            *wrong,
        ):
            self.slow.suspends(slow, from_day, self.day)

    @precondition(lambda self: self.some("suspended"))
    @rule(which=pick, back=st.integers(0, 10))
    def it_goes_on(self, which: int, back: int) -> None:
        one, slow = self.one_of(which, "suspended")
        on_day = self.day - timedelta(days=back)
        assert slow.stopped_from
        wrong = [SuspensionDayError] if on_day < slow.stopped_from else []
        if not self.refused(
            lambda: deadlines.resume(obligation=one, on_day=on_day, reason="Đã có luật.", by=self.chief, at=self.at),
            *wrong,
        ):
            self.slow.resumes(slow, on_day, self.day)

    # -- data corrections ----------------------------------------------------------------------------------------

    @precondition(lambda self: any(one.words for one in self.slow.owed.values()))
    @rule(which=pick, field=field, by=st.integers(-15, 15), decided=st.sampled_from(["", "granted", "refused"]))
    def a_day_is_said_to_be_wrong(self, which: int, field: str, by: int, decided: str) -> None:
        """And a second person may decide it at once."""
        handed = [pk for pk, one in sorted(self.slow.owed.items()) if one.words]
        pk = handed[which % len(handed)]
        slow = self.slow.owed[pk]
        recorded = slow.now.submitted_on if field == "submitted_on" else slow.confirmed_on
        right = (recorded or self.day) + timedelta(days=by)
        wrong = [CorrectionExistsError] if slow.doubted else self._impossible(slow, field, right)
        owed = self.programme.obligations.get(pk=pk)
        if not self.refused(
            lambda: corrections.propose(
                obligation=owed, field=field, after=right, reason="Gõ nhầm.", by=self.chief, at=self.at
            ),
            *wrong,
        ):
            slow.doubted = (field, right)
            if decided:
                self._decide(Correction.objects.get(state=Asked.ASKED, obligation=pk), granted=decided == "granted")

    @precondition(lambda self: any(one.doubted for one in self.slow.owed.values()))
    @rule(which=pick, granted=st.booleans(), alone=st.booleans())
    def a_second_person_says_so_too(self, which: int, *, granted: bool, alone: bool) -> None:
        asked = Correction.objects.filter(state=Asked.ASKED).order_by("pk")
        self._decide(asked[which % len(asked)], granted=granted, alone=alone)

    def _decide(self, correction: Correction, *, granted: bool, alone: bool = False) -> None:
        slow = self.slow.owed[correction.obligation_id]
        assert slow.doubted == (correction.field, correction.after)
        wrong = [SecondPersonError] if alone else []
        if granted and not alone:
            wrong = self._impossible(slow, *slow.doubted)
        by = self.chief if alone else self.second
        if self.refused(
            lambda: corrections.decide(correction=correction, granted=granted, word="Theo sổ.", by=by, at=self.at),
            *wrong,
        ):
            return
        slow.doubted = None
        if granted:
            slow.corrected(correction.field, correction.after, self.day)

    def _impossible(self, slow: Owed, field: str, right: date) -> list[type]:
        found = slow.could_have_been(field, self.day)
        if found is None:
            return [NothingToCorrectError]
        now = slow.now.submitted_on if field == "submitted_on" else slow.confirmed_on
        return [] if right != now and found[0] <= right <= found[1] else [CorrectedDayError]
