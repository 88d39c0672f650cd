"""Rows parted by tabs."""

import pytest

from vanban.source.tabs import is_row, read_rows


def texts(lines: list[str]) -> tuple[list[list[str]], int]:
    rows, after = read_rows(lines, 0)
    return [[cell.text for cell in row] for row in rows], after


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TT\tNội dung\tHạn", True),
        ("\tphần còn lại\t", True),
        ("Số: 3/KH-UBND\tThành phố V, ngày 2 tháng 3", True),
        ("1.\tNâng cao nhận thức", False),
        ("a)\tRà soát văn bản", False),
        ("-\tCác sở", False),
        ("Điều 4.\tHiệu lực", False),
        ("\tCăn cứ Luật Đất đai", False),
        ("không có gì", False),
        ("\t\t", False),
    ],
)
def test_is_row(line: str, expected: bool) -> None:
    assert is_row(line) is expected


def test_a_run_of_rows() -> None:
    assert texts(["TT\tViệc\tHạn", "1\tĐào giếng\tQuý II", "", "sau"]) == (
        [["TT", "Việc", "Hạn"], ["1", "Đào giếng", "Quý II"]],
        2,
    )


def test_a_cell_broken_over_lines_stays_in_its_row() -> None:
    rows, after = texts(["TT\tViệc\tHạn", "1\tĐào giếng", "ở ba thôn\tQuý II", "2\tTrồng cây\tQuý III"])
    assert rows[1] == ["1", "Đào giếng\nở ba thôn", "Quý II"]
    assert rows[2][0] == "2"
    assert after == 4


def test_the_last_cell_broken_over_lines() -> None:
    rows, after = texts(["TT\tViệc\tHạn", "1\tĐào giếng\ttrước ngày", "30 tháng 6", "2\tTrồng cây\tQuý III"])
    assert len(rows) == 4
    rows, after = texts(["TT\tViệc\tHạn", "1\tĐào giếng\ttrước khi", "mưa xuống", "2\tTrồng cây\tQuý III"])
    assert rows[1][2] == "trước khi\nmưa xuống"
    rows, after = texts(["TT\tViệc\tHạn", "1\tĐào giếng\ttrước khi", "mưa xuống"])
    assert rows[1][2] == "trước khi\nmưa xuống"
    assert after == 3


def test_a_title_between_rows_spans_them() -> None:
    rows, _ = read_rows(["1\tViệc\tHạn", "II. NÔNG NGHIỆP", "2\tTrồng cây\tQuý III"], 0)
    assert [cell.text for cell in rows[1]] == ["II. NÔNG NGHIỆP", "", ""]
    assert [cell.left for cell in rows[1]] == [False, True, True]


def test_text_behind_the_table_is_left_alone() -> None:
    assert texts(["1\tViệc\tHạn", "Tổ chức thực hiện"])[1] == 1


def test_another_layout_is_another_table() -> None:
    assert texts(["a\tb", "c\td\te\tf"])[1] == 1


def test_empty_cells_keep_their_place() -> None:
    assert texts(["4\tGiám sát\t\tSở Y tế\t"])[0] == [["4", "Giám sát", "", "Sở Y tế", ""]]
