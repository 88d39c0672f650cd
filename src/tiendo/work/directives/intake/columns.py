"""Which column of a register holds what: guessed from its head, chosen by a person, remembered by the head's digest."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tiendo.work.directives.errors import RegisterColumnsError
from tiendo.work.directives.intake.grid import Cells, Page, head_labels
from vanban.duties.columns import role_of
from vanban.fold import fold, squeeze

ROLES = {
    "number": _("Số thứ tự"),
    "content": _("Nội dung nhiệm vụ"),
    "lead": _("Cơ quan chủ trì"),
    "coordinator": _("Cơ quan phối hợp"),
    "deadline": _("Thời hạn"),
    "product": _("Sản phẩm"),
    "state": _("Tình trạng (đã xong hay chưa)"),
    "done_on": _("Ngày hoàn thành"),
}
"""What a column may hold; the others are kept in the file and opened nowhere."""
NEEDED = ("content", "lead")
HEAD_WITHIN = 25
"""Rows of a sheet among which its head is looked for."""
_LEAST = 2
"""Columns known by their labels, one of them the content, that make a row a head."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """Where a register's rows are: the sheet (from 0), the file's row numbers of its head, role → column (from 0)."""

    sheet: int
    head: int
    last: int
    """The last row of the head: itself, or the row below where the head has two."""
    columns: Mapping[str, int]


def guess(pages: Sequence[Page]) -> Mapped | None:
    """The sheet and head that look most like a register of tasks, with its columns. None: no head was found."""
    found = [
        (len(columns), -sheet, -at, head) for sheet, page in enumerate(pages) for at, head, columns in _heads(page)
    ]
    if not found:
        return None
    _score, sheet, _at, (head, last, columns) = max(found, key=lambda one: one[:3])
    return Mapped(-sheet, head, last, columns)


def _heads(page: Page) -> list[tuple[int, tuple[int, int, dict[str, int]], dict[str, int]]]:
    heads = []
    for at, row in enumerate(page.rows[:HEAD_WITHIN]):
        below = page.rows[at + 1 : at + 2]
        second = below if below and _goes_on(row, below[0]) else ()
        columns = roles_of(head_labels(row, second))
        if "content" in columns and len(columns) >= _LEAST:
            heads.append((at, (row.number, second[0].number if second else row.number, columns), columns))
    return heads


def _goes_on(row: Cells, below: Cells) -> bool:
    """Whether the row below belongs to the head: cells of the head reach down into it, or spread over its cells."""
    return bool(below.under) and bool(row.beside)


def roles_of(labels: Sequence[str]) -> dict[str, int]:
    """Role → column. Of several columns of one role the one that says it plainest, and of equals the first."""
    plain = [fold(squeeze(label)) for label in labels]
    said: list[str | None] = [role if (role := role_of(label)) in ROLES else None for label in labels]
    own = [_own(text) for text in plain]
    taken: dict[str, int] = {}
    for column, (mine, beside) in enumerate(own):
        others = [said[at] for at in range(len(labels)) if at != column and own[at][0] is None]
        if mine is not None and (not beside or beside in others):
            taken.setdefault(mine, column)
            said[column] = None
    for column, theirs in enumerate(said):
        if theirs is None or (theirs in taken and not (theirs == "lead" and _leads(plain, column, taken[theirs]))):
            continue
        taken[theirs] = column
    return taken


def _leads(plain: Sequence[str], column: int, before: int) -> bool:
    return "chu tri" in plain[column] and "chu tri" not in plain[before]


def _own(text: str) -> tuple[str | None, str]:
    for entry in lexicon()["column"]:
        if re.search(entry["pattern"], text):
            return entry["role"], entry.get("beside", "")
    return None, ""


@cache
def lexicon() -> dict[str, Any]:
    """The words of registers, as data."""
    return tomllib.loads((Path(__file__).parent / "columns.toml").read_text(encoding="utf-8"))


def labels_at(page: Page, head: int, last: int) -> list[str]:
    """The labels of a head that stands in these rows of the file. Raises RegisterColumnsError (no such rows)."""
    rows = [row for row in page.rows if head <= row.number <= last]
    if not rows or rows[0].number != head:
        raise RegisterColumnsError(what=gettext("dòng tiêu đề không có trong trang tính."))
    return head_labels(rows[0], rows[1:2])


def digest(labels: Sequence[str]) -> str:
    """By which an office's choice of columns is remembered: the same head another month finds it again."""
    return hashlib.sha256("\x1f".join(fold(squeeze(label)) for label in labels).encode()).hexdigest()


def check(pages: Sequence[Page], mapped: Mapped) -> None:
    """Raises RegisterColumnsError: no such sheet or head, a needed column is not chosen, one column serves twice."""
    if not 0 <= mapped.sheet < len(pages):
        raise RegisterColumnsError(what=gettext("trang tính không có trong tệp."))
    labels = labels_at(pages[mapped.sheet], mapped.head, mapped.last)
    missing = [str(ROLES[role]) for role in NEEDED if role not in mapped.columns]
    if missing:
        raise RegisterColumnsError(what=gettext("chưa chọn cột {roles}.").format(roles=", ".join(missing)))
    if any(role not in ROLES or not 0 <= column < len(labels) for role, column in mapped.columns.items()):
        raise RegisterColumnsError(what=gettext("có cột không nằm trong tệp."))
    if len(set(mapped.columns.values())) < len(mapped.columns):
        raise RegisterColumnsError(what=gettext("một cột được chọn cho hai mục. Mỗi cột chỉ dùng một lần."))
