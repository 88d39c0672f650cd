"""The digest: the same for the same facts, different for any other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.foundation.audit.rules import digest

AT = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
FACTS = {
    "sequence": 1,
    "at": AT,
    "actor": "user:1",
    "verb": "a.b.c",
    "subject": "a.b:1",
    "office": "/1/",
    "data": {"n": 1},
    "previous": "",
}


def test_it_is_a_sha256():
    assert len(digest(**FACTS)) == 64
    assert set(digest(**FACTS)) <= set("0123456789abcdef")


def test_the_same_moment_in_another_zone_is_the_same():
    vietnam = AT.astimezone(timezone(timedelta(hours=7)))
    assert digest(**FACTS) == digest(**{**FACTS, "at": vietnam})


def test_the_order_of_data_does_not_matter():
    one, other = {"a": 1, "b": {"c": 2, "d": 3}}, {"b": {"d": 3, "c": 2}, "a": 1}
    assert digest(**{**FACTS, "data": one}) == digest(**{**FACTS, "data": other})


@pytest.mark.parametrize("field", sorted(FACTS))
def test_every_field_counts(field):
    other = {"sequence": 2, "at": AT + timedelta(microseconds=1), "data": {"n": 2}}.get(field, "khác")
    assert digest(**FACTS) != digest(**{**FACTS, field: other})


@given(st.lists(st.text(max_size=5), min_size=2, max_size=2), st.lists(st.text(max_size=5), min_size=2, max_size=2))
def test_a_letter_does_not_slip_from_one_field_to_the_next(one, other):
    same = digest(**{**FACTS, "actor": one[0], "verb": one[1]}) == digest(
        **{**FACTS, "actor": other[0], "verb": other[1]}
    )
    assert same == (one == other)
