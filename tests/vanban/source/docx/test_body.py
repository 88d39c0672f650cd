"""Paragraphs, tables and pages of a DOCX body."""

import pytest

from docx_files import R, docx, p, r, tbl, tc, tr
from vanban.source.docx import read_docx
from vanban.source.limits import Limits

RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
CHANGED = '<w:{} w:id="1" w:author="A"/>'
RESTART, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def sheet(*blocks, **parts):
    return read_docx(docx("".join(blocks), **parts), Limits())[0]


def table(*rows):
    return next(sheet(tbl(*rows)).tables())


def texts(made):
    return [[cell.text for cell in row.cells] for row in made.rows]


def span(width):
    return f'<w:gridSpan w:val="{width}"/>'


def test_every_span_is_a_place_in_the_text():
    made = sheet(p("Mở đầu"), tbl(tr("1", tc("một", "hai")), tr("2")), p("Kết"))
    for line in made.lines():
        assert made.text[line.span.start : line.span.end] == line.text
    for grid in made.tables():
        assert {len(row.cells) for row in grid.rows} == {2}
        for row in grid.rows:
            for cell in row.cells:
                assert made.text[cell.span.start : cell.span.end] == cell.text


def test_paragraphs_of_a_cell_stand_on_lines_of_their_own():
    assert texts(table(tr(tc("- Sở A;", "", "- Sở B."), "x"))) == [["- Sở A;\n- Sở B.", "x"]]


def test_tabs_in_a_cell_are_blanks():
    assert texts(table(tr(tc(p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>")), "x"))) == [["a b", "x"]]


def test_a_vertical_merge_stands_in_its_top_cell():
    made = table(
        tr(tc("Sở X", properties=RESTART), "việc một"),
        tr(tc("thừa", properties=GO_ON), "việc hai"),
        tr("Sở Y", "việc ba"),
    )
    assert texts(made) == [["Sở X", "việc một"], ["", "việc hai"], ["Sở Y", "việc ba"]]
    assert [row.cells[0].above for row in made.rows] == [False, True, False]


def test_a_merge_that_goes_on_from_nothing_keeps_its_text():
    made = table(tr(tc("Sở X", properties=GO_ON), "việc"))
    assert texts(made) == [["Sở X", "việc"]]
    assert not made.rows[0].cells[0].above


def test_a_horizontal_merge_covers_its_columns():
    made = table(tr(tc("I. NHÓM VIỆC", properties=span(3))), tr("1", "việc", "Sở X"))
    assert texts(made)[0] == ["I. NHÓM VIỆC", "", ""]
    assert [cell.left for cell in made.rows[0].cells] == [False, True, True]


def test_a_block_merged_both_ways():
    made = table(
        tr(tc("A", properties=span(2) + RESTART), "b"),
        tr(tc(properties=span(2) + GO_ON), "c"),
    )
    assert [(cell.above, cell.left) for cell in made.rows[1].cells] == [(True, False), (True, True), (False, False)]


def test_the_old_horizontal_merge():
    made = table(
        tr(tc("A", properties='<w:hMerge w:val="restart"/>'), tc(properties='<w:hMerge w:val="continue"/>')),
        tr("1", "2"),
    )
    assert [(cell.text, cell.left) for cell in made.rows[0].cells] == [("A", False), ("", True)]


def test_columns_left_out_before_and_after_a_row():
    made = table(tr("1", "2", "3"), tr("x", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'))
    assert texts(made)[1] == ["", "x", ""]


@pytest.mark.parametrize("width", ["99999999", "0", "-4", "x"])
def test_an_absurd_width_is_not_believed(width):
    made = table(tr(tc("a", properties=f'<w:gridSpan w:val="{width}"/>'), "b"), tr("1", "2"))
    assert len(made.rows[0].cells) <= 201
    assert made.rows[0].cells[0].text == "a"


def test_leading_rows_marked_so_are_headers():
    head = "<w:tblHeader/>"
    made = table(
        tr("TT", "Việc", properties=head),
        tr("(1)", "(2)", properties=head),
        tr("1", "x"),
        tr("2", "y", properties=head),
    )
    assert [row.header for row in made.rows] == [True, True, False, False]


def test_a_nested_table_follows_the_one_that_holds_it():
    made = sheet(tbl(tr(tc("ngoài", tbl(tr("a", "b"))), "bên cạnh")), p("sau"))
    outer, inner = made.tables()
    assert texts(outer) == [["ngoài", "bên cạnh"]]
    assert (texts(inner), inner.parent) == ([["a", "b"]], outer.index)
    assert made.text == "ngoài\tbên cạnh\na\tb\nsau\n"


def test_a_frame_of_one_cell_is_read_as_its_text():
    made = sheet(tbl(tr(tc("một", tbl(tr("a", "b")), "hai"))))
    assert [type(block).__name__ for block in made.blocks] == ["Line", "Table", "Line"]


def test_a_text_box_in_a_cell_follows_the_table():
    box = f"<w:p><w:r><w:pict><w:txbxContent>{p('Dấu đến')}</w:txbxContent></w:pict></w:r></w:p>"
    assert sheet(tbl(tr(tc(box), "x"))).text == "\tx\nDấu đến\n"


def test_deleted_rows_are_dropped_and_inserted_ones_kept():
    gone = f"<w:tr><w:trPr>{CHANGED.format('del')}</w:trPr>{tc('cũ')}{tc('x')}</w:tr>"
    made = sheet(tbl(gone, tr("mới", "y", properties=CHANGED.format("ins"))))
    assert made.text == "mới\ty\n"
    assert [doubt.code for doubt in made.doubts] == ["tracked_changes"]


def test_an_empty_table_is_nothing():
    assert sheet(tbl(), p("x")).text == "x\n"


@pytest.mark.parametrize("wrap", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"])
def test_content_controls_are_looked_through(wrap):
    row = wrap.format(tr(wrap.format(tc(wrap.format(p("a")))), "b"))
    made = sheet(wrap.format(p("đoạn")), tbl(row, tr("c", "d")))
    assert made.text == "đoạn\na\tb\nc\td\n"


def test_block_alternatives_are_read_once():
    inside = f'<mc:Choice Requires="x">{p("một")}</mc:Choice><mc:Fallback>{p("một")}</mc:Fallback>'
    both = f"<mc:AlternateContent>{inside}</mc:AlternateContent>"
    assert sheet(both).text == "một\n"
    assert sheet(f"<mc:AlternateContent><mc:Fallback>{p('hai')}</mc:Fallback></mc:AlternateContent>").text == "hai\n"


@pytest.mark.parametrize("place", ["{}", "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"])
def test_an_embedded_document_is_not_read_but_said(place):
    chunk = '<w:altChunk xmlns:r="' + R + '" r:id="r5"/>'
    assert [doubt.code for doubt in sheet(place.format(chunk)).doubts] == ["embedded"]


def test_a_deleted_paragraph_end_in_a_cell_stays_in_the_cell():
    mark = f"<w:rPr>{CHANGED.format('del')}</w:rPr>"
    assert texts(table(tr(tc(p("một ", properties=mark), p("hai")), tc(p("ba", properties=mark)))))[0] == [
        "một hai",
        "ba",
    ]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Child"><w:basedOn w:val="H2"/>'
    '<w:pPr><w:jc w:val="center"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
)


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (p("x"), (None, False, False)),
        (p("x", properties='<w:pStyle w:val="H2"/>'), (2, True, False)),
        (p("x", properties='<w:pStyle w:val="Child"/>'), (2, True, True)),
        (p("x", properties='<w:pStyle w:val="Child"/><w:jc w:val="left"/>'), (2, True, False)),
        (p("x", properties='<w:pStyle w:val="Loop"/>'), (None, False, False)),
        (p("x", properties='<w:pStyle w:val="Unknown"/>'), (None, False, False)),
        (p("x", properties='<w:outlineLvl w:val="0"/>'), (1, False, False)),
        (p("x", properties='<w:outlineLvl w:val="9"/>'), (None, False, False)),
        (p(r("x", "<w:b/>"), r(" "), r("y", "<w:b/>")), (None, True, False)),
        (p(r("x", "<w:b/>"), r("y")), (None, False, False)),
        (p(r("x", '<w:rStyle w:val="Strong"/>')), (None, True, False)),
        (p(r("x", '<w:b w:val="false"/>'), properties='<w:pStyle w:val="H2"/>'), (2, False, False)),
        (p("x", properties='<w:jc w:val="center"/>'), (None, False, True)),
    ],
)
def test_what_a_style_says_of_a_line(paragraph, expected):
    (line,) = sheet(paragraph, styles=STYLES).lines()
    assert (line.level, line.bold, line.centred) == expected


def pages(made):
    return [(block.text, block.span.page) for block in made.lines()]


def test_pages_as_word_left_them():
    made = sheet(p("một"), p(PAGE_BREAK), p(RENDERED, r("hai")), p(r("hai nữa "), RENDERED, r("tràn")), p("ba"))
    assert pages(made) == [("một", 1), ("hai", 2), ("hai nữa tràn", 2), ("ba", 3)]
    assert made.pages == 3


def test_pages_by_their_breaks_where_word_left_none():
    section = '<w:sectPr><w:type w:val="nextPage"/></w:sectPr>'
    made = sheet(
        p(r("một"), PAGE_BREAK),
        p("hai", properties=section),
        p("ba", properties="<w:pageBreakBefore/>"),
        p("vẫn ba", properties='<w:sectPr><w:type w:val="continuous"/></w:sectPr>'),
        p("cũng ba"),
    )
    assert pages(made) == [("một", 1), ("hai", 2), ("ba", 4), ("vẫn ba", 4), ("cũng ba", 4)]


def test_no_page_is_claimed_where_none_is_known():
    made = sheet(p("một"), p("hai"))
    assert pages(made) == [("một", None), ("hai", None)]
    assert made.pages is None


def test_a_row_over_two_pages_is_one_row_and_turns_one_page():
    long = p(r("đầu "), RENDERED, r("cuối"))
    made = sheet(tbl(tr(tc(long), tc(long)), tr("x", "y")), p("sau"))
    (grid,) = made.tables()
    assert [row.span.page for row in grid.rows] == [1, 2]
    assert grid.span.page == 1
    assert pages(made) == [("sau", 2)]


def test_headers_and_footers_are_no_part_of_the_text():
    made, margins = read_docx(docx(p("thân"), header1=p("Công báo"), footer1=tbl(tr("Trang", "1"))), Limits())
    assert made.text == "thân\n"
    assert margins == ("Công báo", "Trang", "1")
