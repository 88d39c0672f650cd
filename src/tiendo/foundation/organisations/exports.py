"""The register as files: a ZIP of CSVs, one CSV of the bodies, a workbook. `reading.py` takes the same files in."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tiendo.foundation.organisations.rules.sheets import (
    BODIES,
    HEIRS,
    NAMES,
    SEATS,
    SHEETS,
    SUCCESSIONS,
    UNVERIFIED,
    Choices,
    Sheet,
)
from tiendo.foundation.organisations.snapshot import Register

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of each file in a ZIP: the same register makes the same bytes."""
FORMULAS = ("=", "+", "-", "@", "\t", "'")
"""How a cell begins that a spreadsheet would reckon with; written with an apostrophe before it, as spreadsheets do."""
WRAPPED = {"text", "lines"}


def rows(register: Register, sheet: Sheet) -> Iterator[tuple[str, ...]]:
    """The cells of a sheet, as its written columns stand."""
    if sheet is BODIES:
        yield from register.bodies.values()
    elif sheet is NAMES:
        yield from register.names
    elif sheet is SEATS:
        yield from register.seats
    elif sheet is SUCCESSIONS:
        for number, one in enumerate(register.successions, 1):
            yield str(number), *one[:-1]
    elif sheet is HEIRS:
        for number, one in enumerate(register.successions, 1):
            yield from ((str(number), *heir) for heir in one.heirs)


def bodies_csv(register: Register) -> bytes:
    """The bodies alone, as `tiendo import-bodies` takes them."""
    return _csv(BODIES, rows(register, BODIES))


def register_zip(register: Register) -> bytes:
    """All sheets, a CSV each."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for sheet in SHEETS:
            info = zipfile.ZipInfo(f"{sheet.name}.csv", EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, _csv(sheet, rows(register, sheet)))
    return out.getvalue()


def _csv(sheet: Sheet, lines: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in sheet.written])
    writer.writerows([f"'{cell}" if cell.startswith(FORMULAS) else cell for cell in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def register_xlsx(register: Register, choices: Choices) -> bytes:
    """All sheets in one workbook, in Vietnamese; days are days. Texts stay texts: no cell is taken for a formula."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E8ECF0"})
        cell = book.add_format({"text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for one in SHEETS:
            sheet = book.add_worksheet(one.title)
            _heads(sheet, one, head)
            for place, line in enumerate(rows(register, one), 1):
                _row(sheet, place, one, line, choices, cell, day)
    return out.getvalue()


def _heads(sheet: Worksheet, one: Sheet, style: Format) -> None:
    for place, column in enumerate(one.written):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.label, style)
    sheet.freeze_panes(1, 0)


def _row(
    sheet: Worksheet, place: int, one: Sheet, line: tuple[str, ...], choices: Choices, cell: Format, day: Format
) -> None:
    for number, (column, text) in enumerate(zip(one.written, line, strict=True)):
        if column.cell == "day" and text:
            sheet.write_datetime(place, number, date.fromisoformat(text), day)
        elif column.name == "verified":
            sheet.write_string(place, number, UNVERIFIED, cell)
        elif text:
            sheet.write_string(place, number, choices.get(column.cell, {}).get(text, text), cell)
