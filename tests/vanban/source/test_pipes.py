"""Rows between bars, over many lines."""

import pytest

from vanban.source.pipes import is_bar, read_bars


def bars(*rows: list[str]) -> list[str]:
    """The layout of portals: a bar before the row, between cells, and behind it; an empty cell has no line."""
    lines: list[str] = []
    for row in rows:
        lines.append("|")
        for cell in row:
            lines += [*([cell] if cell else []), "|"]
    return [part for line in lines for part in line.split("\n")]


def read(lines: list[str]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in read_bars(lines, 0)[0]]


HEAD = ["TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Hạn"]


def test_whole_rows() -> None:
    rows = [HEAD, ["1", "Lập bản đồ\nsố", "Sở A", "Sở B", "2026"], ["2", "Đo đạc", "Sở C", "Sở A", "2027"]]
    assert read([*bars(*rows), "", "Sau bảng"]) == rows


@pytest.mark.parametrize(
    "row",
    [
        ["2", "Đo đạc", "", "Sở B", "2027"],
        ["2", "Đo đạc", "Sở A", "Sở B", ""],
        ["2", "Đo đạc", "Sở A", "", ""],
        ["2", "Đo đạc", "Sở A", "", "2027"],
        ["", "Đo đạc", "Sở A", "Sở B", "2027"],
    ],
)
def test_empty_cells(row: list[str]) -> None:
    rows = [HEAD, ["1", "Lập bản đồ", "Sở A", "Sở B", "2026"], row, ["3", "Nghiệm thu", "Sở B", "Sở C", "2028"]]
    assert read([*bars(*rows), ""]) == rows


def test_a_title_over_the_columns() -> None:
    grid, _ = read_bars([*bars(HEAD, ["I", "NHÓM VIỆC ĐẦU"], ["1", "Lập bản đồ", "Sở A", "Sở B", "2026"]), ""], 0)
    assert [cell.text for cell in grid[1]] == ["I", "NHÓM VIỆC ĐẦU", "", "", ""]
    assert [cell.left for cell in grid[1]] == [False, False, True, True, True]
    assert [cell.text for cell in grid[2]][4] == "2026"


def test_a_row_beside_cells_that_reach_down() -> None:
    full = ["1", "Lập bản đồ", "Sở A", "Sở B", "Năm 2026"]
    grid, _ = read_bars([*bars(HEAD, full, ["Sở C", "Năm 2027"], ["2", "Đo đạc", "Sở A", "Sở B", "Năm 2028"]), ""], 0)
    assert [cell.text for cell in grid[2]] == ["", "", "", "Sở C", "Năm 2027"]
    assert [cell.above for cell in grid[2]] == [True, True, True, False, False]


@pytest.mark.parametrize(
    "behind", ["PHỤ LỤC II", "QUYẾT ĐỊNH", "# Tóm tắt", "Căn cứ Luật Đất đai;", "Điều 1. Ban hành"]
)
def test_text_right_behind_the_table(behind: str) -> None:
    lines = [*bars(["Nơi nhận:\n- Như trên;", "TM. ỦY BAN NHÂN DÂN"]), behind, "DANH MỤC", *bars(HEAD), ""]
    grid, after = read_bars(lines, 0)
    assert len(grid) == 1
    assert lines[after] == behind


def test_text_between_two_tables_without_a_sign() -> None:
    one = ["1", "Lập bản đồ", "Sở A", "Sở B", "2026"]
    lines = [*bars(HEAD, one, one), "Quy trình thứ hai,\nlàm như sau,\nba dòng", *bars(HEAD, one)[0:], ""]
    lines = [part for line in lines for part in line.split("\n")]
    grid, after = read_bars(lines, 0)
    assert [[cell.text for cell in row] for row in grid] == [HEAD, one, one]
    assert lines[after] == "Quy trình thứ hai,"


def test_a_long_row_is_cut_behind_a_whole_one() -> None:
    one = ["1", "Lập bản đồ", "Sở A", "Sở B", "2026"]
    lines = [*bars(HEAD, one), *bars(["2", "Đo đạc", "Sở A", "Sở B", "2027", "…", "7", "Nghiệm thu"]), ""]
    assert read(lines)[-1] == ["2", "Đo đạc", "Sở A", "Sở B", "2027"]


def test_only_bars() -> None:
    assert read_bars(["|", "|", "|"], 0)[1] == 3


def test_a_text_that_no_bar_closes_is_no_cell() -> None:
    grid, after = read_bars([*bars(["a", "b"]), "", "c"], 0)
    assert (len(grid), after) == (1, 5)
    assert read_bars(["|", "a", "|", "b"], 0)[1] == 3


def test_is_bar() -> None:
    assert is_bar(" | ")
    assert not is_bar("||")
