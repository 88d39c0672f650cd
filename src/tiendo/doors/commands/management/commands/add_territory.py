"""`tiendo add-territory --province "Tuyên Quang"`: the communes of a province, and what they came from."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.doors.commands.bodies import refusals, root, summary
from tiendo.foundation.organisations import territory
from tiendo.foundation.organisations.actions import importing
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.reading import Book
from tiendo.foundation.organisations.rules.territory import WITH, tables


class Command(HouseCommand):
    help = (
        "Thêm các xã, phường, đặc khu của một tỉnh, thành phố (từ 1/7/2025) dưới gốc của danh bạ, mã DV.<mã đơn vị>. "
        "Dữ liệu của gói vietnamadminunits; việc sáp nhập, chia tách được ghi là “chưa xác minh”."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", required=True, help="tên (có dấu hay không) hoặc mã tỉnh, thành phố")
        parser.add_argument(
            "--former", action="store_true", help="thêm cả cấp huyện, cấp xã cũ (đến 30/6/2025) và việc kế thừa"
        )
        parser.add_argument("--with", dest="bodies", default="", help=f"lập kèm cho mỗi xã: {','.join(WITH)}")
        parser.add_argument("--dry-run", action="store_true", help="chỉ cho xem sẽ thêm bao nhiêu; không ghi")

    def handle(self, *_args: Any, **options: Any) -> None:
        bodies = [name.strip() for name in options["bodies"].split(",") if name.strip()]
        if unknown := [name for name in bodies if name not in WITH]:
            raise ShellError(f"--with không nhận “{unknown[0]}”. Chọn trong: {', '.join(WITH)}.")
        found, now = territory.province(options["province"]), timezone.now()
        made = tables(found.communes, found.formers, root=root().code, former=options["former"], bodies=bodies)
        book = Book(tuple(made))
        plan = preview(book, registrar=None, at=now)
        if wrong := refusals(plan, change=False):
            raise ShellError("\n".join(["chưa thêm cơ quan nào, vì:", *wrong]))
        self.say(f"{found.name} (mã {found.code}): {len(found.communes)} xã, phường, đặc khu.")
        if options["dry_run"]:
            self.say(f"Chưa ghi gì. Nếu ghi: {summary(plan)}.")
            return
        importing.write(book=book, digest=plan.digest, registrar=None, by="shell:add-territory", at=now)
        self.say(f"Đã {summary(plan)}.")
