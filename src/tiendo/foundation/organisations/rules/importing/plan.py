"""A file's tables against the register: the plan of what would change. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

from django.utils.translation import gettext as _

from tiendo.foundation.organisations.rules.importing.bodies import BodyPlan
from tiendo.foundation.organisations.rules.importing.lines import Line, Plan, Table, What
from tiendo.foundation.organisations.rules.importing.names import NamePlan
from tiendo.foundation.organisations.rules.importing.seats import SeatPlan
from tiendo.foundation.organisations.rules.importing.successions import SuccessionPlan
from tiendo.foundation.organisations.rules.sheets import (
    BODIES,
    HEIRS,
    NAMES,
    SEATS,
    SUCCESSIONS,
    BodyRow,
    Choices,
    NameRow,
    SeatRow,
    SuccessionRow,
)


class Rows(Protocol):
    """The register as far as it is compared."""

    @property
    def bodies(self) -> Mapping[str, BodyRow]: ...
    @property
    def names(self) -> Sequence[NameRow]: ...
    @property
    def seats(self) -> Sequence[SeatRow]: ...
    @property
    def successions(self) -> Sequence[SuccessionRow]: ...


def make(
    tables: Iterable[Table],
    before: Rows,
    *,
    known: Collection[str],
    choices: Choices,
    today: date,
    notes: tuple[str, ...] = (),
    renamed_on: str = "",
) -> Plan:
    """What taking these tables in would do. `known`: every code of the register, also of bodies that others keep.

    `renamed_on`: the day from which names hold that change and have no day of their own in the file.

    Columns and sheets that a file does not have stay as they are; nothing is ever removed by a list.
    """
    placed = [(table, [_line(table, entry.number, entry.cells) for entry in table.entries]) for table in tables]
    began = {(row.body, row.text, row.starts) for row in before.names if row.source == "own" and row.starts}
    bodies = BodyPlan(before.bodies, known, choices, began)
    for table, lines in placed:
        if table.sheet is BODIES:
            for line in lines:
                bodies.take(line, table.heads)
    bodies.finish()
    names = NamePlan(before.names, bodies.after, choices, told=bodies.lines)
    seats = SeatPlan(before.seats, bodies.after, choices)
    successions = SuccessionPlan(before.successions, bodies.after, choices)
    takers = {NAMES: names.take, SEATS: seats.take, SUCCESSIONS: successions.take, HEIRS: successions.take_heir}
    for table, lines in placed:
        if (take := takers.get(table.sheet)) is not None:
            for line in lines:
                take(line, table.heads)
    for part in (names, seats, successions):
        part.finish()
    renaming = [line for code, line in bodies.lines.items() if _renames(line) and code not in names.renamed]
    for line in renaming:
        _dated(line, bodies, renamed_on)
    for line in bodies.lines.values():
        _not_yet(line, today)
    lines = [line for _table, lines in placed for line in lines]
    return Plan(lines, (*notes, *_numbered(bodies)), frozenset(names.renamed), names.told_keys, len(renaming))


def _numbered(bodies: BodyPlan) -> Iterator[str]:
    """The note about lines that had no codes."""
    if not bodies.uncoded:
        return
    new = [line for line, _cells, _heads in bodies.uncoded if line.old is None]
    yield _(
        "Danh sách không có cột Mã: {known} dòng là cơ quan cùng tên đang có trong danh bạ, {new} dòng được đặt mã "
        "theo số tiếp theo dưới cơ quan cấp trên (ghi ở từng dòng). Muốn mã khác, hãy thêm cột Mã rồi gửi lại; "
        "mã đã ghi đổi được bằng cột Mã mới."
    ).format(known=len(bodies.uncoded) - len(new), new=len(new))


def _renames(line: Line) -> bool:
    """Whether the name of a body changes, and the file does not say from which day."""
    changed = line.what is What.CHANGED and line.old is not None and line.old.name != line.new.name
    return changed and not line.renamed_on


def _dated(line: Line, bodies: BodyPlan, renamed_on: str) -> None:
    """With a day the old name stays true before it; without one it was a slip, and nothing of it is kept."""
    if renamed_on and not line.old.ends:
        line.renamed_on = renamed_on
        bodies.renaming(line)
    else:
        line.doubt(_("sửa tên (không giữ tên cũ)"))


def _line(table: Table, number: int, cells: Mapping[str, str]) -> Line:
    return Line(table.sheet, table.title, number, cells)


def _not_yet(line: Line, today: date) -> None:
    if line.renamed_on and line.renamed_on > today.isoformat() and line.what is not What.REFUSED:
        line.refuse(_("ngày đổi tên chưa đến. Hãy chuẩn bị việc đổi tên ở trang của cơ quan."))
