"""`tiendo verify-audit`: does the chain of events hold?"""

from __future__ import annotations

from typing import Any

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.queries import verify

REASONS = {
    "missing": "thiếu một sự kiện",
    "changed": "sự kiện đã bị sửa hoặc chèn",
    "cut": "phần cuối nhật ký đã bị cắt",
}


class Command(HouseCommand):
    help = "Kiểm tra nhật ký có còn nguyên vẹn."

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = verify()
        if broken:
            reason = REASONS.get(broken.reason, broken.reason)
            raise ShellError(f"Nhật ký không còn nguyên vẹn ở sự kiện số {broken.sequence}: {reason}.")
        self.say(f"Nhật ký nguyên vẹn: {Event.objects.count()} sự kiện.")
