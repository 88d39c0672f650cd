"""Bytes of a register → its sheets as cells, with the number that each row has in the file.

Workbooks keep their merges: a cell that is covered from above says what it is covered by. Hidden rows are left out and
counted. Formulas are read as their last result, as they print.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from tiendo.work.directives.encodings import decode
from tiendo.work.directives.errors import RegisterUnreadableError
from vanban.fold import nfc

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MIB = 1024 * 1024
LARGEST, UNPACKED = 10 * MIB, 60 * MIB
"""Bytes of a file, and of all that a packed one holds; a register of 2,000 rows has 0.3 and 2."""
MOST_ROWS, MOST_COLUMNS = 5_000, 60


@dataclass(frozen=True, slots=True)
class Cells:
    """A row: its number in the file (from 1), its cells as printed, and what covers those that a merge covers."""

    number: int
    texts: tuple[str, ...]
    under: Mapping[int, str] = field(default_factory=dict)
    """Column → text of the cell above that covers it."""
    beside: Mapping[int, str] = field(default_factory=dict)
    """Column → text of the cell to the left that covers it."""

    def at(self, column: int) -> str:
        """As printed; empty beyond the last column."""
        return self.texts[column] if column < len(self.texts) else ""

    @property
    def filled(self) -> list[int]:
        return [column for column, text in enumerate(self.texts) if text]


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a file."""

    title: str
    rows: tuple[Cells, ...]
    hidden: int = 0
    """Rows with something in them that the file hides."""


def pages(data: bytes) -> tuple[Page, ...]:
    """The visible sheets that hold anything. Raises RegisterUnreadableError."""
    if len(data) > LARGEST:
        raise RegisterUnreadableError(what=gettext("tệp lớn hơn {limit} MB.").format(limit=LARGEST // MIB))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise RegisterUnreadableError(
            what=gettext("đây là tệp .xls cũ hoặc có mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu.")
        )
    found = _workbook(data) if data.startswith(b"PK\x03\x04") else (_text(data),)
    kept = tuple(page for page in found if page.rows)
    if not kept:
        raise RegisterUnreadableError(what=gettext("tệp không có dòng nào."))
    return kept


def _text(data: bytes) -> Page:
    decoded = decode(data)
    if decoded is None:
        raise RegisterUnreadableError(what=gettext("không rõ bảng mã của tệp. Hãy lưu lại dưới dạng “CSV UTF-8”."))
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    head = next((line for line in text.split("\n") if line.strip()), "")
    separator = max(",;\t", key=head.count)
    rows = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise RegisterUnreadableError(
                what=gettext("dòng {line}: dấu nháy kép chưa đóng hoặc ô quá dài.").format(line=number)
            ) from error
        _few(number)
        if any(cell.strip() for cell in cells):
            rows.append(Cells(number, tuple(_plain(cell) for cell in cells[:MOST_COLUMNS])))
    return Page("", tuple(rows))


def _workbook(data: bytes) -> tuple[Page, ...]:
    from openpyxl import load_workbook

    try:
        _measure(data)
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    except RegisterUnreadableError:
        raise
    except Exception as error:  # the library's own of many kinds, and its XML parser's
        raise RegisterUnreadableError(what=gettext("bảng tính bị hỏng hoặc có mật khẩu.")) from error
    return tuple(_page(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible")


def _page(sheet: Worksheet) -> Page:
    covered = _covered(sheet)
    gone = {number for number, one in sheet.row_dimensions.items() if one.hidden}
    rows, hidden = [], 0
    width = min(sheet.max_column or 1, MOST_COLUMNS)
    for number, row in enumerate(sheet.iter_rows(max_col=width), 1):
        texts = tuple(_printed(cell) for cell in row)
        if not any(texts):
            continue
        _few(number)
        if number in gone:
            hidden += 1
            continue
        under, beside = covered.get(number, ({}, {}))
        rows.append(Cells(number, texts, under, beside))
    return Page(nfc(str(sheet.title).strip()), tuple(rows), hidden)


def _measure(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = sum(info.file_size for info in package.infolist())
    if size > UNPACKED:
        raise RegisterUnreadableError(what=gettext("tệp giải nén ra lớn hơn {limit} MB.").format(limit=UNPACKED // MIB))


Covered = dict[int, tuple[dict[int, str], dict[int, str]]]


def _covered(sheet: Worksheet) -> Covered:
    """Row → the cells that a merge covers, from above and from the left, with the text that covers them."""
    found: Covered = {}
    for merge in sheet.merged_cells.ranges:
        text = _printed(sheet.cell(merge.min_row, merge.min_col))
        for row in range(merge.min_row, min(merge.max_row, MOST_ROWS) + 1):
            under, beside = found.setdefault(row, ({}, {}))
            for column in range(merge.min_col - 1, min(merge.max_col, MOST_COLUMNS)):
                if row > merge.min_row:
                    under[column] = text
                elif column > merge.min_col - 1:
                    beside[column] = text
    return found


def _few(number: int) -> None:
    if number > MOST_ROWS:
        raise RegisterUnreadableError(what=gettext("bảng có hơn {most} dòng.").format(most=MOST_ROWS))


def _printed(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return "x" if value else ""
    if isinstance(value, int | float):
        share = "%" in (cell.number_format or "")
        figure = f"{value * 100 if share else value:.10g}".replace(".", ",")
        return f"{figure}%" if share else figure
    return _plain(str(value))


def _plain(text: str) -> str:
    """NFC, lines trimmed, no tab: a tab parts cells in the text that is kept."""
    lines = (" ".join(line.replace("\u00a0", " ").split()) for line in text.replace("\t", " ").split("\n"))
    return nfc("\n".join(lines)).strip()


def head_labels(row: Cells, below: Sequence[Cells] = ()) -> list[str]:
    """The columns' labels: merged cells of the head say what covers them; a second head row adds its own words."""
    width = max([len(row.texts), *(len(one.texts) for one in below)])
    return ["\n".join(_words(column, row, *below)) for column in range(width)]


def _words(column: int, *rows: Cells) -> Iterator[str]:
    for place, row in enumerate(rows):
        text = row.at(column) or row.beside.get(column, "")
        if text or place == 0:
            yield text
