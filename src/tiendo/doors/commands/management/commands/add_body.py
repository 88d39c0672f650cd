"""`tiendo add-body CODE NAME`."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand
from tiendo.doors.commands.bodies import root
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Kind
from tiendo.foundation.organisations.queries import by_code


class Command(HouseCommand):
    help = "Thêm một cơ quan."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("name")
        parser.add_argument("--kind", required=True, choices=Kind.values, help="loại cơ quan")
        parser.add_argument("--parent", help="mã cơ quan cấp trên (mặc định: gốc)")
        parser.add_argument("--short", default="", help="tên gọi tắt")
        parser.add_argument("--abbreviation", action="append", default=[], help="chữ viết tắt (dùng nhiều lần được)")
        parser.add_argument("--alias", action="append", default=[], help="tên khác (dùng nhiều lần được)")

    def handle(self, *_args: Any, **options: Any) -> None:
        parent = by_code(options["parent"]) if options["parent"] else root()
        body = organisations.add(
            code=options["code"],
            name=options["name"],
            kind=options["kind"],
            parent=parent,
            short_name=options["short"],
            abbreviations=options["abbreviation"],
            aliases=options["alias"],
            by="shell:add-body",
            at=timezone.now(),
        )
        self.say(f"Đã thêm {body.name} ({body.code}).")
