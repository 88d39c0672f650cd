"""Ruling to grids: straight lines that meet, the rectangles between them, and which of those are one cell."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vanban.source.paper.page import Box, Page, Rule, Word

_MOST = 3_000
"""Rules on one page: more are a drawing."""
_SHORTEST = 6.0
_NEAR, _NEAR_SCANNED = 2.0, 4.0
"""Points: rules so near are one, and meet."""
_COVERS = 0.6
"""Of a cell's side must be ruled to close it."""


@dataclass(frozen=True, slots=True)
class CellBox:
    """A cell: its first row and column, how many it covers, and where it stands."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table. `across` and `down`: where its lines are."""

    down: tuple[float, ...]
    """x of the upright lines, from the left."""
    across: tuple[float, ...]
    """y of the level lines, from the top."""
    cells: tuple[CellBox, ...]

    @property
    def box(self) -> Box:
        return Box(self.down[0], self.across[0], self.down[-1], self.across[-1])

    def place(self, word: Word) -> tuple[int, int] | None:
        """Row and column that the middle of a word stands in."""
        x, y = (word.box.left + word.box.right) / 2, (word.box.top + word.box.bottom) / 2
        column, row = bisect_right(self.down, x) - 1, bisect_right(self.across, y) - 1
        inside = 0 <= column < len(self.down) - 1 and 0 <= row < len(self.across) - 1
        return (row, column) if inside else None


def grids(page: Page) -> list[Grid]:
    """The ruled tables of a page, from the top; a box of a single cell, and lines that close nothing, are none."""
    near = _NEAR_SCANNED if page.scanned else _NEAR
    if len(page.rules) > _MOST:
        return []
    level = _merged([rule for rule in page.rules if rule.across], near)
    upright = _merged([rule for rule in page.rules if not rule.across], near)
    found = [grid for group in _meeting(level, upright, near) if (grid := _grid(*group, near)) is not None]
    return sorted(found, key=lambda grid: (grid.box.top, grid.box.left))


def _merged(rules: Iterable[Rule], near: float) -> list[Rule]:
    """Pieces of one line put together; what is too short to rule anything is left out."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda one: one.at):
        if rows and rule.at - rows[-1][0].at <= near:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    whole: list[Rule] = []
    for row in rows:
        at = sum(rule.at for rule in row) / len(row)
        start, end = None, 0.0
        for rule in sorted(row, key=lambda one: one.start):
            if start is not None and rule.start <= end + 2 * near:
                end = max(end, rule.end)
                continue
            if start is not None:
                whole.append(Rule(row[0].across, at, start, end))
            start, end = rule.start, rule.end
        if start is not None:
            whole.append(Rule(row[0].across, at, start, end))
    return [rule for rule in whole if rule.end - rule.start >= _SHORTEST]


def _meeting(level: Sequence[Rule], upright: Sequence[Rule], near: float) -> list[tuple[list[Rule], list[Rule]]]:
    """Groups of rules that touch or cross one another."""
    parent = list(range(len(level) + len(upright)))

    def top(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for left, one in enumerate(level):
        for right, other in enumerate(upright, len(level)):
            if one.start - near <= other.at <= one.end + near and other.start - near <= one.at <= other.end + near:
                parent[top(left)] = top(right)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index in range(len(parent)):
        group = groups.setdefault(top(index), ([], []))
        if index < len(level):
            group[0].append(level[index])
        else:
            group[1].append(upright[index - len(level)])
    return [group for group in groups.values() if len(group[0]) > 1 and group[1]]


def _grid(level: list[Rule], upright: list[Rule], near: float) -> Grid | None:
    across = _positions(level, near)
    left, right = min(rule.start for rule in level), max(rule.end for rule in level)
    top, bottom = across[0], across[-1]
    sides = [Rule(across=False, at=side, start=top, end=bottom) for side in (left, right)]
    # Many tables leave out their outer sides: the level lines end there all the same.
    upright = [*upright, *(side for side in sides if all(abs(rule.at - side.at) > 2 * near for rule in upright))]
    down = _positions(upright, near)
    if len(across) < 2 or len(down) < 2 or (len(across) == 2 and len(down) == 2):  # noqa: PLR2004 - two lines, one cell
        return None
    cells = _cells(down, across, level, upright, near)
    return Grid(tuple(down), tuple(across), tuple(cells)) if len(cells) > 1 else None


def _positions(rules: Sequence[Rule], near: float) -> list[float]:
    found: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not found or at - found[-1] > near:
            found.append(at)
    return found


def _cells(
    down: Sequence[float], across: Sequence[float], level: Sequence[Rule], upright: Sequence[Rule], near: float
) -> list[CellBox]:
    """Elementary rectangles, put together where no line parts them."""
    columns, rows = len(down) - 1, len(across) - 1
    parent = list(range(columns * rows))

    def top(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    below = _by_position(level, across, near)
    beside = _by_position(upright, down, near)
    for row in range(rows):
        for column in range(columns):
            index = row * columns + column
            if column + 1 < columns and not _closed(beside[column + 1], across[row], across[row + 1]):
                parent[top(index)] = top(index + 1)
            if row + 1 < rows and not _closed(below[row + 1], down[column], down[column + 1]):
                parent[top(index)] = top(index + columns)
    members: dict[int, list[int]] = {}
    for index in range(columns * rows):
        members.setdefault(top(index), []).append(index)
    return sorted((_cell(one, columns, down, across) for one in members.values()), key=lambda c: (c.row, c.column))


def _cell(members: Sequence[int], columns: int, down: Sequence[float], across: Sequence[float]) -> CellBox:
    rows = [index // columns for index in members]
    places = [index % columns for index in members]
    row, column = min(rows), min(places)
    height, width = max(rows) - row + 1, max(places) - column + 1
    box = Box(down[column], across[row], down[column + width], across[row + height])
    return CellBox(row, column, height, width, box)


def _by_position(rules: Sequence[Rule], at: Sequence[float], near: float) -> list[list[Rule]]:
    found: list[list[Rule]] = [[] for _ in at]
    for rule in rules:
        index = min(range(len(at)), key=lambda one: abs(at[one] - rule.at))
        if abs(at[index] - rule.at) <= 2 * near:
            found[index].append(rule)
    return found


def _closed(rules: Sequence[Rule], start: float, end: float) -> bool:
    covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules)
    return covered >= _COVERS * (end - start)


def gaps(values: Sequence[float]) -> list[float]:
    """Distances from each to the next."""
    return [after - before for before, after in pairwise(values)]
