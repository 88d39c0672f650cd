"""Sample data for gallery.html: every component in all its states. Invented bodies, numbers and sentences."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from tiendo.doors.ui.standings import LOOKS

TEXT = """II. NHIỆM VỤ, GIẢI PHÁP

1. Về công tác tuyên truyền

Ban Tuyên giáo chủ trì, phối hợp với Sở Văn hóa và các cơ quan liên quan xây dựng tài liệu hỏi đáp, phát hành \
đến từng thôn, tổ dân phố trong quý II năm 2024.
\fCác xã, phường tổ chức đối thoại với Nhân dân ít nhất một lần trong năm; kết quả báo cáo Ủy ban nhân dân tỉnh \
trước ngày 15 tháng 12.

2. Về cải cách hành chính

Sở Nội vụ rà soát, trình ban hành quy chế phối hợp giữa các cơ quan, hoàn thành trước ngày 30/6/2024."""
LIT = "Sở Nội vụ rà soát, trình ban hành quy chế phối hợp giữa các cơ quan, hoàn thành trước ngày 30/6/2024."


# Not type="date": a browser shows that in its own language's order, and 03/04 would be another day.
DAY = {"inputmode": "numeric", "placeholder": "31/01/2024"}


class SampleForm(forms.Form):
    """One field of each sort."""

    number = forms.CharField(label="Số, ký hiệu văn bản", help_text="Ví dụ: 125/BC-SNV", max_length=40)
    day = forms.DateField(
        label="Ngày văn bản", widget=forms.DateInput(attrs={"inputmode": "numeric", "placeholder": "31/01/2024"})
    )
    level = forms.ChoiceField(label="Cấp nhận", choices=[("", "Chọn"), ("t", "Tỉnh"), ("x", "Xã")])
    outcome = forms.ChoiceField(
        label="Kết quả", choices=[("d", "Đã hoàn thành"), ("c", "Đang thực hiện")], widget=forms.RadioSelect
    )
    text = forms.CharField(label="Nội dung trả lời", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    nothing = forms.BooleanField(label="Không phát sinh trong kỳ", required=False)
    file = forms.FileField(label="Tệp minh chứng", help_text="DOCX, PDF hoặc ảnh, đến 100 MB.", required=False)


def _boxes() -> dict[str, Any]:
    counts = {"total": 40, "done_on_time": 12, "done_late": 3, "in_term": 21, "overdue": 4}
    return {name: {"count": count, "url": f"?tinh-trang={name}"} for name, count in counts.items()}


def _lines() -> list[dict[str, Any]]:
    return [
        {"label": "Hoàn thành đúng hạn trên số việc đến hạn", "part": 12, "whole": 19, "url": "?den-han=1"},
        {"label": "Việc thường xuyên đã báo cáo kỳ", "part": 7, "whole": 11, "url": "?thuong-xuyen=1"},
    ]


def _rows() -> list[dict[str, Any]]:
    contents = [
        "Xây dựng tài liệu hỏi đáp về chuyển đổi số, phát hành đến từng thôn, tổ dân phố",
        "Rà soát, trình ban hành quy chế phối hợp giữa các cơ quan trong giải quyết thủ tục hành chính",
        "Tổ chức hội nghị đối thoại với Nhân dân",
    ]
    leads = ["Ban Tuyên giáo Tỉnh ủy", "Sở Nội vụ", "Ủy ban nhân dân xã Đồng Lạc"]
    states = ["done_on_time", "long_overdue", "due_soon"]
    days = [date(2024, 6, 28), date(2024, 6, 30), date(2024, 12, 15)]
    notes = ["", "184 ngày", "còn 5 ngày"]
    return [
        {"number": i, "content": c, "lead": lead, "standing": s, "day": d, "note": n, "reports": 1200 * i}
        for i, (c, lead, s, d, n) in enumerate(zip(contents, leads, states, days, notes, strict=True), start=1)
    ]


def _table() -> dict[str, Any]:
    chips = [("Tất cả", 40), ("Quá hạn", 4), ("Sắp đến hạn", 6)]
    return {
        "id": "tasks",
        "caption": "Nhiệm vụ của chương trình, theo thời hạn",
        "columns": [
            {"label": "TT", "number": True},
            {"label": "Nội dung"},
            {"label": "Chủ trì", "url": "?sort=lead", "order": ""},
            {"label": "Thời hạn", "url": "?sort=-due", "order": "asc"},
            {"label": "Tình trạng"},
            {"label": "Báo cáo", "number": True},
        ],
        "rows": _rows(),
        "filters": [
            {
                "label": "Tình trạng",
                "chips": [{"label": w, "url": "?", "current": i == 1, "count": n} for i, (w, n) in enumerate(chips)],
            }
        ],
        "choice": [
            {"label": "Cơ quan phối hợp", "url": "?cot=phoi-hop", "current": False},
            {"label": "Sản phẩm", "url": "?cot=san-pham", "current": True},
        ],
        "exports": [{"label": "CSV", "url": "?xuat=csv"}, {"label": "XLSX", "url": "?xuat=xlsx"}],
        "pager": {"first": 1, "last": 50, "total": 1240, "previous_url": "", "next_url": "?page=2"},
    }


def _timeline() -> list[dict[str, Any]]:
    return [
        {"date": date(2024, 1, 31), "title": "Giao nhiệm vụ", "url": "#", "text": "Theo Chương trình số 12-CTr/TU"},
        {"date": date(2024, 6, 30), "title": "Kỳ 6 tháng đầu năm", "standing": "done_late", "note": "chậm 3 ngày"},
        {
            "date": date(2024, 10, 1),
            "until": date(2024, 12, 15),
            "title": "Kỳ năm",
            "standing": "due_soon",
            "current": 1,
        },
        {"label": "Theo chỉ đạo", "title": "Tổng kết", "standing": "no_data"},
    ]


def _chain() -> list[dict[str, Any]]:
    return [
        {
            "label": "Thời hạn đầu tiên",
            "day": date(2024, 6, 30),
            "phrase": "trước ngày 30/6/2024",
            "source_url": "#lit",
            "rule": "“Trước ngày D”: hạn là ngày D, hết ngày D mới là chậm.",
        },
        {
            "label": "Gia hạn",
            "day": date(2024, 9, 30),
            "reason": "Chờ quy định của Trung ương.",
            "basis": "Công văn số 418/VP-TH",
            "basis_url": "#",
            "asked_by": "Sở Nội vụ",
            "decided_by": "Văn phòng Tỉnh ủy",
            "decided_on": date(2024, 6, 20),
        },
    ]


def _evidence() -> list[dict[str, Any]]:
    at = datetime(2024, 6, 28, 3, 32, tzinfo=UTC)
    return [
        {
            "kind": "document",
            "title": "Quyết định ban hành Quy chế phối hợp",
            "number": "1025/QĐ-UBND",
            "day": date(2024, 2, 5),
            "level": "Ủy ban nhân dân tỉnh",
            "url": "#",
        },
        {
            "kind": "file",
            "title": "quy-che-phoi-hop.docx",
            "size": 184_320,
            "sha256": "9f2c" * 16,
            "by": "Nguyễn Thị Ngọc Diễm",
            "at": at,
            "url": "#",
        },
        {"kind": "restricted", "title": "Báo cáo riêng", "number": "07-BC/BCS", "day": date(2024, 6, 1)},
    ]


def _stages() -> list[dict[str, Any]]:
    at = datetime(2024, 6, 28, 3, 32, tzinfo=UTC)
    return [
        {"label": "Đã nhận tệp", "state": "done", "at": at, "detail": "chuong-trinh-12.docx, 36 trang"},
        {"label": "Đọc văn bản", "state": "now"},
        {"label": "Đối chiếu cơ quan", "state": "waiting"},
        {
            "label": "Lập bảng nhiệm vụ",
            "state": "failed",
            "detail": "Bảng không có dòng tiêu đề; hãy chọn cột bằng tay.",
        },
    ]


def _doubts() -> list[dict[str, str]]:
    return [
        {"severity": "blocking", "message": "Dòng 17 không nêu cơ quan chủ trì.", "url": "#lit"},
        {"severity": "check", "message": "“Các cơ quan liên quan” chưa phải là một cơ quan.", "url": "#lit"},
        {"severity": "note", "message": "Tên cơ quan đã được nối từ hai dòng."},
    ]


def _desk() -> dict[str, Any]:
    nav = [("Việc của tôi", 3, False), ("Văn bản", None, False), ("Chương trình", None, False)]
    items = [{"url": "#", "label": w, "current": i == 0, "count": n, "urgent": u} for i, (w, n, u) in enumerate(nav)]
    return {
        "nav": [*items, {"url": "#", "label": "Việc cần chỉ đạo", "count": 4, "urgent": True}],
        "user": "Trần Văn Bường",
        "office": "Văn phòng Tỉnh ủy Đồng Lạc",
        "search_url": "#",
        "sign_out_url": "#",
        "languages": [
            {"code": "vi", "label": "Tiếng Việt", "current": True},
            {"code": "en", "label": "English", "current": False},
        ],
        "language_url": "#",
    }


def sample() -> dict[str, Any]:
    """The context of ui/gallery.html."""
    start = TEXT.index(LIT)
    levels = (constants.INFO, constants.SUCCESS, constants.WARNING, constants.ERROR)
    said = (
        "Bản đọc máy đã có.",
        "Đã lưu báo cáo kỳ.",
        "Còn 3 dòng chưa xem.",
        "Tệp có mật khẩu; hãy bỏ mật khẩu rồi gửi lại.",
    )
    steps = [("Tiếp nhận", "done"), ("Xem lại từng dòng", "now"), ("Phê duyệt", "waiting"), ("Giao việc", "waiting")]
    return {
        "desk": _desk(),
        "messages": [Message(level, text) for level, text in zip(levels, said, strict=True)],
        "crumbs": [{"label": "Chương trình", "url": "#"}, {"label": "12-CTr/TU", "url": "#"}, {"label": "Nhiệm vụ 17"}],
        "standings": list(LOOKS),
        "boxes": _boxes(),
        "lines": _lines(),
        "table": _table(),
        "bare_table": {
            "id": "none",
            "rows": [],
            "empty": {
                "title": "Chưa có văn bản nào.",
                "text": "Gửi tệp chương trình, kế hoạch; máy đọc xong sẽ hiện bảng để xác nhận.",
                "url": "#",
                "label": "Gửi văn bản đầu tiên",
            },
        },
        "timeline": _timeline(),
        "day": date(2024, 9, 30),
        "chain": _chain(),
        "evidence": _evidence(),
        "steps": [{"label": label, "state": state, "url": "#" if state == "done" else ""} for label, state in steps],
        "stages": _stages(),
        "progress": {"done": 14, "of": 51, "label": "Dòng đã mở"},
        "doubts": _doubts(),
        "text": TEXT,
        "spans": [(start, start + len(LIT))],
        "form": SampleForm(),
        "wrong_form": SampleForm({"number": "", "outcome": "d", "day": "31/02/2024"}),
    }
