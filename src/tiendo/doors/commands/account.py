"""What the shell says of a document and a programme: what was found or opened, and what waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from tiendo.foundation.organisations.matching import Matcher
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.queries import Source, doubts_of, reading_of
from tiendo.work.directives.rules import missing
from tiendo.work.programmes.models import Assignment, Programme, Task
from tiendo.work.programmes.queries.work import waiting_for_a_body
from tiendo.work.programmes.rules.periods import DATED, STANDING

WIDTH = 90
ORIGINS = {"table": "trong bảng", "list": "trong danh mục", "prose": "trong đoạn văn"}
SEVERITIES = {"blocking": "phải xử lý", "check": "cần xem", "note": "ghi chú"}
SIGNED_AS = {"row": "ký từng dòng", "table": "ký cả bảng", "bulk": "ký hàng loạt từ dòng lệnh"}


def brief(text: str) -> str:
    """One line, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else line[:WIDTH].rsplit(" ", 1)[0] + " …"


def of_reading(document: Document) -> Iterator[str]:
    """What the machine saw."""
    issued = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    yield f"Văn bản #{document.pk}: {document.symbol or document.filename}{issued} – {brief(document.title)}"
    reading = reading_of(document)
    if reading is None:
        return
    rows = document.duties.exclude(state=Duty.State.REPLACED)
    found = [f"{count} {name}" for origin, name in ORIGINS.items() if (count := rows.filter(origin=origin).count())]
    yield f"  {rows.count()} dòng giao việc ({', '.join(found)})" if found else "  Không tìm thấy dòng nào giao việc."
    for doubt in reading.doubts:
        if doubt.severity != "note" and doubt.duty is None:
            yield f"  {SEVERITIES[doubt.severity]}: {doubt.message}"


def waiting(document: Document) -> Iterator[str]:
    """The rows that are neither signed nor left out, and why."""
    rows = list(document.duties.filter(state=Duty.State.PROPOSED))
    reading = reading_of(document)
    if not rows or reading is None:
        return
    yield f"Còn {len(rows)} dòng chờ người xem:"
    for row in rows:
        lacks = missing(content=row.content, leads=row.leads)
        yield f"  – dòng {row.number or format(row.position.normalize(), 'f')}: {brief(row.content)}"
        yield f"      {f'thiếu {lacks}' if lacks else ORIGINS.get(row.origin, row.origin)}"
        yield from (
            f"      {SEVERITIES[d.severity]}: {d.message}" for d in doubts_of(reading, row) if d.severity != "note"
        )


def of_programme(programme: Programme) -> Iterator[str]:
    """What was opened, and what waits for a person."""
    owed = programme.obligations
    yield f"Chương trình #{programme.pk}: {programme.symbol or brief(programme.title)}"
    yield f"  theo dõi từ ngày {programme.tracked_from:%d/%m/%Y}; xác nhận kết quả: {programme.confirming.name}"
    yield f"  {programme.tasks.count()} nhiệm vụ; {owed.filter(standing=False).count()} việc có thời hạn"
    yield f"  {owed.filter(standing=True).count()} việc báo cáo theo kỳ"
    yield from _unnamed(programme)
    yield from _by_event(programme)
    yield from _groups_only(programme)
    if unconfirmed := owed.filter(confirming=None).count():
        yield f"  {unconfirmed} việc chưa có cơ quan xác nhận (cơ quan báo cáo không tự xác nhận)."


def _unnamed(programme: Programme) -> Iterator[str]:
    alone = waiting_for_a_body(programme).filter(group=False).order_by("party_text", "task__position")
    names = {name: list(rows) for name, rows in groupby(alone, key=lambda row: row.party_text)}
    if not names:
        return
    yield f"  Chờ gán cơ quan ({len(names)} tên chưa khớp với đúng một cơ quan):"
    matcher = Matcher(programme.office, on=programme.document.issued_on)
    for name, rows in names.items():
        yield f"  – “{name}”, {len(rows)} nhiệm vụ{_proposal(matcher, name)}"


def _proposal(matcher: Matcher, name: str) -> str:
    if holders := matcher.holders(name):
        same = Organisation.objects.filter(pk__in=holders).order_by("code")
        return f"; trùng tên ở {len(holders)} cơ quan, mã: {', '.join(body.code for body in same)}"
    match = matcher.match(name)
    return f"; gần giống: {Organisation.objects.get(pk=match.organisation_id).name}" if match else ""


def _by_event(programme: Programme) -> Iterator[str]:
    later = programme.tasks.exclude(deadline_kind__in=(*DATED, *STANDING)).count()
    if later:
        yield f"  {later} nhiệm vụ chưa có thời hạn cụ thể: chờ sự kiện có ngày (giai đoạn, nhiệm kỳ, chỉ đạo …) để mở."


def _groups_only(programme: Programme) -> Iterator[str]:
    bodies = Assignment.objects.filter(role=Assignment.Role.LEAD, group=False).values("task")
    groups = list(programme.tasks.exclude(pk__in=bodies))
    if groups:
        numbers = ", ".join(task.number or f"#{task.pk}" for task in groups)
        yield f"  {len(groups)} nhiệm vụ chỉ ghi nhóm cơ quan ở cột chủ trì, cần nêu từng cơ quan: {numbers}."


def of_lineage(task: Task, source: Source) -> Iterator[str]:
    """Task → row → reading → document → sentence."""
    duty, document = source.duty, source.document
    yield f"Nhiệm vụ #{task.pk} (số {task.number or '–'}): {' '.join(task.content.split())}"
    yield f"  thuộc chương trình #{task.programme_id}: {task.programme}"
    signed = f"{timezone.localtime(duty.signed_at):%H:%M %d/%m/%Y}" if duty.signed_at else "–"
    how = SIGNED_AS.get(duty.signed_as, duty.signed_as)
    edited = ", có sửa so với bản máy đọc" if duty.edited else ""
    yield f"← dòng #{duty.pk}, {how} bởi {duty.signed_by or '–'} lúc {signed}{edited}"
    places = ", ".join(str(index + 1) for index in duty.indexes)
    yield f"← bản đọc máy {duty.reading.reader} ({duty.reading.schema}), dòng thứ {places}"
    issued = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    yield f"← văn bản #{document.pk}: {document.kind} {document.symbol}{issued}".rstrip()
    yield f"   tệp {document.filename}, SHA-256 {document.sha256}"
    for piece, sentence in zip(source.pieces, source.sentences, strict=True):
        page = f"trang {piece.page}, " if piece.page else ""
        yield f"← {page}ký tự {piece.start}–{piece.end}:"
        yield f"   “{' '.join(sentence.split())}”"
