"""Our reader and what an office would use instead, on the same invented plan, in one run.

`make bench-reader`. Prints the tables and puts them into docs/reader.md. Each tool runs in a process of its own; a tool
that is not there or fails is a row that says so.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(HERE.parent)]

import papers  # noqa: E402
from losses import Kept, judged  # noqa: E402
from measure import cpu, machine  # noqa: E402
from synthetic import directive  # noqa: E402

from vanban.citations import find  # noqa: E402
from vanban.model import Heading, Outline  # noqa: E402
from vanban.source import open_sheet  # noqa: E402

DOC = ROOT / "docs" / "reader.md"
BEGIN, END = "<!-- bench-reader: made by `make bench-reader` -->", "<!-- /bench-reader -->"
SECONDS = 600
PDF_PAGES, PROSE_PAGES, LONG = 20.0, 60.0, 300
SCAN_SECONDS, LONG_MB, CITED_MB = 4.0, 400.0, 20.0
NAMES = {"vanban": "**vanban**", "camelot_copied": "camelot, `copy_text`", "ocrmypdf": "ocrmypdf, then pdfplumber"}
TOOLS = {
    "docx": ("vanban", "mammoth", "pandoc", "markitdown"),
    "html": ("vanban", "pandoc", "markitdown"),
    "pdf": ("vanban", "pdfplumber", "tabula", "camelot", "camelot_copied", "markitdown"),
    "scan": ("vanban", "ocrmypdf"),
}
AGAIN = 2
SLOW = {"camelot", "camelot_copied", "ocrmypdf"}
"""Once is enough: the figure is far from any other."""


@dataclass(frozen=True, slots=True)
class Run:
    """One tool on one file. `failed` says why there is nothing else."""

    tool: str
    failed: str = ""
    cold: float = 0.0
    """Seconds of CPU of the whole process."""
    warm: float = 0.0
    """Of the work alone."""
    peak: float = 0.0
    """MiB."""
    version: str = ""
    form: str = ""
    made: Any = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", required=True, help="the Python of the other tools' environment")
    parser.add_argument("--again", type=int, default=2, help="how often each tool runs again, the slow ones apart")
    asked = parser.parse_args()
    global AGAIN  # noqa: PLW0603 - set once, before anything runs
    AGAIN = asked.again
    with tempfile.TemporaryDirectory() as folder:
        block = "\n".join(_block(Path(folder), asked.tools))
    before, _, rest = DOC.read_text().partition(BEGIN)
    DOC.write_text(f"{before}{BEGIN}\n{block}\n{END}{rest.partition(END)[2]}")


def _block(folder: Path, others: str) -> Iterator[str]:
    """Lines of the tables, printed as they come."""
    for line in _lines(folder, others):
        print(line, flush=True)
        yield line


def _lines(folder: Path, others: str) -> Iterator[str]:
    files, pages = _files(folder)
    versions: dict[str, str] = {}
    ours: dict[str, tuple[Run, Kept | None]] = {}
    rivals: dict[str, Run] = {}
    yield f"{machine()}. Seconds of CPU, the best of several runs; memory of the largest process."
    for kind, tools in TOOLS.items():
        scanned = kind == "scan"
        truth = papers.rows_of(papers.SCANNED_ROWS if scanned else papers.ROWS)
        yield from _head(kind, pages[kind], len(truth))
        for tool in tools:
            run = _run(tool, files[kind], others)
            kept = None if run.failed else judged(run.form, run.made, truth, scanned=scanned)
            yield _row(run, kept, pages[kind])
            versions[NAMES.get(tool, tool).partition(",")[0]] = run.version
            if tool == "vanban":
                ours[kind] = run, kept
            rivals[f"{kind} {tool}"] = run
    said = ", ".join(f"{name} {version}" for name, version in versions.items() if "vanban" not in name)
    yield from ["", f"Versions: {said}"]
    yield from _budgets(ours, rivals, files, pages)


def _files(folder: Path) -> tuple[dict[str, Path], dict[str, int]]:
    """The plan in each form, and how many pages each has in print."""
    rows, lines = papers.rows_of(), papers.prose()
    document = papers.docx(rows, lines)
    printed = papers.printed(document)
    short = papers.printed(papers.docx(papers.rows_of(papers.SCANNED_ROWS), papers.prose(0)[:8]))
    prose = papers.printed(papers.docx([], papers.prose(130_000)))
    data = {
        "docx": document,
        "html": papers.web(rows, lines),
        "pdf": printed,
        "scan": papers.scanned(short),
        "prose": prose,
        "long": papers.longer(printed, LONG),
    }
    files = {}
    for kind, bytes_ in data.items():
        files[kind] = folder / (f"plan.{kind}" if kind in {"docx", "html", "pdf"} else f"{kind}.pdf")
        files[kind].write_bytes(bytes_)
    count = papers.pages_of(printed)
    pages = {"docx": count, "html": count, "pdf": count, "long": LONG}
    return files, pages | {"scan": papers.pages_of(data["scan"]), "prose": papers.pages_of(prose)}


def _run(tool: str, file: Path, others: str) -> Run:
    """Once from cold, for memory and what it makes; then again for the time of the work alone."""
    python = sys.executable if tool == "vanban" else others
    cold, answer = _watched(python, tool, file, 1)
    if cold["code"]:
        return Run(tool, failed=cold["said"] or f"ended with {cold['code']}")
    warm, best = answer["seconds"], cold["cpu"]
    for _ in range(0 if tool in SLOW else AGAIN):
        again, said = _watched(python, tool, file, 3)
        warm = min(warm, said.get("seconds", warm))
        best = best if again["code"] else min(best, _watched(python, tool, file, 1)[0]["cpu"])
    return Run(tool, "", best, warm, cold["peak"], answer["version"], answer["form"], answer["made"])


def _watched(python: str, tool: str, file: Path, times: int) -> tuple[dict[str, Any], dict[str, Any]]:
    answer = file.with_suffix(".answer")
    answer.unlink(missing_ok=True)
    work = [python, str(HERE / "tools.py"), tool, str(file), str(answer), str(times)]
    watch = [sys.executable, "-I", "-S", str(HERE / "watch.py"), str(SECONDS), *work]
    said = json.loads(subprocess.run(watch, check=True, capture_output=True, text=True).stdout)
    return said, json.loads(answer.read_text()) if answer.exists() and not said["code"] else {}


# -- the tables --------------------------------------------------------------------------------------------------------


def _head(kind: str, pages: int, rows: int) -> Iterator[str]:
    said = {
        "docx": f"DOCX: {rows} rows, {pages} pages in print",
        "html": f"The same as HTML: {rows} rows",
        "pdf": f"The same as LibreOffice prints it: {rows} rows, {pages} pages",
        "scan": f"As a scan: {rows} rows on {pages} pages, 200 dpi, leaning 0.7°, a red seal over the print",
    }
    yield from ["", f"**{said[kind]}**", ""]
    times = "CPU, from cold | CPU, work alone | pages/s | peak MiB"
    yield f"| tool | {times} | whole rows of {rows} | lead right | rows split | repeated heads left in | words found |"
    yield "|---|---|---|---|---|---|---|---|---|---|"


def _row(run: Run, kept: Kept | None, pages: int) -> str:
    name = NAMES.get(run.tool, run.tool)
    if kept is None:
        return f"| {name} | did not run: {re.sub(r'[|`]', ' ', run.failed)} |" + " – |" * 8
    times = f"{run.cold:.2f} s | {run.warm:.2f} s | {pages / run.warm:.1f} | {run.peak:.0f}"
    losses = f"{kept.whole} | {kept.leads} | {kept.split} | {kept.heads} | {100 * kept.words:.1f} %"
    return f"| {name} | {times} | {losses} |"


def _budgets(
    ours: dict[str, tuple[Run, Kept | None]], rivals: dict[str, Run], files: dict[str, Path], pages: dict[str, int]
) -> Iterator[str]:
    yield from ["", "**Against the budgets**", "", "| what | figure | budget | |", "|---|---|---|---|"]
    kept = [one for run, one in ours.values() if one]
    rows = ", ".join(f"{kind} {one.leads} of {one.rows}" for kind, (_, one) in ours.items() if one)
    yield _budget("whole rows with their leads", rows, "all", met=all(one.leads == one.rows for one in kept))
    speed = pages["pdf"] / ours["pdf"][0].warm
    yield _budget("ruled PDF, a core", f"{speed:.0f} pages/s", f"≥ {PDF_PAGES:.0f}", met=speed >= PDF_PAGES)
    speed = pages["prose"] / _run("vanban", files["prose"], sys.executable).warm
    yield _budget("prose PDF, a core", f"{speed:.0f} pages/s", f"≥ {PROSE_PAGES:.0f}", met=speed >= PROSE_PAGES)
    if not (other := rivals["docx mammoth"]).failed:
        warm, cold = ours["docx"][0].warm / other.warm, ours["docx"][0].cold / other.cold
        figure = f"{warm:.2f} × (from cold {cold:.2f} ×)"
        yield _budget("DOCX, the whole reading, against mammoth's HTML", figure, "≤ 1 ×", met=warm <= 1)
    yield _sheet_against(rivals["docx mammoth"], files["docx"])
    speed = ours["scan"][0].warm / pages["scan"]
    yield _budget("scan, a core", f"{speed:.1f} s a page", f"≤ {SCAN_SECONDS:.0f} s", met=speed <= SCAN_SECONDS)
    said, _ = _watched(sys.executable, "vanban", files["long"], 1)
    peak = said["peak"] * 1.048576
    yield _budget(f"PDF of {LONG} pages, peak memory", f"{peak:.0f} MB", f"< {LONG_MB:.0f} MB", met=peak < LONG_MB)
    text = directive(1_000_000)
    for what, data in (("one in every kB", text), ("in a text without any", re.sub(rb"[0-9]", b"x", text))):
        speed = _cited(data)
        yield _budget(f"citations, {what}", f"{speed:.1f} MB/s", f"≥ {CITED_MB:.0f}", met=speed >= CITED_MB)


def _sheet_against(other: Run, file: Path) -> str:
    """What mammoth does is our source's work: the rest of a reading is what mammoth does not know of."""
    data = file.read_bytes()
    alone = cpu(lambda: open_sheet(data), 5)[0]
    ratio = alone / other.warm if other.warm else 0.0
    return _budget("the same, our DOCX source alone", f"{ratio:.2f} ×", "≤ 1 ×", met=0 < ratio <= 1)


def _cited(data: bytes) -> float:
    """MB/s of the station that finds citations."""
    sheet = open_sheet(data)
    return len(data) / 1e6 / cpu(lambda: find(sheet, Outline(), Heading()), 5)[0]


def _budget(what: str, figure: str, budget: str, *, met: bool) -> str:
    return f"| {what} | {figure} | {budget} | {'met' if met else '**not met**'} |"


if __name__ == "__main__":
    main()
