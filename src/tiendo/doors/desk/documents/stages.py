"""A reading's stages as a page shows them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from tiendo.work.directives.models import STAGES, Document

WORDS = {
    "received": _("Tiếp nhận và lưu tệp gốc"),
    "open": _("Mở tệp"),
    "outline": _("Đọc bố cục"),
    "heading": _("Đọc thể thức: số, ngày, cơ quan ban hành"),
    "citations": _("Tìm văn bản được viện dẫn"),
    "duties": _("Tìm nhiệm vụ, cơ quan, thời hạn"),
    "targets": _("Tìm chỉ tiêu"),
    "doubts": _("Soát những điểm cần người xem"),
    "recorded": _("Ghi bản đọc"),
}


def stages_of(document: Document) -> list[dict[str, object]]:
    """`stages` for ui/stages.html."""
    stage, _sep, pages = document.stage.partition(" ")
    at = STAGES.index(stage) if stage in STAGES else 0
    over = document.state in {Document.State.READ, Document.State.APPROVED}
    broken = document.state in {Document.State.FAILED, Document.State.REFUSED}

    def state(place: int) -> str:
        if over or place < at or place == 0:
            return "done"
        if broken:
            return "failed" if place == max(at, 1) else "waiting"
        return "now" if place == max(at, 1) else "waiting"

    rows: list[dict[str, object]] = [{"label": WORDS[name], "state": state(place)} for place, name in enumerate(STAGES)]
    if pages and rows[at]["state"] == "now":
        rows[at]["detail"] = _("nhận dạng trang %(pages)s") % {"pages": pages}
    return rows
