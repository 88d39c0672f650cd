"""Where the cells of a short row belong, when its source dropped the cells that a merge covers.

A row of one cell, or of a number and a title, stretches over the columns behind it. Any other short row stands beside
cells that reach down from above; which columns those are shows in how the columns' cells begin: "Sở …" in one,
"Quý …" in another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from vanban.sheet import RawCell

_LABEL = re.compile(r"^(?:\(?[0-9]{1,3}(?:\.[0-9]{1,3})*|[IVXLC]+|[A-ZĐa-zđ])[.)/:-]?$")
_TITLE_CELLS = 2
_CLEARLY = 0.25


def align(rows: Sequence[Sequence[str]], width: int) -> list[list[RawCell]]:
    """All rows at full width; the filled-in cells say whether they are covered from above or from the left."""
    columns = _columns(rows, width)
    return [_place(row, width, columns) for row in rows]


def is_label(text: str) -> bool:
    """A number or letter that begins a row: 1, 2.1, IV., a)."""
    return bool(_LABEL.match(text))


def _columns(rows: Sequence[Sequence[str]], width: int) -> list[Counter[str]]:
    """How often each beginning occurs in each column of the rows that are whole."""
    columns: list[Counter[str]] = [Counter() for _ in range(width)]
    for row in rows:
        if len(row) == width:
            for column, text in zip(columns, row, strict=True):
                column.update(_beginnings(text))
    return columns


def _beginnings(text: str) -> tuple[str, ...]:
    """The first word and the first two, with their capitals: "Bộ Công" (a body) is not "Bộ công" (a set of tools)."""
    words = text.lstrip("-+ ").split(maxsplit=2)[:2]
    return tuple(" ".join(words[:count]) for count in range(1, len(words) + 1))


def _place(row: Sequence[str], width: int, columns: Sequence[Counter[str]]) -> list[RawCell]:
    missing = width - len(row)
    cells = [RawCell(text) for text in row]
    if missing <= 0:
        return cells
    labelled = not row or not row[0] or is_label(row[0])
    if len(row) == 1 or (labelled and sum(map(bool, row)) <= _TITLE_CELLS):
        return cells + [RawCell("", left=True)] * missing
    gap, at = _best(row, missing, columns, labelled=labelled)
    return [*cells[:at], *[RawCell("", above=True)] * gap, *cells[at:], *[RawCell("", above=True)] * (missing - gap)]


def _best(row: Sequence[str], missing: int, columns: Sequence[Counter[str]], *, labelled: bool) -> tuple[int, int]:
    """How many columns to leave free before which cell, so that the cells begin as their columns do.

    The gap is behind the last cell of a row with a number, before the first of one without, unless another place is
    clearly likelier.
    """
    if labelled:
        places = [(missing, at) for at in range(len(row), 0, -1)]
    else:
        places = [(gap, 0) for gap in range(missing, -1, -1)]
    usual = places[0]
    scores = {place: _likeness(row, place, columns) for place in places}
    best = max(places, key=scores.__getitem__)
    return best if scores[best] > scores[usual] + _CLEARLY else usual


def _likeness(row: Sequence[str], place: tuple[int, int], columns: Sequence[Counter[str]]) -> float:
    gap, at = place
    score = 0.0
    for index, text in enumerate(row):
        column = columns[index + gap if index >= at else index]
        score += sum(column[beginning] for beginning in _beginnings(text)) / (column.total() or 1)
    return score
