"""What the shell prints: a Reading and a Score as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vanban.model import Deadline, Duty, Heading, Party, Reading
from vanban.score import Score
from vanban.scoring.facts import Sum, sums

_WIDE = 60
_SEVERITIES = {"note": "Ghi chú", "check": "Cần xem", "blocking": "Phải xử lý"}
_HEADING = {
    "kind": "Loại",
    "symbol": "Số, ký hiệu",
    "date": "Ngày",
    "issuer": "Cơ quan ban hành",
    "place": "Nơi ban hành",
    "title": "Trích yếu",
    "term": "Khóa",
    "implements": "Thực hiện",
}


def summary(reading: Reading) -> Iterator[str]:
    """A Reading for the eye: heading, counts, duties, doubts."""
    yield from _heading(reading.heading)
    yield ""
    yield (
        f"{len(reading.duties)} nhiệm vụ, {len(reading.citations)} lượt viện dẫn của {len(reading.works)} văn bản, "
        f"{len(reading.targets)} chỉ tiêu, {len(reading.doubts)} điểm cần xem lại"
    )
    if reading.duties:
        yield ""
        yield "Số | Nội dung | Chủ trì | Phối hợp | Thời hạn"
        yield from (_duty(duty) for duty in reading.duties)
    if reading.doubts:
        yield ""
        yield from (f"{_SEVERITIES[doubt.severity]} [{doubt.code}]: {doubt.message}" for doubt in reading.doubts)


def scores(result: Score, *, per_document: bool, misses: bool) -> Iterator[str]:
    """A Score as tables: folders, then the sum; the unread always, the rest when asked for."""
    if per_document:
        for name in sorted(result.folders):
            yield from _table(name, result.of_document(name))
    folders = sorted(set(result.folders.values()))
    for folder in folders:
        documents = sum(name == folder for name in result.folders.values())
        yield from _table(f"== {folder} ({documents} văn bản)", result.of_folder(folder))
    if len(folders) > 1:
        yield from _table(f"== tất cả ({len(result.folders)} văn bản)", sums(result.facts))
    yield from _unread(result)
    if result.gained or result.lost:
        yield f"so với lần trước: thêm {len(result.gained)} chỗ đúng, mất {len(result.lost)} chỗ đúng"
    if misses:
        for fact in result.misses():
            mark = " (trước đây đúng)" if fact.key in result.lost else ""
            yield f"{fact.document} {fact.field} {fact.item}{mark}\n    gold:  {fact.gold}\n    found: {fact.found}"


def _unread(result: Score) -> Iterator[str]:
    if result.unread:
        yield f"không đọc được: {len(result.unread)} văn bản"
        yield from (f"  {name}: {reason}" for name, reason in sorted(result.unread.items()))


def _table(title: str, table: Mapping[str, Sum]) -> Iterator[str]:
    yield title
    yield f"  {'':<26}{'đúng':>7}{'gold':>7}{'đọc':>7}{'chính xác':>11}{'đầy đủ':>9}"
    for name, one in table.items():
        shares = f"{_share(one.precision):>11}{_share(one.recall):>9}"
        yield f"  {name:<26}{one.right:>7}{one.n:>7}{one.found:>7}{shares}{'  ✓' if one.exact else ''}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _heading(heading: Heading) -> Iterator[str]:
    for field, label in _HEADING.items():
        value = getattr(heading, field)
        if value is not None:
            yield f"{label}: {value:%d/%m/%Y}" if field == "date" else f"{label}: {value}"
    signature = heading.signature
    if signature is not None:
        parts = (signature.authority, signature.position, signature.name)
        yield f"Người ký: {', '.join(part for part in parts if part)}"


def _duty(duty: Duty) -> str:
    cells = (
        duty.number or "",
        duty.content,
        _parties(duty.leads),
        _parties(duty.coordinators),
        _deadline(duty.deadline),
    )
    return " | ".join(_short(cell) for cell in cells)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDE else f"{flat[: _WIDE - 1]}…"


def _parties(parties: tuple[Party, ...]) -> str:
    return "; ".join(party.name for party in parties)


def _deadline(deadline: Deadline) -> str:
    return deadline.phrase or (f"{deadline.end:%d/%m/%Y}" if deadline.end else "")
