"""`python tools.py TOOL FILE ANSWER TIMES`: one tool on one file, in a process of its own; what it made goes to ANSWER.

The answer says in what form it is (rows, HTML, Markdown), how many seconds of CPU the work took beside starting and
loading (the quickest of TIMES), and the tool's version. Runs in the environment of the other tools; `vanban` in ours.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Made = tuple[str, Any]
"""In what form, and what."""
Work = Callable[[], Made]


def vanban(path: Path) -> Work:
    from vanban import read

    def work() -> Made:
        reading = read(path.read_bytes())
        fields = ("number", "content", "lead_text", "coordinator_text", "deadline_text")
        rows = [[getattr(duty, name) or "" for name in fields] for duty in reading.duties if duty.origin == "table"]
        return "rows", {"rows": rows, "text": reading.text}

    return work


def mammoth(path: Path) -> Work:
    import mammoth as library

    def work() -> Made:
        with path.open("rb") as file:
            return "html", library.convert_to_html(file).value

    return work


def pandoc(path: Path) -> Work:
    def work() -> Made:
        command = ["pandoc", "-f", path.suffix[1:], "-t", "html", str(path)]
        return "html", subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return work


def markitdown(path: Path) -> Work:
    from markitdown import MarkItDown

    tool = MarkItDown(enable_plugins=False)
    return lambda: ("markdown", tool.convert_local(path).text_content)


def pdfplumber(path: Path) -> Work:
    import pdfplumber as library

    def work() -> Made:
        with library.open(path) as document:
            tables = [table for page in document.pages for table in page.extract_tables()]
        return "rows", {"rows": [[cell or "" for cell in row] for table in tables for row in table]}

    return work


def tabula(path: Path) -> Work:
    import tabula as library

    def work() -> Made:
        frames = library.read_pdf(path, pages="all", lattice=True, pandas_options={"header": None, "dtype": str})
        return "rows", {"rows": [row for frame in frames for row in frame.fillna("").astype(str).values.tolist()]}

    return work


def camelot(path: Path) -> Work:
    return _camelot(path)


def camelot_copied(path: Path) -> Work:
    """Told to write a merged cell's text into each of its rows."""
    return _camelot(path, copy_text=["v"])


def _camelot(path: Path, **options: Any) -> Work:
    import camelot as library

    def work() -> Made:
        tables = library.read_pdf(str(path), pages="all", flavor="lattice", **options)
        return "rows", {"rows": [row for table in tables for row in table.df.values.tolist()]}

    return work


def ocrmypdf(path: Path) -> Work:
    """The searchable PDF that it makes, and what pdfplumber finds of the table in that."""

    def work() -> Made:
        with tempfile.TemporaryDirectory() as folder:
            made, text = Path(folder) / "out.pdf", Path(folder) / "out.txt"
            options = ["-l", "vie", "-j", "1", "--deskew", "--output-type", "pdf", "--quiet", "--sidecar", str(text)]
            subprocess.run([sys.executable, "-m", "ocrmypdf", *options, str(path), str(made)], check=True)
            return "rows", {**pdfplumber(made)()[1], "text": text.read_text()}

    return work


TOOLS: dict[str, Callable[[Path], Work]] = {
    tool.__name__: tool
    for tool in (vanban, mammoth, pandoc, markitdown, pdfplumber, tabula, camelot, camelot_copied, ocrmypdf)
}


def version(tool: str) -> str:
    if tool == "pandoc":
        said = subprocess.run(["pandoc", "--version"], check=True, capture_output=True, text=True).stdout
        return said.split()[1]
    name = {"vanban": "tiendo", "camelot": "camelot-py", "camelot_copied": "camelot-py", "tabula": "tabula-py"}
    return importlib.metadata.version(name.get(tool, tool))


def used() -> float:
    """Seconds of CPU so far, of this process and of those it started."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> None:
    tool, file, answer, times = sys.argv[1:]
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work = TOOLS[tool](Path(file))
    taken = []
    for _ in range(int(times)):
        before = used()
        form, made = work()
        taken.append(used() - before)
    said = {"form": form, "made": made, "seconds": min(taken), "version": re.sub(r"[^\w.]", "", version(tool))}
    Path(answer).write_text(json.dumps(said, ensure_ascii=False))


if __name__ == "__main__":
    main()
