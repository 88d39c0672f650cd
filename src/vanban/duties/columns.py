"""Which row of a table is its head, and what each column holds (`lexicon/columns.toml`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, cast

from vanban.fold import fold, squeeze
from vanban.lexicon import load
from vanban.sheet import Cell, Row

Role = Literal[
    "number",
    "content",
    "lead",
    "coordinator",
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
_LONGEST_HEAD = 120


def columns_of(row: Row, below: Row | None = None) -> Columns | None:
    """What the columns hold if `row` is the head of a task table (with `below`, where it has two rows), else None."""
    if not _short(row) or (below and not _short(below)) or is_number(row.cells[0].text):
        return None
    roles = [_role(head) for head in _heads(row, below)]
    if "contrary" in roles or "content" not in roles or "lead" not in roles:
        return None
    return tuple(_single(cast("list[Role]", roles)))


def head(row: Row, below: Row | None) -> tuple[Columns, int] | None:
    """The columns and the number of rows of the head that begins at `row`."""
    if below is not None and _two_rows(row, below) and (columns := columns_of(row, below)):
        return columns, 2
    if below is not None and (columns := _divided(row, below)):
        return columns, 2
    columns = columns_of(row)
    return (columns, 1) if columns else None


def _divided(row: Row, below: Row) -> Columns | None:
    """A head in two rows whose source does not say which cell the second row divides: where most becomes known."""
    upper, lower = ([squeeze(cell.text) for cell in one.cells if cell.text.strip()] for one in (row, below))
    fits = len(lower) > 1 and len(upper) > len(lower) and len(upper) - 1 + len(lower) == len(row.cells)
    if not fits or not (_short(row) and _short(below)) or any(is_number(text) for text in [upper[0], *lower]):
        return None
    best: list[str] = []
    for at in range(1, len(upper)):
        parts = [text if _role(text) != "other" else f"{upper[at]} {text}" for text in lower]
        roles = [_role(text) for text in (*upper[:at], *parts, *upper[at + 1 :])]
        known = len({*roles} - {"other"})
        if "contrary" not in roles and {"content", "lead"} <= {*roles} and known > len({*best} - {"other"}):
            best = roles
    return tuple(_single(cast("list[Role]", best))) if best else None


def looks_like_tasks(rows: Sequence[Row]) -> bool:
    """A table without a head that is understood, but with cells that read like one (for a doubt)."""
    return any(
        has_head(row) and {"content", "deadline"} <= {*_roles(row)} and "contrary" not in _roles(row)
        for row in rows[:3]
    )


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
    role = _role(squeeze(label))
    return "other" if role == "contrary" else cast("Role", role)


def is_number(text: str) -> bool:
    return re.match(_numbering()[0], fold(squeeze(text))) is not None


def is_ditto(text: str) -> bool:
    """`nt`, `-nt-`, `//`, `như trên`: the same as in the cell above."""
    return _ditto().fullmatch(fold(squeeze(text))) is not None


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
    return any(cell.left for cell in row.cells) and any(cell.above for cell in below.cells)


def _role(text: str) -> str:
    whole = fold(text)
    bare = squeeze(_NOTE.sub(" ", whole))
    fitting = (role for role, pattern in _patterns() if pattern.search(whole if role == "contrary" else bare))
    return next(fitting, "other") if bare else "other"


def _single(roles: list[Role]) -> list[Role]:
    """A duty has one column of each kind: the first."""
    seen: set[Role] = set()
    result: list[Role] = []
    for role in roles:
        result.append("other" if role in seen and role != "other" else role)
        seen.add(role)
    return result


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["role"], re.compile(entry["pattern"])) for entry in load("columns.toml")["column"])


@cache
def _no_label() -> re.Pattern[str]:
    return re.compile(load("columns.toml")["label"]["nothing"])


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
