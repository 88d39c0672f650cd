"""What a PDF draws, from files written by hand: letters, lines, notes, fonts, and the geometry of pages."""

from contextlib import ExitStack, suppress

import pytest
from pypdfium2 import raw

from pdf_files import line, pdf, ruled, said, written
from vanban import read
from vanban.errors import Locked, Unreadable
from vanban.source import open_sheet
from vanban.source.limits import Limits
from vanban.source.paper import pdf as papers
from vanban.source.paper import pdfium
from vanban.source.paper.drawn import Drawing
from vanban.source.paper.fonts import Fonts

TIMES = "<</Type/Font/Subtype/Type1/BaseFont/{}/Encoding/WinAnsiEncoding>>"


def pages(data):
    return list(papers.pages_of(data, Limits()))


def words(data):
    return [word.text for page in pages(data) for word in page.words]


def first(content, **options):
    return pages(pdf(content, **options))[0]


# -- letters to words --------------------------------------------------------------------------------------------------


def test_words_stand_where_they_are_drawn():
    page = first(said("Lap ho so", 100, 700, 12))
    assert [word.text for word in page.words] == ["Lap", "ho", "so"]
    box = page.words[0].box
    assert (box.left, box.top < 842 - 700 < box.bottom) == (pytest.approx(100, abs=0.5), True)
    assert box.bottom - box.top == pytest.approx(12 * 1.12)


@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        ("[(Nghi)-20(quyet)]", ["Nghiquyet"]),  # a narrow gap is none
        ("[(Nghi)-400(quyet)]", ["Nghi", "quyet"]),
        ("[(N)-60(g)-60(h)-60(i)]", ["Nghi"]),  # spaced out by a little
        ("[(so 5)-2000(trang 7)]", ["so", "5", "trang", "7"]),
    ],
)
def test_the_gap_decides_where_a_word_ends(drawn, expected):
    assert [word.text for word in first(f"BT /F1 12 Tf 72 700 Td {drawn} TJ ET").words] == expected


def test_a_word_drawn_in_several_pieces_is_one():
    text = "BT /F1 12 Tf 72 700 Td (Ke) Tj (ho) Tj (ach) Tj ET"
    assert words(pdf(text)) == ["Kehoach"]


def test_a_word_drawn_twice_to_look_bolder_is_one():
    assert words(pdf(said("Nghi quyet", 72, 700) + said("Nghi quyet", 72.3, 700))) == ["Nghi", "quyet"]


def test_the_same_letter_on_the_line_below_is_another():
    """A heading M over a line that begins with M, as in an index."""
    assert words(pdf(said("M", 72, 700, 14) + said("Mien", 72, 684, 9))) == ["M", "Mien"]


def test_raised_figures_belong_to_their_word():
    assert words(pdf("BT /F1 12 Tf 72 700 Td (m) Tj 4 Ts /F1 7 Tf (2) Tj ET")) == ["m2"]


def test_what_is_not_seen_is_not_read():
    hidden = said("An", 72, 600, extra="3 Tr")
    white = "1 1 1 rg " + said("Trang", 72, 650)
    assert words(pdf(said("Hien", 72, 700) + hidden + white)) == ["Hien"]


def test_white_letters_on_a_dark_ground_are_seen():
    content = "0 0 0 rg 60 640 200 30 re f 1 1 1 rg " + said("Trang", 72, 650)
    assert words(pdf(content)) == ["Trang"]


def test_hidden_text_is_told():
    hidden = said("An di mot doan rat dai o day", 72, 600, extra="3 Tr")
    assert "hidden_text" in [one.code for one in read(pdf(said("Hien", 72, 700) + hidden)).doubts]


def test_a_watermark_across_the_page_is_left_out():
    leaning = "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 300 Tm (DU THAO) Tj ET"
    assert words(pdf(said("Noi dung", 72, 700) + leaning)) == ["Noi", "dung"]


def test_letters_beyond_the_page_are_left_out():
    assert words(pdf(said("Trong", 72, 700) + said("Ngoai", 900, 700))) == ["Trong"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_upright(turn):
    page = first(said("Lap ho so dia chinh cua tinh nam nay va nam sau", 72, 700), rotate=turn)
    assert " ".join(word.text for word in page.words) == "Lap ho so dia chinh cua tinh nam nay va nam sau"
    assert len(page.words) == 12
    assert page.width < page.height  # its letters are level again, whatever the page says
    lefts = [word.box.left for word in page.words]
    assert lefts == sorted(lefts)


def test_upright_words_of_a_level_page_are_one_line_each():
    upright = "BT /F1 10 Tf 0 1 -1 0 40 300 Tm (Cong bao so 5) Tj ET"
    found = words(pdf(said("Lap ho so dia chinh cua tinh nam nay va nam sau", 72, 700) + upright))
    assert "Cong bao so 5" in found


# -- fonts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "bold", "italic"),
    [
        ("Times-Roman", False, False),
        ("Times-Bold", True, False),
        ("Times-BoldItalic", True, True),
        ("ABCDEF+Arial,Bold", True, False),
        ("Helvetica-Oblique", False, True),
    ],
)
def test_bold_and_italic_by_the_font(name, bold, italic):
    word = first(said("Chu", 72, 700), fonts=[TIMES.format(name)]).words[0]
    assert (word.bold, word.italic) == (bold, italic)


def test_letters_drawn_with_their_outline_are_bold():
    assert first(said("Chu", 72, 700, extra="2 Tr")).words[0].bold


@pytest.mark.parametrize(
    ("name", "text", "legacy"),
    [
        (".VnTime", "Céng hßa x· héi", "tcvn3"),
        ("VNI-Times", "Coäng hoøa xaõ hoäi", "vni"),
        ("Arial", "caf\u00e9", None),
    ],
)
def test_an_old_font_is_known_by_its_name(name, text, legacy):
    fonts = Fonts()
    fonts.learn(name, text)
    assert fonts.legacy.get(name) == legacy


# -- lines and grounds -------------------------------------------------------------------------------------------------


def drawn(content, **options):
    data = pdf(content, **options)
    with pdfium.opened(data) as document, pdfium.loaded(document, 1) as page:
        view = pdfium.view_of(page)
        return Drawing(page, (view.left, view.bottom, view.right, view.top)).walk()


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (line(60, 700, 300, 700), 1),
        (line(60, 700, 300, 760), 0),  # leaning
        ("60 700 240 0.5 re f", 1),  # a thin filled box
        ("60 700 240 100 re S", 4),
        ("1 1 1 RG " + line(60, 700, 300, 700), 0),  # white
        ("60 700 240 100 re 61 701 238 98 re f*", 4),  # a border filled between two boxes
        ("[2 2] 0 d " + line(60, 700, 300, 700), 1),
        ("".join(f"{60 + 3 * at} 700 1 1 re f\n" for at in range(60)), 1),  # a row of dots
        ("q 60 600 50 50 re W n " + line(0, 620, 595, 620) + " Q", 1),
    ],
)
def test_what_rules(content, count):
    assert len(drawn(content).rules) == count


def test_a_line_is_cut_by_what_it_is_clipped_to():
    (rule,) = drawn("q 60 600 50 50 re W n " + line(0, 620, 595, 620) + " Q").rules
    assert (rule[0], rule[2]) == (pytest.approx(60, abs=1), pytest.approx(110, abs=1))


def test_lines_within_a_form_stand_where_it_is_put():
    form = "/Type/XObject/Subtype/Form/BBox[0 0 200 200]/Matrix[1 0 0 1 10 0]/Resources<<>>"
    (rule,) = drawn("q 1 0 0 1 100 50 cm /X1 Do Q", xobjects=[(form, b"0 20 m 80 20 l S")]).rules
    assert rule[0] == pytest.approx(110, abs=1)
    assert rule[1] == pytest.approx(70, abs=1)


def test_a_form_that_draws_itself_ends():
    data = pdf(
        said("Con lai", 72, 700) + "/X1 Do",
        xobjects=[("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X1 4 0 R>>>>", b"/X1 Do")],
    )
    assert words(data) == ["Con", "lai"]


def test_too_much_drawing_is_told_and_ends():
    found = drawn("".join(f"{at % 500} {at // 500} m {at % 500 + 3} {at // 500} l S\n" for at in range(60_000)))
    assert found.overflow


def test_a_ruled_table_is_read():
    data = pdf(ruled([("TT", "Noi dung", "Chu tri"), ("1", "Sua duong", "So Xay dung"), ("2", "Sua cau", "So Y te")]))
    (table,) = open_sheet(data).tables()
    assert [[cell.text for cell in row.cells] for row in table.rows][1] == ["1", "Sua duong", "So Xay dung"]


# -- notes -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("/Subtype/FreeText/Contents(Da duyet)", ["Da", "duyet"]),
        ("/Subtype/FreeText/Contents(Da duyet)/F 2", []),  # hidden
        ("/Subtype/Widget/FT/Tx/T(a)/V(Nam 2026)", ["Nam", "2026"]),
        ("/Subtype/Widget/FT/Tx/T(a)/V 5", []),
        ("/Subtype/Text/Contents(Loi nhan)", []),  # a remark of a reader
        ("/Subtype/FreeText/Contents<FEFF1EA4>", ["Ấ"]),
    ],
)
def test_what_is_typed_onto_a_page(note, expected):
    data = pdf(said("In", 72, 700), notes=[f"<</Type/Annot/Rect[100 500 300 540]{note}>>"])
    assert words(data) == ["In", *expected]


def test_a_note_stands_in_its_box():
    data = pdf(said("In", 72, 700), notes=["<</Type/Annot/Subtype/FreeText/Rect[100 500 300 528]/Contents(mot hai)>>"])
    box = pages(data)[0].words[-1].box
    assert 100 < box.left < box.right <= 300.1
    assert 842 - 528 - 0.1 <= box.top < box.bottom <= 842 - 500


# -- pages -------------------------------------------------------------------------------------------------------------


def test_a_view_turns_boxes_and_lines():
    view = pdfium.View(10, 20, 110, 220, 0)
    assert (view.width, view.height) == (100, 200)
    assert (view.turned(1).width, view.turned(5)) == (200, view.turned(1))
    for turn in range(4):
        box = view.turned(turn).box(10, 20, 30, 30)
        assert min(box.left, box.top) >= 0
        assert {round(box.right - box.left), round(box.bottom - box.top)} == {20, 10}
    assert view.rule(0, 100, 300, 100.4).start == 0
    assert view.rule(0, 100, 300, 100.4).end == 100
    assert view.rule(0, 400, 300, 400.4) is None


@pytest.mark.parametrize("box", [(0, 0), (1e9, 1e9), (-5, 300)])
def test_a_page_of_no_or_any_size_ends_in_one_of_the_errors_or_is_read(box):
    try:
        read(pdf(said("Chu", 5, 5), box=box))
    except Unreadable as error:
        assert error.reason in {"pdf_broken", "empty"}  # noqa: PT017


def test_the_quick_calls_say_what_the_library_says():
    with ExitStack() as stack:
        document = stack.enter_context(pdfium.opened(pdf(said("Lap ho so", 72, 700))))
        page = stack.enter_context(pdfium.loaded(document, 1))
        text = stack.enter_context(pdfium.text_page(page))
        count = raw.FPDFText_CountChars(text)
        assert pdfium.text_of(text, count) == "Lap ho so"
        at = pdfium.address(text)
        boxes = pdfium.boxes_of(at, count)
        box = raw.FS_RECTF()
        for letter in range(count):
            raw.FPDFText_GetLooseCharBox(text, letter, box)
            assert boxes[4 * letter : 4 * letter + 4] == [box.left, box.top, box.right, box.bottom]
        assert pdfium.origin_of(at, 0) == (pytest.approx(72), pytest.approx(700))
        assert pdfium.is_generated(at, 0) == 0
        assert pdfium.boxes_of(at, 0) == []


@pytest.mark.parametrize("number", [0, 2])
def test_there_is_no_picture_of_a_page_that_is_not_there(number):
    assert papers.picture(pdf(said("Chu", 72, 700)), number, dpi=30) is None


def test_a_picture_is_as_large_as_asked_but_never_too_large():
    picture = papers.picture(pdf(said("Chu", 72, 700)), 1, dpi=36)
    assert (picture.columns, picture.rows) == (298, 421)
    assert len(picture.pixels) == 3 * 298 * 421
    large = papers.picture(pdf("", box=(14_000, 14_000)), 1, dpi=600)
    assert large.columns * large.rows <= 25_100_000


# -- hostile -----------------------------------------------------------------------------------------------------------


def test_a_locked_file_is_told_so():
    key = "12345678901234567890123456789012"
    encrypt = f"/Encrypt<</Filter/Standard/V 1/R 2/O({key})/U({key})/P -4>>/ID[(a)(a)]"
    data = written([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], encrypt)
    with pytest.raises(Locked):
        read(data)


@pytest.mark.parametrize(
    "objects",
    [
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"],  # a page tree that holds itself
        [b"<</Type/Catalog/Pages 1 0 R>>"],
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 99999999>>", b"null"],
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 3 0 R>>"],
    ],
)
def test_loops_and_lies_of_the_page_tree_end(objects):
    with suppress(Unreadable):
        read(written(objects))


def test_a_stream_that_unpacks_to_very_much_ends():
    import zlib

    packed = zlib.compress(b"0 0 m " * 5_000_000, 9)
    body = f"<</Filter/FlateDecode/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, body]
    with suppress(Unreadable):
        read(written(objects))


def test_a_web_page_within_a_pdf_and_the_other_way_round():
    page = pdf(said("Chu trong trang", 72, 700))
    assert "Chu trong trang" in open_sheet(page + b"<html><body>Trang web</body></html>").text
    assert open_sheet(b"<!-- x -->" + page).format == "pdf"
