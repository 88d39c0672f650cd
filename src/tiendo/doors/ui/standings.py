"""Words, colours and icons of the standings (GLOSSARY: tình trạng); a colour never stands without its word and icon."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a standing is shown: its word, one of the five colour tokens `--standing-<tone>`, an icon of icons.svg."""

    word: "StrPromise"
    tone: str
    icon: str


def _look(code: str, word: "StrPromise", tone: str, icon: str = "") -> tuple[str, Look]:
    return code, Look(word=word, tone=tone, icon=icon or code)


LOOKS: dict[str, Look] = dict(
    [
        _look("done_on_time", _("Hoàn thành đúng hạn"), "good"),
        _look("done_late", _("Hoàn thành quá hạn"), "soon"),
        _look("in_term", _("Trong hạn"), "still"),
        _look("due_soon", _("Sắp đến hạn"), "soon"),
        _look("overdue", _("Quá hạn"), "red"),
        _look("long_overdue", _("Quá hạn kéo dài"), "red"),
        _look("awaiting", _("Chờ xác nhận"), "wait"),
        _look("awaiting_late", _("Gửi muộn, chờ xác nhận"), "soon", icon="awaiting"),
        _look("suspended", _("Tạm dừng"), "still"),
        _look("reported", _("Đã báo cáo kỳ"), "good"),
        _look("reported_late", _("Đã báo cáo kỳ, quá hạn"), "soon", icon="reported"),
        _look("not_reported", _("Chưa báo cáo kỳ"), "soon"),
        _look("not_reported_late", _("Quá hạn báo cáo kỳ"), "red", icon="overdue"),
        _look("no_data", _("Chưa có số liệu"), "still"),
    ]
)

UNKNOWN = Look(word=_("Chưa rõ tình trạng"), tone="still", icon="no_data")


def look(standing: object) -> Look:
    """The look of a standing given as its code or as an enum member whose value is the code; never fails."""
    return LOOKS.get(str(getattr(standing, "value", standing)), UNKNOWN)
