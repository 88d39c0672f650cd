"""TiendoError is the root of the house's errors; each room has its branch.

TiendoError
├── audit:          AuditIsAppendOnlyError
├── accounts:       NotAllowedError
├── organisations:  …
├── directives:     …
└── programmes:     …
"""

from __future__ import annotations


class TiendoError(Exception):
    """Something a user can be told. `code` is stable; `message` says in Vietnamese what happened and what to do."""

    code = "error"
    message = "Có lỗi xảy ra."
    status = 400

    def __init__(self, message: str | None = None, **data: object) -> None:
        self.message = message or self.message.format(**data)
        self.data = data
        super().__init__(self.message)


class AuditIsAppendOnlyError(TiendoError):
    code = "audit_append_only"
    message = "Nhật ký chỉ được ghi thêm, không sửa, không xóa."
