"""A secrecy mark alone on a line or in a cell of the first page; never a word in a sentence."""

import unicodedata

import pytest

from vanban.errors import Classified
from vanban.secrecy import check, first_page, is_mark
from vanban.sheet import RawCell, SheetBuilder


def sheet(*lines, pages=()):
    builder = SheetBuilder("text")
    for number, line in enumerate(lines):
        if number < len(pages):
            builder.page(pages[number])
        builder.line(line)
    return builder.build()


def table(*rows):
    builder = SheetBuilder("text")
    builder.table([[RawCell(text) for text in row] for row in rows])
    return builder.build()


def marked(made, margins=()):
    try:
        check(made, margins)
    except Classified:
        return True
    return False


@pytest.mark.parametrize(
    "line",
    [
        "MẬT",
        "TỐI MẬT",
        "TUYỆT MẬT",
        "Mật",
        "Tối mật",
        "Tuyệt Mật",
        "  MẬT  ",
        "M Ậ T",
        "T Ố I  M Ậ T",
        "TỐI\u00a0MẬT",
        "[MẬT]",
        "( Tuyệt mật )",
        "*MẬT*",
        "__MẬT__",
        "“MẬT”",
        "MẬT.",
        "- MẬT -",
        "Độ mật: Mật",
        "ĐỘ MẬT: TỐI MẬT",
        "Dấu chỉ độ mật : MẬT",
        unicodedata.normalize("NFD", "TUYỆT MẬT"),
    ],
)
def test_a_mark(line):
    assert is_mark(line)
    assert marked(sheet("TỈNH ỦY", line, "KẾ HOẠCH"))
    assert marked(sheet("KẾ HOẠCH"), [line])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "mật",
        "bí mật",
        "Bảo vệ bí mật nhà nước",
        "về độ mật",
        "Độ mật:",
        "Độ mật: ......",
        "Độ khẩn: Mật mã",
        "MẬT MÃ",
        "MẶT",
        "MẤT",
        "Mật độ dân số",
        "Tối mật là độ mật cao hơn mật.",
        "THƯỜNG",
        "KHẨN",
    ],
)
def test_no_mark(line):
    assert not is_mark(line)
    assert not marked(sheet("TỈNH ỦY", line, "KẾ HOẠCH"))


def test_a_mark_beside_other_things_on_a_letterhead_line():
    assert marked(sheet("TỈNH ỦY HÀ SƠN\tMẬT"))
    assert marked(sheet("TỈNH ỦY HÀ SƠN        MẬT"))
    assert not marked(sheet("quản lý tài liệu MẬT trong cơ quan"))


def test_a_mark_in_a_cell_or_on_a_line_of_it():
    assert marked(table(["TỈNH ỦY", "ĐẢNG"], ["MẬT", "Hà Sơn"]))
    assert marked(table(["TỈNH ỦY\nMẬT", "ĐẢNG"]))


def test_a_column_that_lists_degrees_is_no_mark():
    assert not marked(table(["TT", "Tài liệu", "Độ mật"], ["1", "Hồ sơ", "Tối mật"]))


def test_a_mark_on_a_later_page_is_not_the_documents():
    assert not marked(sheet("KẾ HOẠCH", "MẬT", pages=(1, 2)))
    assert marked(sheet("KẾ HOẠCH", "MẬT", pages=(1, 1)))


def test_without_pages_the_first_one_has_an_end():
    assert marked(sheet(*["dòng"] * 50, "MẬT"))
    assert not marked(sheet(*["dòng"] * 70, "MẬT"))
    assert not marked(sheet("x" * 7000, "MẬT"))


def test_rows_of_a_table_count_as_lines():
    builder = SheetBuilder("text")
    builder.table([[RawCell("a"), RawCell("b")]] * 70)
    builder.line("MẬT")
    assert not marked(builder.build())


def test_only_the_first_pages_rows_are_looked_at():
    builder = SheetBuilder("docx")
    builder.table([[RawCell("a")], [RawCell("MẬT")]], pages=(1, 2))
    assert list(first_page(builder.build())) == ["a"]


def test_the_refusal_says_what_happens_to_such_files():
    with pytest.raises(Classified) as caught:
        check(sheet("MẬT"))
    assert "không được lưu giữ" in caught.value.message
