"""`tiendo verify-audit`: does the chain of events hold?"""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from tiendo.doors.commands.base import HouseCommand, ShellError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit import archives, heads
from tiendo.foundation.audit.queries import Break, Verdict, check, end
from tiendo.foundation.organisations.models import Organisation

REASONS = {
    "missing": "thiếu một sự kiện",
    "changed": "sự kiện đã bị sửa hoặc chèn",
    "cut": "phần cuối nhật ký đã bị cắt",
    "headless": "dòng ghi điểm cuối của nhật ký đã bị xóa",
    "emptied": "nhật ký trống, trong khi hệ thống đã có cơ quan hoặc người dùng",
    "replaced": "khác với điểm cuối đã giữ riêng",
    "forged": "dấu của sự kiện không phải do khóa nhật ký tạo ra",
    "unsealed": "sự kiện không có dấu của khóa nhật ký",
    "unknown_key": "sự kiện mang dấu của một khóa không có trên máy này. Hãy đưa tệp audit_key cũ trở lại; nếu khóa đã "
    "mất hẳn, xem “tiendo audit-key --lost”",
}


class Command(HouseCommand):
    help = "Kiểm tra nhật ký có còn nguyên vẹn."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            metavar="SỐ:MÃ",
            help="điểm cuối đã giữ ở nơi khác (lần chạy trước in ra), để phát hiện việc cắt đuôi",
        )
        parser.add_argument(
            "--heads",
            metavar="THƯ MỤC",
            type=Path,
            help="thư mục có các tệp điểm cuối hằng ngày, ví dụ bản chép ở máy khác (mặc định: TIENDO_AUDIT_HEADS)",
        )
        parser.add_argument("--archive", metavar="TỆP", type=Path, help="kiểm tra thêm một bản lưu của archive-audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        begun = Organisation.objects.exists() or User.objects.exists()
        kept = _kept(options["head"])
        known = _heads(options["heads"])
        verdict = check(kept, begun=begun, heads=known)
        if verdict.broken:
            _refuse(verdict.broken, "Nhật ký")
        self._tell(verdict, known | ({kept[0]: {kept[1]}} if kept else {}), elsewhere=bool(kept or options["heads"]))
        if options["archive"]:
            self._archive(options["archive"], known)

    def _tell(self, verdict: Verdict, known: Mapping[int, set[str]], *, elsewhere: bool) -> None:
        """`elsewhere`: some of the known ends were not those beside the data."""
        if known:
            self.say(f"Nhật ký nguyên vẹn: {verdict.events} sự kiện.")
            self.say(f"Khớp với {len(known)} điểm cuối đã ghi ngoài cơ sở dữ liệu.")
        elif verdict.events:
            self.say(f"{verdict.events} sự kiện còn trong nhật ký đều khớp nhau.")
        else:
            self.say("Nhật ký chưa có sự kiện nào.")
        self._tell_the_end(verdict.events, max(known, default=0), elsewhere=elsewhere)
        if verdict.unsealed:
            self.say(f"{verdict.unsealed} sự kiện đầu có từ trước khi có khóa; sự kiện đầu tiên có dấu giữ cho chúng.")
        if verdict.on_trust:
            self.say(
                f"{verdict.on_trust} sự kiện mang dấu của khóa đã mất: chắc chắn không đổi từ khi khai báo mất khóa, "
                "còn trước đó chỉ có điểm cuối đã giữ ở nơi khác chứng minh được."
            )
        self.warn_of_the_clock(timezone.now())
        count, digest = end()
        if count:
            self.say(f"Điểm cuối, hãy giữ ở nơi khác: {count}:{digest}")

    def _tell_the_end(self, events: int, covered: int, *, elsewhere: bool) -> None:
        """What no kept end proves: that nothing was cut off behind it."""
        if events and not covered:
            self.say(
                "CHƯA kiểm tra được phần cuối: chưa có điểm cuối nào được giữ ngoài cơ sở dữ liệu, nên nếu các sự kiện "
                "cuối đã bị cắt thì không thấy được. Hãy chạy “tiendo export-head”, rồi chép "
                f"{settings.AUDIT_HEADS / heads.NAME} sang máy khác."
            )
            return
        if events > covered:
            self.say(
                f"{events - covered} sự kiện sau điểm cuối mới nhất (số {covered}) chưa được điểm cuối nào giữ: nếu "
                "sau chúng còn sự kiện đã bị cắt thì chưa thấy được."
            )
        if covered and not elsewhere:
            self.say(
                "Các điểm cuối này nằm trên chính máy này: ai làm chủ cả máy thì sửa được cả hai. Hãy chép chúng sang "
                "máy khác và kiểm tra với --heads."
            )

    def _archive(self, path: Path, known: dict[int, set[str]]) -> None:
        """The file's own seals and chain, and that the table still goes on from it."""
        found = archives.check(path, settings.AUDIT_KEYS, known)
        if found.broken:
            _refuse(found.broken, f"Bản lưu {path}")
        self.say(
            f"Bản lưu {path} nguyên vẹn: sự kiện 1 đến {found.last}, nhật ký trong hệ thống nối tiếp đúng bản lưu."
        )


def _refuse(broken: Break, what: str) -> None:
    reason = REASONS.get(broken.reason, broken.reason)
    raise ShellError(f"{what} không còn nguyên vẹn ở sự kiện số {broken.sequence}: {reason}.")


def _heads(said: Path | None) -> dict[int, set[str]]:
    """Those kept beside the data always count; `said`: those of another folder too. Raises ShellError."""
    if said and not said.is_dir():
        raise ShellError(f"Không có thư mục {said}.")
    found = heads.read(settings.AUDIT_HEADS, settings.AUDIT_KEYS)
    for number, digests in (heads.read(said, settings.AUDIT_KEYS) if said else {}).items():
        found.setdefault(number, set()).update(digests)
    return found


def _kept(said: str | None) -> tuple[int, str] | None:
    if said is None:
        return None
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", said.strip())
    if found is None:
        raise ShellError(
            "--head phải là số sự kiện và mã 64 ký tự, cách nhau bằng dấu hai chấm, như lệnh này đã in ra."
        )
    return int(found[1]), found[2]
