"""`tiendo check-tally`: are the kept counts what they count?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions import tally as acts
from tiendo.work.programmes.models import Programme, Tally
from tiendo.work.programmes.queries import tally
from tiendo.work.programmes.queries.tally import Difference

SHOWN = 20


class Command(HouseCommand):
    help = "So các số đếm đang giữ với từng việc phải báo cáo; --repair thì sửa lại cho đúng và báo đã sửa gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="sửa các số sai; mỗi chương trình ghi một sự kiện")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["repair"]:
            wrong = acts.repair(actor="shell:check-tally", at=timezone.now())
        else:
            wrong = list(tally.differences())
        if not wrong:
            self.say(f"Số đếm đúng: {Tally.objects.count()} ô, {sum(tally.kept().values())} việc phải báo cáo.")
            return
        lines = _lines(wrong[:SHOWN])
        more = [f"… và {len(wrong) - SHOWN} ô nữa"] if len(wrong) > SHOWN else []
        if not options["repair"]:
            head = f"{len(wrong)} ô đếm sai. Chạy “tiendo check-tally --repair” để sửa:"
            raise ShellError("\n".join([head, *lines, *more]))
        self.say("\n".join([f"Đã sửa {len(wrong)} ô:", *lines, *more]))


def _lines(wrong: list[Difference]) -> list[str]:
    programmes = Programme.objects.in_bulk({each.cell.programme for each in wrong})
    bodies = Organisation.objects.in_bulk({each.cell.organisation for each in wrong})
    return [
        f"{programmes[each.cell.programme]}, {bodies[each.cell.organisation]}, {each.cell.state}, hạn "
        f"{each.cell.due:%d/%m/%Y}: giữ {each.kept}, đúng {each.true}"
        for each in wrong
    ]
