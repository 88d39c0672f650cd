"""Deadlines as terms: a beginning without an end, standing work with bounds, the word of a task that owes nothing."""

from __future__ import annotations

from datetime import date

import pytest

import factories as make
from factories import days, moment, row
from tiendo.work.programmes.actions import obligations, tasks
from tiendo.work.programmes.errors import EventDateError, OpenedAlreadyError
from tiendo.work.programmes.models import Obligation, Opening
from tiendo.work.programmes.rules.terms import Silence, Term, silence
from vanban import model
from worlds import SCIENCE, Office

START = date(2026, 1, 1)


def opened(office: Office, deadline: model.Deadline, **more: object):
    return make.programme(row("Việc", SCIENCE, deadline=deadline), office=office.body, by=office.chief, **more)


@pytest.mark.parametrize(
    ("term", "waits", "standing"),
    [
        (Term("date", end=days(1)), False, False),
        (Term("date"), True, False),
        (Term("period", days(0), days(9)), False, False),
        (Term("period", days(0)), True, False),
        (Term("recurring", days(0)), False, True),
        (Term("continuous", None, days(9)), False, True),
        (Term("by_stage", days(0), days(9)), True, False),
        (Term("none"), True, False),
    ],
)
def test_what_a_deadline_makes_of_a_task(term, waits, standing):
    assert (term.waits, term.standing) == (waits, standing)


@pytest.mark.parametrize(
    ("term", "led", "word"),
    [
        (Term("date", end=date(2025, 12, 31)), True, Silence.NO_DATA),
        (Term("date", end=date(2025, 12, 31)), False, Silence.NO_DATA),
        (Term("continuous", end=date(2025, 12, 31)), True, Silence.NO_DATA),
        (Term("date", end=START), False, Silence.NO_BODY),
        (Term("none"), False, Silence.NO_BODY),
        (Term("none"), True, Silence.NO_EVENT),
        (Term("by_stage", end=date(2025, 12, 31)), True, Silence.NO_EVENT),
        (Term("period", date(2025, 1, 1)), True, Silence.NO_EVENT),
        (Term("recurring", start=date(2027, 1, 1)), True, Silence.NOT_YET),
    ],
)
def test_the_word_of_a_task_that_owes_nothing(term, led, word):
    assert silence(term, tracked_from=START, led=led) == word


pytestmark = pytest.mark.django_db


def test_from_2026_on_without_an_end_waits_for_an_event(office: Office):
    programme = opened(office, model.Deadline(kind="period", start=START, phrase="Từ năm 2026"))
    assert not programme.obligations.exists()
    task = programme.tasks.get()
    tasks.open_by_event(task=task, basis="CV", happened_on=days(0), due=days(9), by=office.officer, at=make.NOW)
    assert task.obligations.get().due == days(9)
    assert obligations.raise_due(programme=programme, at=make.NOW) == 0


def names(programme) -> list[str]:
    return list(programme.obligations.order_by("due").values_list("period_name", flat=True))


def test_standing_work_is_owed_within_its_own_bounds(office: Office):
    bounds = model.Deadline(kind="recurring", every="month", start=date(2025, 3, 1), end=date(2025, 6, 30))
    programme = opened(office, bounds, tracked_from=START.replace(year=2025))
    assert names(programme) == ["tháng 3/2025", "tháng 4/2025", "tháng 5/2025", "tháng 6/2025"]
    assert obligations.raise_due(programme=programme, at=moment(date(2027, 1, 1))) == 0


def test_a_stage_that_ends_with_the_year_does_not_open_the_next(office: Office):
    bounds = model.Deadline(kind="recurring", every="year", start=date(2026, 1, 1), end=date(2027, 12, 31))
    programme = opened(office, bounds)
    obligations.raise_due(programme=programme, at=moment(date(2030, 1, 1)))
    assert names(programme) == ["năm 2026", "năm 2027"]


def test_standing_work_of_a_later_stage_is_not_yet_owed(office: Office):
    programme = opened(office, model.Deadline(kind="continuous", start=date(2026, 9, 1)))
    assert names(programme) == []
    assert obligations.raise_due(programme=programme, at=moment(date(2026, 9, 1))) == 1


@pytest.fixture
def undated(office: Office):
    return opened(office, model.Deadline()).tasks.get()


def test_the_same_event_twice_is_refused_and_not_swallowed(office: Office, undated):
    asked = {"task": undated, "happened_on": days(0), "due": days(9), "by": office.officer, "at": make.NOW}
    tasks.open_by_event(basis="Công văn 1", **asked)
    with pytest.raises(OpenedAlreadyError):
        tasks.open_by_event(basis="Công văn 2", **asked)
    assert (Opening.objects.count(), Obligation.objects.count()) == (1, 1)


@pytest.mark.parametrize("dates", [(date(1, 1, 1), days(9)), (days(0), date(9999, 12, 31))])
def test_an_event_of_another_age_is_a_slip(office: Office, undated, dates):
    happened, due = dates
    with pytest.raises(EventDateError):
        tasks.open_by_event(task=undated, basis="x", happened_on=happened, due=due, by=office.officer, at=make.NOW)
    assert not Opening.objects.exists()


def test_openings_are_asked_for_once_however_many_leads(office: Office, django_assert_max_num_queries):
    programme = make.programme(*(row(f"Việc {n}", SCIENCE) for n in range(30)), office=office.body, by=office.chief)
    with django_assert_max_num_queries(8):
        obligations.raise_due(programme=programme, at=make.NOW)
