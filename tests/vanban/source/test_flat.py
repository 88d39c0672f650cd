"""Rows written on one line each."""

import pytest

from vanban.source.flat import inline_cells, read_flat

HEAD = "TT | Nhiệm vụ | Chủ trì | Phối hợp | Hạn"


def texts(*lines: str) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_flat(lines, 0).rows]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("SỞ Y TẾ | CỘNG HÒA", ["SỞ Y TẾ", "CỘNG HÒA"]),
        ("| 1 | Việc | |", ["1", "Việc", ""]),
        ("|---|:--:|", []),
        ("a|b", None),
        ("không có", None),
        ("|", None),
    ],
)
def test_inline_cells(line: str, expected: list[str] | None) -> None:
    assert inline_cells(line) == expected


def test_cells_missing_at_the_end_are_empty() -> None:
    rows = texts(HEAD, "1 | Đắp đê | Sở A | Sở B | 2026", "2 | Nạo vét | Sở C", "3 | Trồng rừng | Sở A | Sở B")
    assert rows[2] == ["2", "Nạo vét", "Sở C", "", ""]
    assert rows[3] == ["3", "Trồng rừng", "Sở A", "Sở B", ""]


def test_two_rows_on_one_line_are_parted() -> None:
    rows = texts(
        HEAD, "1 | Đắp đê | Sở A | Sở B | 2026 | … | 4 | Nạo vét | Sở C | Sở D | 2027", "5 | Đo | Sở A | B | 2"
    )
    assert [row[0] for row in rows] == ["TT", "1", "…", "4", "5"]
    assert rows[3] == ["4", "Nạo vét", "Sở C", "Sở D", "2027"]


def test_what_stands_behind_the_last_row_is_no_cell() -> None:
    flat = read_flat([HEAD, "1 | Đắp đê | Sở A | Sở B | 2026 | Văn bản liên quan | Tải về", "Địa chỉ: | Phố X"], 0)
    assert len(flat.rows) == 3
    assert flat.tail == ["Văn bản liên quan", "Tải về"]
    assert flat.after == 3


def test_the_title_of_a_part_between_rows() -> None:
    rows = texts(HEAD, "1 | Đắp đê | Sở A | Sở B | 2026", "II. NÔNG NGHIỆP", "2 | Nạo vét | Sở C | Sở D | 2027")
    assert rows[2] == ["II. NÔNG NGHIỆP", "", "", "", ""]


@pytest.mark.parametrize(
    "lines",
    [
        ["| 1 | Đắp đê", "- ở hai xã | Sở A | Sở B | 2026 |"],
        ["1 | Đắp đê", "gồm:", "- ở hai xã | Sở A | Sở B | 2026"],
    ],
)
def test_a_cell_over_several_lines(lines: list[str]) -> None:
    rows = texts(HEAD, "0 | Đo đạc | Sở A | Sở B | 2026", *lines, "2 | Nạo vét | Sở C | Sở D | 2027")
    assert len(rows) == 4
    assert rows[2][1].startswith("Đắp đê\n")
    assert rows[2][2:] == ["Sở A", "Sở B", "2026"]


def test_text_behind_the_table_ends_it() -> None:
    flat = read_flat([HEAD, "1 | Đắp đê | Sở A | Sở B | 2026", "2 | Đo | Sở A", "Ghi chú chung", "", "x | y"], 0)
    assert (len(flat.rows), flat.after, flat.tail) == (3, 3, [])
