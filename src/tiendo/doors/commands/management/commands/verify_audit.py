"""`tiendo verify-audit`: does the chain of events hold?"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from typing import Any

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.queries import end, verify
from tiendo.foundation.organisations.models import Organisation

REASONS = {
    "missing": "thiếu một sự kiện",
    "changed": "sự kiện đã bị sửa hoặc chèn",
    "cut": "phần cuối nhật ký đã bị cắt",
    "headless": "dòng ghi điểm cuối của nhật ký đã bị xóa",
    "emptied": "nhật ký trống, trong khi hệ thống đã có cơ quan hoặc người dùng",
    "replaced": "khác với điểm cuối đã giữ riêng",
}


class Command(HouseCommand):
    help = "Kiểm tra nhật ký có còn nguyên vẹn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="SỐ:MÃ",
            help="điểm cuối đã giữ ở nơi khác (lần chạy trước in ra), để phát hiện việc cắt đuôi",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = Organisation.objects.exists() or User.objects.exists()
        broken = verify(_kept(options["head"]), begun=begun)
        if broken:
            reason = REASONS.get(broken.reason, broken.reason)
            raise ShellError(f"Nhật ký không còn nguyên vẹn ở sự kiện số {broken.sequence}: {reason}.")
        count, digest = end()
        self.say(f"Nhật ký nguyên vẹn: {count} sự kiện.")
        if count:
            self.say(f"Điểm cuối, hãy giữ ở nơi khác: {count}:{digest}")


def _kept(said: str | None) -> tuple[int, str] | None:
    if said is None:
        return None
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", said.strip())
    if found is None:
        raise ShellError(
            "--head phải là số sự kiện và mã 64 ký tự, cách nhau bằng dấu hai chấm, như lệnh này đã in ra."
        )
    return int(found[1]), found[2]
