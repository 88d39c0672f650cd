"""Workbooks read back with the standard library."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile

SPACE = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def sheets(content: bytes) -> list[list[list[str]]]:
    """Each sheet's rows of texts, empty cells as "" (rows that were never written are left out)."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        shared = _texts(ET.fromstring(book.read("xl/sharedStrings.xml")), "s:si") if _has(book) else []
        return [
            [_row(row, shared) for row in ET.fromstring(book.read(name)).findall(".//s:row", SPACE)] for name in names
        ]


def _has(book: zipfile.ZipFile) -> bool:
    return "xl/sharedStrings.xml" in book.namelist()


def _texts(root: ET.Element, what: str) -> list[str]:
    return ["".join(text.text or "" for text in item.iter(f"{{{SPACE['s']}}}t")) for item in root.findall(what, SPACE)]


def _row(row: ET.Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row.findall("s:c", SPACE):
        letters = re.match(r"[A-Z]+", cell.get("r", "A")).group()
        place = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(letters))) - 1
        cells += [""] * (place - len(cells))
        value = cell.find("s:v", SPACE)
        inline = "".join(text.text or "" for text in cell.iter(f"{{{SPACE['s']}}}t"))
        cells.append(
            shared[int(value.text)] if cell.get("t") == "s" else inline or (value.text if value is not None else "")
        )
    return cells
