"""Bảng đối chiếu, both ways: what became of each line of the document, and where each task comes from."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, override
from xlsxwriter import Workbook

from tiendo.work.directives.intake.laying import READER
from tiendo.work.directives.models import Duty
from tiendo.work.directives.queries import reading_of, reconcile
from tiendo.work.programmes.models import Programme, Task

DOWN = {
    "Dòng của văn bản": 10,
    "Nơi có": 20,
    "Số": 8,
    "Nội dung trong văn bản": 60,
    "Kết quả": 26,
    "Nhiệm vụ": 12,
    "Lý do": 40,
}
UP = {"Nhiệm vụ": 10, "Nội dung": 60, "Dòng của văn bản": 14, "Nơi có": 20, "Nguyên văn": 60}


@dataclass(frozen=True, slots=True)
class Down:
    """A line of the document and one thing that became of it."""

    line: int
    """From 1."""
    place: str
    number: str
    content: str
    outcome: str
    tasks: tuple[Task, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Up:
    """A task and the row that it comes from."""

    task: Task
    lines: str
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Both ways, and whether every line is accounted for. `open_lines`: those that still wait for a person."""

    down: list[Down]
    up: list[Up]
    open_lines: int


def reconciliation(programme: Programme) -> Reconciliation:
    """Of a whole programme. A fixed number of queries."""
    document = programme.document
    tasks: dict[int, list[Task]] = {}
    for task in programme.tasks.select_related("duty").order_by("position"):
        tasks.setdefault(task.duty_id, []).append(task)
    reading = reading_of(document)
    register = reading is not None and reading.reader.startswith(READER)
    text = reading.text if reading else ""
    down: list[Down] = []
    for line in reconcile(document):
        machine = line.machine
        place = place_of([{"page": s.page, "table": s.table, "row": s.row} for s in machine.spans], register=register)
        seen = (line.index + 1, place, machine.number or "", machine.content)
        if not line.rows:
            down.append(Down(*seen, gettext("không còn dòng nào"), (), ""))
        for row in line.rows:
            of = tuple(tasks.get(row.pk, ()))
            down.append(Down(*seen, _outcome(row, of), of, row.reason))
    up = [
        Up(task, ", ".join(str(index + 1) for index in task.duty.indexes) or gettext("thêm tay"),
           place_of(task.duty.spans, register=register), _quote(text, task.duty))
        for found in tasks.values() for task in found
    ]  # fmt: skip
    up.sort(key=lambda one: one.task.position)
    waiting = sum(one.outcome == _waiting() for one in down)
    return Reconciliation(down, up, waiting)


def _waiting() -> str:
    return gettext("chờ người xem")


def _outcome(row: Duty, tasks: Sequence[Task]) -> str:
    if row.state == Duty.State.LEFT_OUT:
        return gettext("không theo dõi")
    if row.state == Duty.State.PROPOSED:
        return _waiting()
    if not tasks:
        return gettext("đã xác nhận, chưa mở")
    if len(row.indexes) > 1:
        return gettext("gộp thành một nhiệm vụ (dòng %(lines)s)") % {
            "lines": ", ".join(str(index + 1) for index in row.indexes)
        }
    return gettext("thành nhiệm vụ")


def place_of(spans: Sequence[dict[str, int | None]], *, register: bool) -> str:
    """Where a row stands: sheet and row of a register's file, the page of a paper, or the row of a table."""
    if register:
        rows = [(span["table"] or 0, span["row"]) for span in spans if span.get("row") is not None]
        return "; ".join(
            gettext("trang tính %(sheet)s, dòng %(row)s") % {"sheet": sheet + 1, "row": (row or 0) + 1}
            for sheet, row in rows
        )
    pages = sorted({page for span in spans if (page := span.get("page"))})
    if pages:
        return gettext("trang %(pages)s") % {"pages": ", ".join(map(str, pages))}
    tables = {(span["table"] or 0, span["row"] or 0) for span in spans if span.get("row") is not None}
    return "; ".join(
        gettext("bảng %(table)s, dòng %(row)s") % {"table": table + 1, "row": row + 1} for table, row in sorted(tables)
    )


def _quote(text: str, duty: Duty) -> str:
    pieces = (text[span["start"] : span["end"]].replace("\t", " │ ") for span in duty.spans)
    return "\n".join(pieces)[:500]


def reconciliation_xlsx(programme: Programme) -> bytes:
    """Two sheets, one for each way. Texts stay texts."""
    out = io.BytesIO()
    with override("vi"):
        found = reconciliation(programme)
        with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            title = f"Bảng đối chiếu {programme}"
            _sheet(book, "Văn bản → nhiệm vụ", title, DOWN, map(_down, found.down))
            _sheet(book, "Nhiệm vụ → văn bản", title, UP, map(_up, found.up))
    return out.getvalue()


def _down(one: Down) -> list[str]:
    tasks = ", ".join(task.number or str(task.position) for task in one.tasks)
    return [str(one.line), one.place, one.number, one.content, one.outcome, tasks, one.reason]


def _up(one: Up) -> list[str]:
    return [one.task.number or str(one.task.position), one.task.content, one.lines, one.place, one.quote]


def _sheet(book: Workbook, name: str, title: str, columns: dict[str, int], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for place, width in enumerate(columns.values()):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
    for line, cells in enumerate(_headed(columns, rows), start=2):
        for place, text in enumerate(cells):
            sheet.write_string(line, place, text, head if line == 2 else cell)  # noqa: PLR2004
    sheet.freeze_panes(3, 0)
    sheet.repeat_rows(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _headed(columns: dict[str, int], rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield list(columns)
    yield from rows
