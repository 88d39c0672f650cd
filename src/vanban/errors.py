"""The only things `read` raises. Whatever is merely unclear becomes a `Doubt`.

VanbanError
├── Unreadable   the bytes are not a document of a kind that is read
├── Locked       a password or encryption stands before the content
├── TooLarge     over the limits, packed or unpacked
└── Classified   a secrecy mark (Mật, Tối mật, Tuyệt mật) stands alone on the first page
"""

from __future__ import annotations


class VanbanError(Exception):
    """A document that cannot be read at all. `code` is stable, `message` is Vietnamese: what happened, and what to do.

    `reason` says more closely what was the matter (`empty`, `pdf`, `truncated` …, the keys of `lexicon/refusals.toml`).
    """

    code = "vanban"
    message = "Không đọc được văn bản."

    def __init__(self, message: str | None = None, *, reason: str | None = None) -> None:
        self.message = message or self.message
        self.reason = reason
        super().__init__(self.message)


class Unreadable(VanbanError):  # noqa: N818 - said as a state of the document
    code = "unreadable"
    message = "Tệp này không phải là văn bản đọc được. Hãy kiểm tra tệp và gửi lại bản .docx hoặc .txt."


class Locked(VanbanError):  # noqa: N818 - said as a state of the document
    code = "locked"
    message = "Tệp được đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu rồi gửi lại."


class TooLarge(VanbanError):  # noqa: N818 - said as a state of the document
    code = "too_large"
    message = "Tệp vượt quá giới hạn cho phép. Hãy tách phụ lục hoặc nén ảnh trong tệp rồi gửi lại."


class Classified(VanbanError):  # noqa: N818 - said as a state of the document
    code = "classified"
    message = (
        "Văn bản có dấu chỉ độ mật. Hệ thống không tiếp nhận văn bản mật: tệp đã gửi không được lưu giữ. "
        "Hãy xử lý văn bản này theo quy định về bảo vệ bí mật nhà nước, ngoài hệ thống này."
    )
