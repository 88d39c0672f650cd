"""A letter to a body that is late (công văn đôn đốc, yêu cầu giải trình) as DOCX, in the form of whoever writes it.

Offices of the Party write without quốc hiệu (Hướng dẫn 05-HD/VPTW, 2026), all others with it (NĐ 30/2020/NĐ-CP, Phụ lục
I and III). Blanks stay for what a person decides: place, day by which an answer is asked for, who signs; the number
and day too until they were entered back. Of a restricted task only its number stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import override

from tiendo.foundation.organisations.models import Kind, Organisation
from tiendo.foundation.organisations.rules.party import of_the_party
from tiendo.work.programmes.models import Letter, Programme
from tiendo.work.programmes.paper import beside, blank, grid, line_in, margins, saved, written
from tiendo.work.programmes.queries.letters import LetterLine, before, lines

HEADS = ("TT", "Nhiệm vụ", "Thời hạn", "Số ngày quá hạn", "Đã nhắc", "Vướng mắc chờ quyết định của")
WIDTHS = (1, 6.6, 2.3, 1.7, 2.3, 2.6)
ABOUT = {
    Letter.Kind.REMIND: "đôn đốc thực hiện các nhiệm vụ quá hạn",
    Letter.Kind.EXPLAIN: "yêu cầu giải trình việc chậm thực hiện nhiệm vụ",
}
BLANK_DAY = "…/…/……"
PADDED_MONTH = 2
"""Days below ten and January and February are written with a zero before them, so that nothing can be put there."""


def letter_docx(letter: Letter) -> bytes:
    """The letter, to be looked through, given its number and signed by a person. Always in Vietnamese."""
    party = of_the_party(letter.writer.kind, letter.writer.name)
    rows = lines(letter)
    with override("vi"):
        paper = blank(size=14)
        margins(paper, top=2, bottom=2, left=3, right=1.5)
        _head(paper, letter, party=party)
        _body(paper, letter, rows, party=party)
        _foot(paper, letter, party=party)
        return saved(paper)


def _head(paper: Any, letter: Letter, *, party: bool) -> None:
    office = letter.writer
    left, right = beside(paper, (7, 9.5))
    if above := _above(office):
        line_in(left, above.upper(), size=14 if party else 13, align="center")
    line_in(left, office.name.upper(), size=14 if party else 13, bold=True, align="center")
    line_in(left, "*" if party else "_______", align="center")
    about = ABOUT[Letter.Kind(letter.kind)]
    if party:
        line_in(left, f"Số {letter.number or '……-CV/……'}", size=14, align="center")
        line_in(left, f"về việc {about}", size=12, italic=True, align="center")
        line_in(right, "ĐẢNG CỘNG SẢN VIỆT NAM", size=15, bold=True, align="center")
    else:
        line_in(left, f"Số: {letter.number or '……/……'}", size=13, align="center")
        line_in(left, f"V/v {about}", size=12, align="center")
        line_in(right, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=13, bold=True, align="center")
        line_in(right, "Độc lập - Tự do - Hạnh phúc", size=14, bold=True, align="center")
    line_in(right, "_______________", align="center")
    line_in(right, f"…………, {_written_day(letter.issued_on)}", size=14, italic=True, align="center")
    if letter.issued_on is None:
        line_in(right, "DỰ THẢO", size=13, bold=True, align="center")


def _above(office: Organisation) -> str:
    """The body above the office, where it has one of its own."""
    return office.parent.name if office.parent and office.parent.kind != Kind.ROOT else ""


def _body(paper: Any, letter: Letter, rows: Sequence[LetterLine], *, party: bool) -> None:
    body, programme, office = letter.organisation.name, letter.programme, letter.writer.name
    written(paper.add_paragraph(), f"Kính gửi: {body}", align="center").paragraph_format.space_before = 160000
    back = sum(row.sent_back is not None for row in rows)
    lacks = "chưa bổ sung theo yêu cầu" if back == len(rows) else "chưa báo cáo kết quả"
    if 0 < back < len(rows):
        lacks += f" (trong đó {back} việc đã báo cáo nhưng chưa bổ sung theo yêu cầu)"
    taken = sum(row.taken is not None for row in rows)
    _paragraph(
        paper,
        f"Theo dõi việc thực hiện {_cited(programme)}, đến ngày {letter.as_of:%d/%m/%Y} {body} còn {len(rows)} việc "
        f"quá hạn {lacks}, cụ thể như sau:",
    )
    grid(paper, HEADS, WIDTHS, (_cells(place, row) for place, row in enumerate(rows, start=1)), size=11)
    if taken:
        _paragraph(paper, _not_its_own(body, taken))
    for text in (*_former(letter), _asked(letter, office, body, party=party)):
        _paragraph(paper, text)


def _not_its_own(body: str, taken: int) -> str:
    return (
        f"Trong số đó, {taken} việc {body} nhận khi đã quá hạn; số ngày quá hạn trước khi nhận tính cho cơ quan giữ "
        "việc lúc đó, không tính cho cơ quan nhận."
    )


def _cited(programme: Programme) -> str:
    """A directive in full, as a letter names it: kind, number, day, issuer, title; as far as they are known."""
    document = programme.document
    known = (
        document.kind,
        f"số {programme.symbol}" if programme.symbol else "",
        f"ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else "",
        f"của {document.issuer}" if document.issuer else "",
    )
    named = " ".join(filter(None, known)) if programme.symbol else ""
    return f"{named} ({programme.title})" if named else programme.title


def _paragraph(paper: Any, text: str) -> None:
    written(paper.add_paragraph(), text, align="justify", indent=True)


def _cells(place: int, row: LetterLine) -> tuple[str, ...]:
    task, owed = row.obligation.task, row.obligation
    number = task.number or str(task.position)
    named = f"Nhiệm vụ {number}" if task.restricted else f"{number}. {task.content}"
    if owed.standing and owed.period_name:
        named += f" (kỳ {owed.period_name})"
    if row.sent_back:
        named += f" – đã báo cáo ngày {row.sent_back:%d/%m/%Y}, chưa bổ sung theo yêu cầu"
    if row.taken:
        named += f" – nhận ngày {row.taken:%d/%m/%Y}, khi đã quá hạn"
    return (
        str(place),
        named,
        f"{row.due:%d/%m/%Y}",
        f"{row.late} (từ khi nhận: {row.own})" if row.taken else str(row.late),
        "\n".join(f"{day:%d/%m/%Y}" for day in row.reminded),
        row.obstacle,
    )


def _former(letter: Letter) -> list[str]:
    """Letters that went before, by whom each."""
    said: dict[str, list[str]] = {}
    for one in before(letter):
        if one.issued_on:
            said.setdefault(one.writer.name, []).append(f"{one.number} ngày {one.issued_on:%d/%m/%Y}")
    if not said:
        return []
    each = (f"{name} đã có văn bản số {'; số '.join(numbers)}" for name, numbers in said.items())
    return [f"Về các việc này, {'; '.join(each)}."]


def _asked(letter: Letter, office: str, body: str, *, party: bool) -> str:
    end = "." if party else "./."
    if letter.kind == Letter.Kind.EXPLAIN:
        return (
            f"{office} đề nghị {body} giải trình bằng văn bản lý do chậm, nguyên nhân khách quan (kèm văn bản chứng "
            "minh) và chủ quan, biện pháp và thời gian khắc phục của từng việc nêu trên, gửi trước ngày "
            f"{BLANK_DAY}{end}"
        )
    return (
        f"{office} đề nghị {body} khẩn trương thực hiện và báo cáo kết quả từng việc nêu trên trước ngày {BLANK_DAY}; "
        f"việc có vướng mắc đề nghị nêu rõ vướng mắc, kiến nghị và cấp có thẩm quyền quyết định{end}"
    )


def _foot(paper: Any, letter: Letter, *, party: bool) -> None:
    paper.add_paragraph()
    left, right = beside(paper, (8, 8.5))
    if party:
        line_in(left, "Nơi nhận:", size=14, underline=True)
        line_in(left, "- Như trên;", size=12)
        line_in(left, f"- Lưu {letter.writer.name}.", size=12)
    else:
        line_in(left, "Nơi nhận:", size=12, bold=True, italic=True)
        line_in(left, "- Như trên;", size=11)
        line_in(left, "- Lưu: VT.", size=11)
    line_in(right, "(quyền hạn, chức vụ của người ký)", size=14, bold=not party, align="center")
    for text in ("", "", "", "(họ và tên)"):
        line_in(right, text, size=14, bold=True, align="center")


def _written_day(day: date | None) -> str:
    if day is None:
        return "ngày … tháng … năm ……"
    month = f"{day.month:02d}" if day.month <= PADDED_MONTH else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
