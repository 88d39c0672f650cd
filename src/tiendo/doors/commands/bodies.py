"""A list of bodies as CSV → bodies of the register."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tiendo.doors.commands.base import ShellError
from tiendo.foundation.organisations import rules
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import by_code

COLUMNS = ("code", "name", "kind", "parent", "short", "abbreviations")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file; `line` counts from 1, the head included."""

    line: int
    code: str
    name: str
    kind: str
    parent: str
    short: str
    abbreviations: tuple[str, ...]


def parse(text: str) -> list[Row]:
    """Comma, semicolon or tab between the cells, as the first line has it; Excel's own "sep=;" line is passed over.

    Raises ShellError: a column is missing or doubled, a quote is not closed, a cell holds what no name has.
    """
    lines = text.splitlines()
    skipped = 1 if lines and re.fullmatch(r"sep=[,;\t]", lines[0].strip().lower()) else 0
    lines = lines[skipped:]
    head = lines[0] if lines else ""
    separator = max(",;\t", key=head.count)
    rows = _cells(lines, separator, skipped)
    _, first = next(rows, (0, []))
    names = [name.strip().lower() for name in first]
    if missing := [name for name in COLUMNS[:3] if name not in names]:
        raise ShellError(f"Tệp thiếu cột {', '.join(missing)}. Dòng đầu phải là: {','.join(COLUMNS)}.")
    if doubled := [name for name in COLUMNS if names.count(name) > 1]:
        raise ShellError(f"Dòng đầu ghi cột {', '.join(doubled)} hai lần.")
    return [_row(line, names, cells) for line, cells in rows if any(map(str.strip, cells))]


def _cells(lines: Sequence[str], separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Each line's number and cells; a cell never reaches over a line end. Raises ShellError with the line."""
    for number, line in enumerate(lines, 1 + skipped):
        try:
            cells = next(csv.reader([line], delimiter=separator, strict=True), [])
        except csv.Error as error:
            raise ShellError(f"Dòng {number}: dấu nháy kép chưa đóng hoặc ô quá dài. Chưa thêm cơ quan nào.") from error
        if rules.UNSEEN.search(line):
            raise ShellError(f"Dòng {number} có ký tự không nhìn thấy được. Hãy xóa và gõ lại. Chưa thêm cơ quan nào.")
        yield number, cells


def _row(line: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    if any(map(str.strip, cells[len(names) :])):
        raise ShellError(f"Dòng {line} có nhiều ô hơn dòng đầu. Tên có dấu phẩy phải nằm trong dấu nháy kép.")
    clean = {name: cell.strip() for name, cell in zip(names, [*cells, *[""] * len(names)], strict=False)}
    short = tuple(part.strip() for part in clean.get("abbreviations", "").split("|") if part.strip())
    return Row(
        line, clean["code"], clean["name"], clean["kind"], clean.get("parent", ""), clean.get("short", ""), short
    )


def problems(rows: Sequence[Row]) -> list[str]:
    """One Vietnamese line for each thing that is wrong; a parent may stand above its bodies in the same file."""
    known = set(Organisation.objects.values_list("code", flat=True))
    siblings = _siblings()
    found: list[str] = []
    for row in rows:
        same = siblings.setdefault((row.parent, key(row.name)), row.code)
        found.extend(f"  dòng {row.line}: {what}" for what in _wrong(row, known))
        if row.name and same != row.code:
            found.append(f"  dòng {row.line}: tên “{row.name}” đã là tên của cơ quan có mã “{same}”, cùng cấp trên.")
        known.add(row.code)
    return found or ([] if rows else ["  tệp không có dòng nào."])


def _siblings() -> dict[tuple[str, str], str]:
    """Code of each body by its parent's code and its name; "" stands for the root, as in the file."""
    bodies = Organisation.objects.exclude(parent=None).values_list("code", "name", "parent__code", "parent__parent")
    return {("" if above is None else parent, key(name)): code for code, name, parent, above in bodies}


def _wrong(row: Row, known: set[str]) -> Iterator[str]:
    yield from rules.problems(
        code=row.code,
        name=row.name,
        kind=row.kind,
        kinds=Kind.values,
        root=False,
        short_name=row.short,
        others=row.abbreviations,
    )
    if row.code in known:
        yield f"mã “{row.code}” đã được dùng."
    if row.parent and row.parent not in known:
        yield f"cơ quan cấp trên “{row.parent}” chưa có (phải đứng ở dòng trên, hoặc đã có trong hệ thống)."


@transaction.atomic
def add_all(rows: Sequence[Row], *, by: str, at: datetime) -> None:
    """Add them in order; one failure takes all of them back."""
    top = root()
    for row in rows:
        organisations.add(
            code=row.code,
            name=row.name,
            kind=row.kind,
            parent=by_code(row.parent) if row.parent else top,
            short_name=row.short,
            abbreviations=row.abbreviations,
            by=by,
            at=at,
        )


def root() -> Organisation:
    """The root of the tree. Raises ShellError before `tiendo init`."""
    top = Organisation.objects.filter(parent=None).order_by("pk").first()
    if top is None:
        raise ShellError("Chưa có cơ quan gốc. Hãy chạy “tiendo init” trước.")
    return top
