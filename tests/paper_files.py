"""One plan on paper: as DOCX, as LibreOffice prints it, and as a scanner sees that. Our own words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from docx import Document
from docx.shared import Pt

from vanban.source import office
from vanban.source.paper import pdf

HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian")
ROWS = (
    ("1", "Lập hồ sơ sức khỏe điện tử cho người dân", "Sở Y tế", "Công an tỉnh", "Tháng 3/2026"),
    ("2", "Sửa chữa trạm y tế xã đã xuống cấp", "Sở Xây dựng", "Sở Tài chính", "Tháng 9/2026"),
)
TITLE = "Phát triển y tế cơ sở tỉnh Lạc Vân năm 2026"


@cache
def plan(rows: Sequence[Sequence[str]] = ROWS) -> bytes:
    """The plan as DOCX."""
    document = Document()
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(13)
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph(TITLE)
    table = document.add_table(rows=1 + len(rows), cols=len(HEAD), style="Table Grid")
    for row, texts in zip(table.rows, (HEAD, *rows), strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(3)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@cache
def printed() -> bytes:
    """The plan as PDF. Needs LibreOffice."""
    made = office.to_pdf(plan(), "docx")
    assert made is not None
    return made


@cache
def scanned() -> bytes:
    """The plan as a picture of its page. Needs LibreOffice and OpenCV."""
    import cv2
    import numpy as np

    page = pdf.picture(printed(), 1, dpi=200)
    assert page is not None
    pixels = np.frombuffer(page.pixels, np.uint8).reshape(page.rows, page.columns, 3)
    return bytes(cv2.imencode(".png", pixels)[1])
