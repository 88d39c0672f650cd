"""`rules.standing` and its SQL twin say the same of every obligation; every number opens a list of just its count."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories as make
from tiendo.work.programmes.models import Assignment, Obligation, Task
from tiendo.work.programmes.queries.standing import BOXES, boxes, counts, standing_case, tasks_due, with_worst, worst
from tiendo.work.programmes.rules import Standing, standing
from tiendo.work.programmes.rules.periodic import LISTS
from tiendo.work.programmes.rules.standing import DONE, OVERDUE, WORST_FIRST

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def counts_agree() -> None:
    """Here obligations of any history are laid down past the acts."""


DAY0 = date(2026, 1, 1)
days = st.integers(-30, 30).map(lambda n: DAY0 + timedelta(days=n))
State = Obligation.State


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    """What may have happened to one obligation."""
    state = draw(st.sampled_from(State.values))
    handed_in = state in {State.SUBMITTED, State.CONFIRMED}
    return {
        "standing": draw(st.booleans()),
        "state": state,
        "due": draw(days),
        "submitted_on": draw(days) if handed_in or draw(st.booleans()) else None,
        "supplement_due": draw(st.none() | days),
        "supplemented_on": draw(st.none() | days),
        "task": draw(st.integers(0, 2)),
    }


@pytest.fixture
def assignments() -> list[Assignment]:
    body = make.organisation("Sở A")
    programme = make.programme(*(make.row(f"Việc {n}", "Sở A") for n in range(3)))
    assert body
    return [task.assignments.get() for task in programme.tasks.all()]


def lay_down(assignments: list[Assignment], lives: list[dict[str, object]]) -> list[Obligation]:
    Obligation.objects.all().delete()
    return Obligation.objects.bulk_create(_made(assignments, place, life) for place, life in enumerate(lives))


def _made(assignments: list[Assignment], place: int, life: dict[str, object]) -> Obligation:
    lead = assignments[life["task"]]
    facts = {
        name: life[name] for name in ("standing", "state", "due", "submitted_on", "supplement_due", "supplemented_on")
    }
    return Obligation(
        **facts,
        assignment=lead,
        task=lead.task,
        programme=lead.task.programme,
        organisation=lead.organisation,
        period_start=DAY0 + timedelta(days=place),
        period_end=DAY0 + timedelta(days=place + 1),
        first_due=life["due"],
        held_since=make.TODAY,
        raised_at=make.NOW,
    )


def told(owed: Obligation, on: date) -> Standing:
    return standing(owed.facts, on=on)


random_histories = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@random_histories
@given(lives=st.lists(histories(), max_size=25), on=days)
def test_the_rule_and_its_sql_twin_agree(assignments, lives, on):
    made = lay_down(assignments, lives)
    by_sql = dict(Obligation.objects.annotate(now=standing_case(on)).values_list("pk", "now"))
    assert by_sql == {owed.pk: told(owed, on) for owed in made}


@random_histories
@given(lives=st.lists(histories(), max_size=25), on=days)
def test_boxes_add_up_and_each_opens_its_list(assignments, lives, on):
    made = lay_down(assignments, lives)
    shown = boxes(Obligation.objects.all(), on)
    owed = [one for one in made if one.state != State.NOT_OWED and not one.standing]
    assert shown.total + sum(one.state == State.SUSPENDED for one in owed) == len(owed)
    assert shown.done == sum(one.state == State.CONFIRMED for one in owed)
    assert shown.due == shown.done + shown.overdue
    assert shown.awaiting <= shown.in_term
    assert shown.awaiting_late <= shown.overdue
    numbers = {box: getattr(shown, box) for box in BOXES}
    listed = Obligation.objects.annotate(now=standing_case(on))
    assert numbers == {box: listed.filter(now__in=standings).count() for box, standings in BOXES.items()}


@random_histories
@given(lives=st.lists(histories(), max_size=15), on=days)
def test_a_task_stands_as_its_worst(assignments, lives, on):
    made = lay_down(assignments, lives)
    by_task = {lead.task_id: [told(one, on) for one in made if one.task_id == lead.task_id] for lead in assignments}
    expected = Counter(worst(list(standings)) for standings in by_task.values())
    done, overdue = (sum(expected[standing] for standing in which) for which in (DONE, OVERDUE))
    assert tasks_due(Obligation.objects.all(), on) == (done, done + overdue)
    ranked = with_worst(Task.objects.all(), on).values_list("worst", flat=True)
    assert Counter(Standing.NO_DATA if place is None else WORST_FIRST[place] for place in ranked) == expected


def test_every_standing_is_counted_in_one_query(assignments, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = counts(Obligation.objects.all(), DAY0)
    assert found == dict.fromkeys(Standing, 0)


def test_boxes_are_one_query(assignments, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert boxes(Obligation.objects.all(), DAY0).total == 0
    with django_assert_num_queries(1):
        assert tasks_due(Obligation.objects.all(), DAY0) == (0, 0)


def test_the_worst_of_none_is_no_figure():
    assert worst([]) == Standing.NO_DATA
    assert worst([Standing.DONE_ON_TIME, Standing.OVERDUE, Standing.IN_TERM]) == Standing.OVERDUE
    assert worst(list(WORST_FIRST)) == Standing.LONG_OVERDUE


def test_no_box_shares_a_row_with_another():
    reports = [LISTS[box] for box in ("made", "missing", "pending")]
    listed = [standing for standings in (*BOXES.values(), *reports) for standing in standings]
    assert len(listed) == len(set(listed))
    assert set(Standing) - set(listed) == {Standing.SUSPENDED, Standing.NO_DATA}
