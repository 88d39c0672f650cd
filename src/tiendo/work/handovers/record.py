"""The hand-over record of a body (biên bản bàn giao) as DOCX: open work, dates, evidence held, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import override
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tiendo.foundation.organisations.models import Organisation, Succession
from tiendo.work.handovers.queries import chosen
from tiendo.work.programmes.messages import RESTRICTED, STANDINGS
from tiendo.work.programmes.models import Assignment, Evidence, Obligation, Passage, Task
from tiendo.work.programmes.paper import blank, grid, saved
from tiendo.work.programmes.queries.passing import Kept, open_rows
from tiendo.work.programmes.rules.standing import standing

HEADS = ("TT", "Nhiệm vụ", "Văn bản", "Vai trò", "Thời hạn", "Tình trạng", "Minh chứng đang giữ", "Nơi nhận")
WIDTHS = (1.1, 8.2, 3, 2.2, 2.8, 3, 4, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """A charge that is handed over."""

    assignment: Assignment
    owed: tuple[Obligation, ...]
    evidence: tuple[Evidence, ...]
    takers: tuple[str, ...]


def lines(succession: Succession, body: Organisation, kept: Kept) -> list[Line]:
    """What goes on from this body: as planned while the succession is a draft, afterwards as it went; without internal
    programmes `kept` from whoever asks. Five queries.
    """
    done = succession.state == Succession.State.IN_FORCE
    passed = Passage.objects.filter(succession=succession, before__organisation=body)
    passed = passed.exclude(before__task__programme__in=kept)
    passages = list(passed.select_related("after__organisation") if done else ())
    rows = (
        list(
            Assignment.objects.filter(pk__in={line.before_id for line in passages})
            .select_related("task__programme")
            .order_by("task__programme", "task__position", "-role", "pk")
        )
        if done
        else list(open_rows([body.pk], kept))
    )
    takers: dict[int, list[str]] = {} if done else _planned(succession, rows)
    for line in passages:
        takers.setdefault(line.before_id, []).append(line.after.organisation.name if line.after.organisation else "")
    owed: dict[int, list[Obligation]] = {}
    first = {row.pk: row.pk for row in rows} | {line.after_id: line.before_id for line in reversed(passages)}
    held = Obligation.objects.filter(assignment__in=first).exclude(state=Obligation.State.NOT_OWED)
    for one in held.order_by("due", "pk"):
        owed.setdefault(first[one.assignment_id], []).append(one)
    pieces: dict[int, list[Evidence]] = {}
    tasks = {row.task_id for row in rows}
    held_by = Evidence.objects.filter(answer__obligation__task__in=tasks, withdrawn_at=None, wiped_at=None)
    own = Q(answer__report__organisation=body) | Q(answer__obligation__transfers__before=body)
    for piece in held_by.filter(own).select_related("answer__obligation").distinct():
        pieces.setdefault(piece.answer.obligation.task_id, []).append(piece)
    return [
        Line(row, tuple(owed.get(row.pk, ())), tuple(pieces.get(row.task_id, ())), tuple(takers.get(row.pk, ())))
        for row in rows
    ]


def _planned(succession: Succession, rows: Sequence[Assignment]) -> dict[int, list[str]]:
    """Who is to take each charge, as far as that is decided."""
    names = {line.after_id: line.after.name for line in succession.heirs.select_related("after") if line.after}
    if len(names) == 1:
        return {row.pk: list(names.values()) for row in rows}
    return {row: [names[heir] for heir in heirs if heir in names] for row, heirs in chosen(succession).items()}


def record_docx(
    succession: Succession, body: Organisation, afters: Sequence[Organisation], *, kept: Kept, on: date
) -> bytes:
    """The record as offices write it; blanks are left for names and signatures. Always in Vietnamese."""
    with override("vi"):
        paper = blank(size=13)
        _landscape(paper)
        _top(paper, succession, body, afters, on)
        rows = lines(succession, body, kept)
        _table(paper, rows, on)
        _ending(paper, rows)
        return saved(paper)


def _landscape(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = Cm(1.5)


def _top(paper: Any, succession: Succession, body: Organisation, afters: Sequence[Organisation], on: date) -> None:
    draft = "DỰ THẢO " if succession.state == Succession.State.DRAFT else ""
    for text, size in ((f"{draft}BIÊN BẢN BÀN GIAO", 15), ("nhiệm vụ, hồ sơ khi sắp xếp tổ chức", 13)):
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size)
    decision = succession.decision or "…………………… (chưa xác minh)"
    dated = f", ngày {succession.decided_on:%d/%m/%Y}" if succession.decided_on else ""
    takers = "; ".join(after.name for after in afters) or "(chưa có cơ quan nhận)"
    for text in (
        f"Căn cứ: {decision}{dated}; hiệu lực từ ngày {succession.on:%d/%m/%Y} ({succession.get_kind_display()}).",
        f"Bên giao: {body.name}. Đại diện: …………………………………… Chức vụ: ……………………………",
        f"Bên nhận: {takers}. Đại diện: …………………………………… Chức vụ: ……………………………",
        f"Số liệu lập từ hệ thống ngày {on:%d/%m/%Y}.",
    ):
        paper.add_paragraph(text)


def _table(paper: Any, rows: Sequence[Line], on: date) -> None:
    if not rows:
        paper.add_paragraph("Không có nhiệm vụ nào đang mở.")
        return
    grid(paper, HEADS, WIDTHS, (_cells(number, row, on) for number, row in enumerate(rows, start=1)))


def _cells(number: int, line: Line, on: date) -> tuple[str, ...]:
    row, task = line.assignment, line.assignment.task
    due = sorted({one.owed_by for one in line.owed})
    return (
        str(number),
        _named(task),
        str(task.programme),
        str(row.get_role_display()),
        "\n".join(f"{day:%d/%m/%Y}" for day in due) or ("" if task.restricted else task.deadline_text),
        "\n".join(dict.fromkeys(str(STANDINGS[standing(one.facts, on=on)]) for one in line.owed)),
        "\n".join(_said(line.evidence, restricted=task.restricted)),
        "; ".join(line.takers),
    )


def _named(task: Task) -> str:
    """Of a restricted task its number alone: the paper goes from hand to hand."""
    if task.restricted:
        return f"Nhiệm vụ {task.number or task.position} ({RESTRICTED.lower()})"
    return f"{task.number}. {task.content}" if task.number else task.content


def _said(pieces: Iterable[Evidence], *, restricted: bool) -> Iterable[str]:
    """Of a restricted task only numbers and dates."""
    for piece in pieces:
        if piece.number and piece.issued_on:
            yield f"{piece.number} ngày {piece.issued_on:%d/%m/%Y}"
        elif not restricted:
            yield f"{piece.filename} (SHA-256 {piece.sha256[:12]}…)"


def _ending(paper: Any, rows: Sequence[Line]) -> None:
    count = sum(one.state != Obligation.State.CONFIRMED for line in rows for one in line.owed)
    pieces = sum(len(line.evidence) for line in rows)
    paper.add_paragraph(
        f"Tổng số: {len(rows)} lượt phân công, {count} việc phải báo cáo đang mở, {pieces} minh chứng. "
        "Biên bản lập thành … bản, mỗi bên giữ … bản."
    )
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    for cell, text in ((left, "BÊN GIAO\n(ký, ghi rõ họ tên)"), (right, "BÊN NHẬN\n(ký, ghi rõ họ tên)")):
        cell.text = text
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
