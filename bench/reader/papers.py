"""One invented plan as offices send it: DOCX, HTML, PDF (LibreOffice prints it), and five pages of it as a scan.

A table of 60 rows over about 28 pages: lead cells merged over several rows, its head repeated on each page, rows cut
by page ends. No sentence of it stands in a real document.
"""

from __future__ import annotations

import html
import io
import math
import random
from dataclasses import dataclass

from docx import Document
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table
from PIL import Image, ImageChops, ImageDraw
from synthetic import HEAD, Writer

from vanban.source import office
from vanban.source.paper import pdf

COLUMNS = HEAD.split("\t")
ROWS, SCANNED_ROWS = 60, 8
PROSE = 24_000
"""Bytes of the document before its table."""
_MERGED = (1, 4, 2, 3)
"""So many rows share a lead cell, over and over."""
_WIDTHS = (1.2, 6.6, 2.8, 3.4, 2.5)
"""Centimetres."""
_PARAGRAPHS = (1, 2)
"""In the cell that says what is to be done, row after row."""
_LEADS = ("Sở Xây dựng", "Công an tỉnh", "Ban Tổ chức Tỉnh ủy", "Sở Y tế", "Văn phòng Tỉnh ủy")
_DPI, _LEAN = 200, 0.7
_SEAL = (205, 40, 50)


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in a row, and for how many rows its lead cell stands (0: a row above has it)."""

    number: str
    content: str
    lead: str
    others: str
    deadline: str
    leads_for: int


def rows_of(count: int = ROWS, seed: int = 60) -> list[Row]:
    writer = Writer(random.Random(seed))
    rows: list[Row] = []
    group = 0
    while len(rows) < count:
        size = min(_MERGED[group % len(_MERGED)], count - len(rows))
        for place in range(size):
            _, _, others, deadline = writer.row().split("\t")
            content = "\n".join(writer.paragraph() for _ in range(_PARAGRAPHS[len(rows) % 2]))
            lead = _LEADS[group % len(_LEADS)]
            rows.append(Row(str(len(rows) + 1), content, lead, others, deadline, 0 if place else size))
        group += 1
    return rows


def prose(size: int = PROSE, seed: int = 60) -> list[str]:
    return Writer(random.Random(seed)).document(size, table=False).split("\n")


def docx(rows: list[Row], lines: list[str]) -> bytes:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Cm(21), Cm(29.7), Cm(3), Cm(1.5)
    document.styles["Normal"].font.name = "Liberation Serif"
    document.styles["Normal"].font.size = Pt(12)
    document.styles["Normal"].paragraph_format.space_after = Pt(2)
    for line in lines:
        document.add_paragraph(line)
    if rows:
        _table(document.add_table(rows=1 + len(rows), cols=len(COLUMNS), style="Table Grid"), rows)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _table(table: Table, rows: list[Row]) -> None:
    printed = [COLUMNS, *([row.number, row.content, "", row.others, row.deadline] for row in rows)]
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Cm(width)
    for row, texts in zip(list(table.rows), printed, strict=True):
        for cell, text, width in zip(row.cells, texts, _WIDTHS, strict=True):
            cell.width = Cm(width)
            first, *others = text.split("\n")
            cell.text = first
            for paragraph in others:
                cell.add_paragraph(paragraph)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (python-docx has no name for it)
    for number, row in enumerate(rows, 1):
        if row.leads_for:
            last = table.cell(number + row.leads_for - 1, 2)
            cell = table.cell(number, 2)
            (cell.merge(last) if row.leads_for > 1 else cell).text = row.lead


def web(rows: list[Row], lines: list[str]) -> bytes:
    body = [f"<p>{html.escape(line)}</p>" for line in lines if line]
    body.append(
        "<table border=1><thead><tr>" + "".join(f"<th>{name}</th>" for name in COLUMNS) + "</tr></thead><tbody>"
    )
    for row in rows:
        content = "".join(f"<p>{html.escape(part)}</p>" for part in row.content.split("\n"))
        lead = f"<td rowspan={row.leads_for}>{row.lead}</td>" if row.leads_for else ""
        ends = f"<td>{row.others}</td><td>{row.deadline}</td>"
        body.append(f"<tr><td>{row.number}</td><td>{content}</td>{lead}{ends}</tr>")
    body.append("</tbody></table>")
    return (
        "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>" + "\n".join(body) + "</body></html>"
    ).encode()


def printed(document: bytes) -> bytes:
    """As LibreOffice prints a DOCX. Raises RuntimeError without LibreOffice."""
    made = office.to_pdf(document, "docx")
    if made is None:
        raise RuntimeError("LibreOffice is needed to print the document")
    return made


def pages_of(data: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(data))


def scanned(data: bytes, pages: int = 5) -> bytes:
    """The first pages as a scanner sees them: one picture each, leaning, a red seal over the print. A PDF."""
    images = []
    for number in range(1, pages + 1):
        page = pdf.picture(data, number, dpi=_DPI)
        if page is None:
            break
        image = Image.frombytes("RGB", (page.columns, page.rows), page.pixels, "raw", "BGR")
        leaned = image.rotate(_LEAN, Image.Resampling.BICUBIC, fillcolor="white")
        images.append(ImageChops.multiply(leaned, _seal(leaned.size, number)))
    file = io.BytesIO()
    images[0].save(file, "PDF", resolution=_DPI, save_all=True, append_images=images[1:], quality=85)
    return file.getvalue()


def _seal(size: tuple[int, int], number: int) -> Image.Image:
    """A round seal with a star, at another place on each page."""
    sheet = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(sheet)
    x, y = size[0] * (0.35 + 0.1 * (number % 4)), size[1] * (0.25 + 0.13 * number)
    for radius, width in ((140, 7), (100, 4)):
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), outline=_SEAL, width=width)
    points = [(x + r * math.sin(a), y - r * math.cos(a)) for r, a in _star(60, 25)]
    draw.polygon(points, fill=_SEAL)
    return sheet


def _star(outer: float, inner: float) -> list[tuple[float, float]]:
    return [(inner if corner % 2 else outer, corner * math.pi / 5) for corner in range(10)]


def longer(data: bytes, pages: int) -> bytes:
    """The pages of a PDF over and over, up to so many."""
    import pypdfium2

    source, made = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new()
    while len(made) < pages:
        made.import_pages(source, list(range(min(len(source), pages - len(made)))))
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()
