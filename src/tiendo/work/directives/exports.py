"""Bảng đối chiếu: what became of every line of a document, and where every row came from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.utils import timezone
from xlsxwriter import Workbook

from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.queries import Reconciled, reconcile

ORIGINS = {"table": "bảng", "list": "danh mục", "prose": "đoạn văn"}
SIGNED_AS = {"row": "từng dòng", "table": "cả bảng", "bulk": "hàng loạt"}
LINES = {
    "Dòng của văn bản": 10,
    "Nơi có": 12,
    "Số": 8,
    "Nội dung máy đọc": 60,
    "Chủ trì (nguyên văn)": 30,
    "Thời hạn (nguyên văn)": 20,
    "Kết quả": 22,
    "Lý do": 32,
    "Thành dòng": 12,
    "Người xác nhận": 24,
    "Lúc": 17,
    "Cách ký": 12,
}
ROWS = {
    "Dòng": 8,
    "Số": 8,
    "Nội dung": 60,
    "Chủ trì": 34,
    "Phối hợp": 34,
    "Thời hạn": 22,
    "Tình trạng": 22,
    "Lý do": 32,
    "Từ dòng của văn bản": 14,
    "Sửa so với bản máy đọc": 14,
}


def reconciliation_xlsx(document: Document) -> bytes:
    """Two sheets: the document's lines with what became of each, and the rows with the lines they came from.

    Texts stay texts: no cell is ever taken for a formula.
    """
    out = io.BytesIO()
    lines = reconcile(document)
    rows = list(document.duties.exclude(state=Duty.State.REPLACED))
    names = {row.pk: str(place) for place, row in enumerate(rows, start=1)}
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title = f"Bảng đối chiếu {document.kind} {document.symbol}".strip()
        _sheet(book, "Văn bản → dòng", title, LINES, (cells for line in lines for cells in _line(line, names)))
        _sheet(book, "Dòng → văn bản", title, ROWS, (_cells(row, names) for row in rows))
    return out.getvalue()


def _sheet(book: Workbook, name: str, title: str, columns: Mapping[str, int], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8ECF0"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for place, width in enumerate(columns.values()):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    for place, text in enumerate(columns):
        sheet.write_string(2, place, text, head)
    sheet.freeze_panes(3, 0)
    for line, cells in enumerate(rows, start=3):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text, cell)


def _line(line: Reconciled, names: Mapping[int, str]) -> Iterator[list[str]]:
    """One line for each row that came of it; a line of which nothing came says so."""
    machine = line.machine
    seen = [
        str(line.index + 1),
        ORIGINS.get(machine.origin, machine.origin),
        machine.number or "",
        machine.content,
        machine.lead_text,
        machine.deadline_text,
    ]
    if not line.rows:
        yield [*seen, "không còn dòng nào", "", "", "", "", ""]
    for row in line.rows:
        yield [*seen, row.get_state_display(), row.reason, names.get(row.pk, ""), *_signature(row)]


def _signature(row: Duty) -> list[str]:
    when = f"{timezone.localtime(row.signed_at):%H:%M %d/%m/%Y}" if row.signed_at else ""
    return [str(row.signed_by or ""), when, SIGNED_AS.get(row.signed_as, row.signed_as)]


def _cells(row: Duty, names: Mapping[int, str]) -> list[str]:
    return [
        names[row.pk],
        row.number,
        row.content,
        "; ".join(str(party["name"]) for party in row.leads),
        "; ".join(str(party["name"]) for party in row.coordinators),
        row.deadline_text,
        row.get_state_display(),
        row.reason,
        ", ".join(str(index + 1) for index in row.indexes) or "thêm tay",
        "có" if row.edited else "",
    ]
