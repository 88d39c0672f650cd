"""Confirmed rows of two documents beside each other."""

from __future__ import annotations

import pytest

import factories as make
from factories import by_date, days, row
from tiendo.work.directives.comparing import differences

pytestmark = pytest.mark.django_db


def rows(*duties: object) -> list:
    return list(make.approved(make.machine(*duties)).duties.all())


def test_a_row_is_known_by_its_words_wherever_it_stands():
    before = rows(row("Xây dựng kế hoạch", "Sở A"), row("Tuyên truyền", "Sở B"))
    after = rows(row("Tuyên truyền", "Sở B"), row("Xây dựng kế hoạch", "Sở A", deadline=by_date(days(9))))
    (found,) = differences(before, after)
    assert (found.before, found.after, found.fields) == (before[0], after[1], ("deadline",))


def test_the_row_counts_as_a_person_corrected_it():
    before = rows(row("Xây dựng kế hoạch", "Sở A"))
    after = rows(row("Xây dựng kê hoach", "Sở A"))
    after[0].content = "Xây dựng kế hoạch"
    after[0].origin = "hand"
    assert differences(before, after) == []


def test_what_is_new_and_what_is_gone():
    before, after = rows(row("Khám sức khỏe", "Sở Y tế")), rows(row("Trồng rừng phòng hộ", "Sở Nông nghiệp"))
    found = {(one.before, one.after) for one in differences(before, after)}
    assert found == {(before[0], None), (None, after[0])}
