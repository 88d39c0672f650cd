"""Scans: a page that we wrote, printed by LibreOffice, made a picture, leaned, stamped and then recognised."""

import sys

import pytest

import paper_files
from vanban import read
from vanban.errors import Unreadable
from vanban.fold import fold
from vanban.model import Heading
from vanban.source import confined, office, open_sheet
from vanban.source.limits import Limits
from vanban.source.paper import pdf, recognise
from vanban.source.paper.page import Box, Page, Word
from vanban.source.paper.print import Printed

pytestmark = [
    pytest.mark.scan,
    pytest.mark.skipif(recognise.missing() is not None, reason="nothing recognises letters here: make setup-scan"),
]

READ = [tuple(map(fold, row)) for row in paper_files.ROWS]


@pytest.fixture(scope="module")
def printed():
    """The plan as a PDF."""
    if office.libreoffice() is None:
        pytest.skip("no LibreOffice here to print the page: run ops/system-packages")
    return paper_files.printed()


@pytest.fixture(scope="module")
def pixels(printed):
    import numpy as np

    page = pdf.picture(printed, 1, dpi=200)
    return np.frombuffer(page.pixels, np.uint8).reshape(page.rows, page.columns, 3)


def scanned(pixels, *, form=".png", lean=0.0, seal=False):
    """A picture file of the page: leaning by degrees, with a red ring over the table."""
    import cv2
    import numpy as np

    picture = pixels.copy()
    rows, columns = picture.shape[:2]
    if lean:
        matrix = cv2.getRotationMatrix2D((columns / 2, rows / 2), lean, 1.0)
        picture = cv2.warpAffine(picture, matrix, (columns, rows), borderValue=(255, 255, 255))
    if seal:  # ink lets the print beneath it through
        ring = cv2.circle(np.full_like(picture, 255), (columns // 2, 430), 110, (60, 60, 225), 6)
        picture = np.minimum(picture, ring)
    return cv2.imencode(form, picture)[1].tobytes()


def duties(reading):
    """Without tone marks: Tesseract takes ồ for ổ now and then."""
    return [
        tuple(map(fold, (one.number, one.content, one.lead_text, one.coordinator_text, one.deadline_text)))
        for one in reading.duties
    ]


@pytest.mark.office
@pytest.mark.parametrize("form", [".png", ".jpg", ".tiff"])
def test_a_picture_of_a_page_is_read(pixels, form):
    told = []
    reading = read(scanned(pixels, form=form), name=f"a{form}", progress=told.append)
    assert reading.format == "scan"
    assert duties(reading) == READ
    assert told[:2] == ["open", "open 1/1"]
    assert "extension" not in {one.code for one in reading.doubts}


@pytest.mark.office
@pytest.mark.parametrize("lean", [-2.0, 0.7, 3.0])
def test_a_page_that_leans_is_straightened_and_a_seal_taken_out(pixels, lean):
    assert duties(read(scanned(pixels, lean=lean, seal=True))) == READ


@pytest.mark.office
def test_places_lie_on_the_picture_as_it_came(pixels):
    def spot(data):
        reading = read(data)
        start = reading.text.index("Sửa chữa")
        left, top, right, bottom = next(one.box for one in reading.places if one.start <= start < one.end)
        return (left + right) / 2, (top + bottom) / 2

    level, leaning = spot(scanned(pixels)), spot(scanned(pixels, lean=3.0))
    rows, columns = pixels.shape[:2]
    # Turned against the clock, what stands left of the middle comes to stand lower: by its distance times the sine.
    lower = (0.5 - level[0]) * columns * 0.0523 / rows
    assert leaning[1] - level[1] == pytest.approx(lower - (1 - 0.9986) * (level[1] - 0.5), abs=0.006)


@pytest.mark.office
def test_every_picture_of_a_tiff_is_a_page(pixels):
    import cv2

    file = cv2.imencodemulti(".tiff", [pixels, pixels])[1].tobytes()
    assert read(file).pages == 2
    assert read(file, limits=Limits(scanned=1)).pages == 1


def test_a_dot_a_broken_file_and_a_huge_one_are_refused():
    import cv2
    import numpy as np

    dot, huge = np.zeros((1, 1, 3), np.uint8), np.zeros((20_000, 20_000), np.uint8)
    for data in (cv2.imencode(".png", dot)[1].tobytes(), cv2.imencode(".png", huge)[1].tobytes(), b"\xff\xd8\xff" * 99):
        with pytest.raises(Unreadable) as caught:
            open_sheet(data)
        assert caught.value.reason == "image_broken"


def test_an_empty_page_is_a_page_without_words():
    import cv2
    import numpy as np

    white = np.full((1000, 700, 3), 255, np.uint8)
    with recognise.recogniser() as recogniser:
        pages = list(recogniser.pages_of(cv2.imencode(".png", white)[1].tobytes(), Limits()))
    assert [page.words for page in pages] == [()]


@pytest.mark.office
def test_a_child_that_hangs_is_killed_and_the_page_told_unread(printed, pixels, monkeypatch):
    """The same pages twice: nothing is recognised in time, so the whole of a scan is refused, and nothing hangs."""
    monkeypatch.setattr(recognise, "SECONDS", 0.05)
    with recognise.recogniser() as recogniser:
        assert recogniser(pdf.picture(printed, 1, dpi=200)) is None
    with pytest.raises(Unreadable):
        open_sheet(scanned(pixels))


@pytest.mark.office
def test_the_child_leaves_nothing_behind(pixels, tmp_path, monkeypatch):
    monkeypatch.setattr(confined.tempfile, "tempdir", str(tmp_path))
    read(scanned(pixels))
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_a_scan_says_what_to_install(monkeypatch):
    monkeypatch.setattr(recognise, "missing", lambda: "tiendo[scan]")
    with pytest.raises(Unreadable) as caught:
        open_sheet(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert caught.value.reason == "scan_missing"
    assert "tiendo[scan]" in caught.value.message


def test_a_place_is_turned_back_about_the_middle_of_the_page():
    page = Page(1, 600.0, 800.0, (), scanned=True, lean=90.0)
    line = Printed((Word("a", Box(290.0, 100.0, 310.0, 120.0)),), page)
    left, top, right, bottom = line.place(0).box
    # A quarter turn against the clock brought it from the right side to the top.
    assert ((left + right) / 2 * 600, (top + bottom) / 2 * 800) == pytest.approx((590.0, 400.0), abs=0.1)


def test_nothing_of_opencv_is_loaded_for_other_files():
    assert read(b"Ke hoach").heading == Heading()
    code = "import sys, vanban; vanban.read(b'Ke hoach'); sys.exit('cv2' in sys.modules)"
    with confined.folder() as folder:
        assert confined.run([sys.executable, "-c", code], within=folder, seconds=60, megabytes=1024).code == 0
