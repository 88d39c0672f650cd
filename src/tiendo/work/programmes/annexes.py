"""Phụ lục theo dõi: every task with who is charged, by when, how it stands on a day, what was answered and on what
evidence. The same rows make the page that is printed and the workbook.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, override
from xlsxwriter import Workbook

from tiendo.foundation.organisations.ancestry import names_on
from tiendo.work.programmes.exports import document_words, doubt_words, progress_words, taken_words, with_progress
from tiendo.work.programmes.messages import NOTHING_AROSE, RESTRICTED, SILENCES, STANDINGS
from tiendo.work.programmes.models import Answer, Assignment, Evidence, Obligation, Programme, Task
from tiendo.work.programmes.queries.ended import with_end, word_of
from tiendo.work.programmes.queries.history import stood_on
from tiendo.work.programmes.queries.matters import doubt
from tiendo.work.programmes.queries.owing import silence_of
from tiendo.work.programmes.queries.progress import GOES_ON
from tiendo.work.programmes.queries.standing import NOW, THEN, standing_case, worst
from tiendo.work.programmes.queries.taking_over import with_taken_late
from tiendo.work.programmes.rules.standing import Standing

COLUMNS = {
    "Số": 7,
    "Nhiệm vụ": 56,
    "Chủ trì": 30,
    "Phối hợp": 30,
    "Thời hạn": 20,
    "Tình trạng": 22,
    "Kết quả": 46,
    "Văn bản minh chứng": 30,
}


@dataclass(frozen=True, slots=True)
class Day:
    """Of which day an annex is. `on`: standings and answers at the end of it; `past`: from what stood then, not from
    what stands now; `held`: bodies and their names as of that day (None: as now).
    """

    on: date
    past: bool = False
    held: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A task as it is printed."""

    number: str
    content: str
    leads: str
    coordinators: str
    deadline: str
    standing: str
    answer: str
    evidence: str


def rows(
    programme: Programme, tasks: QuerySet[Task], told: QuerySet[Obligation], day: Day
) -> Iterator[tuple[Task, Row]]:
    """Every task of `tasks`, in order; what was answered is told only of the obligations `told`. A fixed number of
    queries for each 500 tasks.
    """
    names = NOW
    owed: QuerySet[Any] = Obligation.objects.filter(programme=programme)
    if day.past:
        owed, names = stood_on(owed, day.on), THEN
    owed = with_taken_late(owed, day.on, names, "then_body" if day.past else "organisation_id")
    owed = owed.annotate(
        now=standing_case(day.on, names), doubted=doubt(), told=Exists(told.filter(pk=OuterRef("pk")).order_by())
    )
    pieces = Evidence.objects.filter(_there(day))
    answers = Answer.objects.select_related("report").prefetch_related(Prefetch("evidence", pieces))
    charged = Assignment.objects.on(day.held).select_related("organisation")
    whole = (
        with_end(tasks.select_related("programme", "duty"))
        .prefetch_related(None)
        .prefetch_related(
            Prefetch("assignments", charged),
            Prefetch("obligations", with_progress(owed.prefetch_related(Prefetch("answer", answers)))),
        )
    )
    called = _names(programme, day.held) if day.held else {}
    with override("vi"):  # a paper is in Vietnamese, in whatever language the page is read
        for task in whole.iterator(chunk_size=500):
            yield task, _row(task, called, day)


def _there(day: Day) -> Q:
    """Evidence that stood at the end of the day."""
    if not day.past:
        return Q(withdrawn_at=None)
    return Q(added_at__date__lte=day.on) & (Q(withdrawn_at=None) | Q(withdrawn_at__date__gt=day.on))


def _names(programme: Programme, day: date) -> dict[int, str]:
    bodies = Assignment.objects.on(day).filter(task__programme=programme, organisation__isnull=False)
    return names_on(set(bodies.values_list("organisation", flat=True)), day)


def _row(task: Task, called: dict[int, str], day: Day) -> Row:
    owed = list(task.obligations.all())
    answered = [one for one in owed if _state(one, day) in {"submitted", "confirmed"} and one.told]  # type: ignore[attr-defined]
    goes_on = [one for one in owed if one.state in GOES_ON and one.told and not day.past]  # type: ignore[attr-defined]
    on_the_way = [progress_words(one.said, restricted=task.restricted) for one in goes_on]  # type: ignore[attr-defined]
    dues = sorted({getattr(one, "then_due", one.due) for one in owed})
    return Row(
        number=task.number or str(task.position),
        content=task.content,
        leads=_bodies(task, Assignment.Role.LEAD, called),
        coordinators=_bodies(task, Assignment.Role.COORDINATE, called),
        deadline="\n".join(dict.fromkeys(filter(None, [task.deadline_text, *(f"{due:%d/%m/%Y}" for due in dues)]))),
        standing="\n".join(
            [_standing(task, owed, past=day.past), *taken_words(owed), *([] if day.past else doubt_words(owed))]
        ),
        answer="\n".join(
            filter(
                None, [RESTRICTED if task.restricted else "", *(_said(task, one, day) for one in answered), *on_the_way]
            )
        ),
        evidence="\n".join(dict.fromkeys(text for one in answered for text in _evidence(task, one))),
    )


def _state(one: Obligation, day: Day) -> str:
    return one.then_state if day.past else one.state  # type: ignore[attr-defined]


def _standing(task: Task, owed: list[Obligation], *, past: bool) -> str:
    now = Standing(worst([one.now for one in owed])) if owed else ""  # type: ignore[attr-defined]
    if not past and (word := word_of(task, now)):
        return word
    if now:
        return STANDINGS[Standing(now)]
    leads = (one for one in task.assignments.all() if one.role == Assignment.Role.LEAD)
    return str(SILENCES[silence_of(task, task.programme, leads)])


def _bodies(task: Task, role: str, called: dict[int, str]) -> str:
    return "\n".join(
        called.get(one.organisation.pk, one.organisation.name) if one.organisation else one.party_text
        for one in task.assignments.all()
        if one.role == role
    )


def _said(task: Task, owed: Obligation, day: Day) -> str:
    """What was handed in; of a past day only what was not written anew since: words of then are not guessed."""
    answer: Answer | None = getattr(owed, "answer", None)
    if answer is None or task.restricted:
        return ""
    if day.past and timezone.localdate(answer.report.saved_at) > day.on:
        return gettext("(đã báo cáo; nội dung được viết lại sau ngày này)")
    return "; ".join(filter(None, [owed.period_name, NOTHING_AROSE if answer.nothing_arose else answer.text]))


def _evidence(task: Task, owed: Obligation) -> Iterator[str]:
    answer: Answer | None = getattr(owed, "answer", None)
    for piece in answer.evidence.all() if answer else ():
        if piece.number and piece.issued_on:
            yield document_words(piece)
        elif piece.filename and not task.restricted:
            yield piece.filename


def annex_xlsx(programme: Programme, found: Iterable[tuple[Task, Row]], day: Day) -> bytes:
    """The annex as a workbook made to be printed: landscape, the head on each page. Texts stay texts."""
    out = io.BytesIO()
    with Workbook(out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Phụ lục theo dõi")
        for place, width in enumerate(COLUMNS.values()):
            sheet.set_column(place, place, width)
        sheet.write_string(0, 0, "PHỤ LỤC THEO DÕI", book.add_format({"bold": True, "font_size": 13}))
        sheet.write_string(1, 0, " – ".join(filter(None, (programme.symbol, programme.title))))
        sheet.write_string(2, 0, f"Tình trạng đến hết ngày {day.on:%d/%m/%Y}.")
        for place, label in enumerate(COLUMNS):
            sheet.write_string(3, place, label, head)
        for line, (_task, row) in enumerate(found, start=4):
            for place, text in enumerate(astuple(row)):
                sheet.write_string(line, place, text, cell)
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
    return out.getvalue()
