"""Plain text to a sheet: lines, blank lines, pages, tables, and offsets that fit."""

import pytest

from vanban.sheet import Line, Sheet, Table
from vanban.source.text import read_text

TABBED = """KẾ HOẠCH

(Kèm theo Kế hoạch số 5-KH/HU)

TT\tViệc\tChủ trì
1\tMở lớp\tTrường Chính trị
2\tSơ kết

TT\tViệc\tChủ trì
\tnăm năm\tVăn phòng
"""


def shape(sheet: Sheet) -> list[str]:
    return [
        f"{len(block.rows)}x{len(block.rows[0].cells)}" if isinstance(block, Table) else block.text
        for block in sheet.blocks
    ]


def check_spans(sheet: Sheet) -> None:
    for block in sheet.blocks:
        if isinstance(block, Line):
            assert sheet.text[block.span.start : block.span.end] == block.text
        else:
            for row in block.rows:
                for cell in row.cells:
                    assert sheet.text[cell.span.start : cell.span.end] == cell.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n\n", []),
        ("một\n\n\n\nhai", ["một", "", "hai"]),
        ("  thụt vào  \n\tthụt vào nữa", ["thụt vào", "thụt vào nữa"]),
        ("1.\tNâng cao\n2.\tMở rộng", ["1. Nâng cao", "2. Mở rộng"]),
        ("SỞ Y TẾ | CỘNG HÒA\nSố: 1/KH-SYT | Huế, ngày 1", ["2x2"]),
        ("| a | b |\n|---|---|\n| c | d |", ["2x2"]),
        ("trước\n|\na\n|\nb\n|\n\nsau", ["trước", "1x2", "", "sau"]),
        (TABBED, ["KẾ HOẠCH", "", "(Kèm theo Kế hoạch số 5-KH/HU)", "", "3x3", "", "2x3", ""]),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    sheet = read_text(text)
    assert shape(sheet) == expected
    check_spans(sheet)


def test_heads_repeated_on_a_page_stay_apart() -> None:
    first, second = read_text(TABBED).tables()
    assert [cell.text for cell in second.rows[0].cells] == [cell.text for cell in first.rows[0].cells]
    assert [cell.text for cell in second.rows[1].cells] == ["", "năm năm", "Văn phòng"]
    assert (first.index, second.index) == (0, 1)


def test_a_row_cut_short_is_filled() -> None:
    table = next(read_text(TABBED).tables())
    assert [cell.text for cell in table.rows[2].cells] == ["2", "Sơ kết", ""]


def test_ragged_rows_between_inline_bars_are_aligned() -> None:
    table = next(read_text("TT | Việc | Hạn\n1 | Mở lớp | 2026\nII | Nhóm hai\n2 | Sơ kết | 2027").tables())
    assert {len(row.cells) for row in table.rows} == {3}
    assert table.rows[2].cells[2].left


def test_pages_are_counted_only_where_they_are_marked() -> None:
    assert read_text("một").pages is None
    sheet = read_text("một\n\fhai\nba")
    assert sheet.pages == 2
    assert [line.span.page for line in sheet.lines() if line.text] == [1, 2, 2]


def test_a_mark_of_level_is_taken_as_one() -> None:
    lines = list(read_text("## QUYẾT ĐỊNH\n#\n#hashtag").lines())
    assert [(line.text, line.level) for line in lines] == [("QUYẾT ĐỊNH", 2), ("", 1), ("#hashtag", None)]


def test_emphasis_in_cells_and_over_lines() -> None:
    sheet = read_text("**T/M HUYỆN ỦY\nBÍ THƯ**\n\n1\t<i>Mở</i> *lớp*\tSở")
    assert [line.text for line in sheet.lines()] == ["T/M HUYỆN ỦY", "BÍ THƯ", ""]
    assert next(sheet.tables()).rows[0].cells[1].text == "Mở lớp"


def test_encoding_is_handed_on() -> None:
    assert read_text("x", encoding="utf-8").encoding == "utf-8"
    assert read_text("x").format == "text"


@pytest.mark.parametrize("piece", ["|\na\n", "a\tb\tc\n", "a\tb\tc\nx\n", "a | b\n", "x\n", "|\n", "*a\n", "a\tb\n\n"])
def test_a_long_run_of_one_piece_loses_no_letter(piece: str) -> None:
    text = read_text(piece * 2_000).text
    assert [text.count(letter) for letter in "abcx"] == [(piece * 2_000).count(letter) for letter in "abcx"]
