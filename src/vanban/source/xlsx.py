"""An annex that comes as a workbook: each visible sheet's titles as lines, its table with the merges as they are.

Cells say what they would print: dates as dd/mm/yyyy, shares in percent, formulas their last result. A table begins with
the first row that fills three cells and ends at an empty row.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from vanban.doubts import doubt
from vanban.fold import nfc
from vanban.sheet import RawCell, Sheet, SheetBuilder
from vanban.source.docx.package import measured
from vanban.source.refusals import too_large, unreadable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from vanban.source.limits import Limits

_ROWS, _COLUMNS = 20_000, 100
"""Of one sheet that are read; a whole programme has hundreds."""
_TABLE = 3
"""Filled cells that make a row one of a table."""


def read_xlsx(data: bytes, limits: Limits) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet; no margins. Raises Unreadable, Locked and TooLarge."""
    package = measured(data, limits)
    size = sum(
        info.file_size for name, info in package.infos.items() if name.startswith(("xl/worksheets/", "xl/shared"))
    )
    if size > limits.sheets:
        raise too_large("unpacked")
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False, keep_vba=False)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError, zipfile.BadZipFile) as error:
        raise unreadable("xlsx_broken") from error
    except Exception as error:  # the library's own, and its XML parser's
        raise unreadable("xlsx_broken") from error
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    builder = SheetBuilder("xlsx")
    hidden = len(shown) < len(book.worksheets)
    for sheet in shown:
        rows, some_hidden = _rows(sheet)
        hidden |= some_hidden
        if len(shown) > 1 and any(cell.text for row in rows for cell in row):
            builder.line(nfc(sheet.title.strip()))
        _lay(builder, rows)
    if not builder.filled:
        raise unreadable("empty")
    noticed = [code for code, seen in (("xlsx_hidden", hidden), ("macro", package.macro)) if seen]
    return builder.build([doubt(code) for code in noticed]), ()


def _rows(sheet: Worksheet) -> tuple[list[list[RawCell]], bool]:
    """The visible rows, and whether others were left out."""
    height, width = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
    covered = _covered(sheet, height, width)
    gone_rows = {number for number, one in sheet.row_dimensions.items() if one.hidden and number <= height}
    gone_columns = _hidden_columns(sheet, width)
    rows, left_out = [], False
    for number, row in enumerate(sheet.iter_rows(max_row=height, max_col=width), 1):
        if number in gone_rows:
            left_out |= any(cell.value is not None for cell in row)
            continue
        left_out |= any(row[column - 1].value is not None for column in gone_columns)
        rows.append(
            [
                RawCell(_printed(cell), *covered.get((number, column), (False, False)))
                for column, cell in enumerate(row, 1)
                if column not in gone_columns
            ]
        )
    return rows, left_out


def _hidden_columns(sheet: Worksheet, width: int) -> set[int]:
    found: set[int] = set()
    for one in sheet.column_dimensions.values():
        if one.hidden and one.min and one.max:
            found.update(range(one.min, min(one.max, width) + 1))
    return found


def _covered(sheet: Worksheet, height: int, width: int) -> dict[tuple[int, int], tuple[bool, bool]]:
    """Cells that a merge covers: from above, from the left."""
    found: dict[tuple[int, int], tuple[bool, bool]] = {}
    for merge in sheet.merged_cells.ranges:
        for row in range(merge.min_row, min(merge.max_row, height) + 1):
            for column in range(merge.min_col, min(merge.max_col, width) + 1):
                above, left = row > merge.min_row, column > merge.min_col
                if above or left:
                    found[row, column] = above, left
    return found


def _printed(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        share = "%" in (cell.number_format or "")
        figure = f"{value * 100 if share else value:.10g}".replace(".", ",")
        return f"{figure}%" if share else figure
    return nfc("\n".join(line.strip() for line in str(value).replace("\u00a0", " ").split("\n"))).strip()


def _lay(builder: SheetBuilder, rows: Sequence[Sequence[RawCell]]) -> None:
    for is_table, part in _parts(rows):
        if is_table:
            used = [column for column in range(len(part[0])) if any(_says(row[column]) for row in part)]
            first, last = used[0], used[-1]
            builder.table([list(row[first : last + 1]) for row in part])
            continue
        for row in part:
            said = [cell for cell in row if cell.text]
            if len(said) == 1:
                for line in said[0].text.split("\n"):
                    if line:
                        builder.line(line)
            elif said:
                builder.table([[RawCell(cell.text) for cell in said]])


def _says(cell: RawCell) -> bool:
    return bool(cell.text) or cell.above or cell.left


def _parts(rows: Sequence[Sequence[RawCell]]) -> Iterator[tuple[bool, Sequence[Sequence[RawCell]]]]:
    """Runs of rows: tables, and what stands above, between and below them."""
    start, inside = 0, False
    for number, row in enumerate(rows):
        filled = sum(bool(cell.text) for cell in row)
        begins, ends = not inside and filled >= _TABLE, inside and not any(map(_says, row))
        if begins or ends:
            if number > start:
                yield inside, rows[start:number]
            start, inside = number, begins
    if start < len(rows):
        yield inside, rows[start:]
