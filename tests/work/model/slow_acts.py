"""What may happen in the second ledger, act by act, in the plainest words (slow.py)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from work.model.slow import ONE, Charge, Owed, Slow, Stand, Work, supplement

MOST_EXTENSIONS = 2


def month_of(day: date) -> tuple[date, date, date]:
    """The monthly period whose data run on a day: first day, cut-off (the 14th), due day (the 25th)."""
    end = day
    while end.day != 14:
        end += ONE
    start = end
    while not (start.day == 15 and start < end):
        start -= ONE
    return start, end, end.replace(day=25)


class SlowLedger(Slow):
    """`office` confirms what nobody else has asked for; `fresh` is owed since now and has no id of the house yet."""

    def __init__(self, office: int, tracked_from: date, issued_on: date) -> None:
        super().__init__()
        self.office, self.tracked_from, self.issued_on = office, tracked_from, issued_on
        self.gone: dict[int, int] = {}
        """Bodies that ended, and who absorbed them."""
        self.fresh: list[Owed] = []

    # -- what is owed ----------------------------------------------------------------------------------------------

    def opens(self, position: int, ends: date | None, leads: Iterable[int], beside: Iterable[int | None] = ()) -> None:
        work = self.works[position] = Work(position, ends, self.tracked_from, self.tracked_from, self.issued_on)
        work.charges += [Charge(work, "lead", body) for body in leads]
        work.charges += [Charge(work, "coordinate", body) for body in beside]

    def charges(self, role: str = "", body: int | None = None, *, closed: bool = False) -> list[Charge]:
        """Those that hold now, of open tasks unless said."""
        return [
            one
            for work in self.works.values()
            for one in work.charges
            if one.heir is None and (closed or not work.closed) and role in ("", one.role) and body in (None, one.body)
        ]

    def raises(self, today: date) -> None:
        """Whatever must be owed by now and was never asked."""
        for charge in self.charges():
            if charge.body is None:
                continue
            for start, end, due in sorted(self._spans(charge, today)):
                if (start, end) not in charge.asked:
                    self._owes(charge, start, end, due, today)

    def _spans(self, charge: Charge, today: date) -> set[tuple[date, date, date]]:
        work, last = charge.work, charge.work.ends
        if charge.role == "coordinate":
            last = charge.due
            if last is None:
                return set()
        if last is not None:
            return {(min(self.tracked_from, last), last, last)}
        found, day = set(), work.first
        while day <= today:
            found.add(month_of(day))
            day += ONE
        return found

    def _owes(
        self, charge: Charge, start: date, end: date, due: date, today: date, first_due: date | None = None
    ) -> None:
        assert charge.body is not None
        charge.asked.add((start, end))
        stand = Stand(charge.body, self._confirms(charge, charge.body), due)
        self.fresh.append(Owed(charge, start, end, first_due or due, {today: stand}))

    def _confirms(self, charge: Charge, body: int) -> int:
        """The lead that asked for it, else the office; nobody their own work."""
        return charge.asker if charge.asker not in (None, body) else self.office  # type: ignore[return-value]

    # -- answers ---------------------------------------------------------------------------------------------------

    def hands_in(self, rows: Iterable[Owed], today: date) -> None:
        for one in rows:
            self.puts_away(one)
            one.words.append(("sent", today))
            added = one.now.submitted_on and (one.now.supplemented_on or today)
            one.becomes(today, state="submitted", submitted_on=one.now.submitted_on or today, supplemented_on=added)

    def puts_away(self, one: Owed) -> None:
        """What was reported on the way and waits is overtaken by something newer."""
        one.progress = [(percent, "replaced" if state == "asked" else state) for percent, state in one.progress]

    def confirms(self, rows: Iterable[Owed], today: date) -> None:
        for one in rows:
            one.words.append(("confirmed", today))
            one.becomes(today, state="confirmed")
            one.confirmed_on = today

    def revokes(self, rows: Iterable[Owed], today: date) -> None:
        for one in rows:
            one.words.append(("revoked", today))
            one.becomes(today, state="submitted")
            one.confirmed_on = None

    def asks_more(self, rows: Iterable[Owed], today: date) -> None:
        rows = list(rows)
        for one in rows:
            one.words.append(("more", today))
            one.becomes(today, state="open", sent_back_on=today)
            if not one.now.added_late:
                one.becomes(today, supplement_due=supplement(one.now, today), supplemented_on=None)
        for work in {one.charge.work: None for one in rows}:
            self._wakes(work, today)
        self._follow(rows, today)

    # -- dates -----------------------------------------------------------------------------------------------------

    def cannot_be_extended(self, one: Owed, day: date) -> set[str]:
        stand = one.now
        why = {
            "not open": stand.state != "open",
            "too often": one.extended >= MOST_EXTENSIONS,
            "late": not stand.movable,
            "no later day": day <= stand.wanted,
        }
        return {said for said, so in why.items() if so}

    def extends(self, one: Owed, day: date, today: date) -> None:
        one.extended += 1
        one.life[today] = one.now.moved_to(day)

    def suspends(self, one: Owed, from_day: date, today: date) -> None:
        one.stopped_from = from_day
        one.becomes(today, state="suspended")

    def resumes(self, one: Owed, on_day: date, today: date) -> None:
        one.life[today] = replace(one.now.moved_to(self._with_days_added(one, on_day)), state="open")
        one.went_on = on_day

    @staticmethod
    def _with_days_added(one: Owed, on_day: date) -> date:
        assert one.stopped_from
        return one.now.wanted + (on_day - one.stopped_from if one.now.movable else timedelta(0))

    # -- who is charged --------------------------------------------------------------------------------------------

    def passes(self, charge: Charge, body: int, today: date) -> None:
        """The charge is another body's: into its own on that task, or a new one. What is open goes along. Nobody helps
        with what it leads: that ends.
        """
        work = charge.work
        led = [one for one in work.charges if one.heir is None and (one.role, one.body) == ("lead", body)]
        if charge.role == "coordinate" and led:
            charge.heir = led[0]
            self._follow([one for one in self.owed.values() if one.charge is charge and one.now.state in OPEN], today)
            return
        there = [one for one in work.charges if one.heir is None and (one.role, one.body) == (charge.role, body)]
        if there:
            heir = there[0]
            if heir.due is None and charge.due is not None:  # what was asked is asked of the heir
                heir.due, heir.asker, heir.part_done_on = charge.due, charge.asker, None
        else:
            heir = replace(charge, body=body, asked=set())
            work.charges.append(heir)
        heir.asked |= charge.asked
        charge.heir = heir
        self._follow([one for one in self.owed.values() if one.charge is charge and one.now.state in OPEN], today)
        for beside in [one for one in work.charges if one.heir is None and one.role == "coordinate"]:
            if charge.role == "lead" and beside.body == body:
                self.passes(beside, body, today)

    def _follow(self, rows: list[Owed], today: date) -> None:
        """To whoever holds the charge now, step by step; where that body answers for the same period, into that."""
        while rows := [one for one in rows if one.charge.heir and one.now.state in OPEN]:
            taken = {(*one.period, one.now.body) for one in self.owed.values()}
            for one in rows:
                heir = one.charge.heir
                assert heir
                assert heir.body
                if heir.role != one.charge.role or (heir.body != one.now.body and (*one.period, heir.body) in taken):
                    one.becomes(today, state="not_owed")
                    continue
                taken.add((*one.period, heir.body))
                one.charge = heir
                one.becomes(today, body=heir.body, confirming=self._confirms(heir, heir.body))

    def _wakes(self, work: Work, today: date) -> None:
        """Something of a task is owed again: what bodies had that ended while it was closed is their heirs now."""
        while ended := [one for one in work.charges if one.heir is None and one.body in self.gone]:
            for one in sorted(ended, key=lambda one: one.role != "lead"):
                assert one.body
                self.passes(one, self.gone[one.body], today)

    def absorbs(self, before: int, heir: int, today: date) -> None:
        self.gone[before] = heir
        for charge in sorted(self.charges(body=before, closed=True), key=lambda one: one.role != "lead"):
            open_ = any(one.charge is charge and one.now.state in OPEN for one in self.owed.values())
            if open_ or not charge.work.closed:
                self.passes(charge, heir, today)
        asked = [one for work in self.works.values() for one in work.charges if one.asker == before]
        for charge in asked:
            charge.asker = heir
        for one in self.owed.values() if asked else ():
            if one.now.state != "confirmed":
                one.becomes(today, confirming=self._confirms(one.charge, one.now.body))

    def invites(self, charge: Charge, body: int, due: date, asker: int) -> None:
        """A coordinator, or a body that a phrase means, is asked for its part."""
        if charge.body is None:
            there = [one for one in self.charges("coordinate", body) if one.work is charge.work]
            beside = there[0] if there else replace(charge, body=body, asked=set())
            charge.work.charges += [] if there else [beside]
            charge = beside
        charge.due, charge.asker, charge.part_done_on = due, asker, None

    def cannot_be_invited(self, charge: Charge, body: int, due: date) -> bool:
        """It has a part to answer for still, or that very day was asked of it, or of whom it follows."""
        there = [one for one in self.charges("coordinate", body) if one.work is charge.work]
        unfinished = [
            one for one in self.owed.values() if one.charge in there and one.now.state in (*OPEN, "submitted")
        ]
        return bool(unfinished) or any((self.tracked_from, due) in one.asked for one in there)

    # -- what becomes of a task ------------------------------------------------------------------------------------

    def withdraws(self, work: Work, today: date) -> None:
        work.closed = True
        work.put_away = {
            one: one.now.state for one in self.owed.values() if one.charge.work is work and one.now.state in OPEN
        }
        for one in work.put_away:
            one.becomes(today, state="not_owed")
            one.request_open = False

    def reopens(self, work: Work, today: date) -> None:
        """What was open is open again; what fell due meanwhile is not asked."""
        work.closed = False
        self._wakes(work, today)
        back = [one for one in work.put_away if one.now.state == "not_owed"]
        for one in back:
            one.becomes(today, state=work.put_away[one])
        self._follow(back, today)
        self.raises(today)
        for one in self.fresh:
            if one.charge.work is work and one.now.due < today:
                one.becomes(today, state="not_owed")

    def cannot_be_split(self, work: Work) -> bool:
        """Something was asked of it, and nothing of that is open."""
        states = [one.now.state for one in self.owed.values() if one.charge.work is work]
        leads = [one.now.state for one in self._open_of(work)]
        return bool(states) and not leads

    def splits(self, work: Work, parts: list[list[int]], today: date) -> None:
        """Each part's leads owe what was open, by the last of the days by which it was; nothing is asked twice. Nobody
        helps with the part that it leads.
        """
        periods: dict[tuple[date, date], list[Owed]] = {}
        for one in self._open_of(work):
            periods.setdefault((one.start, one.end), []).append(one)
        days = {
            period: max(
                self._with_days_added(one, today) if one.now.state == "suspended" else one.now.wanted for one in rows
            )
            for period, rows in periods.items()
        }
        asked = [end for one in work.charges if one.role == "lead" for _start, end in one.asked]
        first = max(asked) + ONE if asked and work.ends is None else work.first
        beside = [one.body for one in work.charges if one.role == "coordinate" and one.heir is None]
        for leads in parts:
            position = max(self.works) + 1
            self.opens(position, work.ends, leads, [body for body in beside if body not in leads])
            self.works[position].first = first
            for charge in self.works[position].charges:
                for (start, end), rows in periods.items() if charge.role == "lead" else ():
                    self._owes(charge, start, end, days[start, end], today, rows[0].first_due)
        self.withdraws(work, today)
        work.split = True

    def _open_of(self, work: Work) -> list[Owed]:
        """What leads owe of it still."""
        return [
            one
            for one in self.owed.values()
            if one.charge.work is work and one.charge.role == "lead" and one.now.state in OPEN
        ]


OPEN = ("open", "suspended")
