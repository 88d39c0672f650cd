"""The page image with the lit row, for a Word document, a PDF and a scan, as a person sees it while confirming."""

from __future__ import annotations

import pytest

import factories as make
import paper_files
from tiendo.work.directives import pages
from tiendo.work.directives.actions import readings
from vanban.source import office as libreoffice
from vanban.source.paper import recognise

pytestmark = [
    pytest.mark.browser,
    pytest.mark.office,
    pytest.mark.skipif(libreoffice.libreoffice() is None, reason="no LibreOffice here: run ops/system-packages"),
    pytest.mark.django_db(transaction=True),
]
SCAN = pytest.param(
    "ke-hoach.png",
    paper_files.scanned,
    marks=[
        pytest.mark.scan,
        pytest.mark.skipif(recognise.missing() is not None, reason="nothing recognises letters here: make setup-scan"),
    ],
)


@pytest.mark.parametrize(
    ("name", "content"), [("ke-hoach.docx", paper_files.plan), ("ke-hoach.pdf", paper_files.printed), SCAN]
)
def test_the_row_is_lit_on_its_page(office, window, name, content):
    received = make.document(office=office.body, content=content(), filename=name)
    document = readings.make(document_id=received.pk, at=make.NOW)
    pages.lay_out(document)
    page = window(office.officer)
    heights = []
    for row in document.duties.all():
        page.goto(f"/van-ban/{document.pk}/dong/?row={row.pk}")
        picture = page.get_by_role("img", name="Ảnh trang 1")
        picture.wait_for()
        page.wait_for_function("document.querySelector('.leaf-face img').naturalWidth > 400")
        whole, lit = picture.bounding_box(), page.locator("#lit").bounding_box()
        assert whole["x"] <= lit["x"] < lit["x"] + lit["width"] <= whole["x"] + whole["width"]
        assert lit["width"] > whole["width"] / 2, "all cells of the row"
        heights.append(lit["y"] - whole["y"])
        assert dark(page, lit, whole), "there is print under the light"
    assert len(heights) == 2
    assert heights[0] < heights[1]
    page.get_by_role("link", name="Nguyên văn").click()
    assert "Sửa chữa trạm y tế xã" in page.locator("mark").first.inner_text() or name.endswith("png")
    assert page.complaints == []


def dark(page, lit, whole) -> bool:
    """Whether the picture itself has ink where the light lies."""
    return page.evaluate(
        """([left, top, width, height]) => {
            const image = document.querySelector(".leaf-face img");
            const canvas = document.createElement("canvas");
            canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const [w, h] = [canvas.width, canvas.height];
            const data = context.getImageData(left * w, top * h, Math.ceil(width * w), Math.ceil(height * h)).data;
            return data.some((value, at) => at % 4 === 0 && value < 100);
        }""",
        [
            (lit["x"] - whole["x"]) / whole["width"],
            (lit["y"] - whole["y"]) / whole["height"],
            lit["width"] / whole["width"],
            lit["height"] / whole["height"],
        ],
    )
