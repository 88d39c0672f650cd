"""What a row of a form that came back says. Pure: cells in, a line with its problem out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from tiendo.work.programmes.rules.answers import ALL_OF_IT, TEXT_LIMIT

KEY, NUMBER, CONTENT, DUE, TEXT, PAPER, PAPER_ON, NOTHING, PERCENT = range(9)
"""Columns of a form, in order. Forms that were handed out before there was the last one have eight."""
ANSWERS = (TEXT, PAPER, PAPER_ON, NOTHING, PERCENT)
CROSSES = {"x", "v", "có", "co", "1", "true", "✓"}
NUMBER_LIMIT = 80


class Problem(StrEnum):
    """Why a row is not taken in, the first that stands in the way."""

    NO_KEY = "no_key"
    ALTERED = "altered"
    OTHER_FORM = "other_form"
    TWICE = "twice"
    FORMULA = "formula"
    DAY = "day"
    FUTURE = "future"
    HALF = "half"
    LONG = "long"
    CROSS = "cross"
    CROSS_AND_TEXT = "cross_and_text"
    RESTRICTED = "restricted"
    NOT_STANDING = "not_standing"
    PERCENT = "percent"
    PERCENT_OF_PERIOD = "percent_of_period"
    MOVED = "moved"
    ANSWERED = "answered"
    NOT_OWED = "not_owed"
    TAKEN_UP = "taken_up"


@dataclass(frozen=True, slots=True)
class Line:
    """A row that says something. `row`: its number in the file; `obligation`: by its key, None where that is no key."""

    row: int
    obligation: int | None = None
    text: str = ""
    number: str = ""
    issued_on: str = ""
    """ISO date."""
    nothing: bool = False
    problem: str = ""
    percent: int | None = None
    """How much of the work is done; less than all of it is a report on progress."""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.issued_on) if self.issued_on else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file holds it; a formula's last result is nobody's word and is not looked at."""

    value: Any = None
    formula: bool = False

    @property
    def text(self) -> str:
        """As typed: whole numbers without a point, lines kept."""
        value = self.value
        if value is None or self.formula:
            return ""
        if isinstance(value, datetime | date):
            return f"{value:%d/%m/%Y}"
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "\n".join(line.strip() for line in str(value).strip().split("\n"))


def says_something(cells: Mapping[int, Cell]) -> bool:
    """Whether a row was answered at all; one that was not is simply not answered."""
    return any(cells[column].formula or cells[column].text for column in ANSWERS if column in cells)


def line_of(row: int, obligation: int, cells: Mapping[int, Cell], *, today: date) -> Line:
    """What a row with a good key says."""
    answers = {column: cells.get(column, Cell()) for column in ANSWERS}
    if any(cell.formula for cell in answers.values()):
        return Line(row, obligation, problem=Problem.FORMULA)
    day, understood = _day(answers[PAPER_ON])
    crossed = answers[NOTHING].text.lower()
    percent, counted = _percent(answers[PERCENT])
    line = Line(
        row,
        obligation,
        text=answers[TEXT].text,
        number=" ".join(answers[PAPER].text.split()),
        issued_on=day.isoformat() if day else "",
        nothing=crossed in CROSSES,
        percent=percent,
    )
    problem = _problem(line, day, understood=understood, odd_cross=bool(crossed) and not line.nothing, today=today)
    problem = problem or ("" if counted else Problem.PERCENT)
    return Line(row, obligation, problem=problem) if problem else line


def _percent(cell: Cell) -> tuple[int | None, bool]:
    """The percentage, typed as "40" or "40 %", and whether what stands there was understood."""
    said = cell.text.removesuffix("%").strip()
    if not said:
        return None, not cell.text
    if not (said.isascii() and said.isdecimal() and len(said) <= len(str(ALL_OF_IT)) and int(said) <= ALL_OF_IT):
        return None, False
    return int(said), True


def _problem(line: Line, day: date | None, *, understood: bool, odd_cross: bool, today: date) -> str:
    found = {
        Problem.DAY: not understood,
        Problem.FUTURE: day is not None and day > today,
        Problem.HALF: understood and bool(line.number) != (day is not None),
        Problem.LONG: len(line.text) > TEXT_LIMIT or len(line.number) > NUMBER_LIMIT,
        Problem.CROSS: odd_cross,
        Problem.CROSS_AND_TEXT: line.nothing and bool(line.text),
    }
    return next((problem for problem, there in found.items() if there), "")


def _day(cell: Cell) -> tuple[date | None, bool]:
    """The day, and whether what stands there was understood."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date(), True
    if isinstance(value, date):
        return value, True
    if not cell.text:
        return None, True
    for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(cell.text, form).date(), True  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None, False


@dataclass(frozen=True, slots=True)
class Owed:
    """What is known of the obligation of a row, as far as it matters whether the row may be written."""

    ours: bool
    """The body of the form owes it still, in this programme."""
    open_: bool
    answered: bool
    """It was handed in or confirmed."""
    standing: bool
    restricted: bool
    same: bool
    """The answer that stands there says the same already."""
    by_another: bool
    """Somebody of the body drafts it with an account, and this is not the body's own hand."""


def stands_in_the_way(line: Line, owed: Owed | None) -> str:
    """Why a row that was read is not written after all; empty: it may be."""
    if line.problem:
        return line.problem
    if owed is None or not owed.ours:
        return Problem.MOVED
    if owed.same:
        return ""
    found = {
        Problem.RESTRICTED: owed.restricted and (bool(line.text) or line.percent is not None),
        Problem.PERCENT_OF_PERIOD: line.percent is not None and owed.standing,
        Problem.NOT_STANDING: line.nothing and not owed.standing,
        Problem.ANSWERED: owed.answered,
        Problem.NOT_OWED: not owed.open_,
        Problem.TAKEN_UP: owed.by_another,
    }
    return next((problem for problem, there in found.items() if there), "")
