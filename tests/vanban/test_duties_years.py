"""Columns that are a year each, and heads in two rows whose source says little of its cells."""

from __future__ import annotations

from datetime import date

import pytest

import vanban
from vanban.model import Duty


def rows(*lines: str) -> list[Duty]:
    text = "\n".join(("KẾ HOẠCH", "Nâng cấp bến đò", "", *lines))
    return list(vanban.read(text.encode()).duties)


def test_a_mark_under_a_year_is_the_time() -> None:
    found = rows(
        "STT\tNhiệm vụ\tĐơn vị chủ trì\t2026\tNăm 2027\t2028",
        "1\tSơn lại phao tiêu\tSở Xây dựng\tx\tX\t",
        "2\tThay cọc bến\tSở Xây dựng\t\t\t✓",
        "3\tĐếm lượt khách\tSở Nội vụ\tx\t\tx",
        "4\tSửa mái che\tSở Nội vụ\t\t\t",
    )
    assert [duty.deadline_text for duty in found] == ["2026 - 2027", "2028", "2026, 2028", ""]
    assert found[0].deadline.end == date(2027, 12, 31)
    assert found[1].deadline.end == date(2028, 12, 31)


def test_a_column_that_says_when_comes_first() -> None:
    (duty,) = rows(
        "STT\tNhiệm vụ\tĐơn vị chủ trì\tThời hạn\t2026\t2027",
        "1\tSơn lại phao tiêu\tSở Xây dựng\tQuý I/2026\tx\tx",
    )
    assert duty.deadline_text == "Quý I/2026"


def test_figures_under_years_are_no_marks() -> None:
    (duty,) = rows("STT\tNhiệm vụ\tĐơn vị chủ trì\t2026\t2027", "1\tSơn lại phao tiêu\tSở Xây dựng\t120\t150")
    assert duty.deadline_text == ""


@pytest.mark.parametrize(
    "head",
    [
        ("STT\tNội dung\tThời gian thực hiện\t\tCơ quan thực hiện\t", "\t\tBắt đầu\tHoàn thành\tChủ trì\tPhối hợp"),
        ("STT\tNội dung\tThời gian\tThời gian\tCơ quan\tCơ quan", "\t\tBắt đầu\tHoàn thành\tChủ trì\tPhối hợp"),
    ],
)
def test_two_heads_may_be_divided(head: tuple[str, str]) -> None:
    (duty,) = rows(*head, "1\tSơn lại phao tiêu\t01/2026\t6/2026\tSở Xây dựng\tUBND các xã")
    assert (duty.lead_text, duty.coordinator_text, duty.deadline_text) == (
        "Sở Xây dựng",
        "UBND các xã",
        "01/2026 - 6/2026",
    )


def test_years_may_stand_in_the_second_row() -> None:
    found = rows(
        "STT\tNhiệm vụ\tĐơn vị chủ trì\tLộ trình\t",
        "\t\t\t2026\t2027",
        "1\tSơn lại phao tiêu\tSở Xây dựng\t\tx",
    )
    assert [duty.deadline_text for duty in found] == ["2027"]


def test_a_second_row_of_nothing_but_the_divided_cells() -> None:
    found = rows(
        "STT\tNội dung\tPhân công thực hiện\tThời gian hoàn thành",
        "Chủ trì\tPhối hợp",
        "1\tSơn lại phao tiêu\tSở Xây dựng\tUBND các xã\t6/2026",
        "2\tThay cọc bến\tSở Nội vụ\tCác thôn\t9/2026",
    )
    assert [(duty.lead_text, duty.coordinator_text) for duty in found] == [
        ("Sở Xây dựng", "UBND các xã"),
        ("Sở Nội vụ", "Các thôn"),
    ]
