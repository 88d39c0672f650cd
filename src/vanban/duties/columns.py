"""Which row of a table is its head, and what each column holds (`lexicon/columns.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from vanban import deadlines, parties
from vanban.duties.shares import shares
from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.sheet import Cell, Row

Role = Literal[
    "number",
    "content",
    "lead",
    "coordinator",
    "start",
    "deadline",
    "product",
    "submitter",
    "category",
    "money",
    "note",
    "other",
]
Columns = tuple[Role, ...]
"""The role of each column, from left to right."""

_NOTE = re.compile(r"\[\d+\]|\([^()]*\)|\*+")
_YEAR = re.compile(r"(?:[Nn]ăm )?(20\d\d)")
_LONGEST_HEAD = 120
_LOOKED_AT = 40
_LONGEST_CELL, _LONGEST_NAMES, _LONGEST_TIME = 2000, 160, 60
_SHORTEST_TASK = 12
_ANY_YEAR = 2000


@dataclass(frozen=True, slots=True)
class _Known:
    """What a head says: an entry of the lexicon."""

    role: str
    rank: int = 1
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a task table."""

    columns: Columns
    height: int
    """Rows."""
    weak: int | None = None
    """The column of the lead, where its head says little: it counts only where its cells name bodies."""


def head(row: Row, below: Row | None, *, led: bool = True) -> Head | None:
    """The head that begins at `row`; with `led` false, one of a table that has no column of a lead."""
    if below is not None and _two_rows(row, below) and (found := _head(row, below, led=led)):
        return found
    if below is not None and led and (columns := _divided(row, below)):
        return Head(columns, 2)
    return _head(row, None, led=led)


def _head(row: Row, below: Row | None, *, led: bool) -> Head | None:
    if not _short(row) or (below and not _short(below)) or is_number(row.cells[0].text):
        return None
    if any(_is_value(cell.text) for cell in row.cells):
        return None
    said = _stand_ins([_said(text) for text in _heads(row, below)], led=led)
    roles = {one.role for one in said}
    if "contrary" in roles or not _needed(led=led) <= roles or (not led and "lead" in roles):
        return None
    columns = _single(said)
    height = 2 if below else 1
    if not led or said[place := columns.index("lead")].rank:
        return Head(columns, height)
    return Head(columns, height, place) if roles & {"deadline", "product", "coordinator"} else None


def _needed(*, led: bool) -> set[str]:
    return {"content", "lead"} if led else {"number", "content", "deadline"}


def _stand_ins(said: list[_Known], *, led: bool = True) -> list[_Known]:
    """A column stands in for one that the table lacks: who watches over it for the lead, the start for the deadline."""
    roles = {one.role for one in said}
    open_ = {one.instead for one in said if one.instead and (led or one.instead != "lead")} - roles
    return [_Known(one.instead, one.rank) if one.instead in open_ else one for one in said]


def _is_value(text: str) -> bool:
    """`Chủ trì: Sở A`, and the name of a body: what stands in a row, not in a head."""
    label, colon, value = squeeze(text).partition(":")
    if colon and value.strip() and role_of(label.strip(" -+•")) != "other":
        return True
    return not text.isupper() and parties.names_one(shares(text)[0])


def names_bodies(cells: Sequence[str]) -> bool:
    """Most of the cells that are filled name bodies or groups of them."""
    filled = [text for text in cells if text.strip()]
    return 2 * sum(parties.is_sure(shares(text)[0]) for text in filled) > len(filled)


def _divided(row: Row, below: Row) -> Columns | None:
    """A head in two rows whose source does not say which cell the second row divides: where most becomes known."""
    upper, lower = ([squeeze(cell.text) for cell in one.cells if cell.text.strip()] for one in (row, below))
    fits = len(lower) > 1 and len(upper) > len(lower) and len(upper) - 1 + len(lower) == len(row.cells)
    if not fits or not (_short(row) and _short(below)) or any(is_number(text) for text in [upper[0], *lower]):
        return None
    best: list[_Known] = []
    for at in range(1, len(upper)):
        parts = [text if _role(text) != "other" else f"{upper[at]} {text}" for text in lower]
        said = [_said(text) for text in (*upper[:at], *parts, *upper[at + 1 :])]
        roles = {one.role for one in said}
        known = len(roles - {"other"})
        if (
            "contrary" not in roles
            and _needed(led=True) <= roles
            and known > len({one.role for one in best} - {"other"})
        ):
            best = said
    return _single(best) if best else None


def looks_like_tasks(rows: Sequence[Row]) -> bool:
    """A table without a head that is understood, but with cells that read like one (for a doubt)."""
    return any(has_head(row) and _names_tasks([_said(head) for head in _heads(row, None)]) for row in rows[:3])


def _names_tasks(said: Sequence[_Known]) -> bool:
    roles = {one.role for one in said if one.rank}
    return {"content", "deadline"} <= roles and "contrary" not in roles


def read_like_tasks(rows: Sequence[Row]) -> bool:
    """Rows without any head, most of which hold a text, a body and a time (for a doubt)."""
    looked_at = rows[:_LOOKED_AT]
    if any(has_head(row) for row in looked_at[:3]):
        return False
    return sum(map(_reads_like_a_task, looked_at)) >= max(2, len(looked_at) / 2)


def _reads_like_a_task(row: Row) -> bool:
    texts = [text for cell in row.cells if (text := squeeze(cell.text))]
    if any(len(text) > _LONGEST_CELL or is_procedure("", text) for text in texts):
        return False
    times = [text for text in texts if len(text) <= _LONGEST_TIME and deadlines.parse(text, _ANY_YEAR).rule]
    led = [
        text for text in texts if text not in times and len(text) <= _LONGEST_NAMES and parties.is_sure(shares(text)[0])
    ]
    rest = [text for text in texts if text not in times and text not in led and len(text) >= _SHORTEST_TASK]
    return bool(times and led and rest)


def has_head(row: Row) -> bool:
    """The row is the head of some table, of tasks or not: it has a column of numbers and names others."""
    roles = _roles(row) if _short(row) else []
    return "number" in roles and len({*roles} - {"other"}) > 1


def counts_columns(row: Row) -> bool:
    """`(1) (2) (3)` under a head."""
    texts = [squeeze(cell.text).strip("()[]") for cell in row.cells]
    return len(texts) > 1 and texts == [str(number) for number in range(1, len(texts) + 1)]


def _short(row: Row) -> bool:
    return all(len(cell.text) <= _LONGEST_HEAD for cell in row.cells)


def role_of(label: str) -> Role:
    """The role that a label before a colon names ("Cơ quan chủ trì: …")."""
    if _no_label().search(fold(squeeze(label))):
        return "other"
    said = _said(squeeze(label))
    if said.role == "contrary" or not said.rank:
        return "other"
    return cast("Role", said.instead if said.role == "start" else said.role)


def year_of(head: str) -> str:
    """The year that is all a column's head says; empty for any other head."""
    found = _YEAR.fullmatch(head.strip())
    return found[1] if found else ""


def heads_field(title: str) -> bool:
    """`Cơ quan chủ trì` as a title over a list: a field of the task that it stands in."""
    return re.search(load("columns.toml")["label"]["headed"], fold(squeeze(title)).rstrip(" .:")) is not None


def is_number(text: str) -> bool:
    return re.match(_numbering()[0], fold(squeeze(text))) is not None


def is_ditto(text: str) -> bool:
    """`nt`, `-nt-`, `//`, `như trên`: the same as in the cell above."""
    return _ditto().fullmatch(fold(squeeze(text))) is not None


def sums_up(text: str) -> bool:
    """`Tổng số: 12 nhiệm vụ`, `Cộng`."""
    return _total().match(fold(squeeze(text))) is not None


def is_address(texts: Sequence[str]) -> bool:
    """`Địa chỉ: | … | Điện thoại: | …`: the foot of a portal's page, laid out like a row."""
    return sum(_address().fullmatch(fold(squeeze(text))) is not None for text in texts) > 1


def heads_section(text: str) -> bool:
    """A Roman figure or a capital letter, as printed before the title of a part of the table."""
    return re.match(_numbering()[1], squeeze(text)) is not None


def is_procedure(number: str, deadline: str) -> bool:
    """Steps of an administrative procedure look like tasks; their times are working days."""
    contrary = _contrary()
    return bool(contrary[0].search(fold(squeeze(number))) or contrary[1].search(fold(squeeze(deadline))))


def _roles(row: Row) -> list[str]:
    return [_role(head) for head in _heads(row, None)]


def _heads(row: Row, below: Row | None) -> list[str]:
    upper = _spread(row.cells)
    if below is None:
        return upper
    lower = ["" if cell.above else squeeze(cell.text) for cell in below.cells]
    return [lo if _role(lo) != "other" else squeeze(f"{up} {lo}") for up, lo in zip(upper, lower, strict=False)]


def _spread(cells: Sequence[Cell]) -> list[str]:
    """Texts of a head row; a cell merged over several columns heads them all."""
    texts: list[str] = []
    for cell in cells:
        texts.append(texts[-1] if cell.left and texts else squeeze(cell.text))
    return texts


def _two_rows(row: Row, below: Row) -> bool:
    if any(cell.left for cell in row.cells) and any(cell.above for cell in below.cells):
        return True
    upper, lower = ([squeeze(cell.text) for cell in one.cells] for one in (row, below))
    divided = [place for place, text in enumerate(lower) if text]
    begun = [place for place in divided[1:] if upper[place] not in {"", upper[place - 1]}]
    if lower[0] or len(divided) <= 1 or any(not _divides(upper, place) for place in begun):
        return False
    return all(year_of(lower[at]) or _role(lower[at]) != "other" for at in divided)


def _divides(upper: Sequence[str], place: int) -> bool:
    """Another head that the second row divides begins here: the cell behind it is blank, or says the same."""
    return upper[place + 1 : place + 2] in ([""], [upper[place]])


def _role(text: str) -> str:
    return _said(text).role


def _said(text: str) -> _Known:
    whole = fold(text)
    bare = squeeze(_NOTE.sub(" ", whole))
    fitting = (said for said, pattern in _patterns() if pattern.search(whole if said.role == "contrary" else bare))
    return next(fitting, _OTHER) if bare else _OTHER


_OTHER = _Known("other")


def _single(said: Sequence[_Known]) -> Columns:
    """A duty has one column of each kind: the one that says most of itself, and of equals the first."""
    best: dict[str, int] = {}
    for place, one in enumerate(said):
        if one.role not in best or one.rank > said[best[one.role]].rank:
            best[one.role] = place
    roles = (one.role if best[one.role] == place else "other" for place, one in enumerate(said))
    return cast("Columns", tuple(roles))


@cache
def _patterns() -> tuple[tuple[_Known, re.Pattern[str]], ...]:
    entries = load("columns.toml")["column"]
    known = (_Known(entry["role"], entry.get("rank", 1), entry.get("instead")) for entry in entries)
    return tuple((one, re.compile(entry["pattern"])) for one, entry in zip(known, entries, strict=True))


@cache
def _no_label() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["label"]["nothing"])


@cache
def _total() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["total"]["pattern"])


@cache
def _address() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["address"]["pattern"])


@cache
def _ditto() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["ditto"]["pattern"])


@cache
def _contrary() -> tuple[re.Pattern[str], re.Pattern[str]]:
    signs = load("columns.toml")["contrary"]
    return re.compile(signs["number"]), re.compile(signs["deadline"])


@cache
def _numbering() -> tuple[re.Pattern[str], re.Pattern[str]]:
    figures = load("columns.toml")["number"]
    return re.compile(figures["pattern"]), re.compile(figures["section"])
