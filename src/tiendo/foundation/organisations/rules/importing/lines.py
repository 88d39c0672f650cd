"""Lines of lists, and what becomes of each. Pure."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.rules.sheets import (
    LONGEST,
    Choices,
    Sheet,
    WrongCellError,
    understood,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line as it stands in the file: its number from 1, its cells by the columns' names."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Lines of one sheet; `title`: what the file calls it; `heads`: the columns that it has; `unknown`: headings that
    are nobody's, whose cells are passed over.
    """

    sheet: Sheet
    title: str
    heads: frozenset[str]
    entries: tuple[Entry, ...]
    unknown: tuple[str, ...] = ()


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    PASSED = "passed"
    """It says something, and nothing of that is written: another line tells it."""
    REFUSED = "refused"


@dataclass(slots=True)
class Line:
    """What becomes of one line. `old` and `new`: rows of its sheet (rules.sheets)."""

    sheet: Sheet
    table: str
    number: int
    cells: Mapping[str, str]
    what: What = What.UNCHANGED
    label: str = ""
    answers: list[str] = field(default_factory=list)
    """Why it is refused, each in words."""
    doubts: list[str] = field(default_factory=list)
    """What a person must look at before it is written."""
    old: Any = None
    new: Any = None
    renamed_on: str = ""
    new_code: str = ""

    def refuse(self, answer: str) -> None:
        self.what = What.REFUSED
        if answer not in self.answers:
            self.answers.append(answer)

    def doubt(self, about: str) -> None:
        if about not in self.doubts:
            self.doubts.append(about)

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """(column's name, old, new) of what differs; of a new row what it says."""
        if self.new is None or self.what in {What.UNCHANGED, What.PASSED, What.REFUSED}:
            return []
        old = self.old._asdict() if self.old is not None else {}
        found = [
            (name, old.get(name, ""), text)
            for name, text in self.new._asdict().items()
            if isinstance(text, str) and text != old.get(name, "")
        ]
        return [*found, *([("code", self.old.code, self.new_code)] if self.new_code else [])]


@dataclass(slots=True)
class Plan:
    """All lines of all tables, in the order of the file."""

    lines: list[Line] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    named: frozenset[str] = frozenset()
    """Codes of bodies whose official names stand in lines of their own."""
    told: frozenset[tuple[str, str]] = frozenset()
    """Names that stand in lines of their own: the code of the body, and what the name is compared by."""
    renaming: int = 0
    """Names that change and have no day of their own in the file."""

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(line.what for line in self.lines)
        return {what.value: found[what] for what in What}

    @property
    def refused(self) -> list[Line]:
        return [line for line in self.lines if line.what is What.REFUSED]

    @property
    def doubtful(self) -> list[Line]:
        """Lines that somebody must have looked at."""
        return [line for line in self.lines if line.doubts and line.what is not What.REFUSED]

    @property
    def changing(self) -> list[Line]:
        return [line for line in self.lines if line.what in {What.ADDED, What.CHANGED}]

    def of(self, sheet: Sheet, *whats: What) -> list[Line]:
        return [line for line in self.lines if line.sheet is sheet and line.what in (whats or What)]

    @property
    def digest(self) -> str:
        """SHA-256 of everything that would be written: whoever presses the button means this and nothing else."""
        told = [
            [line.sheet.name, line.number, line.what.value, line.old, line.new, line.renamed_on, line.new_code]
            for line in self.lines
        ]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()


def cells_of(line: Line, heads: frozenset[str], choices: Choices) -> dict[str, str]:
    """What the cells say; the line is refused for those that say nothing their column can take."""
    found: dict[str, str] = {}
    for column in line.sheet.columns:
        if column.name not in heads:
            continue
        try:
            text = understood(column, line.cells.get(column.name, ""), choices)
        except WrongCellError as error:
            line.refuse(wrong_cell(column.label, column.cell, str(error), choices))
            continue
        longest = LONGEST.get(column.name)
        if longest and len(text) > longest:
            line.refuse(
                _("{what} dài {length} ký tự; dài nhất là {longest}.").format(
                    what=column.label, length=len(text), longest=longest
                )
            )
        found[column.name] = text
    return found


def wrong_cell(name: str, cell: str, text: str, choices: Choices) -> str:
    if cell == "day":
        return _("“{text}” không phải là ngày. Hãy ghi theo mẫu 31/12/2025.").format(text=text[:40])
    words = "; ".join(str(word) for value, word in choices.get(cell, {}).items() if value != "root")
    if cell == "kind":
        return _("loại “{kind}” không có. Các loại: {kinds}.").format(kind=text[:40], kinds=words)
    return _("cột {name} không nhận “{text}”. Chọn một trong: {values}.").format(
        name=name, text=text[:40], values=words
    )


def overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two spans of ISO days share a day; "": open.

    >>> overlap(("", "2025-06-30"), ("2025-07-01", "")), overlap(("", ""), ("2025-07-01", ""))
    (False, True)
    """
    return (not one[1] or not other[0] or other[0] <= one[1]) and (not other[1] or not one[0] or one[0] <= other[1])


def backwards(starts: str, ends: str) -> bool:
    return bool(starts and ends and ends < starts)


def said(day: str) -> str:
    """A day as people write it.

    >>> said("2025-07-01")
    '01/07/2025'
    """
    return "/".join(reversed(day.split("-")))
