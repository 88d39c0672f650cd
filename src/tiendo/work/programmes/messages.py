"""Words of this room outside its pages (GLOSSARY: tình trạng)."""

from __future__ import annotations

from tiendo.work.programmes.rules.standing import Standing

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
NO_OBLIGATION = "Chưa đến kỳ báo cáo"
RESTRICTED = "Báo cáo theo chế độ riêng"
NOTHING_AROSE = "Không phát sinh"
