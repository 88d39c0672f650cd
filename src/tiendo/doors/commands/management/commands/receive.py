"""`tiendo receive FILE --office CODE --as USER [--confirm] [--open]`: the river from the shell, by the same acts."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from tiendo.doors.commands import account
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.doors.commands.lookups import day, person
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.queries import by_code
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.models import Document
from tiendo.work.directives.queries import progress
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.rules.periods import calendars

CHUNK = 1 << 20
BULK = "bulk"


class Command(HouseCommand):
    help = "Nhận một văn bản, đọc, ký duyệt các dòng đủ căn cứ và mở chương trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE", help="mã cơ quan nhận văn bản")
        parser.add_argument(
            "--as", dest="user", required=True, metavar="USER", help="tên đăng nhập của người thực hiện"
        )
        parser.add_argument("--confirm", action="store_true", help="ký duyệt hàng loạt các dòng không thiếu gì")
        parser.add_argument(
            "--no-prose", action="store_true", help="để lại cho người xem các đoạn văn giao việc ngoài bảng nhiệm vụ"
        )
        parser.add_argument("--open", action="store_true", help="duyệt văn bản và mở chương trình")
        parser.add_argument(
            "--tracked-from", type=day, metavar="DAY", help="theo dõi từ ngày (mặc định: đầu kỳ hiện tại)"
        )
        parser.add_argument(
            "--confirming", metavar="CODE", help="cơ quan xác nhận kết quả (mặc định: cơ quan theo dõi)"
        )
        parser.add_argument("--monitor", metavar="CODE", help="cơ quan theo dõi, đôn đốc")
        rhythms = sorted({rhythm for calendar in calendars().values() for rhythm in calendar.every})
        parser.add_argument("--standing-every", default="half", choices=rhythms, help="kỳ báo cáo việc thường xuyên")

    def handle(self, *_args: Any, **options: Any) -> None:
        user = person(options["user"])
        document = self._received(options["file"], options["office"], user)
        self._report(account.of_reading(document))
        if options["confirm"] and document.state == Document.State.READ:
            self._confirm(document, user, prose=not options["no_prose"])
        if options["open"]:
            self._open(document, user, options)

    def _received(self, path: Path, office: str, user: User) -> Document:
        try:
            received = documents.receive(
                office=by_code(office),
                filename=path.name,
                chunks=_chunks(path),
                by=user,
                at=timezone.now(),
                queue=False,
            )
        except OSError as error:
            raise ShellError(f"Không mở được tệp {path}: {why(error)}.") from error
        document = received.document
        if received.again:
            self.say(f"Văn bản này đã được nhận trước đây ({document.received_at:%d/%m/%Y}), không nhận lại.")
        if document.state == Document.State.FAILED:
            documents.read_again(document=document, by=user, at=timezone.now())
        readings.make(document_id=document.pk, at=timezone.now())
        document.refresh_from_db()
        if document.state in {Document.State.FAILED, Document.State.REFUSED}:
            raise ShellError(document.failure_message)
        return document

    def _confirm(self, document: Document, user: User, *, prose: bool) -> None:
        now = timezone.now()
        origins = ("table", "list", "prose") if prose else ("table", "list")
        signed = sum(
            duties.sign_table(document=document, origin=origin, signed_as=BULK, by=user, at=now) for origin in origins
        )
        self.say(f"Đã ký duyệt hàng loạt {signed} dòng.")
        self._report(account.waiting(document))

    def _open(self, document: Document, user: User, options: dict[str, Any]) -> None:
        programme = Programme.objects.filter(document=document).first()
        if programme is None:
            if document.state == Document.State.READ:
                counted = progress(document)
                if not counted.total:
                    raise ShellError(
                        "Chưa mở chương trình: không tìm thấy dòng giao việc nào trong văn bản. Hãy xem văn bản trên "
                        "trang, thêm dòng bằng tay nếu có, hoặc kiểm tra lại tệp."
                    )
                if counted.waiting and not counted.signed:
                    raise ShellError(
                        f"Chưa mở chương trình: cả {counted.waiting} dòng còn chờ người xem. Hãy ký duyệt các dòng này "
                        "trên trang của văn bản (hoặc thêm --confirm), rồi chạy lại lệnh này."
                    )
                document = documents.approve(document=document, leave_waiting=True, by=user, at=timezone.now())
            programme = programmes.open(
                document=document,
                by=user,
                at=timezone.now(),
                confirming=by_code(options["confirming"]) if options["confirming"] else None,
                monitor=by_code(options["monitor"]) if options["monitor"] else None,
                tracked_from=options["tracked_from"],
                standing_every=options["standing_every"],
            )
        else:
            self.say("Chương trình của văn bản này đã được mở trước đây.")
            if more := programmes.open_more(programme=programme, by=user, at=timezone.now()):
                self.say(f"Đã mở thêm {more} nhiệm vụ từ các dòng vừa được ký duyệt.")
        self._report(account.of_programme(programme))

    def _report(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.say(line)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk
