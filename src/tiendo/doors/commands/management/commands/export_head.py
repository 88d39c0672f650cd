"""`tiendo export-head`: today's end of the audit, appended to a file outside the database. Daily; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.foundation.audit import heads
from tiendo.foundation.audit.actions.heads import export


class Command(HouseCommand):
    help = "Ghi điểm cuối của nhật ký vào tệp ngoài cơ sở dữ liệu (chạy hằng ngày, chạy lại không sao)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        kept = export(folder=settings.AUDIT_HEADS, at=timezone.now())
        place = settings.AUDIT_HEADS / heads.NAME
        if kept is None:
            self.say(f"Không có sự kiện mới: {place} đã có điểm cuối này.")
        else:
            self.say(f"Đã ghi điểm cuối, sự kiện số {kept[0]}, vào {place}. Hãy chép tệp này sang máy khác.")
