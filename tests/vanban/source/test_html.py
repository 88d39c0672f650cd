"""Web pages: the document found among the portal's words, paragraphs, and tables with whatever spans they claim."""

import contextlib
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vanban import read
from vanban.errors import Unreadable, VanbanError
from vanban.sheet import Line, Table
from vanban.source import open_sheet
from vanban.source.html import read_html
from vanban.source.limits import Limits

MOTTO = "<p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p>"


def sheet(body, head=""):
    page = f"<!DOCTYPE html><html><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"
    return read_html(page.encode(), Limits())[0]


def lines(found):
    return [line.text for line in found.lines()]


def grids(found):
    return [[[_cell(cell) for cell in row.cells] for row in table.rows] for table in found.tables()]


def _cell(cell):
    return cell.text + "^" * cell.above + "<" * cell.left


def test_paragraphs_as_they_show():
    found = sheet("<p>Một\n  hai&nbsp;ba<b> bốn</b></p><div>Năm<p>Sáu</p>bảy<br>tám</div>")
    assert lines(found) == ["Một hai ba bốn", "Năm", "Sáu", "bảy", "tám"]


def test_bold_centred_and_headings():
    found = sheet(
        "<h2>A</h2><p align=center><b>B</b></p><p style='text-align: center; font-weight:700'>C</p><center>D</center>"
        "<div style='text-align:center'><p style='text-align:left'><b>E</b> e</p></div>"
    )
    assert [(one.text, one.level, one.bold, one.centred) for one in found.lines()] == [
        ("A", 2, True, False),
        ("B", None, True, True),
        ("C", None, True, True),
        ("D", None, False, True),
        ("E e", None, False, False),
    ]


@pytest.mark.parametrize(
    "noise",
    [
        "<script>var x = 'y'</script>",
        "<style>p{}</style>",
        "<p style='display: none'>ẩn</p>",
        "<p hidden>ẩn</p>",
        "<nav><p>Trang chủ</p></nav>",
        "<!-- ghi chú -->",
        "<p>&nbsp;\u200b</p>",
        "<p><del>đã bỏ</del></p>",
        "<select><option>Chọn</option></select>",
        "<!--[if gte mso 9]><xml>x</xml><![endif]-->",
    ],
)
def test_what_does_not_show_is_not_read(noise):
    assert lines(sheet(f"<p>Trước</p>{noise}<p>Sau</p>")) == ["Trước", "Sau"]


def test_what_was_put_in_is_read():
    assert lines(sheet("<p>Điều <del>4</del><ins>5</ins></p>")) == ["Điều 5"]


def test_lists_show_their_numbers():
    found = sheet(
        "<ul><li>Một</li><li><p>Hai</p></li></ul><ol start=3><li>Ba</li><li>4. Bốn</li></ol><ol type=a><li>A</li></ol>"
    )
    assert lines(found) == ["- Một", "- Hai", "3. Ba", "4. Bốn", "a) A"]


def test_the_portal_round_the_document_is_left_out():
    menu = "".join(f"<li><a href='/{n}'>Mục lục số {n} của trang</a></li>" for n in range(40))
    text = "<p>Nội dung của kế hoạch này đủ dài để nhiều hơn mọi thứ khác trên trang.</p>" * 8
    found = sheet(
        f"<div><ul>{menu}</ul></div><div>Đăng nhập</div>"
        f"<main><div class=x><div>{MOTTO}</div><div>{text}</div></div></main><div>Chân trang</div>"
    )
    assert lines(found)[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert len(lines(found)) == 9


def test_a_document_without_motto_is_the_part_with_most_text():
    text = "<p>Nội dung của kế hoạch này đủ dài để nhiều hơn mọi thứ khác.</p>" * 8
    found = sheet(f"<div>Đăng nhập</div><div><article>{text}</article></div>")
    assert len(lines(found)) == 8


def test_merged_cells():
    found = sheet(
        "<table><tr><th rowspan=2>TT<th colspan=2>Cơ quan<tr><th>Chủ trì<th>Phối hợp"
        "<tr><td>1<td rowspan=2>Sở A<td>Sở B<tr><td>2<td>Sở C</table>"
    )
    assert grids(found) == [
        [
            ["TT", "Cơ quan", "<"],
            ["^", "Chủ trì", "Phối hợp"],
            ["1", "Sở A", "Sở B"],
            ["2", "^", "Sở C"],
        ]
    ]
    assert [row.header for row in next(found.tables()).rows] == [True, True, False, False]


def test_a_block_of_merged_cells_is_covered_from_both_sides():
    assert grids(sheet("<table><tr><td rowspan=2 colspan=2>A<td>b<tr><td>c</table>")) == [
        [["A", "<", "b"], ["^", "^<", "c"]]
    ]


@pytest.mark.parametrize(
    ("cell", "rows"),
    [
        ("<td rowspan=0>A", [["A", "b"], ["^", "c"]]),
        ("<td rowspan=9999>A", [["A", "b"], ["^", "c"]]),
        ("<td rowspan=-2>A", [["A", "b"], ["c", ""]]),
        ("<td rowspan='x'>A", [["A", "b"], ["c", ""]]),
    ],
)
def test_spans_that_cannot_be_meant_so(cell, rows):
    assert grids(sheet(f"<table><tr>{cell}<td>b<tr><td>c</table>")) == [rows]


def test_paragraphs_of_a_cell_stand_one_below_the_other():
    assert grids(sheet("<table><tr><td><p>- A</p><p>- B</p><td>c<br>d</table>")) == [[["- A\n- B", "c\nd"]]]


def test_a_table_within_a_cell_is_laid_down_behind():
    inner = "<table><tr><td>x<td>y</table>"
    found = sheet(f"<table><tr><td>Tên dài hơn bảng bên trong{inner}<td>b<tr><td>c<td>d</table>")
    assert grids(found) == [[["Tên dài hơn bảng bên trong", "b"], ["c", "d"]], [["x", "y"]]]
    assert [table.parent for table in found.tables()] == [None, 0]


def test_tables_that_only_arrange_are_read_through():
    inner = "<table><tr><td>TT<td>Nội dung<tr><td>1<td>Việc của sở</table>"
    found = sheet(f"<table><tr><td><p>Kế hoạch</p>{inner}<td></table><table><tr><td>Khung</table>")
    assert grids(found) == [[["TT", "Nội dung"], ["1", "Việc của sở"]]]
    assert lines(found) == ["Kế hoạch", "Khung"]


def test_blanks_that_set_two_things_side_by_side():
    found = sheet("<p>SỞ Y TẾ" + "&nbsp;" * 8 + "CỘNG HÒA</p><p>a  b</p>")
    assert grids(found) == [[["SỞ Y TẾ", "CỘNG HÒA"]]]
    assert lines(found) == ["a b"]


def test_the_duties_of_a_saved_page():
    table = (
        "<table border=1><tr><th>TT<th>Nội dung nhiệm vụ<th>Cơ quan chủ trì<th>Thời gian hoàn thành"
        "<tr><td>1<td>Lập hồ sơ<td rowspan=2>Sở Y tế<td>Quý I/2026<tr><td>2<td>Mở lớp<td>Năm 2026</table>"
    )
    found = read(sheet_bytes(f"{MOTTO}<p><b>KẾ HOẠCH</b></p>{table}"))
    assert [(duty.content, duty.lead_text, duty.lead_inherited) for duty in found.duties] == [
        ("Lập hồ sơ", "Sở Y tế", False),
        ("Mở lớp", "Sở Y tế", True),
    ]
    assert found.format == "html"


def sheet_bytes(body):
    return f"<!DOCTYPE html><meta charset=utf-8><body>{body}".encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig", "cp1258"])
def test_encodings_said_or_seen(encoding):
    said = {"cp1258": "windows-1258"}.get(encoding, "utf-8")
    text = unicodedata.normalize("NFD" if encoding == "cp1258" else "NFC", "Kế hoạch của Ủy ban nhân dân tỉnh về đất")
    if encoding == "cp1258":
        text = "Kê\u0301 hoa\u0323ch cu\u0309a tỉnh".replace("ỉ", "i\u0309")
    page = f"<html><meta charset={said}><p>{text}</p></html>"
    found = read_html(page.encode(encoding), Limits())[0]
    assert lines(found)[0].startswith("Kế hoạch của")


def test_letters_of_old_fonts():
    old = "Céng hßa x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. ViÖc thùc hiÖn cña ñy ban nh©n d©n tØnh"
    found = read_html(f"<html><meta charset=windows-1252><p>{old}</p>".encode("cp1252"), Limits())[0]
    assert lines(found)[0].startswith("Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập")


def test_decomposed_letters_are_composed():
    assert lines(sheet(unicodedata.normalize("NFD", "<p>Uỷ ban</p>"))) == ["Uỷ ban"]


def test_a_page_saved_with_its_parts():
    page = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><meta charset=3Dutf-8><p>K=E1=BA=BF ho=E1=BA=A1ch</p></html>\r\n--b\r\n"
        b"Content-Type: image/png\r\n\r\nxx\r\n--b--\r\n"
    )
    assert lines(open_sheet(page)) == ["Kế hoạch"]
    with pytest.raises(Unreadable) as caught:
        open_sheet(page.replace(b"text/html", b"text/xyzz"))
    assert caught.value.reason == "html_empty"


def test_parts_within_parts_without_end_are_refused():
    """Found by damaging files: the library that reads messages calls itself for each."""
    parts = "".join(f"Content-Type: multipart/related; boundary=x{at}\r\n\r\n--x{at}\r\n" for at in range(3000))
    with pytest.raises(Unreadable) as caught:
        open_sheet(b"MIME-Version: 1.0\r\n" + parts.encode())
    assert caught.value.reason == "html_empty"


@pytest.mark.parametrize(
    "body", ["", "<p></p>", "<script>x</script>", "<table><tr><td></table>", "<nav>Trang chủ</nav>"]
)
def test_a_page_without_a_document_says_so(body):
    with pytest.raises(Unreadable) as caught:
        sheet(body)
    assert caught.value.reason == "html_empty"


def test_a_secrecy_mark_on_a_page_is_seen():
    with pytest.raises(VanbanError) as caught:
        read(sheet_bytes("<p>MẬT</p><p>KẾ HOẠCH</p>"))
    assert caught.value.code == "classified"


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + "x",
        "<" * 1_000_000,
        "<p>" + "&nbsp;" * 300_000 + "x",
        "<table>" + "<tr><td rowspan=1000 colspan=1000>x" * 2_000,
        "<table><tr><td>" * 3_000 + "x",
        "<p " + "a" * 1_000_000 + ">x</p>",
        "<ol>" + "<li>x" * 3_000,
        "&#0;&#xFFFF;\0x" * 10_000,
        "<b>x</i>" * 50_000,
    ],
)
def test_hostile_pages_end_in_good_time(body):
    start = time.process_time()
    with contextlib.suppress(Unreadable):
        assert read_html(sheet_bytes("<p>Kế hoạch</p>" + body), Limits())[0].text
    assert time.process_time() - start < 15


def test_no_file_is_opened_from_a_page(tmp_path):
    secret = tmp_path / "x.txt"
    secret.write_text("bí mật riêng")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><p>Kế hoạch &x;</p></html>'
    assert "bí mật riêng" not in open_sheet(page.encode()).text


PIECES = (  # blanks within one are written _
    "<table> </table> <tr> <td> <td_rowspan=3> <td_colspan=2> </td> <p> </p> <b> x <br> <ul><li> <h1> &nbsp; </div> "
    "<!-- --> <th> <div_style='text-align:center'> Sở_Y_tế"
)
pieces = st.lists(st.sampled_from([piece.replace("_", " ") for piece in PIECES.split()]), max_size=40)


@given(pieces)
@settings(max_examples=300, deadline=None)
def test_whatever_is_nested_in_whatever(parts):
    try:
        found = sheet("".join(parts))
    except Unreadable:
        return
    for block in found.blocks:
        assert isinstance(block, Line | Table)
        if isinstance(block, Table):
            assert len({len(row.cells) for row in block.rows}) == 1
            assert all(
                found.text[cell.span.start : cell.span.end] == cell.text for row in block.rows for cell in row.cells
            )
        else:
            assert found.text[block.span.start : block.span.end] == block.text
