"""A row that came without its merged cells: which columns do the cells that are left belong to?

Text from a portal drops the cells that span several rows, so that a row of seven columns has three. Its cells are laid
under the columns whose kind they look like, in order; a column that stays open was covered from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from vanban import deadlines, numerals, parties
from vanban.duties.columns import Columns, Role, is_number
from vanban.fold import squeeze
from vanban.sheet import Cell

_SHORT = 160
_WIDEST = 12
_ANY_YEAR = 2000
_LEAST = 3
"""Filled cells; fewer may as well be a title."""


def fit(cells: Sequence[Cell], columns: Columns, *, guessed: bool = False) -> Sequence[Cell]:
    """The cells, one under each column; the same cells where they already stand where they should.

    `guessed`: the format has no merged cells, so that those marked as covered are only the source's guess.
    """
    if guessed and any(cell.above for cell in cells):
        return _refitted(cells, columns)
    filled = len(cells) - next((count for count, cell in enumerate(reversed(cells)) if cell.text.strip()), len(cells))
    return _laid(cells[:filled], columns)[0] if _misplaced(cells, columns, filled) else cells


def _refitted(cells: Sequence[Cell], columns: Columns) -> Sequence[Cell]:
    """Cells that do not suit their columns, laid under columns that all of them suit, if there are such."""
    filled = [cell for cell in cells if cell.text.strip()]
    suited = all(_suits(squeeze(cell.text), role) >= 0 for cell, role in zip(cells, columns, strict=True) if cell.text)
    if suited or len(filled) < _LEAST or len(columns) > _WIDEST:
        return cells
    laid, worst = _laid(filled, columns)
    return cells if worst < 0 else laid


def _laid(cells: Sequence[Cell], columns: Columns) -> tuple[list[Cell], float]:
    """The cells under the columns that they suit best, in order, and how the worst of them suits; of equals, the
    places with the fewest gaps. What stays open was covered from above.
    """
    fitting = [[_suits(squeeze(cell.text), role) for role in columns] for cell in cells]

    def score(places: tuple[int, ...]) -> tuple[float, int]:
        return sum(row[place] for row, place in zip(fitting, places, strict=True)), places[0] - places[-1]

    best = max(combinations(range(len(columns)), len(cells)), key=score)
    at = dict(zip(best, cells, strict=True))
    laid = [at.get(place, replace(cells[-1], text="", above=True)) for place in range(len(columns))]
    return laid, min(row[place] for row, place in zip(fitting, best, strict=True))


def _misplaced(cells: Sequence[Cell], columns: Columns, filled: int) -> bool:
    """Text where a number should be, and empty cells at the end that no merge accounts for."""
    if columns[0] != "number" or len(columns) > _WIDEST or filled in {0, 1, len(cells)}:
        return False
    first = squeeze(cells[0].text)
    if any(cell.above or cell.left for cell in cells) or not any(char.isalpha() for char in first):
        return False
    return not is_number(first) and not numerals.is_like(first.rstrip(".)"))


def _suits(text: str, role: Role) -> float:
    if role == "number":
        return 3 if is_number(text) else -5
    if role == "deadline":
        return 3 if len(text) < _SHORT and deadlines.parse(text, _ANY_YEAR).rule else -3
    named = parties.is_party(text) and len(text) < _SHORT
    if role in {"lead", "coordinator"}:
        return 2 if named else -3
    if role == "content":
        return 1 if named else 2
    return 0.5 if text else 0
