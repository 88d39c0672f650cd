"""What the disk or the database said, in Vietnamese: what happened, what to do."""

from __future__ import annotations

from tiendo.config.environment import why

NO_DATABASE = (
    "Cơ sở dữ liệu chưa được tạo hoặc chưa cập nhật. Hãy chạy “tiendo init” (cơ quan thật), “tiendo demo” "
    "(dữ liệu mẫu) hoặc “tiendo migrate” (sau khi nâng cấp)."
)


TROUBLES = (
    (("no such table", "no such column", "does not exist"), NO_DATABASE),
    (
        ("readonly", "read-only"),
        (
            "Cơ sở dữ liệu chỉ đọc được, không ghi được. Hãy kiểm tra quyền của người chạy lệnh đối với thư mục dữ "
            "liệu, và ổ đĩa có đang ở chế độ chỉ đọc không."
        ),
    ),
    (
        ("is full",),
        (
            "Ổ đĩa đã đầy, không ghi được thêm. Hãy giải phóng chỗ trống rồi chạy lại; những gì đã lưu "
            "trước đó vẫn còn nguyên."
        ),
    ),
    (
        ("disk i/o error",),
        "Ổ đĩa báo lỗi khi đọc hoặc ghi cơ sở dữ liệu. Hãy xem ổ đĩa có đầy hoặc hỏng không rồi chạy lại.",
    ),
    (
        ("malformed", "not a database", "corrupt"),
        (
            "Cơ sở dữ liệu bị hỏng. Hãy dừng hệ thống, giữ nguyên thư mục dữ liệu để xem xét, rồi khôi phục bản sao "
            "lưu gần nhất bằng “tiendo restore”."
        ),
    ),
    (
        ("unable to open",),
        "Không mở được cơ sở dữ liệu. Hãy kiểm tra TIENDO_DATA và quyền của người chạy lệnh đối với thư mục dữ liệu.",
    ),
    (("locked", "busy"), "Cơ sở dữ liệu đang bận vì một tiến trình khác đang ghi. Hãy chạy lại sau ít phút."),
)


def told(error: Exception) -> str:
    """One Vietnamese line for what the disk or the database said: what happened, what to do."""
    if isinstance(error, OSError):
        return f"{error.filename or 'Ổ đĩa'}: {why(error)}."
    said = str(error).lower()
    return next(
        (line for words, line in TROUBLES if any(word in said for word in words)),
        f"Cơ sở dữ liệu báo lỗi: {' '.join(str(error).split())}. Hãy chạy lại với --traceback để xem chi tiết.",
    )
