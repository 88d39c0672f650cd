"""Obligations change through one door: what stood before is kept as a turn, and the cube agrees at every step."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

import factories as make
import tiendo
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import programmes, reports
from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.models import Obligation, Tally, Turn
from tiendo.work.programmes.queries import standing as counted
from tiendo.work.programmes.queries import tally
from tiendo.work.programmes.rules.standing import Facts, standing
from tiendo.work.programmes.rules.tally import STATES, cell, digest, standing_of

DAY = make.TODAY
days = st.integers(-40, 40).map(lambda n: DAY + timedelta(days=n))
facts = st.builds(
    Facts,
    standing=st.booleans(),
    state=st.sampled_from(["open", "submitted", "confirmed", "suspended", "not_owed"]),
    due=days,
    submitted_on=days,
    supplement_due=st.none() | days,
    supplemented_on=st.none() | days,
)


@given(facts, days)
def test_a_cell_stands_as_each_obligation_in_it_on_any_day(one, on):
    state, due = cell(one)
    assert state in STATES
    assert standing_of(work_stands=one.standing, state=state, due=due, on=on) == standing(one, on=on)


def test_a_digest_tells_figures_apart():
    cells = [[1, "lead", False, "open", "2026-03-01", 3]]
    first = digest(programme="08-CTr/TU", as_of=DAY, cells=cells)
    assert first == digest(programme="08-CTr/TU", as_of=DAY, cells=[tuple(cells[0])])
    others = [("09-CTr/TU", DAY, cells), ("08-CTr/TU", DAY + timedelta(days=1), cells), ("08-CTr/TU", DAY, [])]
    assert first not in {digest(programme=name, as_of=day, cells=some) for name, day, some in others}


def agree():
    assert list(tally.differences()) == []


def turns():
    rows = Turn.objects.order_by("pk").values_list("state", "since", "until")
    return [(state, (since - DAY).days, (until - DAY).days) for state, since, until in rows]


@pytest.mark.django_db
def test_each_step_leaves_a_turn_and_the_cube_follows():
    owed = make.obligation()
    agree()
    report = make.submitted(owed, at=make.moment(DAY + timedelta(days=4)))
    agree()
    head = make.person("head", report.confirming)
    reports.ask_more(report=report, seen_round=1, reason="Thiếu.", by=head, at=make.moment(DAY + timedelta(days=9)))
    agree()
    report = make.resubmitted(report, at=make.moment(DAY + timedelta(days=11)))
    reports.confirm(report=report, seen_round=2, by=head, at=make.moment(DAY + timedelta(days=12)))
    agree()
    assert turns() == [("open", 0, 4), ("submitted", 4, 9), ("open", 9, 11), ("submitted", 11, 12)]
    owed.refresh_from_db()
    assert owed.held_since == DAY + timedelta(days=12)


@pytest.mark.django_db
def test_what_began_and_ended_on_one_day_is_no_turn():
    make.submitted()
    assert turns() == []
    agree()


@pytest.mark.django_db
def test_a_hand_over_ends_a_turn_and_undoing_it_leaves_none(office):
    charged = make.row("Việc", office.science.name, deadline=make.by_date(make.days(60)))
    owed = make.programme(charged, office=office.body).obligations.get()
    later, registrar = DAY + timedelta(days=30), office.who("registrar", office.root)
    draft = make.succession("absorb", [office.science], [office.health], on=later, by=registrar)
    handovers.carry_out(succession=draft, by=registrar, at=make.moment(later))
    agree()
    assert turns() == [("open", 0, 30)]
    assert Turn.objects.get().organisation == owed.organisation
    handovers.undo(succession=draft, by=registrar, at=make.moment(later + timedelta(days=5)))
    agree()
    assert turns() == []
    owed.refresh_from_db()
    assert owed.held_since == DAY


@pytest.mark.django_db
def test_withdrawn_work_is_counted_no_longer():
    owed = make.obligation()
    programme = owed.programme
    settings = {"confirming": programme.confirming, "monitor": None, "standing_every": "half"}
    by = make.person("office_head", programme.office)
    later = DAY - timedelta(days=30)
    programmes.change(programme=programme, **settings, tracked_from=later, by=by, at=make.NOW)
    agree()
    assert sum(tally.kept().values()) == Obligation.objects.count() == 1


@pytest.mark.django_db
def test_boards_from_the_cube_are_boards_counted():
    make.submitted()
    for on in (DAY - timedelta(days=90), DAY, DAY + timedelta(days=90)):
        assert tally.counts(Tally.objects.all(), on) == counted.counts(Obligation.objects.all(), on)


@pytest.mark.django_db
def test_the_door_costs_a_fixed_number_of_queries(django_assert_num_queries):
    make.organisation("Sở A")
    rows = make.programme(*(make.row(f"Việc {n}", "Sở A", deadline=make.by_date(make.days(60))) for n in range(20)))
    assert rows.tasks.count() == 20
    keys = list(Obligation.objects.values_list("pk", flat=True))
    with django_assert_num_queries(2), ledger.kept(keys, on=DAY):
        assert connection.in_atomic_block


WRITERS = re.compile(r"(?:Obligation\.objects|obligations\(\w+\)|owed)\S*\.(?:update|bulk_update|bulk_create|delete)\(")
OPENED = re.compile(r"ledger\.(?:kept|entered)\(")


def test_no_act_writes_obligations_beside_the_door():
    """A look at the words, file by file: where obligations are written, the ledger is told."""
    acts_ = Path(tiendo.__file__).parent.glob("work/*/actions/**/*.py")
    texts = {path.name: path.read_text(encoding="utf-8") for path in acts_ if path.name != "ledger.py"}
    writing = {name for name, text in texts.items() if WRITERS.search(text)}
    assert writing
    assert {name for name in writing if not OPENED.search(texts[name])} == set()
