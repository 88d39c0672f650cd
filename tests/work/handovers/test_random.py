"""Random successions over random work: nothing is lost, the past is as it was, and undoing puts all back."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import factories as make
from factories import NOW, TODAY, moment
from tiendo.foundation.audit import queries as audit
from tiendo.foundation.organisations.errors import SuccessionInvalidError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import obligations, reports
from tiendo.work.programmes.errors import BuiltOnPassageError
from tiendo.work.programmes.models import Assignment, Obligation, Programme
from tiendo.work.programmes.queries.passing import open_rows
from work.handovers.standing_still import check, owed_then, view
from worlds import office_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
BODIES = 5
NEW = {"merge": 1, "split": 2, "reconstituted": 1}
"""How many bodies each kind of succession makes."""

task = st.tuples(
    st.lists(st.integers(0, BODIES - 1), min_size=1, max_size=3, unique=True),
    st.lists(st.integers(0, BODIES - 1), max_size=2, unique=True),
    st.sampled_from(["date", "continuous", "none"]),
)
step = st.tuples(
    st.sampled_from(["absorb", "merge", "split", "reconstituted", "dissolved", "rename", "acts_through", "report"]),
    st.lists(st.integers(0, 30), min_size=1, max_size=3),
    st.integers(0, 30),
    st.integers(0, 20),
    st.booleans(),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(work=st.lists(task, min_size=1, max_size=5), steps=st.lists(step, min_size=1, max_size=5))
def test_whatever_becomes_of_bodies(work, steps):
    with transaction.atomic():  # each history in an empty house
        _live(work, steps)
        transaction.set_rollback(True)


def _live(work, steps):
    world = office_world()
    names = [make.organisation(f"Sở {letter}", parent=world.root).name for letter in "ABCDE"]
    deadlines = {"date": make.by_date(make.days(40)), "continuous": make.continuous(), "none": None}
    programme = make.programme(
        *(
            make.row(
                f"Việc {n}",
                *(names[i] for i in leads),
                coordinators=[names[i] for i in others],
                deadline=deadlines[kind],
            )
            for n, (leads, others, kind) in enumerate(work)
        ),
        office=world.body,
        by=world.chief,
    )
    for row in Assignment.objects.filter(role="lead").order_by("task", "-position"):
        Assignment.objects.filter(task=row.task_id, focal=True).update(focal=False)
        Assignment.objects.filter(pk=row.pk).update(focal=True)
    named = set(Assignment.objects.filter(role="lead").values_list("task", flat=True))
    registrar = world.who("registrar", world.root)
    first, begun = view(TODAY), owed_then(TODAY)
    day = TODAY
    for kind, who, to, later, back in steps:
        day += timedelta(days=later + 1)
        now = moment(day)
        if kind == "report":
            _report(programme, to, now)
            continue
        before = (view(None), _owed())
        old = _old(day)
        done = _step(kind, who, to, day, registrar, world)
        check(named)
        assert _old(day) <= old, "recording an act makes nobody later than they were"
        assert view(TODAY) == first
        assert [row for row in owed_then(TODAY) if row[0] in {old[0] for old in begun}] == begun
        if done is not None and back:
            try:
                handovers.undo(succession=done, by=registrar, at=now)
            except BuiltOnPassageError:
                continue
            assert (view(None), _owed()) == before
            check(named)
        obligations.raise_due(programme=programme, at=now)
        check(named)
    assert audit.verify() is None


def _old(day) -> Counter[tuple[int, date]]:
    """What was over before this day and is not answered: task and last day of the period, whoever owes it."""
    rows = Obligation.objects.filter(state__in=["open", "suspended"], period_end__lt=day, due__lt=day)
    return Counter(rows.values_list("task", "period_end"))


def _owed():
    return sorted(
        Obligation.objects.exclude(state="not_owed").values_list("task", "organisation", "period_start", "due", "state")
    )


def _step(kind, who, to, day, registrar, world):
    living = list(Organisation.objects.filter(ends=None, kind="department", parent=world.root).order_by("pk"))
    befores = list(dict.fromkeys(living[i % len(living)] for i in who))
    if kind in {"split", "rename"}:
        befores = befores[:1]
    if kind == "merge" and len(befores) < 2:
        return None
    new = {"absorb": 0, "merge": 1, "split": 2, "reconstituted": 1, "dissolved": 0, "rename": 0, "acts_through": 0}[
        kind
    ]
    afters = [make.organisation(parent=world.root) for _ in range(new)]
    if kind in {"absorb", "acts_through"}:
        others = [body for body in living if body not in befores]
        if not others:
            return None
        afters = [others[to % len(others)]]
    more = {"new_name": f"Sở Mới {day:%j}"} if kind == "rename" else {}
    try:
        draft = make.succession(kind, befores, afters, on=day, by=registrar, **more)
    except SuccessionInvalidError as error:
        assert "vòng tròn" in str(error)  # noqa: PT017 (the only thing that may be wrong here)
        return None
    if kind == "split":
        for place, row in enumerate(open_rows([befores[0].pk])):
            heirs = afters if place % 3 == 0 else [afters[place % 2]]
            handovers.choose(succession=draft, assignments=[row.pk], heirs=heirs, by=registrar, at=moment(day))
    return handovers.carry_out(succession=draft, by=registrar, at=moment(day)).succession


def _report(programme: Programme, which: int, now) -> None:
    """Somebody hands one report in, or leaves it a draft."""
    open_now = Obligation.objects.filter(programme=programme, state="open", organisation__ends=None)
    owed = list(open_now.order_by("pk"))
    if not owed:
        return
    one = owed[which % len(owed)]
    if which % 2:
        make.submitted(one, at=now)
    else:
        draft = make.report(one)
        answer = draft.answers.get(obligation=one)
        said = {one.pk: reports.Said(text=f"Đang làm {which}")}
        reports.save(report=draft, answers=said, version=draft.version, by=draft.drafted_by, at=NOW)
        assert answer.obligation_id == one.pk
