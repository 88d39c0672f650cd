"""The workbook of a form: written for a body with its own rows, and read when it comes back."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from tiendo.work.programmes.errors_of_forms import FormUnreadableError
from tiendo.work.programmes.messages import RESTRICTED
from tiendo.work.programmes.models import AnswerForm, Obligation
from tiendo.work.programmes.queries.forms import key_of
from tiendo.work.programmes.rules.answers import TEXT_LIMIT
from tiendo.work.programmes.rules.forms import ANSWERS, CONTENT, KEY, NOTHING, PAPER_ON, PERCENT, TEXT, Cell

MIB = 1024 * 1024
LARGEST, UNPACKED = 5 * MIB, 30 * MIB
"""Bytes of a file that comes back, and of what it unpacks to; a form of 300 rows has 0.05 and 0.4."""
MOST_ROWS = 3_000
COLUMNS = {
    "Mã dòng (không sửa)": 12,
    "Số": 7,
    "Nhiệm vụ": 60,
    "Hạn, kỳ": 20,
    "Kết quả (hai dòng)": 52,
    "Số văn bản": 20,
    "Ngày văn bản": 14,
    "Không phát sinh (x)": 12,
    "Đã xong (%)": 10,
}
HOW = (
    "Chỉ điền năm cột bên phải. Kết quả viết tối đa hai dòng; số và ngày văn bản ghi cùng nhau (ngày/tháng/năm). "
    "Mẫu không có cột nơi nhận: nơi nhận văn bản, nếu cần, ghi ở trang báo cáo. "
    "“Không phát sinh” chỉ dùng cho việc thường xuyên, đánh dấu x. “Đã xong (%)” chỉ ghi khi việc có "
    "thời hạn chưa xong: dòng đó là báo cáo tiến độ, việc vẫn để mở; việc đã xong thì để trống. "
    "Dòng chưa trả lời thì để trống. "
    "Không dùng công thức: kết quả của công thức không được nhận."
)


def form_xlsx(form: AnswerForm, rows: Sequence[Obligation]) -> bytes:
    """A body's open rows as a workbook: only the cells of the answer are unlocked, and texts stay texts."""
    out = io.BytesIO()
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}) as book:
        base = {"border": 1, "text_wrap": True, "valign": "top"}
        head = book.add_format({**base, "bold": True, "bg_color": "#E8ECF0"})
        locked = book.add_format(base)
        key = book.add_format({**base, "font_color": "#8A8F98", "font_size": 8})
        free = book.add_format({**base, "locked": False, "bg_color": "#FFFDF2", "num_format": "@"})
        day = book.add_format({**base, "locked": False, "bg_color": "#FFFDF2", "num_format": "dd/mm/yyyy"})
        shut = book.add_format({**base, "bg_color": "#ECECEC"})
        sheet = book.add_worksheet("Trả lời")
        for place, width in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, f"{form.organisation.name}: báo cáo kết quả", book.add_format({"bold": True}))
        of = " – ".join(filter(None, (form.programme.symbol, form.programme.title)))
        sheet.write_string(1, 0, f"{of}. Nơi nhận báo cáo: {_receivers(form, rows)}.")
        sheet.write_string(2, 0, HOW)
        for place, label in enumerate(COLUMNS):
            sheet.write_string(FIRST - 1, place, label, head)
        for line, owed in enumerate(rows, start=FIRST):
            for place, text in enumerate(_printed(form, owed)):
                sheet.write_string(line, place, text, key if place == KEY else locked)
            for place in ANSWERS:
                closed = _closed(place, owed)
                sheet.write_blank(line, place, None, shut if closed else day if place == PAPER_ON else free)
        _guard(sheet, len(rows))
    return out.getvalue()


def _receivers(form: AnswerForm, rows: Sequence[Obligation]) -> str:
    """To whom a body reports: that is part of a reporting regime (NĐ 09/2019/NĐ-CP, Điều 7). Whoever confirms."""
    found = {one.confirming.name: None for one in rows if one.confirming}
    return "; ".join(found) or form.programme.office.name


FIRST = 4
"""The line (from 0) of a form's first row."""


def _printed(form: AnswerForm, owed: Obligation) -> list[str]:
    task = owed.task
    told = f"\n({RESTRICTED}: chỉ ghi số và ngày văn bản)" if task.restricted else ""
    due = "\n".join(filter(None, (owed.period_name, f"{owed.owed_by:%d/%m/%Y}{told}")))
    beside = [task.number or str(task.position), task.content, due]
    return [key_of(form, owed.pk, beside), *beside]


def _closed(place: int, owed: Obligation) -> bool:
    """Whether this column is none of a row's."""
    if place == PERCENT:
        return owed.standing or owed.task.restricted
    return (place == TEXT and owed.task.restricted) or (place == NOTHING and not owed.standing)


def _guard(sheet: Worksheet, count: int) -> None:
    sheet.freeze_panes(FIRST, CONTENT + 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    if count:
        last = FIRST + count - 1
        sheet.data_validation(
            FIRST, TEXT, last, TEXT, {"validate": "length", "criteria": "<=", "value": TEXT_LIMIT, "ignore_blank": True}
        )
        sheet.data_validation(FIRST, NOTHING, last, NOTHING, {"validate": "list", "source": ["x"]})
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def forms_zip(made: Sequence[tuple[AnswerForm, Sequence[Obligation]]]) -> bytes:
    """All forms of a programme, a file for each body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for form, rows in made:
            package.writestr(filename(form), form_xlsx(form, rows))
    return out.getvalue()


def filename(form: AnswerForm) -> str:
    """Of a form's workbook: numbers alone, with the body's code where it has one."""
    code = "".join(letter for letter in (form.organisation.code or "") if letter.isalnum() and letter.isascii())
    return f"mau-{form.programme_id}-{code or form.organisation_id}-{form.pk}.xlsx"


# -- reading ---------------------------------------------------------------------------------------------------------


def rows_of(data: bytes) -> Iterator[tuple[int, Mapping[int, Cell]]]:
    """Rows below the head of a form that came back: number in the file, and cells by the form's own columns, wherever
    they stand now. Raises FormUnreadableError.
    """
    from openpyxl import load_workbook

    if len(data) > LARGEST:
        raise FormUnreadableError(what=gettext("tệp lớn hơn {limit} MB.").format(limit=LARGEST // MIB))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            size = sum(info.file_size for info in package.infolist())
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if size <= UNPACKED else None
        sheets = [list(_cells(sheet)) for sheet in book.worksheets] if book else []
    except Exception as error:  # the library's own of many kinds, and its XML parser's
        raise FormUnreadableError(what=gettext("tệp bị hỏng, có mật khẩu hoặc không phải tệp .xlsx.")) from error
    for rows in sheets:
        head = next((place for place, (_number, cells) in enumerate(rows) if _is_head(cells)), None)
        if head is not None:
            where = _places(rows[head][1])
            yield from ((number, {role: cells[at] for role, at in where.items() if at in cells})
                        for number, cells in rows[head + 1 :])  # fmt: skip
            return
    raise FormUnreadableError(
        what=gettext("không thấy dòng tiêu đề của mẫu. Hãy dùng đúng tệp mẫu đã tải từ hệ thống, không đổi tên cột.")
    )


def _cells(sheet: Any) -> Iterator[tuple[int, dict[int, Cell]]]:
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=40, max_row=MOST_ROWS), 1):
        cells = {place: _cell(cell) for place, cell in enumerate(row) if cell.value is not None}
        if cells:
            yield number, cells


def _cell(cell: Any) -> Cell:
    formula = cell.data_type == "f" or (isinstance(cell.value, str) and cell.value.startswith("="))
    return Cell(cell.value, formula)


def _is_head(cells: Mapping[int, Cell]) -> bool:
    return len(_places(cells).keys() - {PERCENT}) == len(COLUMNS) - 1  # older forms ask for no percentage


def _places(cells: Mapping[int, Cell]) -> dict[int, int]:
    """Column of a form → where it stands in the file."""
    labels = {" ".join(cell.text.split()): place for place, cell in cells.items()}
    return {role: labels[label] for role, label in enumerate(COLUMNS) if label in labels}
