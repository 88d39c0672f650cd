"""A list of bodies as CSV → bodies of the register."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from tiendo.doors.commands.base import ShellError
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import by_code

COLUMNS = ("code", "name", "kind", "parent", "short", "abbreviations")
CODE = re.compile(r"[0-9A-Z][0-9A-Z.]{0,34}")
"""Upper case, digits and dots, at most 35 characters (QĐ 20/2020/QĐ-TTg)."""
LONGEST_NAME, LONGEST_SHORT = 300, 120


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
    """Comma, semicolon or tab between the cells, as the first line has it. Raises ShellError: a column is missing."""
    head = text.split("\n", 1)[0]
    separator = max(",;\t", key=head.count)
    reader = csv.DictReader(text.splitlines(), delimiter=separator)
    names = [name.strip() for name in reader.fieldnames or ()]
    if missing := [name for name in COLUMNS[:3] if name not in names]:
        raise ShellError(f"Tệp thiếu cột {', '.join(missing)}. Dòng đầu phải là: {','.join(COLUMNS)}.")
    return [_row(reader.line_num, cells) for cells in reader if any(filter(None, cells.values()))]


def _row(line: int, cells: dict[str, str | None]) -> Row:
    clean = {(name or "").strip(): (value or "").strip() for name, value in cells.items() if isinstance(name, str)}
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
    if not CODE.fullmatch(row.code):
        yield f"mã “{row.code}” phải gồm chữ hoa không dấu, chữ số và dấu chấm, dài nhất 35 ký tự."
    elif row.code in known:
        yield f"mã “{row.code}” đã được dùng."
    if not row.name:
        yield "thiếu tên cơ quan."
    for what, text, longest in (
        ("tên", row.name, LONGEST_NAME),
        ("tên gọi tắt", row.short, LONGEST_SHORT),
        ("tên viết tắt", max(row.abbreviations, key=len, default=""), LONGEST_NAME),
    ):
        if len(text) > longest:
            yield f"{what} dài {len(text)} ký tự; dài nhất là {longest}."
    if row.kind not in Kind.values:
        yield f"loại “{row.kind}” không có. Các loại: {', '.join(Kind.values)}."
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
