"""Labels as Word computes them."""

import pytest

from docx_files import docx, level, listed, numbering, p, tbl, tr
from docx_files import tc as cell
from vanban.source.docx import read_docx
from vanban.source.docx.numbering import shaped
from vanban.source.limits import Limits


def lines(body, **parts):
    return read_docx(docx(body, **parts), Limits())[0].text.splitlines()


@pytest.mark.parametrize(
    ("count", "shape", "expected"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (4, "upperRoman", "IV"),
        (1994, "lowerRoman", "mcmxciv"),
        (0, "upperRoman", "0"),
        (3, "lowerLetter", "c"),
        (28, "upperLetter", "BB"),
        (0, "lowerLetter", "0"),
        (5, "vietnameseCounting", "5"),
    ],
)
def test_shapes(count, shape, expected):
    assert shaped(count, shape) == expected


@pytest.mark.parametrize(("count", "expected"), [(1, "a"), (5, "đ"), (9, "9")])
def test_a_series_that_the_document_spells_out(count, expected):
    assert shaped(count, "custom", ("a", "b", "c", "d", "đ", "e")) == expected


def test_levels_count_and_start_anew():
    levels = [level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)")]
    depths = [("Mục đích", 0), ("Một", 1), ("Hai", 1), ("a", 2), ("b", 2), ("Nhiệm vụ", 0), ("Lại một", 1)]
    body = "".join(p(text, properties=listed(depth)) for text, depth in depths)
    labelled = ["I. Mục đích", "1. Một", "2. Hai", "a) a", "b) b", "II. Nhiệm vụ", "1. Lại một"]
    assert lines(body, numbering=numbering(levels)) == labelled


def test_a_label_of_several_places():
    levels = [level(0, "upperRoman", "%1"), level(1, "decimal", "%1.%2", "<w:isLgl/>")]
    body = p("x", properties=listed()) + p("y", properties=listed(1)) + p("z", properties=listed(1))
    assert lines(body, numbering=numbering(levels)) == ["I x", "1.1 y", "1.2 z"]


def test_a_bullet_is_a_dash():
    assert lines(p("việc", properties=listed()), numbering=numbering([level(0, "bullet", "\uf0b7")])) == ["- việc"]


def test_no_label_where_none_is_shown():
    assert lines(p("việc", properties=listed()), numbering=numbering([level(0, "none", "")])) == ["việc"]


def test_nothing_follows_a_label_that_says_so():
    levels = [level(0, "decimal", "Điều %1.", '<w:suff w:val="nothing"/>')]
    assert lines(p(" Phạm vi", properties=listed()), numbering=numbering(levels)) == ["Điều 1.Phạm vi"]


def test_a_series_with_d_is_read_from_the_list():
    series = '<w:numFmt w:val="custom" w:format="a, b, c, d, đ, e, ..."/>'
    spelled = f'<w:lvl w:ilvl="0"><w:start w:val="4"/>{series}<w:lvlText w:val="%1)"/></w:lvl>'
    body = p("một", properties=listed()) + p("hai", properties=listed()) + p("ba", properties=listed())
    assert lines(body, numbering=numbering([spelled])) == ["d) một", "đ) hai", "e) ba"]


def test_two_lists_on_one_pattern_go_on_unless_restarted():
    more = (
        '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = "".join(p("x", properties=listed(0, number)) for number in (7, 8, 9, 9))
    assert lines(body, numbering=numbering([level(0, "decimal", "%1.")], more)) == ["1. x", "2. x", "1. x", "2. x"]


def test_an_override_may_bring_its_own_level():
    own = level(0, "upperLetter", "%1)")
    more = f'<w:num w:numId="8"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">{own}</w:lvlOverride></w:num>'
    assert lines(p("x", properties=listed(0, 8)), numbering=numbering([level(0, "decimal", "%1.")], more)) == ["A) x"]


def test_a_list_may_be_defined_by_a_style():
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="S"/>{level(0, "decimal", "%1/")}</w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    assert lines(p("x", properties=listed()), numbering=linked) == ["1/ x"]


def test_a_list_that_a_paragraph_style_carries_and_a_paragraph_leaves():
    styles = f'<w:style w:type="paragraph" w:styleId="L"><w:pPr>{listed()}</w:pPr></w:style>'
    body = p("x", properties='<w:pStyle w:val="L"/>') + p("y", properties='<w:pStyle w:val="L"/>' + listed(0, 0))
    assert lines(body, styles=styles, numbering=numbering([level(0, "decimal", "%1.")])) == ["1. x", "y"]


@pytest.mark.parametrize(
    "broken",
    [
        "",
        '<w:num w:numId="7"><w:abstractNumId w:val="5"/></w:num>',
        '<w:num w:numId="7"/>',
        numbering([level(3, "decimal", "%4")]),
    ],
)
def test_a_list_that_is_not_defined_labels_nothing(broken):
    assert lines(p("x", properties=listed()), numbering=broken) == ["x"]


def test_a_place_that_no_level_defines_is_empty():
    assert lines(p("x", properties=listed()), numbering=numbering([level(0, "decimal", "%2%1.")])) == ["1. x"]


def test_an_empty_numbered_cell_holds_its_number_and_an_empty_numbered_line_nothing():
    empty = p(properties=listed())
    body = tbl(tr(cell(empty), "việc"), tr(cell(empty), "việc khác")) + empty + p("sau", properties=listed())
    assert lines(body, numbering=numbering([level(0, "decimal", "%1")])) == ["1\tviệc", "2\tviệc khác", "4 sau"]


def test_an_empty_bulleted_cell_stays_empty():
    body = tbl(tr(cell(p(properties=listed())), "việc"))
    assert lines(body, numbering=numbering([level(0, "bullet", "o")])) == ["\tviệc"]
