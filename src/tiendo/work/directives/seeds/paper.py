"""A directive on paper, as offices write them: letterhead, body, signature, annex with merged lead cells."""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table

from tiendo.work.directives.seeds.dates import calendar

HEADS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành", "Sản phẩm")
WIDTHS = (1.2, 9, 4.5, 4.5, 3.2, 3.2)
LEAD = 2


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the annex. An empty lead is one merged with the cell above; `-` is printed as an empty cell."""

    number: str
    content: str
    lead: str
    others: str
    deadline: str
    product: str

    @property
    def cells(self) -> tuple[str, ...]:
        lead = "" if self.lead == "-" else self.lead
        return self.number, self.content, lead, self.others, self.deadline, self.product


def directive(name: str, *, today: date, issued: date) -> bytes:
    """The DOCX of one of the documents of this folder (`programme`, `plan`), its dates counted from `today`."""
    text = (Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8")
    facts = tomllib.loads(text)
    when = calendar(today) | {"issued": f"{issued.day}/{issued.month}/{issued.year}"}
    paper = Paper()
    paper.styles["Normal"].font.name, paper.styles["Normal"].font.size = "Times New Roman", Pt(13)
    _letterhead(paper, facts["symbol"], issued)
    _title(paper, facts["kind"], facts["title"])
    for line in facts["body"]:
        paragraph = paper.add_paragraph()
        paragraph.add_run(line).bold = line.isupper()
    _ending(paper, facts["recipients"])
    _annex(paper, facts["annex"], facts["caption"].format(**when))
    _table(paper, facts["section"], when)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _letterhead(paper: Any, symbol: str, issued: date) -> None:
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.text = f"TỈNH ỦY LẠC VÂN\n*\nSố {symbol}"
    right.text = f"ĐẢNG CỘNG SẢN VIỆT NAM\n\nLạc Vân, ngày {issued.day:02} tháng {issued.month:02} năm {issued.year}"


def _title(paper: Any, kind: str, title: str) -> None:
    for text in (kind, title, "-----"):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run(text).bold = True


def _ending(paper: Any, recipients: list[str]) -> None:
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    left.text = "\n".join(["Nơi nhận:", *(f"- {name}," for name in recipients[:-1]), f"- {recipients[-1]}."])
    right.text = "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n\nVũ Văn Mẫu Hải"


def _annex(paper: Any, title: str, caption: str) -> None:
    section = paper.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    for text in ("PHỤ LỤC", title, f"({caption})", "-----"):
        paragraph = paper.add_paragraph(text)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Any, sections: list[dict[str, Any]], when: dict[str, object]) -> None:
    table = paper.add_table(rows=1, cols=len(HEADS))
    table.style = "Table Grid"
    _fill(table, 0, HEADS)
    _repeat(table)
    place = 0
    for section in sections:
        if section["name"]:
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = section["name"]
        top = None
        for raw in section["row"]:
            place += 1
            row = Row(
                raw.get("number", str(place)),
                raw["content"],
                raw["lead"],
                raw["with"],
                raw["deadline"].format(**when),
                raw["product"],
            )
            line = len(table.rows)
            table.add_row()
            _fill(table, line, row.cells)
            if row.lead or top is None:
                top = line
            else:
                _merge_up(table, top, line)


def _fill(table: Table, line: int, texts: tuple[str, ...]) -> None:
    for cell, text, width in zip(table.rows[line].cells, texts, WIDTHS, strict=True):
        cell.text, cell.width = text, Cm(width)


def _merge_up(table: Table, top: int, line: int) -> None:
    """Mark the two lead cells as one, the way word processors write it (w:vMerge)."""
    for at, start in ((top, True), (line, False)):
        properties = table.rows[at].cells[LEAD]._tc.get_or_add_tcPr()  # noqa: SLF001 (python-docx has no call that keeps texts)
        if properties.find(_name("vMerge")) is None:
            mark = OxmlElement("w:vMerge")
            if start:
                mark.set(_name("val"), "restart")
            properties.append(mark)


def _repeat(table: Table) -> None:
    """Print the head again on every page."""
    properties = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001
    properties.append(OxmlElement("w:tblHeader"))


def _name(tag: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{tag}"
