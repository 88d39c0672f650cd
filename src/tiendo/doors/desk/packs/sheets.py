"""The workbooks of an evidence pack. Of a restricted task: numbers and dates, not what it is about or what was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.utils import timezone
from xlsxwriter import Workbook

from tiendo.work.programmes.messages import NOTHING_AROSE, RESTRICTED, STANDINGS
from tiendo.work.programmes.models import Assignment, Obligation, Programme, Progress, Report, Task
from tiendo.work.programmes.queries.rounds import Handed, decided
from tiendo.work.programmes.queries.standing import standing_case
from tiendo.work.programmes.rules.standing import Standing

TASKS = {
    "Số": 7, "Mục": 24, "Nội dung nhiệm vụ": 60, "Chủ trì": 32, "Phối hợp": 32, "Thời hạn": 20, "Sản phẩm": 28,
}  # fmt: skip
OWED = {
    "Số nhiệm vụ": 9, "Cơ quan báo cáo": 34, "Kỳ": 18, "Hạn đầu tiên": 12, "Hạn": 12, "Gửi ngày": 12,
    "Xác nhận ngày": 12, "Cơ quan xác nhận": 34, "Tình trạng": 24,
}  # fmt: skip
ANSWERS = {
    "Báo cáo": 9, "Cơ quan báo cáo": 34, "Lần gửi": 8, "Gửi lúc": 17, "Người gửi": 24, "Tình trạng": 18,
    "Số nhiệm vụ": 9, "Nội dung trả lời": 60, "Minh chứng": 40,
}  # fmt: skip
DECISIONS = {
    "Báo cáo": 9, "Cơ quan báo cáo": 34, "Lần gửi": 8, "Ý kiến": 18, "Lý do": 60, "Người cho ý kiến": 24, "Lúc": 17,
}  # fmt: skip

PROGRESS = {
    "Số nhiệm vụ": 9, "Cơ quan báo cáo": 34, "Gửi lúc": 17, "Người gửi": 24, "Đã xong (%)": 10, "Kết quả đến nay": 60,
    "Văn bản": 40, "Tình trạng": 28, "Ý kiến": 50, "Người cho ý kiến": 24, "Lúc": 17,
}  # fmt: skip


class Book:
    """Sheets that are written row by row, straight to disk. Texts stay texts: no cell is taken for a formula."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "bg_color": "#E8ECF0"})
        self._cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        self._lines: dict[str, int] = {}

    def sheet(self, name: str, columns: Mapping[str, int]) -> None:
        made = self._book.add_worksheet(name)
        for place, (text, width) in enumerate(columns.items()):
            made.set_column(place, place, width)
            made.write_string(0, place, text, self._head)
        made.freeze_panes(1, 0)
        self._lines[name] = 0

    def row(self, name: str, cells: Sequence[str]) -> None:
        self._lines[name] += 1
        made = self._book.get_worksheet_by_name(name)
        for place, text in enumerate(cells):
            made.write_string(self._lines[name], place, text, self._cell)


@contextmanager
def book(out: IO[bytes]) -> Iterator[Book]:
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        yield Book(made)


def work(programme: Programme, on: date) -> IO[bytes]:
    """Tasks, and what is owed on them as it stands on this day, each obligation a row."""
    out = TemporaryFile()  # noqa: SIM115 (whoever sends it closes it)
    with book(out) as made:
        made.sheet("Nhiệm vụ", TASKS)
        for task in programme.tasks.prefetch_related("assignments__organisation").iterator(chunk_size=500):
            made.row("Nhiệm vụ", _task(task))
        made.sheet("Việc phải báo cáo", OWED)
        owed = programme.obligations.annotate(now=standing_case(on)).order_by("task__position", "due", "pk")
        for one in owed.select_related("task", "organisation", "confirming").iterator(chunk_size=500):
            made.row("Việc phải báo cáo", _owed(one))
    out.seek(0)
    return out


def number(task: Task) -> str:
    return task.number or str(task.position)


def _task(task: Task) -> list[str]:
    told = [RESTRICTED, ""] if task.restricted else [task.content, task.product]
    bodies = [_bodies(task.assignments.all(), role) for role in (Assignment.Role.LEAD, Assignment.Role.COORDINATE)]
    return [number(task), task.section, told[0], *bodies, task.deadline_text, told[1]]


def _bodies(assignments: Iterable[Assignment], role: str) -> str:
    named = (one for one in assignments if one.role == role)
    return "\n".join(one.organisation.name if one.organisation else one.party_text for one in named)


def _owed(one: Any) -> list[str]:
    return [
        number(one.task),
        one.organisation.name,
        one.period_name,
        *(_day(day) for day in (one.first_due, one.due, one.submitted_on, one.confirmed_on)),
        one.confirming.name if one.confirming else "",
        STANDINGS[Standing(one.now)] if one.state in _COUNTED else str(Obligation.State(one.state).label),
    ]


_COUNTED = {Obligation.State.OPEN, Obligation.State.SUBMITTED, Obligation.State.CONFIRMED}


def answers(made: Book, report: Report, rows: Iterable[Handed]) -> None:
    """A report as it was handed in, and every word that was given on it."""
    sent = [
        f"#{report.pk}", report.organisation.name, str(report.round), _moment(report.submitted_at),
        str(report.submitted_by or ""), str(Report.State(report.state).label),
    ]  # fmt: skip
    for row in rows:
        task = row.answer.obligation.task
        said = RESTRICTED if task.restricted else NOTHING_AROSE if row.nothing_arose else row.text
        pieces = (piece_name(piece, restricted=task.restricted) for piece in row.evidence)
        made.row("Báo cáo", [*sent, number(task), said, "\n".join(filter(None, pieces))])
    for earlier in decided(report):
        word = earlier.decision
        cells = [*sent[:2], str(word.round), word.get_verdict_display(), _reason(report, word.reason)]
        made.row("Ý kiến", [*cells, str(word.by), _moment(word.at)])


def progress(made: Book, one: Progress) -> None:
    """A report on progress, and the word that was given on it."""
    task = one.obligation.task
    papers = "\n".join(f"{paper} ngày {_day(date.fromisoformat(day))}" for paper, day, _level in one.documents)
    said = RESTRICTED if task.restricted else one.text
    made.row("Báo cáo tiến độ", [
        number(task), one.organisation.name, _moment(one.reported_at), str(one.reported_by),
        "" if one.percent is None else str(one.percent), said, papers, str(Progress.State(one.state).label),
        "" if task.restricted else one.word, str(one.decided_by or ""), _moment(one.decided_at),
    ])  # fmt: skip


def _reason(report: Report, reason: str) -> str:
    """Words about a restricted task may say what it is about."""
    about = report.answers.filter(obligation__task__restricted=True)
    return RESTRICTED if reason and about.exists() else reason


def piece_name(piece: Any, *, restricted: bool) -> str:
    """A document by number and date; a file by its name, but for a restricted task."""
    if piece.number and piece.issued_on:
        return f"{piece.number} ngày {piece.issued_on:%d/%m/%Y}"
    return "" if restricted else piece.filename


def handed_in(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Those that a reader of the whole programme reads: a draft is its body's own affair."""
    kept = reports.exclude(state=Report.State.DRAFT).select_related("organisation", "submitted_by")
    return kept.order_by("submitted_at", "pk")


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}" if at else ""
