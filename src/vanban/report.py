"""What the shell prints of a Reading: lines for the eye."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from vanban.compare import Change
from vanban.model import Deadline, Duty, Heading, Party, Reading

_WIDE = 60
_SEVERITIES = {"note": "Ghi chú", "check": "Cần xem", "blocking": "Phải xử lý"}
_CHANGES = {"added": "thêm", "dropped": "bỏ", "changed": "sửa", "moved": "chuyển chỗ"}
_FIELDS = {
    "content": "sửa nội dung",
    "leads": "sửa chủ trì",
    "coordinators": "sửa phối hợp",
    "deadline": "sửa thời hạn",
    "product": "sửa sản phẩm",
    "restricted": "sửa dấu việc hạn chế",
}
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


def changes(before: Reading, after: Reading, found: Sequence[Change]) -> Iterator[str]:
    """What changed between two readings, row by row; then the sums."""
    for change in found:
        place = after.duties[change.after] if change.after is not None else before.duties[change.before or 0]
        what = [_CHANGES[change.what]] if change.what != "changed" else [_FIELDS[field] for field in change.fields]
        if change.moved and change.what != "moved":
            what.append(_CHANGES["moved"])
        yield f"{', '.join(what)}: {place.number or '–'} | {_short(place.content)}"
    if not found:
        yield "Không có gì thay đổi."
        return
    sums = ((name, sum(change.what == what for change in found)) for what, name in _CHANGES.items())
    yield "; ".join(f"{name}: {count}" for name, count in sums if count)


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
