"""A DOCX with a table of 60 rows over many pages, merged lead cells: our reader beside pandoc on the same file."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.oxml import OxmlElement
from docx.table import Table
from measure import CORPUS, against, cpu, cpu_of_child, machine
from synthetic import HEAD, Writer

from vanban import read
from vanban.source import open_sheet

BUDGET = 1.5
ROWS, LEADS_SPAN = 60, 4
PANDOC = shutil.which("pandoc")
VANBAN = str(Path(sys.executable).with_name("vanban"))
SOURCE_ONLY = (
    "import sys, pathlib, vanban.source as s; print(s.open_sheet(pathlib.Path(sys.argv[1]).read_bytes()).text)"
)


def main() -> None:
    print(machine())
    if PANDOC is None:
        print("pandoc is not installed (Debian: apt install pandoc): only our own figures")
    else:
        version = subprocess.run([PANDOC, "--version"], check=True, capture_output=True, text=True).stdout.split("\n")[
            0
        ]
        print(version)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sixty-rows.docx"
        make(path)
        _compare(path)
    found = sorted((CORPUS / "formats").glob("*.docx"))
    if not found:
        print(f"\nno DOCX in {CORPUS / 'formats'}")
    for real in found:
        _compare(real, times=2)


def _compare(path: Path, times: int = 4) -> None:
    """CPU of each from cold, of ours also in a process that is already running; ratios to pandoc's quickest writer."""
    data = path.read_bytes()
    reading = read(data)
    print(f"\n{path.name}, {len(data) / 1000:.0f} kB, {len(reading.text):,} letters, {len(reading.duties)} duties")
    ours = {
        "vanban read, cold": cpu_of_child([VANBAN, "read", str(path), "--json"], times)[0],
        "our DOCX source alone, cold": cpu_of_child([sys.executable, "-c", SOURCE_ONLY, str(path)], times)[0],
        "vanban read, warm": cpu(lambda: read(data), times)[0],
        "our DOCX source alone, warm": cpu(lambda: open_sheet(data), times)[0],
    }
    theirs = {}
    if PANDOC is not None:
        for form in ("plain", "html"):
            theirs[f"pandoc -t {form}, cold"] = cpu_of_child([PANDOC, "-t", form, str(path)], times)[0]
    floor = min(theirs.values(), default=0.0)
    for name, seconds in {**theirs, **ours}.items():
        ratio = f"{seconds / floor:6.2f} × pandoc" if floor and name in ours else ""
        print(f"  {name:28} {seconds * 1000:8.0f} ms CPU{ratio}")
    if floor:
        cold = ours["vanban read, cold"] / floor
        print(f"  budget {BUDGET} × pandoc, both from cold: {against(cold, BUDGET)}")


def make(path: Path) -> None:
    """About 36 pages: some of prose, then a table whose lead cells are merged over four rows, its head repeated."""
    writer = Writer(random.Random(60))
    document = Document()
    for line in writer.document(30_000, table=False).split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=1, cols=5)
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, HEAD.split("\t"), strict=True):
        cell.text = name
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (python-docx has no name for it)
    for number in range(1, ROWS + 1):
        _, lead, others, deadline = writer.row().split("\t")
        content = "\n".join(writer.paragraph() for _ in range(3))
        for cell, text in zip(table.add_row().cells, (str(number), content, lead, others, deadline), strict=True):
            cell.text = text
    _merge_leads(table)
    document.save(str(path))


def _merge_leads(table: Table) -> None:
    for first in range(1, ROWS, LEADS_SPAN):
        column = [table.cell(row, 2) for row in range(first, first + LEADS_SPAN)]
        for cell in column:
            cell.text = ""
        column[0].merge(column[-1]).text = "Sở Xây dựng"


if __name__ == "__main__":
    main()
