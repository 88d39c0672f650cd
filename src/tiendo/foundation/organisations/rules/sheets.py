"""The sheets in which the register is written out and taken in: their columns and what a cell of each may say. Pure.

A body is told by its code. A CSV has the columns' English names, a workbook the Vietnamese ones; both are read, and
what offices call these columns otherwise (lists.toml).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules.bodies import tidy

UNVERIFIED = "chưa xác minh"
_BESIDE = re.compile(r"\([^)]*\)|[*:]")
"""What a heading says beside its column: how to fill it in."""
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent.parent / "lists.toml").read_text(encoding="utf-8"))


@cache
def _headings() -> dict[str, dict[str, str]]:
    """Sheet → heading, folded → column."""
    return {
        sheet: {key(text): column for column, texts in columns.items() for text in texts}
        for sheet, columns in _words()["headings"].items()
    }


@cache
def _choice_words(cell: str) -> dict[str, str]:
    """Of a list of choices: word, folded → value."""
    return {key(word): value for value, words in _words()["choices"].get(cell, {}).items() for word in words}


def _heading(cell: str) -> str:
    return key(_BESIDE.sub(" ", cell))


def numbers_lines(heading: str) -> bool:
    """Whether a column merely numbers the lines of a list ("STT")."""
    return _heading(heading) in {key(word) for word in _words()["numbering"]}


class BodyRow(NamedTuple):
    """A body. Dates are ISO texts, "" where none; of the parts of a tree only codes."""

    code: str
    name: str
    kind: str
    parent: str = ""
    short: str = ""
    abbreviations: str = ""
    national_code: str = ""
    national_code_old: str = ""
    starts: str = ""
    ends: str = ""


class NameRow(NamedTuple):
    body: str
    text: str
    source: str
    office: str = ""
    starts: str = ""
    ends: str = ""


class SeatRow(NamedTuple):
    tree: str
    body: str
    above: str = ""
    starts: str = ""
    ends: str = ""


class HeirRow(NamedTuple):
    before: str
    after: str = ""
    share: str = ""


class SuccessionRow(NamedTuple):
    kind: str
    on: str
    decision: str = ""
    decided_on: str = ""
    state: str = "in_force"
    verified: str = ""
    """The day on which somebody held it against the decision; "" while nobody did."""
    new_name: str = ""
    new_short_name: str = ""
    note: str = ""
    heirs: tuple[HeirRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """`cell`: "text", "day" or "lines" (a text that keeps its lines), or the name of a list of choices."""

    name: str
    label: str
    cell: str = "text"
    width: int = 14
    needed: bool = False
    extra: bool = False
    """Read, but never written: it tells how to change a row."""


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    title: str
    columns: tuple[Column, ...]

    @property
    def written(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if not column.extra)

    @property
    def needed(self) -> list[str]:
        return [column.name for column in self.columns if column.needed]

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def titles(self, names: Iterable[str]) -> str:
        """What people call these columns."""
        return ", ".join(self.column(name).label for name in names)

    def heads(self, cells: Sequence[str]) -> list[str]:
        """The columns that a head names, in its order; "" for those of nobody. A column's own word goes before what
        offices call it otherwise: beside "Mã cấp trên", "Trực thuộc" is nobody's.
        """
        known = {key(text): column.name for column in self.columns for text in (column.name, column.label)}
        said = [_heading(cell) for cell in cells]
        own = [known.get(one, "") for one in said]
        others = _headings().get(self.name, {})
        return [
            mine or ("" if others.get(one) in own else others.get(one, "")) for mine, one in zip(own, said, strict=True)
        ]


STARTS, ENDS = Column("starts", "Từ ngày", "day", 13), Column("ends", "Đến ngày", "day", 13)
BODIES = Sheet(
    "co-quan",
    "Cơ quan",
    (
        Column("code", "Mã"),
        Column("name", "Tên", width=52, needed=True),
        Column("kind", "Loại", "kind", 30, needed=True),
        Column("parent", "Mã cấp trên"),
        Column("short", "Tên gọi tắt", width=24),
        Column("abbreviations", "Viết tắt", width=24),
        Column("national_code", "Mã định danh"),
        Column("national_code_old", "Mã định danh cũ", width=18),
        STARTS,
        ENDS,
        Column("new_code", "Mã mới", extra=True),
        Column("renamed_on", "Đổi tên từ ngày", "day", extra=True),
    ),
)
NAMES = Sheet(
    "ten-goi",
    "Tên gọi",
    (
        Column("body", "Mã cơ quan", needed=True),
        Column("text", "Tên gọi", width=52, needed=True),
        Column("source", "Loại tên", "source", 18, needed=True),
        Column("office", "Riêng của cơ quan", width=18),
        STARTS,
        ENDS,
    ),
)
SEATS = Sheet(
    "vi-tri",
    "Vị trí",
    (
        Column("tree", "Cây tổ chức", "tree", 24, needed=True),
        Column("body", "Mã cơ quan", needed=True),
        Column("above", "Đứng dưới", needed=True),
        STARTS,
        ENDS,
    ),
)
SUCCESSIONS = Sheet(
    "sap-xep",
    "Sắp xếp",
    (
        Column("number", "Số thứ tự", needed=True),
        Column("kind", "Hình thức", "succession", 36, needed=True),
        Column("on", "Hiệu lực từ ngày", "day", 16, needed=True),
        Column("decision", "Quyết định", width=22),
        Column("decided_on", "Ngày quyết định", "day", 16),
        Column("state", "Trạng thái", "state", 16),
        Column("verified", "Xác minh ngày", "day", 16),
        Column("new_name", "Tên mới", width=40),
        Column("new_short_name", "Tên gọi tắt mới", width=24),
        Column("note", "Ghi chú", "lines", 50),
    ),
)
HEIRS = Sheet(
    "ke-thua",
    "Kế thừa",
    (
        Column("number", "Số thứ tự", needed=True),
        Column("before", "Cơ quan trước", width=18, needed=True),
        Column("after", "Cơ quan sau", width=18, needed=True),
        Column("share", "Phần kế thừa", width=50),
    ),
)
SHEETS = (BODIES, NAMES, SEATS, SUCCESSIONS, HEIRS)
LONGEST = {"text": 300, "office": 35, "decision": 80, "new_name": 300, "new_short_name": 120, "share": 300}
"""Characters that a cell may hold, where the rules of bodies do not say it."""

Choices = Mapping[str, Mapping[str, str]]
"""List of choices → value → its Vietnamese word."""


class WrongCellError(ValueError):
    """A cell says what its column cannot take."""


def understood(column: Column, text: str, choices: Choices) -> str:
    """What a cell says, in the register's own writing. Raises WrongCellError.

    >>> understood(STARTS, "1/7/2025", {})
    '2025-07-01'
    """
    text = "\n".join(map(tidy, text.strip().splitlines())) if column.cell == "lines" else tidy(text)
    if column.cell == "day":
        return _day(text)
    if column.cell in {"text", "lines"} or not text:
        return text
    words = choices[column.cell]
    known = _choice_words(column.cell) | {key(word): value for value, word in words.items()}
    found = text if text in words else known.get(key(text))
    if found is None:
        raise WrongCellError(text)
    return found


def _day(text: str) -> str:
    if not text or text == UNVERIFIED:
        return ""
    if (found := _DAY.fullmatch(text)) is None:
        raise WrongCellError(text)
    year, month, day, day_first, month_after, year_last = found.groups()
    try:
        return date(int(year or year_last), int(month or month_after), int(day or day_first)).isoformat()
    except ValueError as error:
        raise WrongCellError(text) from error


def split_names(text: str) -> list[str]:
    """The abbreviations of one cell, each once.

    >>> split_names("VPTU| VPTU |Văn phòng TU")
    ['VPTU', 'Văn phòng TU']
    """
    return list(dict.fromkeys(filter(None, map(tidy, text.split("|")))))


def join_names(names: Iterable[str]) -> str:
    """The cell of abbreviations; a name that has the separator in it stands in the sheet of names only."""
    return "|".join(sorted(name for name in names if "|" not in name))
