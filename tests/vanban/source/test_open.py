"""The door of all sources: limits, wrong names, empty files, secrecy."""

import pytest

from docx_files import docx, p, package, tbl, tc, tr
from vanban.errors import Classified, TooLarge, Unreadable
from vanban.source import Limits, open_sheet


def codes(sheet):
    return [doubt.code for doubt in sheet.doubts]


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n", "\u00a0".encode(), bytes(50)])
def test_an_empty_file_is_told_so(data):
    with pytest.raises(Unreadable) as caught:
        open_sheet(data)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize("limits", [Limits(data=10), Limits(text=10)])
def test_too_much_is_refused(limits):
    with pytest.raises(TooLarge):
        open_sheet(b"Ke hoach so mot", limits=limits)


def test_two_hundred_megabytes_are_refused_at_once():
    with pytest.raises(TooLarge) as caught:
        open_sheet(bytes(200 * 1024**2))
    assert "100 MB" in caught.value.message


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (docx(p("x")), "a.docx", ("docx", [])),
        (docx(p("x")), "a.DOCX", ("docx", [])),
        (docx(p("x")), "a.txt", ("docx", ["extension"])),
        (docx(p("x")), "a.pdf", ("docx", ["extension"])),
        (docx(p("x")), None, ("docx", [])),
        (docx(p("x")), "khong-duoi", ("docx", [])),
        (b"Ke hoach", "a.txt", ("text", [])),
        (b"Ke hoach", "a.md", ("text", [])),
        (b"Ke hoach", "a.docx", ("text", ["extension"])),
    ],
)
def test_the_content_decides_and_a_wrong_name_is_said(data, name, expected):
    sheet = open_sheet(data, name=name)
    assert (sheet.format, codes(sheet)) == expected


def test_a_doubt_of_the_encoding_reaches_the_sheet():
    assert "encoding_guess" in codes(open_sheet("résumé approuvé".encode("latin-1"), name="a.txt"))


def test_a_web_page_is_read_as_one():
    sheet = open_sheet(b"<!DOCTYPE html><p>x", name="a.htm")
    assert (sheet.format, sheet.text, codes(sheet)) == ("html", "x\n", [])
    assert codes(open_sheet(b"<!DOCTYPE html><p>x", name="a.txt")) == ["extension"]


@pytest.mark.parametrize(
    "data",
    [
        docx(p("MẬT") + p("Kế hoạch")),
        docx(p("Kế hoạch"), header1=p("TỐI MẬT")),
        docx(p("Kế hoạch"), footer2=tbl(tr("trang 1", "Tuyệt mật"))),
        docx(tbl(tr(tc("TỈNH ỦY", "MẬT"), "ĐẢNG CỘNG SẢN")) + p("Kế hoạch")),
        docx(p(f"<w:r><w:pict><w:txbxContent>{p('M Ậ T')}</w:txbxContent></w:pict></w:r>") + p("Kế hoạch")),
        docx(tbl(tr("MẬT")) + p("Kế hoạch")),
        "TỈNH ỦY\nMẬT\n\nKế hoạch".encode(),
        "TỈNH ỦY\tMẬT\nSố 1\tNgày\n".encode("utf-16"),
    ],
)
def test_a_marked_document_is_refused_wherever_its_mark_stands(data):
    with pytest.raises(Classified):
        open_sheet(data)


def test_the_mark_of_a_macro_file_does_not_hide_its_secrecy():
    data = package({"word/vbaProject.bin": b"x", "word/document.xml": _document("MẬT")})
    with pytest.raises(Classified):
        open_sheet(data)


def _document(text):
    return (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{p(text)}</w:body></w:document>"
    )
