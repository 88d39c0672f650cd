"""Rows that came without their merged cells find their columns again."""

from __future__ import annotations

import pytest

from duty_tables import cell, sheet
from vanban.duties.cells import fit
from vanban.duties.columns import Columns
from vanban.sheet import Cell, Row, Table

WIDE: Columns = ("number", "content", "lead", "coordinator", "deadline", "product")
LATE: Columns = ("number", "lead", "coordinator", "category", "content", "product", "deadline")


def row(*texts: str, width: int) -> Row:
    page = sheet([[*texts, *[""] * (width - len(texts))]])
    table = page.blocks[0]
    assert isinstance(table, Table)
    return table.rows[0]


def shown(cells: list[Cell]) -> list[str]:
    return ["^" if item.above else item.text for item in cells]


@pytest.mark.parametrize(
    ("columns", "texts", "expected"),
    [
        (
            WIDE,
            ("Lắp camera tại trường.", "Công an tỉnh"),
            ["^", "Lắp camera tại trường.", "Công an tỉnh", "^", "^", "^"],
        ),
        (
            WIDE,
            ("Lắp camera.", "Sở Y tế", "Sở Nội vụ", "2027"),
            ["^", "Lắp camera.", "Sở Y tế", "Sở Nội vụ", "2027", "^"],
        ),
        (
            LATE,
            ("- Lập bản đồ ngập.", "Bản đồ được duyệt", "Quý II/2027"),
            ["^", "^", "^", "^", "- Lập bản đồ ngập.", "Bản đồ được duyệt", "Quý II/2027"],
        ),
        (
            LATE,
            ("Các sở, ngành", "Việc chung", "- Lập bản đồ.", "Bản đồ", "2027"),
            ["^", "^", "Các sở, ngành", "Việc chung", "- Lập bản đồ.", "Bản đồ", "2027"],
        ),
        (WIDE, ("Sở Y tế", "Các cơ quan liên quan"), ["^", "^", "Sở Y tế", "Các cơ quan liên quan", "^", "^"]),
    ],
)
def test_cells_go_under_the_columns_they_look_like(
    columns: Columns, texts: tuple[str, ...], expected: list[str]
) -> None:
    assert shown(list(fit(row(*texts, width=len(columns)).cells, columns))) == expected


@pytest.mark.parametrize(
    "texts",
    [
        ("1", "Lắp camera.", "Công an tỉnh", "", "2027"),
        ("1.2.", "Lắp camera.", "Công an tỉnh"),
        ("", "Lắp camera.", "Công an tỉnh"),
        ("Lắp camera.",),
        ("-", "Lắp camera."),
        ("Lắp camera", "a", "b", "c", "d", "e"),
    ],
)
def test_a_row_that_stands_right_or_is_full_stays(texts: tuple[str, ...]) -> None:
    cells = row(*texts, width=len(WIDE)).cells
    assert fit(cells, WIDE) is cells


def test_a_row_with_merges_of_its_own_stays() -> None:
    assert cell("^").above
    page = sheet([["Lắp camera.", "^", "Sở Y tế", "", "", ""]])
    table = page.blocks[0]
    assert isinstance(table, Table)
    cells = table.rows[0].cells
    assert fit(cells, WIDE) is cells


def test_a_table_without_a_number_column_stays() -> None:
    columns: Columns = ("content", "lead", "deadline")
    cells = row("Lắp camera.", "Sở Y tế", width=3).cells
    assert fit(cells, columns) is cells
