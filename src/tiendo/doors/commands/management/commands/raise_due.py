"""`tiendo raise-due`: raise what falls due in the current period. Run daily; safe to repeat."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.models import Programme


class Command(HouseCommand):
    help = "Mở các việc đến kỳ báo cáo của mọi chương trình (chạy hằng ngày, chạy lại không sao)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        now = timezone.now()
        raised = sum(obligations.raise_due(programme=programme, at=now) for programme in Programme.objects.all())
        self.say(f"Đã mở {raised} việc đến kỳ.")
