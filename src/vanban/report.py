"""What the shell prints of a Reading: lines for the eye."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.model import Deadline, Duty, Heading, Party, Reading

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
