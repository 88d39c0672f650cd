"""Printed pages to a sheet: made by hand, word by word and line by line."""

import pytest

from vanban import duties as stations
from vanban.model import Heading, Outline
from vanban.sheet import SheetBuilder
from vanban.source.paper.layout import lay
from vanban.source.paper.page import Box, Page, Rule, Word

WIDTH, HEIGHT = 595.0, 842.0
LETTER, LINE = 6.0, 14.0


def line(text, left, top, *, bold=False):
    """Words of one line, six points a letter."""
    found, at = [], left
    for word in text.split():
        right = at + LETTER * len(word)
        found.append(Word(word, Box(at, top, right, top + 11), bold=bold))
        at = right + LETTER
    return found


def centred(text, top, middle=WIDTH / 2):
    width = sum(LETTER * (len(word) + 1) for word in text.split()) - LETTER
    return line(text, middle - width / 2, top)


def table(rows, top, columns, heights=LINE * 2, *, skip=()):
    """Words and rules of a ruled table. `skip`: (row, column) of cells without a line above them."""
    words, rules = [], []
    bottom = top + heights * len(rows)
    for number, row in enumerate(rows):
        at = top + number * heights
        for column, text in enumerate(row):
            if (number, column) not in skip:
                rules.append(Rule(across=True, at=at, start=columns[column], end=columns[column + 1]))
            for step, part in enumerate(text.split("\n")):
                words += line(part, columns[column] + 3, at + 2 + step * 12)
    rules.append(Rule(across=True, at=bottom, start=columns[0], end=columns[-1]))
    rules += [Rule(across=False, at=x, start=top, end=bottom) for x in columns]
    return words, rules


def page(number, *parts, rules=()):
    return Page(number, WIDTH, HEIGHT, tuple(word for part in parts for word in part), tuple(rules))


def laid(*pages):
    builder = SheetBuilder("pdf")
    margins = lay(pages, builder)
    return builder.build(), margins


def grids(sheet):
    return [[[c.text + "^" * c.above + "<" * c.left for c in row.cells] for row in t.rows] for t in sheet.tables()]


COLUMNS = (60.0, 100.0, 300.0, 420.0, 540.0)
HEAD = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"]


def test_a_ruled_table():
    rows = [HEAD, ["1", "Lập hồ sơ\nđất đai", "Sở Y tế", "Quý I/2026"]]
    sheet, _ = laid(page(1, *[table(rows, 100, COLUMNS)[0]], rules=table(rows, 100, COLUMNS)[1]))
    assert grids(sheet) == [[HEAD, ["1", "Lập hồ sơ đất đai", "Sở Y tế", "Quý I/2026"]]]


def test_merged_cells():
    rows = [HEAD, ["1", "Lập hồ sơ", "Sở Y tế", "Năm 2026"], ["2", "Mở lớp", "", "Năm 2027"]]
    words, rules = table(rows, 100, COLUMNS, skip={(2, 2)})
    sheet, _ = laid(page(1, words, rules=rules))
    assert grids(sheet)[0][1:] == [["1", "Lập hồ sơ", "Sở Y tế", "Năm 2026"], ["2", "Mở lớp", "^", "Năm 2027"]]


def test_a_table_without_its_outer_sides():
    words, rules = table([HEAD, ["1", "Lập hồ sơ", "Sở Y tế", "Năm 2026"]], 100, COLUMNS)
    rules = [rule for rule in rules if rule.across or COLUMNS[0] < rule.at < COLUMNS[-1]]
    assert grids(laid(page(1, words, rules=rules))[0])[0][0] == HEAD


@pytest.mark.parametrize(
    "rules",
    [
        [Rule(across=True, at=115, start=60, end=200)],
        [Rule(across=True, at=t, start=60, end=500) for t in (90, 120)]
        + [Rule(across=False, at=x, start=90, end=120) for x in (60, 500)],
        [Rule(across=True, at=float(n), start=60, end=500) for n in range(4000)],
    ],
)
def test_underlines_frames_and_drawings_are_no_tables(rules):
    sheet, _ = laid(page(1, line("Kế hoạch của Sở Y tế", 70, 100), rules=rules))
    assert [one.text for one in sheet.lines()] == ["Kế hoạch của Sở Y tế"]
    assert grids(sheet) == []


def test_a_table_goes_on_over_the_page_with_its_head_printed_again():
    first, second = [HEAD, ["1", "Lập hồ sơ", "Sở A", "Năm 2026"]], [HEAD, ["2", "Mở lớp", "Sở B", "Năm 2027"]]
    one, other = table(first, 700, COLUMNS), table(second, 60, tuple(x + 4 for x in COLUMNS))
    sheet, _ = laid(page(1, one[0], rules=one[1]), page(2, other[0], rules=other[1]))
    assert grids(sheet) == [[*first, second[1]]]
    assert [row.span.page for row in next(sheet.tables()).rows] == [1, 1, 2]


def test_a_row_cut_by_the_page_end_is_one_row():
    first = [HEAD, ["1", "Lập hồ sơ địa", "Sở Nông nghiệp và Môi", "Năm 2026"]]
    one = table(first, 700, (60.0, 100.0, 300.0, 450.0, 540.0))
    other = table(
        [["", "chính của tỉnh.", "trường", ""], ["2", "Mở lớp", "Sở B", "2027"]], 60, (60.0, 100.0, 300.0, 450.0, 540.0)
    )
    sheet, _ = laid(page(1, one[0], rules=one[1]), page(2, other[0], rules=other[1]))
    row = grids(sheet)[0][1]
    assert row == ["1", "Lập hồ sơ địa chính của tỉnh.", "Sở Nông nghiệp và Môi trường", "Năm 2026"]
    places = [place for place in sheet.places if "trường" in sheet.text[place.start : place.end]]
    assert [place.page for place in places] == [2]


def test_a_new_row_at_the_top_of_a_page_is_not_joined():
    one = table([HEAD, ["1", "Lập hồ sơ", "Sở A", "Năm 2026"]], 700, COLUMNS)
    other = table([["2", "mở lớp dạy nghề", "Sở B", "2027"]] * 2, 60, COLUMNS)
    assert len(grids(laid(page(1, one[0], rules=one[1]), page(2, other[0], rules=other[1]))[0])[0]) == 4


@pytest.mark.parametrize(
    ("top", "number", "joined"),
    [
        ("Báo cáo kết quả.", "1", True),
        ("Về kinh tế", "1", False),  # a title within the table
        ("II. Báo cáo kết quả.", "1", False),
        ("Báo cáo kết quả.", "", False),  # this table does not number its rows
    ],
)
def test_a_row_cut_between_two_sentences(top, number, joined):
    one = table([HEAD, [number, "Lập hồ sơ.", "Sở A", "Năm 2026"]], 700, COLUMNS)
    other = table([HEAD, ["", top, "", ""], ["2", "Mở lớp.", "Sở B", "2027"]], 60, COLUMNS)
    found = grids(laid(page(1, one[0], rules=one[1]), page(2, other[0], rules=other[1]))[0])[0]
    assert len(found) == (3 if joined else 4)
    assert (found[1][1] == f"Lập hồ sơ. {top}") is joined


def test_the_duties_of_a_table_on_two_pages():
    one = table([HEAD, ["1", "Lập hồ sơ.", "Sở A", "Năm 2026"]], 700, COLUMNS)
    other = table([HEAD, ["2", "Mở lớp.", "Sở B", "Quý I/2027"]], 60, COLUMNS)
    sheet, _ = laid(page(1, one[0], rules=one[1]), page(2, other[0], rules=other[1]))
    found = stations.find(sheet, Outline(), Heading())
    assert [(duty.number, duty.lead_text) for duty in found.duties] == [("1", "Sở A"), ("2", "Sở B")]


def full(top, text="chữ chữ"):
    """A line from margin to margin."""
    return line((text + " chữ" * 30)[:78], 60, top)


def test_lines_of_a_paragraph_are_one_line_of_the_sheet():
    body = [full(300), full(314), line("hết đoạn.", 60, 328), full(360, "Đoạn hai"), line("hết.", 60, 374)]
    sheet, _ = laid(page(1, *body))
    assert [one.text.split()[-1] for one in sheet.lines()] == ["đoạn.", "hết."]
    assert len(sheet.places) == 5


def test_a_paragraph_goes_on_over_the_page():
    sheet, _ = laid(page(1, full(780), full(794)), page(2, line("còn lại của đoạn.", 60, 60)))
    assert len(list(sheet.lines())) == 1
    assert {place.page for place in sheet.places} == {1, 2}


def test_the_letterhead_stands_side_by_side():
    sheet, _ = laid(
        page(
            1,
            centred("ỦY BAN NHÂN DÂN", 60, 150) + centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 60, 420),
            centred("TỈNH LẠC VÂN", 74, 150) + centred("Độc lập - Tự do - Hạnh phúc", 74, 420),
            centred("Số: 12/KH-UBND", 100, 150) + centred("Lạc Vân, ngày 5 tháng 2 năm 2026", 100, 420),
            centred("KẾ HOẠCH", 125),
            centred("Phát triển y tế cơ sở", 139),
        )
    )
    assert grids(sheet) == [
        [
            [
                "ỦY BAN NHÂN DÂN\nTỈNH LẠC VÂN\nSố: 12/KH-UBND",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLạc Vân, ngày 5 tháng 2 năm 2026",
            ]
        ]
    ]
    assert [(one.text, one.centred) for one in sheet.lines()] == [("KẾ HOẠCH", True), ("Phát triển y tế cơ sở", True)]


def test_running_heads_and_page_numbers_are_left_out_and_told():
    pages = [
        page(
            n,
            line(f"CÔNG BÁO/Số {n} + 864", 200, 30),
            line(f"Nội dung của trang {n}.", 60, 300),
            centred(f"- {n} -", 810),
        )
        for n in range(1, 5)
    ]
    sheet, margins = laid(*pages)
    assert [one.text for one in sheet.lines()] == [f"Nội dung của trang {n}." for n in range(1, 5)]
    assert margins[0] == "CÔNG BÁO/Số 1 + 864"
    assert "- 3 -" in margins


def test_places_cover_all_that_was_printed_in_order_and_apart():
    rows = [HEAD, ["1", "Lập hồ sơ\n- Một\n- Hai", "Sở Y tế", "Quý I/2026"]]
    words, rules = table(rows, 400, COLUMNS, heights=60)
    sheet, _ = laid(page(1, centred("KẾ HOẠCH", 60), full(100), words, line("Nơi nhận:", 60, 700), rules=rules))
    covered = set()
    for before, after in zip(sheet.places, sheet.places[1:], strict=False):
        assert before.end <= after.start
    for place in sheet.places:
        covered.update(range(place.start, place.end))
        left, top, right, bottom = place.box
        assert 0 <= left < right <= 1
        assert 0 <= top < bottom <= 1
    assert not [at for at, letter in enumerate(sheet.text) if not letter.isspace() and at not in covered]
    assert "Lập hồ sơ\n- Một\n- Hai" in sheet.text


def test_an_empty_page_and_no_page():
    assert laid()[0].text == ""
    assert laid(page(1), page(2, line("Chữ.", 60, 100)))[0].text == "Chữ.\n"


def test_confidence_is_that_of_the_least_sure_word():
    words = tuple(
        Word(w, Box(60 + 50 * n, 100, 100 + 50 * n, 111), confidence=c)
        for n, (w, c) in enumerate([("a", 91.2), ("b", 40.4)])
    )
    sheet, _ = laid(Page(1, WIDTH, HEIGHT, words, scanned=True))
    assert [place.confidence for place in sheet.places] == [40]


NARROW = (60.0, 85.0, 300.0, 325.0)
"""The first and the last cell have room for three letters."""


def narrow(*lines):
    words, rules = table([["TT", "Nội dung", "A"], ["x", "y", ""]], 100, NARROW, LINE * 8)
    step = 100 + LINE * 8
    words += [word for number, text in enumerate(lines) for word in line(text, 303, step + 2 + 12 * number)]
    return grids(laid(page(1, words, rules=rules))[0])[0][1][2]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Cơ", "qua", "n", "chủ", "trì"), "Cơ quan chủ trì"),
        (("Trư", "ớc", "30/", "11/", "202", "7"), "Trước 30/11/2027"),
        (("UBN", "D", "tỉn", "h"), "UBND tỉnh"),
        (("chỉ", "đạo"), "chỉ đạo"),
        (("năm", "2", "lần"), "năm 2 lần"),
    ],
)
def test_a_word_that_its_cell_was_too_narrow_for(lines, text):
    assert narrow(*lines) == text


def test_a_dash_between_two_words_begins_no_paragraph_of_a_cell():
    words, rules = table(
        [["TT", "Nội dung"], ["1", "tổ chức chính trị\n- xã hội 2026\n- 2030\n- Sở Y tế"]], 100, COLUMNS[:3], 60
    )
    assert grids(laid(page(1, words, rules=rules))[0])[0][1][1] == "tổ chức chính trị - xã hội 2026 - 2030\n- Sở Y tế"


def test_a_word_torn_by_the_end_of_a_page_is_whole():
    head = [["TT", "Nội dung", "Chủ trì"]]
    columns = (60.0, 100.0, 300.0, 420.0)
    first, above = table([*head, ["1", "Trồng rừng và sửa kên", "Sở Y tế"]], 700, columns, 60)
    second, below = table([["", "h mương", ""], ["2", "Sửa đê", "Sở Y tế"]], 60, columns)
    rows = grids(laid(page(1, first, rules=above), page(2, second, rules=below))[0])[0]
    assert rows[1][1].endswith("sửa kênh mương")
