"""A programme as a workbook: exactly what its board shows."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import override
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tiendo.foundation.organisations.ancestry import names_on
from tiendo.work.programmes.messages import DOUBTED, NOTHING_AROSE, RESTRICTED, SILENCES, STANDINGS, TAKEN_LATE
from tiendo.work.programmes.models import Answer, Assignment, Evidence, Obligation, Programme, Progress, Task
from tiendo.work.programmes.queries import periodic
from tiendo.work.programmes.queries.ended import with_end, word_of
from tiendo.work.programmes.queries.matters import doubt
from tiendo.work.programmes.queries.owing import silence_of
from tiendo.work.programmes.queries.progress import GOES_ON
from tiendo.work.programmes.queries.standing import Boxes, boxes, standing_case, worst
from tiendo.work.programmes.queries.taking_over import LATE, with_taken_late
from tiendo.work.programmes.rules.periodic import Periods, counted
from tiendo.work.programmes.rules.rates import percentage
from tiendo.work.programmes.rules.standing import Standing

COLUMNS = {
    "Số": 7,
    "Mục": 24,
    "Nội dung nhiệm vụ": 60,
    "Cơ quan chủ trì": 32,
    "Cơ quan phối hợp": 32,
    "Thời hạn": 20,
    "Hạn báo cáo": 13,
    "Tình trạng": 22,
    "Sản phẩm": 28,
    "Kết quả, minh chứng": 50,
}


def programme_xlsx(
    programme: Programme,
    on: date,
    tasks: QuerySet[Task] | None = None,
    obligations: QuerySet[Obligation] | None = None,
    filtered: str = "",
    held_on: date | None = None,
) -> bytes:
    """The tasks of a programme as they stand on a day; `tasks`: only these; `obligations`: sums and answers of these,
    as a person sees them; `filtered`: the conditions under which the tasks were chosen, in words; `held_on`: bodies and
    their names as of that day (None: as they are now).

    The sums are always those of the whole programme, as far as the person sees it: a list of what is overdue does not
    say that nothing was done. A list that is not whole says so.
    Texts stay texts: no cell is ever taken for a formula.
    What was reported on a restricted task is left out: only numbers and dates of its documents are kept here too.
    """
    out = io.BytesIO()
    shown = programme.tasks.all() if tasks is None else tasks
    owed = Obligation.objects.all() if obligations is None else obligations
    mine = owed.filter(programme=programme)
    sums = _sums(boxes(mine, on), counted(periodic.of(mine), on))
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True, "font_size": 13})
        head = book.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "bg_color": "#E8ECF0"}
        )
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Nhiệm vụ")
        for place, width in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, " – ".join(filter(None, (programme.symbol, programme.title))), bold)
        then = f" Cơ quan và tên gọi như ngày {held_on:%d/%m/%Y}." if held_on else ""
        sheet.write_string(1, 0, f"Tình trạng đến hết ngày {on:%d/%m/%Y}.{then} {sums}")
        if extent := _extent(programme, shown, filtered):
            sheet.write_string(2, 0, extent)
        names = names_then(programme, held_on) if held_on else {}
        _row(sheet, 3, list(COLUMNS), head)
        sheet.freeze_panes(4, 0)
        for place, task in enumerate(_tasks(shown, owed, on, held_on), start=4):
            _row(sheet, place, _cells(task, names), cell)
    return out.getvalue()


def _extent(programme: Programme, shown: QuerySet[Task], filtered: str) -> str:
    """What the list leaves out, and that the sums above it do not."""
    part, whole = shown.order_by().count(), programme.tasks.count()
    if filtered:
        return (
            f"DANH SÁCH ĐÃ LỌC ({filtered}): {part}/{whole} nhiệm vụ. "
            "Số liệu ở dòng trên tính cho mọi việc được xem, không chỉ các dòng dưới đây."
        )
    return f"Danh sách gồm {part}/{whole} nhiệm vụ: phần việc mà người tải tệp được xem." if part < whole else ""


def _row(sheet: Worksheet, place: int, cells: Sequence[str], style: Format) -> None:
    for column, text in enumerate(cells):
        sheet.write_string(place, column, text, style)


def _sums(count: Boxes, periods: Periods) -> str:
    """Every rate with its denominator; none of few things."""
    found = percentage(count.done, count.due)
    rate = "" if found is None else f" ({found}%)".replace(".", ",")
    return (
        f"Hoàn thành {count.done}/{count.due} việc đến hạn{rate}: "
        f"đúng hạn {count.done_on_time}, quá hạn {count.done_late}; "
        f"chưa hoàn thành: trong hạn {count.in_term}, quá hạn {count.overdue}. "
        f"Báo cáo kỳ: đã gửi {periods.made}/{periods.due} báo cáo đến hạn, trong đó gửi quá hạn {periods.made_late}; "
        f"chưa đến hạn {periods.pending}."
    )


def names_then(programme: Programme, day: date) -> dict[int, str]:
    """How the bodies of a programme were called on a day."""
    bodies = Assignment.objects.on(day).filter(task__programme=programme, organisation__isnull=False)
    return names_on(set(bodies.values_list("organisation", flat=True)), day)


def _tasks(tasks: QuerySet[Task], told: QuerySet[Obligation], on: date, held_on: date | None = None) -> Iterator[Task]:
    """How a task stands is everyone's who sees it; what was answered is told only of the obligations `told`."""
    owed = Obligation.objects.annotate(
        now=standing_case(on), doubted=doubt(), told=Exists(told.filter(pk=OuterRef("pk")).order_by())
    )
    pieces = Evidence.objects.filter(withdrawn_at=None)
    answers = Answer.objects.select_related("report").prefetch_related(Prefetch("evidence", pieces))
    owed = with_progress(with_taken_late(owed, on).prefetch_related(Prefetch("answer", answers)))
    assigned = Assignment.objects.on(held_on).select_related("organisation")
    whole = (
        with_end(tasks.select_related("programme"))
        .prefetch_related(None)
        .prefetch_related(Prefetch("assignments", assigned), Prefetch("obligations", owed))
    )
    yield from whole.iterator(chunk_size=500)


def _cells(task: Task, names: Mapping[int, str]) -> list[str]:
    owed = list(task.obligations.all())
    return [
        task.number,
        task.section,
        task.content,
        _bodies(task, Assignment.Role.LEAD, names),
        _bodies(task, Assignment.Role.COORDINATE, names),
        task.deadline_text,
        "\n".join(sorted({f"{one.due:%d/%m/%Y}" for one in owed}, key=lambda text: text[::-1])),
        "\n".join([_stands(task, owed), *taken_words(owed), *doubt_words(owed)]),
        task.product,
        "\n".join(filter(None, [RESTRICTED if task.restricted else "", *(_said(task, one) for one in owed)])),
    ]


def _stands(task: Task, owed: Sequence[Obligation]) -> str:
    now = Standing(worst([one.now for one in owed])) if owed else ""  # type: ignore[attr-defined]
    with override("vi"):
        if word := word_of(task, now):
            return word
    return STANDINGS[Standing(now)] if now else _silence(task)


def taken_words(owed: Iterable[Any]) -> list[str]:
    """Beside a standing that is late: that its body took the work over when it was so already (of with_taken_late)."""
    return [
        f"({TAKEN_LATE}, {one.taken_late:%d/%m/%Y})"
        for one in owed
        if one.taken_late and one.now in LATE and not one.standing
    ]


def doubt_words(owed: Iterable[Any]) -> list[str]:
    """Beside a standing of which a recorded day is asked to be corrected."""
    return [f"({DOUBTED})"] if any(one.doubted for one in owed) else []


def _silence(task: Task) -> str:
    """A workbook is in Vietnamese, in whatever language the page is read."""
    leads = (one for one in task.assignments.all() if one.role == Assignment.Role.LEAD)
    with override("vi"):
        return str(SILENCES[silence_of(task, task.programme, leads)])


def _bodies(task: Task, role: str, names: Mapping[int, str]) -> str:
    return "\n".join(
        names.get(one.organisation.pk, one.organisation.name) if one.organisation else one.party_text
        for one in task.assignments.all()
        if one.role == role
    )


def _said(task: Task, owed: Obligation) -> str:
    """What the body handed in; a draft is its own affair."""
    answer = getattr(owed, "answer", None)
    told = owed.told  # type: ignore[attr-defined]
    if told and owed.state in GOES_ON:
        return progress_words(owed.said, restricted=task.restricted)  # type: ignore[attr-defined]
    if answer is None or not told or owed.state not in {Obligation.State.SUBMITTED, Obligation.State.CONFIRMED}:
        return ""
    words = [owed.period_name, NOTHING_AROSE if answer.nothing_arose else "" if task.restricted else answer.text]
    words += [_piece(piece, restricted=task.restricted) for piece in answer.evidence.all()]
    return "; ".join(filter(None, words))


def progress_words(confirmed: Sequence[Progress], *, restricted: bool) -> str:
    """What was confirmed last on the way (of `confirmed`, in order); nothing where there is none."""
    if not confirmed:
        return ""
    last = confirmed[-1]
    day = f"xác nhận ngày {timezone.localdate(last.decided_at):%d/%m/%Y}"
    percent = "" if last.percent is None else f"{last.percent} % "
    papers = [f"{number} ngày {date.fromisoformat(issued):%d/%m/%Y}" for number, issued, _level in last.documents]
    return "; ".join(filter(None, [f"Tiến độ {percent}({day})", "" if restricted else last.text, *papers]))


def with_progress(owed: QuerySet[Any]) -> QuerySet[Any]:
    """Each with `said`: its reports on progress that were confirmed, in order."""
    confirmed = Progress.objects.filter(state=Progress.State.GRANTED).order_by("pk")
    rows: QuerySet[Any] = owed.prefetch_related(Prefetch("progress", confirmed, to_attr="said"))
    return rows


def document_words(piece: Evidence) -> str:
    """A document in evidence: number, date and, where it was said, who received it."""
    receiver = f", nơi nhận: {piece.level}" if piece.level else ""
    return f"{piece.number} ngày {piece.issued_on:%d/%m/%Y}{receiver}"


def _piece(piece: Evidence, *, restricted: bool) -> str:
    if piece.number and piece.issued_on:
        return document_words(piece)
    return "" if restricted else piece.filename
