"""Words of this room outside its pages (GLOSSARY: tình trạng)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from tiendo.work.programmes.rules.standing import Standing
from tiendo.work.programmes.rules.terms import Silence

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STANDINGS: dict[Standing, str] = {
    Standing.DONE_ON_TIME: "Hoàn thành đúng hạn",
    Standing.DONE_LATE: "Hoàn thành quá hạn",
    Standing.IN_TERM: "Trong hạn",
    Standing.DUE_SOON: "Sắp đến hạn",
    Standing.OVERDUE: "Quá hạn",
    Standing.LONG_OVERDUE: "Quá hạn kéo dài",
    Standing.AWAITING: "Chờ xác nhận",
    Standing.AWAITING_LATE: "Gửi muộn, chờ xác nhận",
    Standing.SUSPENDED: "Tạm dừng",
    Standing.REPORTED: "Đã báo cáo kỳ",
    Standing.NOT_REPORTED: "Chưa báo cáo kỳ",
    Standing.NOT_REPORTED_LATE: "Quá hạn báo cáo kỳ",
    Standing.NO_DATA: "Chưa có số liệu",
}
RESTRICTED = "Báo cáo theo chế độ riêng"
NOTHING_AROSE = "Không phát sinh"
SILENCES: dict[Silence, StrPromise] = {
    Silence.NO_DATA: _("Chưa có số liệu"),
    Silence.NO_BODY: _("Chờ gán cơ quan"),
    Silence.NO_EVENT: _("Chờ sự kiện"),
    Silence.NOT_YET: _("Chưa đến kỳ báo cáo"),
}
"""The word of a task on which nothing is owed, on pages and in workbooks alike."""
