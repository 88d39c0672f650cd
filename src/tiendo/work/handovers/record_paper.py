"""The hand-over record of a body (biên bản bàn giao) as DOCX: both parties, what is handed over, signatures.

The list of work, dates and evidence lies behind it as an annex.

Bodies of the Party write it without quốc hiệu (Hướng dẫn 05-HD/VPTW, 2026), all others with it (NĐ 30/2020/NĐ-CP, Phụ
lục I and III). Blanks stay for what people decide or write by hand: number, place, day, who stands for each party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from tiendo.foundation.organisations.models import Kind, Organisation, Succession
from tiendo.foundation.organisations.rules.party import of_the_party
from tiendo.work.handovers.record import Line, day_of, lines
from tiendo.work.programmes.messages import RESTRICTED, STANDINGS
from tiendo.work.programmes.models import Assignment, Obligation, Task
from tiendo.work.programmes.paper import (
    beside,
    blank,
    dotted,
    grid,
    kept_whole,
    landscape,
    line_in,
    margins,
    numbered,
    saved,
    written,
)
from tiendo.work.programmes.queries.passing import Kept
from tiendo.work.programmes.rules.standing import standing

HEADS = ("TT", "Nhiệm vụ", "Văn bản", "Vai trò", "Thời hạn", "Tình trạng", "Minh chứng đang giữ", "Nơi nhận")
WIDTHS = (1.1, 7.6, 3, 2.2, 2.6, 2.8, 3.7, 3.7)
DOTS = "…………………………"
ACROSS = 16.5
"""Centimetres from margin to margin."""
TITLE = "bàn giao nhiệm vụ, hồ sơ khi sắp xếp tổ chức"


def record_docx(
    succession: Succession, body: Organisation, afters: Sequence[Organisation], *, kept: Kept, on: date
) -> bytes:
    """The record as offices write it. Always in Vietnamese."""
    party = of_the_party(body.kind, body.name)
    with override("vi"):
        paper = blank(size=14 if party else 13)
        margins(paper, top=2, bottom=2, left=3, right=1.5)
        numbered(paper, size=14 if party else 13)
        rows, on = lines(succession, body, kept), day_of(succession, on)
        _head(paper, succession, body, party=party)
        _parties(paper, succession, body, afters)
        _content(paper, succession, rows, on)
        _signatures(paper, afters, party=party)
        _annex(paper, body, rows, on)
        return saved(paper)


def _head(paper: Any, succession: Succession, body: Organisation, *, party: bool) -> None:
    left, right = beside(paper, (6.1, 10.4))
    size = 14 if party else 13
    if body.parent and body.parent.kind != Kind.ROOT:
        line_in(left, body.parent.name.upper(), size=size, align="center")
    line_in(left, body.name.upper(), size=size, bold=True, align="center")
    line_in(left, "*" if party else "_______", align="center")
    line_in(left, "Số ……-BB/……" if party else "Số: ……/BB-……", size=size, align="center")
    if party:
        line_in(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, align="center")
    else:
        line_in(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True, align="center")
        line_in(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True, align="center")
    line_in(right, "_______________", align="center")
    line_in(right, "…………, ngày … tháng … năm ……", size=14, italic=True, align="center")
    if succession.state == Succession.State.DRAFT:
        line_in(right, "DỰ THẢO", size=13, bold=True, align="center")
    title = written(paper.add_paragraph(), "BIÊN BẢN", size=16 if party else 14, bold=True, align="center")
    title.paragraph_format.space_before = 160000
    about = TITLE if party else TITLE[0].upper() + TITLE[1:]
    written(paper.add_paragraph(), about, size=14, bold=True, align="center")
    written(paper.add_paragraph(), "-----" if party else "_______________", align="center")


def _parties(paper: Any, succession: Succession, body: Organisation, afters: Sequence[Organisation]) -> None:
    _paragraph(paper, _grounds(succession), italic=True).paragraph_format.space_before = 80000
    _to_fill(paper, "Hôm nay, ngày … tháng … năm ……, tại\t, chúng tôi gồm:", 13)
    _party(paper, f"I. BÊN GIAO: {body.name}")
    if not afters:
        _party(paper, f"II. BÊN NHẬN: {DOTS} (chưa có cơ quan kế thừa; cơ quan được giao tiếp nhận)")
    elif len(afters) == 1:
        _party(paper, f"II. BÊN NHẬN: {afters[0].name}")
    else:
        _paragraph(paper, f"II. BÊN NHẬN: {len(afters)} cơ quan", bold=True)
        for place, after in enumerate(afters, start=1):
            _party(paper, f"{place}. {after.name}")


def _grounds(succession: Succession) -> str:
    what = f"{'Quyết định' if 'QĐ' in succession.decision else 'văn bản'} số {succession.decision}"
    if not succession.decision:
        what = f"Quyết định số {DOTS} (chưa xác minh)"
    dated = f" ngày {succession.decided_on:%d/%m/%Y}" if succession.decided_on else ""
    return f"Căn cứ {what}{dated} ({succession.get_kind_display()}), có hiệu lực từ ngày {succession.on:%d/%m/%Y}."


def _party(paper: Any, title: str) -> None:
    """One party, and who stands for it."""
    _paragraph(paper, title, bold=True).paragraph_format.keep_with_next = True
    for _person in range(2):
        _to_fill(paper, "- Ông (bà):\t Chức vụ:\t", 10, ACROSS)


def _content(paper: Any, succession: Succession, rows: Sequence[Line], on: date) -> None:
    """What is handed over, in sums; and what both agree on."""
    roles = Counter(str(row.assignment.get_role_display()) for row in rows)
    opened = [one for row in rows for one in row.owed if one.facts.state != Obligation.State.CONFIRMED]
    late = sum(one.day < on for one in opened)
    pieces = sum(len(row.evidence) for row in rows)
    each = f" ({'; '.join(f'{word}: {count}' for word, count in roles.items())})" if roles else ""
    _paragraph(paper, "III. NỘI DUNG BÀN GIAO", bold=True)
    _paragraph(
        paper,
        f"1. Nhiệm vụ: {len(rows)} lượt phân công{each}; {len(opened)} việc phải báo cáo đang mở, trong đó {late} việc "
        f"đã qua thời hạn, tính đến ngày {on:%d/%m/%Y}.",
    )
    _paragraph(paper, f"2. Hồ sơ, minh chứng đang giữ: {pieces}.")
    _to_fill(paper, "3. Hồ sơ giấy, con dấu, tài sản và nội dung khác:\t", ACROSS)
    annexed = "Danh mục chi tiết ở Phụ lục kèm theo." if rows else "Không có nhiệm vụ nào đang mở."
    _paragraph(paper, annexed)
    _paragraph(paper, "IV. THỐNG NHẤT", bold=True)
    _paragraph(
        paper,
        f"1. Từ ngày {succession.on:%d/%m/%Y}, bên nhận tiếp tục thực hiện các nhiệm vụ nêu trên; thời hạn của từng "
        "nhiệm vụ không thay đổi. Báo cáo bên giao đã gửi vẫn là của bên giao.",
    )
    _to_fill(paper, "2. Ý kiến khác:\t", ACROSS)
    closing = _paragraph(
        paper,
        "Biên bản lập xong hồi … giờ … cùng ngày, đã đọc lại cho các bên cùng nghe và nhất trí ký tên; được lập thành "
        "… bản có giá trị như nhau, mỗi bên giữ … bản.",
    )
    closing.paragraph_format.keep_with_next = closing.paragraph_format.keep_together = (
        True  # no page of signatures alone
    )


def _to_fill(paper: Any, text: str, *stops: float) -> None:
    dotted(written(paper.add_paragraph(), text, indent=True), *stops)


def _paragraph(paper: Any, text: str, **how: Any) -> Any:
    return written(paper.add_paragraph(), text, align="justify", indent=True, **how)


def _signatures(paper: Any, afters: Sequence[Organisation], *, party: bool) -> None:
    """Both parties beside each other; several heirs below each other, each beside a blank of its own."""
    paper.add_paragraph().paragraph_format.keep_with_next = True
    for place, after in enumerate(afters or (None,)):
        left, right = cells = beside(paper, (8.2, 8.3))
        if place == 0:
            _signature(left, "ĐẠI DIỆN BÊN GIAO", "")
        _signature(right, "ĐẠI DIỆN BÊN NHẬN", after.name if after and len(afters) > 1 else "")
        kept_whole(cells)
    left, _right = beside(paper, (8.2, 8.3))
    line_in(left, "Nơi nhận:", size=14 if party else 12, bold=not party, italic=not party, underline=party)
    for text in ("- Các bên ký biên bản;", "- Lưu: VT, hồ sơ." if not party else "- Lưu Văn phòng."):
        line_in(left, text, size=12 if party else 11)


def _signature(cell: Any, title: str, name: str) -> None:
    line_in(cell, title, size=14, bold=True, align="center")
    if name:
        line_in(cell, name, size=13, align="center")
    line_in(cell, "(Ký, ghi rõ họ tên, chức vụ, đóng dấu)", size=12, italic=True, align="center")
    for _blank in range(4):
        line_in(cell, "", align="center")
    line_in(cell, DOTS, align="center")
    line_in(cell, "", align="center")


def _annex(paper: Any, body: Organisation, rows: Sequence[Line], on: date) -> None:
    if not rows:
        return
    landscape(paper)
    for text, bold in (
        ("PHỤ LỤC", True),
        (f"Danh mục nhiệm vụ, hồ sơ {body.name} bàn giao", True),
        ("(kèm theo Biên bản số …… ngày … tháng … năm ……)", False),
    ):
        written(paper.add_paragraph(), text, size=14, bold=bold, italic=not bold, align="center")
    paper.add_paragraph().paragraph_format.space_after = 0
    grid(paper, HEADS, WIDTHS, (_cells(number, row, on) for number, row in enumerate(rows, start=1)))
    written(paper.add_paragraph(), f"Số liệu lập từ hệ thống ngày {on:%d/%m/%Y}.", size=12, italic=True)


def _cells(number: int, line: Line, on: date) -> tuple[str, ...]:
    row, task = line.assignment, line.assignment.task
    due = sorted({one.day for one in line.owed})
    return (
        str(number),
        _named(task),
        str(task.programme),
        _role(row),
        "\n".join(f"{day:%d/%m/%Y}" for day in due) or ("" if task.restricted else task.deadline_text),
        "\n".join(dict.fromkeys(str(STANDINGS[standing(one.facts, on=on)]) for one in line.owed)),
        "\n".join(_said(line, restricted=task.restricted)),
        "; ".join(line.takers),
    )


def _role(row: Assignment) -> str:
    role = str(row.get_role_display())
    return f"{role}, đầu mối tổng hợp" if row.focal else role


def _named(task: Task) -> str:
    """Of a restricted task its number alone: the paper goes from hand to hand."""
    if task.restricted:
        return f"Nhiệm vụ {task.number or task.position} ({RESTRICTED.lower()})"
    return f"{task.number.rstrip('.')}. {task.content}" if task.number else task.content


def _said(line: Line, *, restricted: bool) -> Iterable[str]:
    """Of a restricted task only numbers and dates."""
    for piece in line.evidence:
        if piece.number and piece.issued_on:
            yield f"{piece.number} ngày {piece.issued_on:%d/%m/%Y}"
        elif not restricted:
            yield f"{piece.filename} (SHA-256 {piece.sha256[:12]}…)"
