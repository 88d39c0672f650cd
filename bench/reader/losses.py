"""What a tool kept of the invented table, and what it lost. Pure: rows in, counts out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import html
from papers import COLUMNS, Row
from rapidfuzz import fuzz

from vanban.fold import fold

_ALIKE = 95.0
"""Of a recognised cell's letters, in 100: with fewer right the row is not whole. Print must be right to the letter."""
_LONG = 15
"""Letters by which the piece of a row is known."""

Cells = list[list[str]]


@dataclass(frozen=True, slots=True)
class Kept:
    rows: int
    """Of the table."""
    whole: int
    """Number, content, coordinators and deadline in one row."""
    leads: int
    """Of the whole ones, with the lead agency in its own cell."""
    split: int
    """Rows that are there in pieces: what one cell said stands in several."""
    heads: int
    """Heads left in among the rows, beside the table's own."""
    words: float
    """Share of the table's words that are anywhere in what was made."""


def judged(form: str, made: Any, rows: Sequence[Row], *, scanned: bool = False) -> Kept:
    cells, text = _cells(form, made)
    bare = [[_bare(cell) for cell in row] for row in cells]
    whole = leads = split = 0
    for row in rows:
        found = _found(row, bare, scanned=scanned)
        whole += found is not None
        leads += found is not None and any(_same_lead(cell, row, scanned=scanned) for cell in found)
        split += found is None and _in_pieces(row, bare)
    head = _bare("".join(COLUMNS))
    heads = sum("".join(row) == head for row in bare)
    return Kept(len(rows), whole, leads, split, max(0, heads - 1), _words(rows, text))


def _bare(text: str) -> str:
    """Without white space: where a line ends within a cell is nobody's loss."""
    return "".join(text.split())


def _found(row: Row, cells: Cells, *, scanned: bool) -> list[str] | None:
    content, others, deadline = _bare(row.content), _bare(row.others), _bare(row.deadline)
    for one in cells:
        if scanned:
            if any(fuzz.ratio(cell, content) >= _ALIKE for cell in one):
                return one
        elif {row.number, content, others, deadline} <= set(one):
            return one
    return None


def _same_lead(cell: str, row: Row, *, scanned: bool) -> bool:
    lead = _bare(row.lead)
    return fold(cell) == fold(lead) if scanned else cell == lead


def _in_pieces(row: Row, cells: Cells) -> bool:
    content = _bare(row.content)
    return any(len(cell) >= _LONG and cell in content for one in cells for cell in one)


def _words(rows: Iterable[Row], text: str) -> float:
    there = Counter(word for row in rows for word in f"{row.content} {row.others} {row.deadline}".split())
    return (there & Counter(text.split())).total() / there.total()


def _cells(form: str, made: Any) -> tuple[Cells, str]:
    if form == "html":
        tree = html.fromstring(made)
        return [row for table in tree.iter("table") for row in _expanded(table)], " ".join(tree.itertext())
    if form == "markdown":
        lines = [line.replace("\\", "") for line in made.splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines], made
    rows = made["rows"]
    return rows, made.get("text") or "\n".join(" ".join(row) for row in rows)


def _expanded(table: Any) -> Cells:
    """Rows of an HTML table; a cell over several rows stands in each of them."""
    rows: Cells = []
    held: dict[int, tuple[int, str]] = {}
    for tr in table.iter("tr"):
        row: list[str] = []
        for cell in tr.iterchildren("td", "th"):
            _hold(row, held)
            text = "\n".join(cell.itertext())
            for _ in range(int(cell.get("colspan") or 1)):
                if int(cell.get("rowspan") or 1) > 1:
                    held[len(row)] = (int(cell.get("rowspan")), text)
                row.append(text)
        _hold(row, held)
        held = {column: (left - 1, text) for column, (left, text) in held.items() if left > 1}
        rows.append(row)
    return rows


def _hold(row: list[str], held: dict[int, tuple[int, str]]) -> None:
    while len(row) in held:
        row.append(held[len(row)][1])
