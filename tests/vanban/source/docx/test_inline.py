"""The text of a paragraph as the printed page shows it."""

import pytest

from docx_files import docx, p, r
from vanban.source.docx import read_docx
from vanban.source.limits import Limits

DELETED = '<w:del w:id="1" w:author="A">{}</w:del>'
ADDED = '<w:ins w:id="2" w:author="A">{}</w:ins>'
DELETED_MARK = '<w:rPr><w:del w:id="3" w:author="A"/></w:rPr>'


def sheet(*paragraphs, **parts):
    return read_docx(docx("".join(paragraphs), **parts), Limits())[0]


def lines(*paragraphs, **parts):
    return sheet(*paragraphs, **parts).text.splitlines()


def codes(*paragraphs, **parts):
    return [doubt.code for doubt in sheet(*paragraphs, **parts).doubts]


def raw(xml):
    return f"<w:r>{xml}</w:r>"


def deleted(text):
    return DELETED.format(f"<w:r><w:delText>{text}</w:delText></w:r>")


def test_runs_join():
    assert lines(p(r("Nghị quyết số 1"), r("2-NQ/TU"))) == ["Nghị quyết số 12-NQ/TU"]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<w:t>a</w:t><w:tab/><w:t>b</w:t>", ["a\tb"]),
        ("<w:t>a</w:t><w:br/><w:t>b</w:t>", ["a", "b"]),
        ("<w:t>a</w:t><w:cr/><w:t>b</w:t>", ["a", "b"]),
        ("<w:t>55</w:t><w:noBreakHyphen/><w:t>CTr/TU</w:t>", ["55-CTr/TU"]),
        ("<w:t>cộng</w:t><w:softHyphen/><w:t> đồng</w:t>", ["cộng đồng"]),
        ("<w:t>cộng\u00ad đồng</w:t>", ["cộng đồng"]),
        ("<w:t>55\u2011CTr/TU\u00a0ngày</w:t>", ["55-CTr/TU ngày"]),
        ("<w:t>thu\u0309y lo\u031b\u0323i</w:t>", ["thủy lợi"]),
        ("<w:t>x</w:t><w:instrText>PAGE</w:instrText>", ["x"]),
        ("<w:t>\ufeffx\u200b</w:t>", ["x"]),
        (f"<w:ruby><w:rt>{r('chú')}</w:rt><w:rubyBase>{r('chữ')}</w:rubyBase></w:ruby>", ["chữ"]),
    ],
)  # fmt: skip
def test_what_stands_in_a_run(inside, expected):
    assert lines(p(raw(inside))) == expected


def test_insertions_are_read_and_deletions_are_not():
    body = p(r("Trước "), deleted("30/6"), ADDED.format(r("30/9")))
    assert lines(body) == ["Trước 30/9"]
    assert codes(body) == ["tracked_changes"]


def test_moved_text_stands_once_where_it_went():
    here = f'<w:moveFrom w:id="1">{r("việc chuyển")}</w:moveFrom>'
    there = f'<w:moveTo w:id="2">{r("việc chuyển")}</w:moveTo>'
    assert lines(p(here), p("ở giữa"), p(there)) == ["ở giữa", "việc chuyển"]
    assert codes(p(here)) == ["tracked_changes"]


def test_a_deleted_paragraph_end_joins_the_next():
    body = [p("nửa đầu ", properties=DELETED_MARK), p("nửa sau"), p("riêng")]
    assert lines(*body) == ["nửa đầu nửa sau", "riêng"]


def test_a_deleted_paragraph_end_at_the_very_end_loses_nothing():
    assert lines(p("cuối cùng", properties=DELETED_MARK)) == ["cuối cùng"]


def test_hidden_text_is_left_out_and_said():
    body = p(r("hiện "), r("ẩn", "<w:vanish/>"), r("rõ", '<w:vanish w:val="0"/>'))
    assert lines(body) == ["hiện rõ"]
    assert codes(body) == ["hidden_text"]


def test_hidden_blanks_are_not_worth_a_doubt():
    assert codes(p(r("hiện"), r(" ", "<w:vanish/>"))) == []


def test_a_hidden_style_hides():
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    body = [p(r("hiện"), r("ẩn", '<w:rStyle w:val="H"/>')), p("ẩn cả", properties='<w:pStyle w:val="P"/>')]
    assert lines(*body, styles=styles) == ["hiện"]


FIELD = '<w:fldChar w:fldCharType="{}"/>'


def test_of_a_field_only_its_result():
    begin, separate, end = (raw(FIELD.format(kind)) for kind in ("begin", "separate", "end"))
    assert lines(p(r("Ngày "), begin, r("DATE lệnh"), separate, r("31/01/2024"), end, r(" nhé"))) == [
        "Ngày 31/01/2024 nhé"
    ]


def test_fields_nest_and_run_over_paragraphs():
    begin, separate, end = (raw(FIELD.format(kind)) for kind in ("begin", "separate", "end"))
    first = p(begin, r("IF"), begin, r("X"), separate, r("trong"), end, separate, r("một"))
    assert lines(first, p(r("hai"), end, r("ba"))) == ["một", "haiba"]


def test_a_field_end_without_a_begin_is_nothing():
    assert lines(p(raw(FIELD.format("end") + FIELD.format("separate")), r("x"))) == ["x"]


@pytest.mark.parametrize(
    "wrapped",
    [
        "<w:hyperlink>{}</w:hyperlink>",
        '<w:fldSimple w:instr="PAGE">{}</w:fldSimple>',
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:customXml>{}</w:customXml>",
        "<m:oMath><m:r><m:t>chữ</m:t></m:r></m:oMath>",
    ],
)
def test_what_wraps_text_does_not_hide_it(wrapped):
    assert lines(p(wrapped.format(r("chữ")))) == ["chữ"]


def box(text):
    return f"<w:txbxContent>{p(text)}</w:txbxContent>"


def test_a_text_box_is_read_once():
    drawn = f"<w:drawing><wps:wsp><wps:txbx>{box('Khung')}</wps:txbx></wps:wsp></w:drawing>"
    choice = f'<mc:Choice Requires="wps">{drawn}</mc:Choice>'
    fallback = f"<mc:Fallback><w:pict><v:shape><v:textbox>{box('Khung')}</v:textbox></v:shape></w:pict></mc:Fallback>"
    body = p(r("Đoạn"), raw(f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"))
    assert lines(body) == ["Khung", "Đoạn"]


def test_an_old_text_box_is_read():
    assert lines(p(raw(f"<w:pict><v:shape><v:textbox>{box('Khung cũ')}</v:textbox></v:shape></w:pict>"))) == [
        "Khung cũ"
    ]


def test_the_fallback_speaks_where_no_choice_does():
    silent = '<mc:Choice Requires="x"><w:drawing/></mc:Choice>'
    fallback = f"<mc:Fallback><w:pict>{box('Dự phòng')}</w:pict></mc:Fallback>"
    assert lines(p(raw(f"<mc:AlternateContent>{silent}{fallback}</mc:AlternateContent>"))) == ["Dự phòng"]
    assert lines(p(r("x"), raw(f"<mc:AlternateContent>{silent}</mc:AlternateContent>"))) == ["x"]


def test_notes_follow_the_body_with_their_marks():
    mark = '<w:footnoteReference w:id="4"/>'
    notes = f'<w:footnote w:id="4">{p("Theo báo cáo năm trước")}</w:footnote><w:footnote w:id="0" w:type="separator"/>'
    ends = f'<w:endnote w:id="1">{p("Số liệu sơ bộ")}</w:endnote>'
    body = [p(r("Kế hoạch"), raw(mark), r(" năm"), raw('<w:endnoteReference w:id="1"/>')), p("Hết")]
    assert lines(*body, footnotes=notes, endnotes=ends) == [
        "Kế hoạch năm", "Hết", "[1] Theo báo cáo năm trước", "[2] Số liệu sơ bộ",
    ]  # fmt: skip


def test_a_mark_without_a_note_is_nothing():
    assert lines(p(r("Kế hoạch"), raw('<w:footnoteReference w:id="9"/>'))) == ["Kế hoạch"]


@pytest.mark.parametrize(
    ("font", "written", "expected"),
    [
        (".VnTime", "KÕ ho¹ch", "Kế hoạch"),
        (".VnTimeH", "kÕ ho¹ch", "KẾ HOẠCH"),
        ("VNI-Times", "Keá hoaïch", "Kế hoạch"),
        (".VnTime", "Kế hoạch", "Kế hoạch"),
        ("Times New Roman", "résumé", "résumé"),
    ],
)
def test_a_font_of_an_old_encoding_tells_how_its_text_is_coded(font, written, expected):
    assert lines(p(r(written, f'<w:rFonts w:ascii="{font}"/>'))) == [expected]


def test_an_old_encoding_is_told_by_its_words_too():
    made = sheet(p("Céng hoµ x· héi chñ nghÜa ViÖt Nam"), p("§éc lËp - Tù do - H¹nh phóc"))
    assert made.text.splitlines() == ["Cộng hoà xã hội chủ nghĩa Việt Nam", "Độc lập - Tự do - Hạnh phúc"]
    assert (made.encoding, [doubt.code for doubt in made.doubts]) == ("tcvn3", ["encoding_legacy"])
