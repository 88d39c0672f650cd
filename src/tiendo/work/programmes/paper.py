"""What papers of the house are made of, as DOCX: a blank sheet, paragraphs, a ruled table."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
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
    row = paper.add_table(rows=1, cols=len(widths)).rows[0]
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Cm(width)
    return row.cells


def line_in(cell: Any, text: str, **how: Any) -> Any:
    """One more line in a cell, in its first paragraph while that is empty."""
    first = cell.paragraphs[0]
    return written(first if not first.text and len(cell.paragraphs) == 1 else cell.add_paragraph(), text, **how)


def grid(
    paper: Any, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str]], *, size: float = 10
) -> None:
    """A ruled table; widths in centimetres, type in points."""
    table = paper.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    _fill(table.rows[0], heads, widths, size, bold=True)
    for row in rows:
        _fill(table.add_row(), row, widths, size)


def saved(paper: Any) -> bytes:
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _fill(row: Any, texts: Sequence[str], widths: Sequence[float], size: float, *, bold: bool = False) -> None:
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = Cm(width)
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold, Pt(size)
