"""`tiendo raise-due`: raise what falls due in the current period. Run daily; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.work.programmes.actions import obligations


class Command(HouseCommand):
    help = "Mở các việc đến kỳ báo cáo của mọi chương trình (chạy hằng ngày, chạy lại không sao)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        self.warn_of_the_clock(now)
        raised = obligations.raise_everywhere(at=now)
        self.name_failed(raised.failed)
        self.say(f"Đã mở {raised.new} việc đến kỳ.")
