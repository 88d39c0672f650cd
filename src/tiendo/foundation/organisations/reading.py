"""Files of lists → tables of cells: CSV (comma, semicolon or tab), a ZIP of them, or a workbook.

The head may stand below titles; sheets and columns that are nobody's are passed over, and a note says which. What the
cells mean is asked by rules/importing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.errors import ListUnreadableError
from tiendo.foundation.organisations.rules.bodies import UNSEEN, tidy
from tiendo.foundation.organisations.rules.importing.lines import Entry, Table
from tiendo.foundation.organisations.rules.sheets import BODIES, SHEETS, Sheet, numbers_lines

MIB = 1024 * 1024
LARGEST, UNPACKED = 20 * MIB, 200 * MIB
"""Bytes of a file, and of all that a packed one holds; a province's whole register has 2 and 12."""
MOST_ROWS, MOST_COLUMNS = 200_000, 60
NO_TABLES = (b"%pdf", b"{\\rtf", b"<!doctype", b"<html", b"\x89png", b"\xff\xd8\xff")
"""How files begin that hold no table: papers, pages, pictures. In small letters."""
HEAD_WITHIN = 20
"""Rows of a sheet among which its head is looked for."""
LONG_CELL = 20
"""Lines over which a quoted cell may reach."""

Cells = tuple[int, list[str]]
"""Number of the line in the file, from 1; its cells."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded text; `note`: what whoever looks at it should know."""

    text: str
    note: str = ""


Decode = Callable[[bytes], Text | None]
"""Bytes → text; None: in no writing that is known."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a file holds: its tables, and notes for whoever looks at it."""

    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


def utf8(data: bytes) -> Text | None:
    """The plainest of decoders."""
    try:
        return Text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return None


def read(data: bytes, decode: Decode = utf8) -> Book:
    """The tables of a file, told by its bytes. Raises ListUnreadableError."""
    if len(data) > LARGEST:
        raise ListUnreadableError(what=_("tệp lớn hơn {limit} MB.").format(limit=LARGEST // MIB))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise ListUnreadableError(
            what=_("đây là tệp .xls cũ hoặc có mật khẩu. Hãy lưu lại thành .xlsx không mật khẩu.")
        )
    if data.lstrip().lower().startswith(NO_TABLES):
        raise ListUnreadableError(what=_no_table())
    if not data.startswith(b"PK\x03\x04"):
        return _text(data, "", decode)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _measure(package)
            if "xl/workbook.xml" in package.namelist():
                return _workbook(data, decode)
            if "word/document.xml" in package.namelist():
                raise ListUnreadableError(what=_no_table())
            return _package(package, decode)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError) as error:
        raise ListUnreadableError(what=_("tệp nén bị hỏng hoặc có mật khẩu.")) from error


def read_one(data: bytes, decode: Decode, sheet: Sheet) -> Book:
    """The one table of a file whose lines are of another sheet than the register's. Raises ListUnreadableError."""
    if len(data) > LARGEST:
        raise ListUnreadableError(what=_("tệp lớn hơn {limit} MB.").format(limit=LARGEST // MIB))
    if data.startswith(b"PK\x03\x04"):
        found, note = _first_sheet(data, decode, sheet)
    else:
        decoded = decode(data)
        if decoded is None:
            raise ListUnreadableError(what=_("không rõ bảng mã của tệp. Hãy lưu lại dưới dạng “CSV UTF-8”."))
        found, note = list(_lines(decoded.text)), decoded.note
    table = _table(found, "", (sheet,))
    return Book((table,), tuple(filter(None, (note, _passed_over(table, "")))))


def _no_table() -> str:
    return _(
        "đây không phải là tệp bảng. Hãy gửi tệp Excel (.xlsx) hoặc CSV; "
        "danh sách trong PDF, Word thì chép bảng sang Excel."
    )


def _measure(package: zipfile.ZipFile) -> None:
    if sum(info.file_size for info in package.infolist()) > UNPACKED:
        raise ListUnreadableError(what=_("tệp giải nén ra lớn hơn {limit} MB.").format(limit=UNPACKED // MIB))


def _package(package: zipfile.ZipFile, decode: Decode) -> Book:
    names = [name for name in package.namelist() if name.lower().endswith((".csv", ".txt")) and "/." not in f"/{name}"]
    if not names:
        raise ListUnreadableError(what=_("tệp nén không có tệp CSV nào."))
    books = [_text(package.read(name), name, decode) for name in sorted(names)]
    notes = dict.fromkeys(note for book in books for note in book.notes)
    others = sorted(set(package.namelist()) - set(names))
    passed = [name for name in others if not name.endswith("/") and "/." not in f"/{name}" and "__MACOSX" not in name]
    if passed:
        notes[_("Trong tệp nén, {names} không phải là tệp CSV, sẽ bỏ qua.").format(names=_quoted(passed))] = None
    return Book(tuple(table for book in books for table in book.tables), tuple(notes))


# -- text ------------------------------------------------------------------------------------------------------------


def _text(data: bytes, title: str, decode: Decode) -> Book:
    decoded = decode(data)
    if decoded is None:
        raise ListUnreadableError(what=_("không rõ bảng mã của tệp. Hãy lưu lại dưới dạng “CSV UTF-8”."))
    table = _table(list(_lines(decoded.text)), title)
    return Book((table,), tuple(filter(None, (decoded.note, _passed_over(table, title)))))


def _lines(text: str) -> Iterator[Cells]:
    """Numbered lines as cells. Excel's own "sep=;" line is passed over; a quoted cell may reach over line ends."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    start = 1 if re.fullmatch(r"sep=[,;\t]", lines[0].strip().lower()) else 0
    separator = _separator(lines[start:])
    at = start
    while at < len(lines):
        cells, used = _cells(lines, at, separator)
        yield at + 1, cells
        at += used


def _separator(lines: Sequence[str]) -> str:
    """That of the first line that names columns, else the one found most often in the first line with anything."""
    for line in lines[:HEAD_WITHIN]:
        for mark in ",;\t":
            if _sheet_of([cell.strip(' "') for cell in line.split(mark)]) is not None:
                return mark
    head = next((line for line in lines if line.strip()), "")
    return max(",;\t", key=head.count)


def _cells(lines: Sequence[str], at: int, separator: str) -> tuple[list[str], int]:
    """The cells of the line that begins here, and how many lines they take. Raises ListUnreadableError."""
    for used in range(1, LONG_CELL + 1):
        whole = "\n".join(lines[at : at + used])
        try:
            cells = next(csv.reader(io.StringIO(whole, newline=""), delimiter=separator, strict=True), [])
        except csv.Error:
            if at + used >= len(lines) or len(whole) > csv.field_size_limit():
                break
            continue
        if UNSEEN.search(whole):
            raise ListUnreadableError(
                what=_("dòng {line} có ký tự không nhìn thấy được. Hãy xóa và gõ lại.").format(line=at + 1)
            )
        return [cell.removeprefix("'") for cell in cells], used
    raise ListUnreadableError(what=_("dòng {line}: dấu nháy kép chưa đóng hoặc ô quá dài.").format(line=at + 1))


# -- workbooks -------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, decode: Decode) -> Book:
    """Every visible sheet that has a head of ours. Read row by row: a large one takes no more memory."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [(one.title, _rows(one)) for one in book.worksheets if one.sheet_state == "visible"]
    except ListUnreadableError:
        raise
    except Exception as error:  # the library's own of many kinds, and its XML parser's
        raise ListUnreadableError(what=_("bảng tính bị hỏng.")) from error
    note = _old_fonts([rows for _title, rows in sheets], decode)
    found = [_table(rows, title) for title, rows in sheets if _head_at(rows) is not None]
    if not found and sheets:
        found = [_table(sheets[0][1], sheets[0][0])]
    notes = [note, *(_passed_over(table, table.title if len(sheets) > 1 else "") for table in found)]
    taken = {table.title for table in found}
    if strange := [title for title, rows in sheets if rows and title not in taken]:
        notes.append(_("Không hiểu trang tính {names}, sẽ bỏ qua.").format(names=_quoted(strange)))
    return Book(tuple(found), tuple(filter(None, notes)))


def _first_sheet(data: bytes, decode: Decode, sheet: Sheet) -> tuple[list[Cells], str]:
    """The lines of the first visible sheet of a workbook that has this head, else of the first of all."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _measure(package)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [_rows(one) for one in book.worksheets if one.sheet_state == "visible"]
    except ListUnreadableError:
        raise
    except Exception as error:  # the library's own of many kinds, and its XML parser's
        raise ListUnreadableError(what=_("bảng tính bị hỏng.")) from error
    note = _old_fonts(sheets, decode)
    return next((rows for rows in sheets if _head_at(rows, (sheet,)) is not None), sheets[0] if sheets else []), note


def _rows(sheet: object) -> list[Cells]:
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    found: list[Cells] = []
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):  # type: ignore[attr-defined]
        if number > MOST_ROWS:
            raise ListUnreadableError(what=_("bảng tính có hơn {most} dòng.").format(most=MOST_ROWS))
        cells = [_printed(value) for value in row[:MOST_COLUMNS]]
        if any(cells):
            found.append((number, cells))
    return found


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _old_fonts(sheets: Sequence[list[Cells]], decode: Decode) -> str:
    """Cells that were typed in an old font (.VnTime, VNI) are written over in Unicode. Returns the note about it."""
    texts = [cell for rows in sheets for _number, cells in rows for cell in cells]
    decoded = decode("\n".join(texts).encode())
    if decoded is None or not decoded.note:
        return ""
    lines = iter(decoded.text.split("\n"))
    for rows in sheets:
        for _number, cells in rows:
            cells[:] = ["\n".join(next(lines) for _ in cell.split("\n")) for cell in cells]
    return decoded.note


# -- tables ----------------------------------------------------------------------------------------------------------


def _table(lines: list[Cells], title: str, sheets: Sequence[Sheet] = SHEETS) -> Table:
    """The head and what stands below it. Raises ListUnreadableError: no head, doubled columns, too many cells."""
    at = _head_at(lines, sheets)
    if at is None:
        raise ListUnreadableError(what=_missing(lines, title, sheets[0]))
    head = lines[at][1]
    sheet = _sheet_of(head, sheets) or sheets[0]
    names = sheet.heads(head)
    if doubled := [name for name in dict.fromkeys(names) if name and names.count(name) > 1]:
        said = [text for text, name in zip(head, names, strict=True) if name in doubled]
        raise ListUnreadableError(
            what=_("dòng đầu ghi cột {columns} hai lần: {said}. Hãy bỏ bớt một cột.").format(
                columns=sheet.titles(doubled), said=_quoted(said)
            )
        )
    entries, unnamed = [], set[int]()
    for number, cells in lines[at + 1 :]:
        if not any(map(str.strip, cells)):
            continue
        if any(map(str.strip, cells[len(names) :])):
            raise ListUnreadableError(
                what=_("dòng {line} có nhiều ô hơn dòng đầu. Tên có dấu phẩy phải nằm trong dấu nháy kép.").format(
                    line=number
                )
            )
        unnamed |= {
            place for place, text in enumerate(head) if not text.strip() and any(map(str.strip, cells[place:][:1]))
        }
        entries.append(Entry(number, {name: cell for name, cell in zip(names, cells, strict=False) if name}))
    return Table(sheet, title, frozenset(filter(None, names)), tuple(entries), _unknown(head, names, unnamed))


def _unknown(head: Sequence[str], names: Sequence[str], unnamed: Collection[int]) -> tuple[str, ...]:
    """Headings that are nobody's; a column without one is told by its place. Line numbers are passed in silence."""
    return tuple(
        tidy(text) or _("cột thứ {place} (không có tiêu đề)").format(place=place + 1)
        for place, (text, name) in enumerate(zip(head, names, strict=True))
        if not name and (place in unnamed if not text.strip() else not numbers_lines(text))
    )


def _passed_over(table: Table, where: str) -> str:
    """The note about columns of a table that are nobody's; "": there are none."""
    if not table.unknown:
        return ""
    return _("{where}Không hiểu cột {columns}, sẽ bỏ qua. Các cột nhận được: {known}.").format(
        where=f"{where}: " if where else "",
        columns=_quoted(table.unknown),
        known=table.sheet.titles(one.name for one in table.sheet.written),
    )


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _head_at(lines: Sequence[Cells], sheets: Sequence[Sheet] = SHEETS) -> int | None:
    heads = enumerate(cells for _number, cells in lines[:HEAD_WITHIN])
    return next((at for at, cells in heads if _sheet_of(cells, sheets) is not None), None)


def _sheet_of(cells: Sequence[str], sheets: Sequence[Sheet] = SHEETS) -> Sheet | None:
    """The sheet whose needed columns all stand in a head; of several the one that knows most of it."""
    fitting = [one for one in sheets if set(one.needed) <= set(one.heads(cells))]
    return max(fitting, key=lambda one: sum(map(bool, one.heads(cells))), default=None)


def _missing(lines: Sequence[Cells], title: str, sheet: Sheet = BODIES) -> str:
    heads = [cells for _number, cells in lines[:HEAD_WITHIN]]
    nearest = max(heads, key=lambda cells: sum(map(bool, sheet.heads(cells))), default=[])
    missing = [name for name in sheet.needed if name not in sheet.heads(nearest)]
    where = f"{title}: " if title else ""
    return _("{where}thiếu cột {columns}. Dòng đầu phải là: {wanted}.").format(
        where=where, columns=sheet.titles(missing), wanted=sheet.titles(one.name for one in sheet.written)
    )
