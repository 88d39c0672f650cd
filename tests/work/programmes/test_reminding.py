"""The rule of the levels, its SQL twin, and what stands on the pages of leaders and monitors."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as house
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories as make
from tiendo.work.programmes.models import Assignment, Obligation, Reminder
from tiendo.work.programmes.queries.reminding import to_remind
from tiendo.work.programmes.rules import reminding
from tiendo.work.programmes.rules.reminding import Level, level, schedule_for
from tiendo.work.programmes.rules.standing import DUE_SOON_DAYS, LONG_OVERDUE_DAYS, Facts

pytestmark = pytest.mark.django_db
DAY0 = date(2026, 1, 1)
days = st.integers(-8, 8).map(lambda n: DAY0 + timedelta(days=n))
State = Obligation.State
HOUSE = schedule_for(DAY0)


@pytest.fixture(autouse=True)
def counts_agree() -> None:
    """Here obligations of any history are laid down past the acts."""


@pytest.fixture(autouse=True)
def _as_it_was(settings) -> None:
    """What the test says of the house's settings is taken back at its end."""
    settings.REMIND_ON_DAYS_OFF = False


@pytest.fixture
def lead() -> Assignment:
    make.organisation("Sở A")
    programme = make.programme(make.row("Việc", "Sở A"))
    return programme.tasks.get().assignments.get()


@st.composite
def histories(draw: st.DrawFn) -> dict[str, object]:
    state = draw(st.sampled_from(State.values))
    handed_in = state in {State.SUBMITTED, State.CONFIRMED}
    return {
        "state": state,
        "due": draw(days),
        "submitted_on": draw(days) if handed_in else None,
        "supplement_due": draw(st.none() | days),
        "held_since": draw(days),
    }


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(life=histories(), on=days, told=st.none() | days, same=st.booleans(), days_off=st.booleans())
def test_the_query_finds_what_the_rule_says(lead, life, on, told, same, days_off):
    house.REMIND_ON_DAYS_OFF = days_off
    Reminder.objects.all().delete()
    Obligation.objects.all().delete()
    owed = Obligation.objects.create(
        assignment=lead, task=lead.task, programme=lead.task.programme, organisation=lead.organisation, standing=False,
        period_start=DAY0, period_end=DAY0, first_due=life["due"], confirming=lead.task.programme.confirming,
        raised_at=make.NOW, **life,
    )  # fmt: skip
    if told:  # of this due day, or of one before it was moved
        by = owed.owed_by if same else owed.owed_by - timedelta(days=30)
        Reminder.objects.create(obligation=owed, level="overdue", owed_by=by, on=told, told=1)
    facts = Facts(False, owed.state, owed.due, owed.submitted_on, owed.supplement_due)
    heard = told if told and same else None
    wanted = level(facts, held_since=owed.held_since, on=on, schedule=HOUSE, overdue_told=heard, days_off=days_off)
    if wanted and wanted[0] == Level.OVERDUE and heard:
        wanted = None  # reminded of already
    found = [(one, row.owed) for one in Level for row in to_remind(Obligation.objects.all(), one, on, HOUSE)]
    assert found == ([wanted] if wanted else [])


class TestSchedule:
    def test_it_agrees_with_the_words_of_the_boards(self):
        assert HOUSE.steps[Level.DUE_SOON].days == timedelta(days=DUE_SOON_DAYS)
        assert HOUSE.steps[Level.LONG_OVERDUE].days == timedelta(days=LONG_OVERDUE_DAYS)
        assert f"{HOUSE.at:%H:%M}" == "07:30"
        assert HOUSE.source

    def test_the_newest_in_force_holds(self, monkeypatch):
        from dataclasses import replace

        later = replace(HOUSE, id="later", effective_from=DAY0, effective_to=DAY0)
        monkeypatch.setattr(reminding, "schedules", lambda: (later, HOUSE))
        assert schedule_for(DAY0).id == "later"
        assert schedule_for(DAY0 + timedelta(days=1)) == HOUSE
        with pytest.raises(LookupError):
            schedule_for(date(1980, 1, 1))

    def test_nobody_above_hears_before_the_body(self):
        facts = Facts(False, "open", DAY0)
        at = {"held_since": DAY0, "on": DAY0 + timedelta(days=9), "schedule": HOUSE, "days_off": True}
        told = [level(facts, **at, overdue_told=day)
                for day in (None, DAY0 + timedelta(days=9), DAY0 + timedelta(days=8))]  # fmt: skip
        assert [one and one[0] for one in told] == [Level.OVERDUE, Level.OVERDUE, Level.LONG_OVERDUE]
