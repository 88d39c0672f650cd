"""`tiendo daily`: raise what falls due, remind, send the mails that wait, keep the end of the audit. Run daily; safe to
repeat.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.foundation.audit.actions import heads
from tiendo.foundation.notifications.actions import notices
from tiendo.work.programmes.actions import reminders


class Command(HouseCommand):
    help = "Mở các việc đến kỳ báo cáo và đôn đốc (mỗi ngày một lần, từ 7 giờ 30; chạy lại không báo ai hai lần)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        self.warn_of_the_clock(now)
        ran = reminders.run_daily(at=now)
        self.name_failed(ran.failed)
        sent = notices.deliver_due(at=now)
        heads.export(folder=settings.AUDIT_HEADS, at=now)
        self.say(
            f"Đã mở {ran.raised} việc đến kỳ; đôn đốc {ran.reminded} việc; báo cho {ran.told} người; gửi {sent} thư."
        )
