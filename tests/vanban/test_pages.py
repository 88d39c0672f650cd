"""Pages as pictures, and the words of a Word document on its own print."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

import paper_files
from vanban import pages, read
from vanban.source import office
from vanban.source.paper import recognise

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(office.libreoffice() is None, reason="no LibreOffice here: run ops/system-packages"),
]


def opened(picture: bytes | None) -> Image.Image:
    assert picture is not None
    return Image.open(BytesIO(picture))


def darkest(picture: Image.Image, box) -> int:
    width, height = picture.size
    left, top, right, bottom = box
    return picture.crop((int(left * width), int(top * height), int(right * width) + 1, int(bottom * height) + 1)).convert("L").getextrema()[0]  # fmt: skip # noqa: E501


def test_a_word_document_is_laid_out_and_its_words_found():
    reading = read(paper_files.plan())
    made = pages.printed(paper_files.plan(), kind=reading.format, text=reading.text)
    assert made is not None
    assert made.pages == 1
    said = [reading.text[place.start : place.end] for place in made.places]
    assert {"Sở Y tế", "Công an tỉnh", "Tháng 3/2026"} <= set(said)
    page = opened(pages.picture(made.pdf, 1))
    assert all(darkest(page, place.box) < 120 for place in made.places), "each place has ink on it"


def test_what_has_no_pages_to_be_laid_out_is_not():
    assert pages.printed(b"van ban", kind="text", text="van ban") is None
    assert pages.printed(paper_files.printed(), kind="pdf", text="") is None


def test_without_libreoffice_nothing_is_printed(monkeypatch):
    monkeypatch.setattr(office, "libreoffice", lambda: None)
    assert pages.printed(paper_files.plan(), kind="docx", text="KẾ HOẠCH") is None


def test_a_page_of_a_pdf_is_a_picture():
    shown = opened(pages.picture(paper_files.printed(), 1, dpi=72))
    assert (shown.format, shown.size) == ("WEBP", (612, 792))


@pytest.mark.parametrize("number", [0, 2, -1])
def test_there_is_no_other_page(number):
    assert pages.picture(paper_files.printed(), number) is None


@pytest.mark.parametrize("data", [b"", b"chu", b"%PDF-1.4 hong", b"\x89PNG\r\n\x1a\n hong", b"\xff\xd8\xff hong"])
def test_a_broken_file_has_no_picture(data):
    assert pages.picture(data, 1) is None


@pytest.mark.scan
@pytest.mark.skipif(recognise.missing() is not None, reason="nothing recognises letters here: make setup-scan")
def test_a_scan_is_its_own_picture_and_its_places_lie_on_it():
    data = paper_files.scanned()
    page = opened(pages.picture(data, 1))
    assert max(page.size) <= 1520
    places = read(data).places
    assert places
    assert all(darkest(page, place.box) < 150 for place in places)
    assert pages.picture(data, 2) is None


def test_a_picture_stands_as_its_camera_says():
    held = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # turn to the right
    Image.new("RGB", (400, 200), "white").save(held, "JPEG", exif=exif)
    assert opened(pages.picture(held.getvalue(), 1)).size == (200, 400)
