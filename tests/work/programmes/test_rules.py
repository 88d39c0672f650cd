"""Standing, answers, confirming bodies: pure decisions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.work.programmes.messages import STANDINGS
from tiendo.work.programmes.rules import Facts, Standing, standing
from tiendo.work.programmes.rules.answers import AnswerFacts, lacks
from tiendo.work.programmes.rules.confirming import confirming_body
from tiendo.work.programmes.rules.standing import DONE, IN_TERM, OVERDUE, REPORTED, WORST_FIRST

DUE = date(2026, 6, 30)


def on(days: int) -> date:
    return DUE + timedelta(days=days)


def stands(days: int, state: str = "open", submitted: int | None = None, *, regular: bool = False) -> Standing:
    facts = Facts(regular, state, DUE, None if submitted is None else on(submitted))
    return standing(facts, on=on(days))


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-4, Standing.IN_TERM),
        (-3, Standing.DUE_SOON),
        (-1, Standing.DUE_SOON),
        (0, Standing.DUE_SOON),
        (1, Standing.OVERDUE),
        (2, Standing.OVERDUE),
        (3, Standing.LONG_OVERDUE),
        (400, Standing.LONG_OVERDUE),
    ],
)
def test_open_work_by_the_day(days, expected):
    assert stands(days) == expected


@pytest.mark.parametrize(
    ("submitted", "waiting", "done"),
    [
        (-9, Standing.AWAITING, Standing.DONE_ON_TIME),
        (0, Standing.AWAITING, Standing.DONE_ON_TIME),
        (1, Standing.AWAITING_LATE, Standing.DONE_LATE),
    ],
)
@pytest.mark.parametrize("later", [1, 5, 90])
def test_late_is_fixed_when_it_was_handed_in(submitted, waiting, done, later):
    assert stands(later, "submitted", submitted) == waiting
    assert stands(later, "confirmed", submitted) == done


@pytest.mark.parametrize(
    ("days", "state", "submitted", "expected"),
    [
        (0, "open", None, Standing.NOT_REPORTED),
        (1, "open", None, Standing.NOT_REPORTED_LATE),
        (9, "submitted", 5, Standing.REPORTED_LATE),
        (9, "confirmed", -5, Standing.REPORTED),
        (9, "confirmed", 0, Standing.REPORTED),
        (9, "confirmed", 1, Standing.REPORTED_LATE),
    ],
)
def test_standing_work_is_reported_or_not_never_done(days, state, submitted, expected):
    assert stands(days, state, submitted, regular=True) == expected


@pytest.mark.parametrize("regular", [True, False])
def test_suspended_and_not_owed_whatever_the_day(regular):
    assert stands(99, "suspended", regular=regular) == Standing.SUSPENDED
    assert stands(99, "not_owed", regular=regular) == Standing.NO_DATA


@given(
    st.booleans(),
    st.sampled_from(["open", "submitted", "confirmed", "suspended", "not_owed"]),
    st.integers(-40, 40),
    st.integers(-40, 40),
)
def test_standing_work_and_work_with_an_end_never_share_a_word(regular, state, days, submitted):
    told = stands(days, state, submitted if state in {"submitted", "confirmed"} else None, regular=regular)
    periodic = {*REPORTED, Standing.NOT_REPORTED, Standing.NOT_REPORTED_LATE}
    if told not in {Standing.SUSPENDED, Standing.NO_DATA}:
        assert (told in periodic) is regular


@given(st.integers(-400, 400))
def test_open_work_only_gets_worse(days):
    assert WORST_FIRST.index(stands(days + 1)) <= WORST_FIRST.index(stands(days))


def test_every_standing_has_its_place_and_its_words():
    assert sorted(WORST_FIRST) == sorted(Standing)
    assert set(STANDINGS) == set(Standing)
    boxes = [*DONE, *IN_TERM, *OVERDUE]
    assert len(boxes) == len(set(boxes)) == 8


def said(**facts: object) -> AnswerFacts:
    base = {"standing": False, "restricted": False, "nothing_arose": False, "text": "", "evidence": 0}
    return AnswerFacts(**{**base, **facts})


@pytest.mark.parametrize(
    ("facts", "what"),
    [
        ({}, "evidence"),
        ({"text": "Đã xong"}, "evidence"),
        ({"evidence": 1}, None),
        ({"nothing_arose": True}, "evidence"),
        ({"standing": True}, "answer"),
        ({"standing": True, "text": "  "}, "answer"),
        ({"standing": True, "text": "Đã làm"}, None),
        ({"standing": True, "evidence": 1}, None),
        ({"standing": True, "nothing_arose": True}, None),
        ({"restricted": True}, "evidence"),
        ({"restricted": True, "text": "x"}, "evidence"),
        ({"restricted": True, "evidence": 1}, None),
        ({"restricted": True, "standing": True}, "evidence"),
        ({"restricted": True, "standing": True, "nothing_arose": True}, None),
    ],
)
def test_what_an_answer_lacks(facts, what):
    assert lacks(said(**facts)) == what


@given(st.integers(1, 9), st.lists(st.one_of(st.none(), st.integers(1, 9)), max_size=6))
def test_the_confirming_body_is_never_the_reporting_one(reporting, candidates):
    body = confirming_body(reporting=reporting, candidates=candidates)
    assert body != reporting
    others = [candidate for candidate in candidates if candidate not in {None, reporting}]
    assert body == (others[0] if others else None)
