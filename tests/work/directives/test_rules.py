"""Pure decisions about documents and rows."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiendo.work.directives.rules import (
    DEADLINE_KINDS,
    DeadlineFields,
    clean_name,
    deadline_problem,
    identity,
    missing,
    parties_from_lines,
)
from vanban import model

ON = date(2018, 1, 10)
WORK = {"kind": "Chỉ thị", "symbol": "18-CT/TW", "issuer": "Ban Bí thư", "issued_on": ON, "term": None, "title": None}


def same(**other: object) -> bool:
    return identity(**WORK) == identity(**{**WORK, **other})


def test_a_symbol_is_not_an_identity():
    assert not same(issued_on=date(2022, 10, 26))
    assert not same(kind="Kết luận")
    assert not same(symbol="19-CT/TW")


def test_a_dated_work_is_itself_whatever_its_issuer_is_called():
    assert same(issuer="Ban Bí thư Trung ương Đảng")
    assert same(issuer=None)
    assert same(title="Về bảo đảm trật tự")
    assert same(term="XII")


def test_without_a_date_term_and_issuer_tell_works_apart():
    undated = {**WORK, "issued_on": None, "symbol": "25-NQ/TW"}
    assert identity(**{**undated, "term": "IX"}) != identity(**{**undated, "term": "X"})
    assert identity(**{**undated, "issuer": "Tỉnh ủy"}) != identity(**undated)
    assert identity(**{**undated, "term": "X"}) == identity(**{**undated, "term": "x"})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("18-CT/TW", "18-ct/tw"),
        ("Uỷ ban", "Ủy ban"),
        ("Luật Hoà giải", "luật  hòa giải"),
        ("Đề án", unicodedata.normalize("NFD", "Đề án")),
    ],
)
def test_spelling_does_not_make_another_work(one, other):
    base = {**WORK, "issued_on": None}
    assert identity(**{**base, "symbol": one}) == identity(**{**base, "symbol": other})
    assert identity(**{**base, "symbol": None, "title": one}) == identity(**{**base, "symbol": None, "title": other})


@given(st.text(max_size=900))
def test_an_identity_fits_its_column(title):
    assert len(identity(kind=None, symbol=None, issuer=None, issued_on=None, term=None, title=title)) <= 500


@pytest.mark.parametrize("kind", sorted(set(DEADLINE_KINDS) - {"date", "period"}))
def test_other_deadlines_need_no_day(kind):
    assert deadline_problem(DeadlineFields(kind)) is None


@pytest.mark.parametrize(
    ("deadline", "told"),
    [
        (DeadlineFields(""), "loại thời hạn"),
        (DeadlineFields("date"), "ngày phải hoàn thành"),
        (DeadlineFields("date", start=ON), "ngày phải hoàn thành"),
        (DeadlineFields("period", end=ON), "ngày bắt đầu"),
        (DeadlineFields("period", start=date(2018, 1, 11), end=ON), "sau ngày kết thúc"),
        (DeadlineFields("recurring", every="tuan"), "chu kỳ"),
        (DeadlineFields("date", end=ON), None),
        (DeadlineFields("period", start=ON, end=ON), None),
        (DeadlineFields("recurring", every="quarter"), None),
        (DeadlineFields("recurring"), None),
    ],
)
def test_what_is_wrong_with_a_deadline(deadline, told):
    found = deadline_problem(deadline)
    assert found is None if told is None else told in found


def test_the_house_knows_every_deadline_the_reader_gives():
    from typing import get_args

    assert set(DEADLINE_KINDS) == set(get_args(model.DeadlineKind))


@pytest.mark.parametrize(
    ("content", "leads", "lacks"),
    [("x", [{"name": "A"}], None), (" ", [{"name": "A"}], "nội dung"), ("x", [], "chủ trì"), ("", [], "nội dung")],
)
def test_what_a_row_lacks(content, leads, lacks):
    found = missing(content=content, leads=leads)
    assert found is None if lacks is None else lacks in found


def test_parties_one_to_a_line():
    known = [{"name": "Sở A", "group": False}, {"name": "Hội nhóm", "group": True}]
    lines = "Sở A\n\n  Sở   B \r\nHội nhóm\nSở A\ncác cơ quan, đơn vị liên quan"
    found = parties_from_lines(lines, known=known)
    assert [party["name"] for party in found] == ["Sở A", "Sở B", "Hội nhóm", "các cơ quan, đơn vị liên quan"]
    assert [party["group"] for party in found] == [False, False, True, True]
    assert parties_from_lines(" \n", known=known) == []


@given(st.text(max_size=400))
def test_a_clean_name_is_never_a_path(name):
    clean = clean_name(name)
    assert 1 <= len(clean) <= 255
    assert not set(clean) & {"/", "\\", "\0", "\n"}
    assert clean_name(clean) == clean
    assert clean.encode()
