"""What a body owed before it was split is one debt; from then on each heir owes its own."""

from __future__ import annotations

from collections import Counter

import pytest

import factories as make
from factories import TODAY, days, moment
from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import obligations, reports
from tiendo.work.programmes.models import Assignment, Obligation, Programme
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db
SPLIT = days(120)
"""Two periods and a date lie before it."""


@pytest.fixture
def programme(office: Office) -> Programme:
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)), number="1"),
        make.row("Tuyên truyền", SCIENCE, deadline=make.continuous(), number="2"),
        make.row("Tổng kết", SCIENCE, deadline=make.by_date(days(200)), number="3"),
        office=office.body,
        standing_every="quarter",
        by=office.chief,
    )


@pytest.fixture
def heirs(programme, office: Office) -> list[Organisation]:
    obligations.raise_due(programme=programme, at=moment(days(119)))
    return [make.organisation(name, parent=office.root) for name in ("Xã Lạc Sơn", "Xã Suối Mơ")]


def split(office: Office, heirs, *, at=None) -> Succession:
    draft = make.succession("split", [office.science], heirs, on=SPLIT)
    by, at = draft.drafted_by, at or moment(SPLIT)
    rows = list(Assignment.objects.on(None).filter(organisation=office.science).values_list("pk", flat=True))
    handovers.choose(succession=draft, assignments=rows, heirs=heirs, by=by, at=at)
    return handovers.carry_out(succession=draft, by=by, at=at).succession


def owed(number: str, body: Organisation | None = None) -> list[Obligation]:
    rows = Obligation.objects.exclude(state="not_owed").filter(task__number=number).order_by("due")
    return list(rows.filter(organisation=body) if body else rows)


def over() -> int:
    """What was to be answered before the split."""
    return Obligation.objects.filter(state="open", due__lt=SPLIT).count()


def test_old_debts_go_to_the_first_heir_alone(programme, office, heirs):
    before, first, other = over(), *heirs
    assert before >= 2
    split(office, heirs)
    assert over() == before, "recording an act makes nothing late"
    assert [len(owed("1", body)) for body in heirs] == [1, 0]
    assert {one.organisation for one in owed("2") if one.period_end < SPLIT} == {first}
    assert [one.period_start <= SPLIT <= one.period_end for one in owed("2", other)] == [True]


def test_from_then_on_each_owes_its_own(programme, office, heirs):
    split(office, heirs)
    assert [len(owed("3", body)) for body in heirs] == [1, 1]
    obligations.raise_due(programme=programme, at=moment(days(230)))
    later = Counter(one.organisation for one in owed("2") if one.period_end >= SPLIT)
    assert set(later) == set(heirs)
    assert len(set(later.values())) == 1


def test_the_daily_round_asks_for_no_old_debt_again(programme, office, heirs):
    split(office, heirs)
    before = over()
    for day in (SPLIT, days(121), days(230)):
        obligations.raise_due(programme=programme, at=moment(day))
        assert over() == before
        assert owed("1", heirs[1]) == []
    obligations.raise_everywhere(at=moment(days(231)))
    assert over() == before


def test_what_the_first_heir_handed_in_is_asked_of_nobody(programme, office, heirs):
    split(office, heirs)
    make.submitted(owed("1", heirs[0])[0], at=moment(days(125)))
    obligations.raise_due(programme=programme, at=moment(days(126)))
    assert [one.organisation for one in owed("1")] == heirs[:1]


def test_an_old_report_that_is_sent_back_later_comes_to_the_first_heir_alone(programme, office, heirs):
    sent = make.submitted(owed("1")[0], at=moment(days(100)))
    split(office, heirs)
    head = office.who("head", office.body)
    reports.ask_more(report=sent, reason="Thiếu phụ lục", seen_round=1, by=head, at=moment(days(130)))
    assert [one.organisation for one in owed("1")] == heirs[:1]


def test_undone_all_is_as_it_was(programme, office, heirs):
    before = sorted(Obligation.objects.values_list("task", "organisation", "period_start", "due", "state"))
    done = split(office, heirs)
    handovers.undo(succession=done, by=done.drafted_by, at=moment(days(121)))
    assert sorted(Obligation.objects.values_list("task", "organisation", "period_start", "due", "state")) == before
    assert TODAY < SPLIT
