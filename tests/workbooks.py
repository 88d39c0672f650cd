"""Reading the workbooks that the house writes."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(workbook: bytes, sheet: int) -> list[list[str]]:
    """The texts of a sheet, row by row (empty rows are not there); asserts that no cell is a formula."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as book:
        root = etree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    assert not root.findall(f".//{SPACE}f")
    return [["".join(cell.itertext()) for cell in row] for row in root.iter(f"{SPACE}row")]
