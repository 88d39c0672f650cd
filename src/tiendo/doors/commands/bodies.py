"""What the shell says of a list of bodies before and after it is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tiendo.doors.commands.base import ShellError, why
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.reading import Book, read
from tiendo.foundation.organisations.rules.importing.lines import Line, Plan, What, said
from tiendo.foundation.organisations.rules.sheets import BODIES, SUCCESSIONS
from tiendo.work.directives.encodings import decode

SHOWN = 200
"""Lines that the shell prints of each sort."""
WORDS = {What.ADDED: "thêm", What.CHANGED: "sửa"}


def book(path: Path) -> Book:
    """The tables of a file. Raises ShellError, ListUnreadableError."""
    try:
        return read(path.read_bytes(), decode)
    except OSError as error:
        raise ShellError(f"Không mở được tệp {path}: {why(error)}.") from error


def refusals(plan: Plan, *, change: bool) -> list[str]:
    """One Vietnamese line for each thing that is wrong. Without `change` no body that exists may be touched."""
    found = [f"  {_place(line)}: {answer}" for line in plan.lines for answer in line.answers]
    if not change:
        found += [
            f"  {_place(line)}: mã “{line.old.code}” đã được dùng (thêm --change để sửa cơ quan đã có)."
            for line in plan.of(BODIES, What.CHANGED)
        ]
    return found or ([] if plan.lines else ["  tệp không có dòng nào."])


def doubts(plan: Plan, *, looked_at: bool) -> list[str]:
    """What somebody must have looked at, line by line, and how to say so."""
    if looked_at or not plan.doubtful:
        return []
    found = [f"  {_place(line)} ({line.label}): {about}" for line in plan.doubtful for about in line.doubts]
    day = ["  Các tên đổi từ một ngày, không phải lỗi gõ: thêm --renamed-on NĂM-THÁNG-NGÀY."] if plan.renaming else []
    return [*found, *day, "  Đã xem, đúng như tệp ghi: thêm --looked-at."]


def _place(line: Line) -> str:
    return f"{line.table} dòng {line.number}".strip()


def changes(plan: Plan) -> Iterator[str]:
    """What would be written, line by line."""
    for line in plan.changing[:SHOWN]:
        yield f"  {WORDS[line.what]} {line.sheet.title.lower()}: {line.label}"
        if line.what is What.CHANGED:
            yield from (
                f"      {_label(line, name)}: {old or '(trống)'} → {new or '(trống)'}"
                for name, old, new in line.changes
            )
            if line.renamed_on:
                yield f"      đổi tên từ ngày {said(line.renamed_on)}"
    for line in plan.doubtful[:SHOWN]:
        yield from (f"  ? {line.label}: {about}" for about in line.doubts)
    if (more := len(plan.changing) - SHOWN) > 0:
        yield f"  … và {more} dòng nữa"


def _label(line: Line, name: str) -> str:
    return line.sheet.column(name).label.lower()


def summary(plan: Plan) -> str:
    """What was written, in one sentence."""
    bodies = len(plan.of(BODIES, What.ADDED))
    parts = [f"thêm {bodies} cơ quan"]
    if changed := len(plan.of(BODIES, What.CHANGED)):
        parts.append(f"sửa {changed} cơ quan")
    if successions := len(plan.of(SUCCESSIONS, What.ADDED)):
        parts.append(f"ghi {successions} việc sắp xếp")
    others = len([line for line in plan.changing if line.sheet not in {BODIES, SUCCESSIONS}])
    if others:
        parts.append(f"{others} dòng ở các tờ khác")
    return ", ".join(parts)


def root() -> Organisation:
    """The root of the tree. Raises ShellError before `tiendo init`."""
    top = Organisation.objects.filter(parent=None).order_by("pk").first()
    if top is None:
        raise ShellError("Chưa có cơ quan gốc. Hãy chạy “tiendo init” trước.")
    return top
