"""TiendoError is the root of the house's errors; each room has its branch.

TiendoError
├── audit:          AuditIsAppendOnlyError, HeadsUnsoundError, ArchiveUnsoundError
├── accounts:       NotAllowedError
├── organisations:  …
├── directives:     …
└── programmes:     …
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class TiendoError(Exception):
    """Something a user can be told. `code` is stable; `message` is the `wording` filled in, in the user's language.

    It says what happened and what to do; Vietnamese is the source.
    """

    code = "error"
    wording: StrPromise | str = _("Có lỗi xảy ra.")
    status = 400

    def __init__(self, message: str | None = None, **data: object) -> None:
        self.message: str = message or str(self.wording).format(**data)
        self.data = data
        super().__init__(self.message)


class AuditIsAppendOnlyError(TiendoError):
    code = "audit_append_only"
    wording = _("Nhật ký chỉ được ghi thêm, không sửa, không xóa.")


class HeadsUnsoundError(TiendoError):
    code = "audit_heads_unsound"
    wording = _("Tệp điểm cuối {file}, dòng {line}: không phải do hệ thống này ghi, hoặc đã bị sửa.")


class ArchiveUnsoundError(TiendoError):
    code = "audit_archive_unsound"
    wording = _("Bản lưu nhật ký bị hỏng, đã bị sửa, hoặc không phải do hệ thống này tạo ra.")
