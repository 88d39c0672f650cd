"""What papers of the house are made of, as DOCX: a blank sheet, paragraphs, a ruled table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document as Paper
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

FONT = "Times New Roman"
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
LEAST_AFTER = Pt(6)
"""Between two paragraphs of the text (NĐ 30/2020/NĐ-CP, Phụ lục I; the Party's form has the same)."""


def blank(*, size: int) -> Any:
    """An A4 sheet in the type of official documents; `size`: points of its text."""
    paper = Paper()
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(size)
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    return paper


def margins(paper: Any, *, top: float, bottom: float, left: float, right: float) -> None:
    """In centimetres."""
    section = paper.sections[0]
    section.top_margin, section.bottom_margin = Cm(top), Cm(bottom)
    section.left_margin, section.right_margin = Cm(left), Cm(right)


def written(
    paragraph: Any,
    text: str,
    *,
    size: float | None = None,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    align: str = "left",
    indent: bool = False,
) -> Any:
    """Write a line into a paragraph; `indent`: its first line stands in by a centimetre, as the text does."""
    run = paragraph.add_run(text)
    run.bold, run.italic, run.underline = bold, italic, underline
    if size:
        run.font.size = Pt(size)
    paragraph.alignment = ALIGN[align]
    paragraph.paragraph_format.space_after = LEAST_AFTER if indent else Pt(0)
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(1)
    return paragraph


def beside(paper: Any, widths: Sequence[float]) -> Any:
    """Cells side by side without rules, as wide as that (cm); each holds one empty paragraph."""
    table = paper.add_table(rows=1, cols=len(widths))
    _wide(table, widths)
    for cell, width in zip(table.rows[0].cells, widths, strict=True):
        cell.width = Cm(width)
    return table.rows[0].cells


def line_in(cell: Any, text: str, **how: Any) -> Any:
    """One more line in a cell, in its first paragraph while that is empty."""
    first = cell.paragraphs[0]
    return written(first if not first.text and len(cell.paragraphs) == 1 else cell.add_paragraph(), text, **how)


def grid(
    paper: Any, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], *, size: float = 10
) -> None:
    """A ruled table; widths in centimetres, type in points. Its head stands on each of its pages, no row is cut."""
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    _wide(table, widths)
    _fill(table.rows[0], heads, widths, size, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for row in rows:
        _fill(table.add_row(), row, widths, size)
    for row in table.rows:
        _mark(row, "w:cantSplit")


def _wide(table: Any, widths: Sequence[float]) -> None:
    """Columns as wide as that, whatever stands in them: of cells alone LibreOffice would make them all alike."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def dotted(paragraph: Any, *stops: float) -> Any:
    """Each tab of the line becomes dots up to its place (cm), to be written on by hand."""
    for stop in stops:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(stop), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.DOTS)
    return paragraph


def _mark(row: Any, what: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(what))  # noqa: SLF001 (python-docx has no word for it)


def kept_whole(cells: Iterable[Any]) -> None:
    """Cells side by side stay on one page, with what stands right above them."""
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.keep_together = True


def numbered(paper: Any, *, size: float) -> None:
    """Page numbers in the middle of the top margin, from the second page on (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    run.font.size = Pt(size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        piece = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            piece.set(qn("w:fldCharType"), kind)
        piece.text = text or None
        run._r.append(piece)  # noqa: SLF001 (as above)


def landscape(paper: Any) -> Any:
    """What follows stands on new pages that lie: for tables too wide for an upright sheet."""
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = False
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)
    return section


def saved(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _fill(row: Any, texts: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(size)
