"""Registers as offices keep them, made with openpyxl; and workbooks that come back filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook, load_workbook

SCIENCE, HEALTH = "Sở Khoa học và Công nghệ", "Sở Y tế"

HEAD = [
    "STT",
    "Nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn",
    "Tình trạng",
    "Ngày hoàn thành",
    "Ghi chú",
]
ROWS: list[list[object]] = [
    ["I", "CÔNG TÁC CHUYỂN ĐỔI SỐ", "", "", "", "", "", ""],
    [1, "Xây dựng kế hoạch chuyển đổi số", SCIENCE, HEALTH, "30/6/2026", "Đang thực hiện", "", ""],
    [2, "Ban hành quy chế dữ liệu", SCIENCE, "", "31/12/2025", "Đã hoàn thành", "20/12/2025", "QĐ 12"],
    [3, "Rà soát trang thiết bị", HEALTH, "", "30/11/2025", "Chưa hoàn thành", "", ""],
    [4, "Tuyên truyền chuyển đổi số", HEALTH, "", "Thường xuyên", "", "", ""],
    [5, "Sơ kết khi có chỉ đạo", "Sở Lạ Chưa Biết", "", "", "", "", ""],
]


def register(
    rows: Iterable[Sequence[object]] = ROWS, head: Sequence[object] = HEAD, titles: int = 2, **merges: str
) -> bytes:
    """A workbook with `titles` lines above its head. `merges`: any name → a range of the sheet ("C5:C6")."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Theo dõi"
    for number in range(titles):
        sheet.append(["SỔ THEO DÕI NHIỆM VỤ" if number == 0 else "Năm 2026"])
    for row in (head, *rows):
        sheet.append(list(row))
    for span in merges.values():
        sheet.merge_cells(span)
    return _saved(book)


def edited(data: bytes, cells: dict[str, object]) -> bytes:
    """A workbook with these cells (of its first sheet) written over."""
    book = load_workbook(io.BytesIO(data))
    for place, value in cells.items():
        book.active[place] = value
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
