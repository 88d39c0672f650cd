"""`tiendo lineage TASK`: the walk back from a task to its sentence."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from tiendo.doors.commands import account, lookups
from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.work.programmes.queries.lineage import lineage


class Command(HouseCommand):
    help = "Đi ngược từ một nhiệm vụ về câu trong văn bản."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("task", help="số thứ tự trong hệ thống, hoặc KÝ-HIỆU:SỐ (ví dụ 12-CTr/TU:7)")

    def handle(self, *_args: Any, **options: Any) -> None:
        task = lookups.task(options["task"])
        source = lineage(task)
        if source is None:
            raise ShellError("Văn bản của nhiệm vụ này không có bản đọc máy.")
        for line in account.of_lineage(task, source):
            self.say(line)
