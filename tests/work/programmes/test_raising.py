"""What time brings: the daily job looks only where something may have fallen due, and misses nothing."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

import factories as make
from factories import NOW, by_date, continuous, days, moment, row
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Tally, Task
from tiendo.work.programmes.queries.owing import programmes_to_raise
from vanban import model
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
FIRST = date(2026, 1, 10)
RHYTHMS = ("month", "quarter", "half", "nine_months", "year")


@pytest.fixture
def programmes(office: Office) -> list[Programme]:
    """Every rhythm, with and without bounds that fall anywhere in a month; work with an end, and over before."""
    ends = [None, date(2026, 9, 20), date(2026, 10, 3), date(2026, 12, 14), date(2026, 12, 31), date(2026, 1, 5)]
    starts = [None, date(2026, 4, 1), date(2026, 5, 15)]
    bounds = list(itertools.product(starts, ends))
    made = []
    for rhythm in RHYTHMS:
        rows = (row(f"{rhythm} {n}", SCIENCE, deadline=continuous(rhythm)) for n in range(len(bounds)))
        programme = opened(office, *rows)
        for task, (start, end) in zip(programme.tasks.order_by("position"), bounds, strict=True):
            Task.objects.filter(pk=task.pk).update(deadline_start=start, deadline_end=end)
        made.append(programme)
    over = row("đã qua", HEALTH, deadline=by_date(days(-400)))
    return [*made, opened(office, row("có hạn", SCIENCE, HEALTH, deadline=by_date(days(30))), over)]


def opened(office: Office, *rows: model.Duty) -> Programme:
    return make.programme(*rows, office=office.body, by=office.chief, tracked_from=FIRST)


def forget() -> None:
    """Everything raised so far, and its counts."""
    Obligation.objects.all().delete()
    Tally.objects.all().delete()


def test_day_by_day_nothing_is_missed_and_little_is_looked_at_in_vain(programmes):
    forget()
    vain = looked = 0
    every = [FIRST + timedelta(days=n) for n in range(400)]
    turning = [day for day in every if day.day in {1, 4, 14, 15, 16, 21}]  # where a period or a task begins or ends
    for day in turning:
        named = set(programmes_to_raise(day))
        for programme in programmes:
            new = obligations.raise_due(programme=programme, at=moment(day))
            assert programme.pk in named or not new, (day, programme)
            looked += programme.pk in named
            vain += programme.pk in named and not new
    assert Obligation.objects.count() > 200
    assert looked < len(turning) * len(programmes) / 2, "most days bring nothing"
    assert vain < looked


def test_all_at_once_is_as_one_by_one(programmes):
    """Also where a year of days was left out, and twice is once."""
    day = FIRST + timedelta(days=370)

    def told() -> list[tuple[object, ...]]:
        return sorted(Obligation.objects.values_list("task", "organisation", "period_start", "period_end", "due"))

    forget()
    singly = sum(obligations.raise_due(programme=programme, at=moment(day)) for programme in programmes)
    expected = told()
    forget()
    assert obligations.raise_everywhere(at=moment(day)).new == singly == len(expected)
    assert told() == expected
    assert obligations.raise_everywhere(at=moment(day)).new == 0


def test_a_run_that_is_cut_off_is_gone_on_with(programmes, monkeypatch):
    monkeypatch.setattr(obligations, "AT_ONCE", 2)
    day = FIRST + timedelta(days=200)
    forget()
    real, calls = obligations.events.record_all, []

    def dying(**facts):
        calls.append(facts)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**facts)

    monkeypatch.setattr(obligations.events, "record_all", dying)
    with pytest.raises(KeyboardInterrupt):
        obligations.raise_everywhere(at=moment(day))
    left = set(Obligation.objects.values_list("programme", flat=True))
    assert left == {programme.pk for programme in programmes[:2]}, "whole programmes, and their events"
    monkeypatch.setattr(obligations.events, "record_all", real)
    done = Obligation.objects.count()
    assert obligations.raise_everywhere(at=moment(day)).new + done == Obligation.objects.count()
    assert obligations.raise_everywhere(at=moment(day)).new == 0


def test_an_heir_is_looked_at_when_its_next_period_begins_and_not_before(office: Office):
    programme = make.programme(
        row("thường xuyên", SCIENCE, deadline=continuous()), row("có hạn", SCIENCE, deadline=by_date(days(30))),
        office=office.body, by=office.chief,
    )  # fmt: skip
    make.submitted(programme.obligations.get(standing=False))
    registrar = office.who("registrar", office.root)
    draft = make.succession("absorb", [office.science], [office.health], by=registrar)
    handovers.carry_out(succession=draft, by=registrar, at=NOW)
    assert Assignment.objects.on(None).filter(organisation=office.health).count() == 2
    assert programmes_to_raise(days(0)) == []
    assert programmes_to_raise(date(2026, 6, 14)) == []
    assert programmes_to_raise(date(2026, 6, 15)) == [programme.pk]
    assert obligations.raise_everywhere(at=moment(date(2026, 6, 15))).new == 1


def test_the_list_is_one_query(programmes, django_assert_num_queries):
    with django_assert_num_queries(1):
        programmes_to_raise(days(0))


def test_nobody_is_looked_at_who_owes_nothing(office: Office):
    programme = make.programme(row("thường xuyên", SCIENCE, deadline=continuous()), office=office.body, by=office.chief)
    later = date(2026, 6, 15)
    assert programmes_to_raise(later) == [programme.pk]
    Task.objects.update(done_before=True)
    assert programmes_to_raise(later) == []
    Task.objects.update(done_before=False, closed_at=NOW)
    assert programmes_to_raise(later) == []
    Task.objects.update(closed_at=None)
    Assignment.objects.update(ends=days(0))
    assert programmes_to_raise(later) == []
