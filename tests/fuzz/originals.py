"""Our own small files of every kind that the reader opens: what damage starts from where there is no corpus."""

from __future__ import annotations

import importlib
import io
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import docx_files
import paper_files
import pdf_files
import specimens

SEEDS = Path(__file__).with_name("seeds")
_PAGE = (
    "<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><p><b>KẾ HOẠCH</b></p>"
    "<p>Số 5/KH-UBND ngày 2/3/2026</p>"
    "<table border=1><tr><th>TT</th><th>Nội dung nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Thời gian</th></tr>"
    "<tr><td rowspan=2>1</td><td>Sửa chữa trạm y tế</td><td>Sở Xây dựng</td><td>Quý I/2026</td></tr>"
    "<tr><td>Lập hồ sơ sức khỏe</td><td>Sở Y tế</td><td><table><tr><td>Tháng 9</td></tr></table></td></tr></table>"
    "<ol><li>Giao Sở Tài chính chủ trì</li></ol></body></html>"
)
_PIPES = (
    "| TT | Nội dung nhiệm vụ | Cơ quan chủ trì |\n|---|---|---|\n| 1 | Sửa đường | Sở Xây dựng |\n| | và cầu | |\n"
)
_TABS = "TT\tNội dung nhiệm vụ\tCơ quan chủ trì\tThời gian\n1\tSửa đường\tSở Xây dựng\tQuý I/2026\n\tvà cầu\t\t\n"
_RTF = (
    rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}\f0 K\u7871? ho\u7841?ch\par"
    rb"\trowd\cellx900\cellx1800 1\cell S\u7917?a\cell\row}"
)
_OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(600)
_BODY = (
    docx_files.p("KẾ HOẠCH")
    + docx_files.tbl(
        docx_files.tr("Nội dung nhiệm vụ", "Cơ quan chủ trì"),
        docx_files.tr("Sửa đường", docx_files.tc("Sở Y tế", properties='<w:vMerge w:val="restart"/>')),
        docx_files.tr("Sửa cầu", docx_files.tc(properties="<w:vMerge/>")),
    )
    + docx_files.p("<w:ins><w:r><w:t>Thêm</w:t></w:r></w:ins>", properties=docx_files.listed())
)


def made() -> Iterator[bytes]:
    yield from (path.read_bytes() for path in sorted(SEEDS.glob("*.bin")))
    for found in pkgutil.iter_modules(specimens.__path__):
        text = getattr(importlib.import_module(f"specimens.{found.name}"), "TEXT", None)
        if isinstance(text, str):
            yield text.encode()
    yield from (_PIPES.encode(), _TABS.encode(), _TABS.encode("utf-16"), _PAGE.encode(), _mhtml())
    yield from (packed(), paper_files.plan(), _workbook(), *_printed(), *_pictures(), _RTF, _OLE)


def packed() -> bytes:
    return docx_files.docx(_BODY, numbering=docx_files.numbering([docx_files.level(0, "decimal", "%1.")]))


def _mhtml() -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    part = "--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    return f"{head}{part}{_PAGE}\r\n--x--\r\n".encode()


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (paper_files.HEAD, *paper_files.ROWS):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _printed() -> Iterator[bytes]:
    table = pdf_files.ruled([("TT", "Noi dung", "Chu tri"), ("1", "Sua duong", "So Y te"), ("2", "Sua cau", "")])
    yield pdf_files.pdf(table)
    yield pdf_files.pdf(table, table, rotate=90, packed=True)
    form = "/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<>>"
    note = "<</Type/Annot/Subtype/FreeText/Rect[10 10 200 40]/Contents(Ghi chu)>>"
    yield pdf_files.pdf(
        table + "/X1 Do\n", xobjects=[(form, b"0 0 1 rg 10 10 50 50 re f 1 0 0 1 5 5 cm")], notes=[note]
    )


def _pictures() -> Iterator[bytes]:
    from PIL import Image, ImageDraw

    page = Image.new("RGB", (500, 420), "white")
    draw = ImageDraw.Draw(page)
    for at in range(40, 400, 60):
        draw.line((40, at, 460, at), fill="black", width=2)
    for at in (40, 200, 460):
        draw.line((at, 40, at, 340), fill="black", width=2)
    draw.text((60, 60), "TT  Noi dung", fill="black")
    for form in ("PNG", "JPEG", "TIFF"):
        target = io.BytesIO()
        page.save(target, form)
        yield target.getvalue()
