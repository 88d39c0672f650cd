"""`tiendo story`: what becomes of a programme when its bodies are merged, split and dissolved, told date by date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandParser, call_command
from django.db import transaction

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.directives.seeds.paper import directive
from tiendo.work.handovers.seeds import Scene, Story


class Command(HouseCommand):
    help = (
        "Kể câu chuyện sắp xếp tổ chức 2024–2025 trên một chương trình: từng ngày, ai giữ bao nhiêu nhiệm vụ, việc nào "
        "chưa có nơi nhận, tổng số có được giữ nguyên. Chỉ chạy trong thư mục dữ liệu trống."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="văn bản khác, ban hành tháng 01/2024 (mặc định: mẫu)")
        parser.add_argument("--provinces", nargs=2, default=None, metavar=("TỈNH", "TỈNH"), help="tên hai tỉnh")

    def handle(self, *_args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        if Organisation.objects.exists():
            raise ShellError("Thư mục dữ liệu đã có cơ quan. Hãy đặt TIENDO_DATA là một thư mục trống.")
        issued = date(2024, 1, 31)
        file: Path | None = options["file"]
        if file is None:
            story = Story(directive("dan_van", today=issued, issued=issued), "61-CTr-TU.docx")
        else:
            story = Story(file.read_bytes(), file.name)
        if options["provinces"]:
            story = Story(story.data, story.filename, tuple(options["provinces"]))
        with transaction.atomic():
            for shown in story.tell():
                self._say(shown)

    def _say(self, shown: Scene) -> None:
        self.say(f"── {shown.day:%d/%m/%Y} · {shown.what}")
        self.say(
            f"   {shown.tasks} nhiệm vụ đang mở; {shown.charges} lượt chủ trì = "
            f"{sum(shown.leads.values())} có cơ quan + {shown.orphans} chưa có nơi nhận + {shown.waiting} chờ gán"
        )
        passed = shown.passed
        if passed.assignments:
            self.say(
                f"   chuyển {passed.assignments} lượt phân công, {passed.moved} việc phải báo cáo; "
                f"gộp {passed.joined}; chia thêm {passed.shared}; chưa có nơi nhận {passed.orphaned}"
            )
        for name, count in shown.leads.items():
            self.say(f"   {count:>4}  {name}")
        self.say("")
