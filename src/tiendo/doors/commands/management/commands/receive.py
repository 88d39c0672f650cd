"""`tiendo receive FILE --office CODE --as USER [--confirm] [--open]`: the river from the shell, by the same acts."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tiendo.doors.commands import account
from tiendo.doors.commands.base import HouseCommand, ShellError, why
from tiendo.doors.commands.lookups import day, person
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import by_code
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.claims import claimed
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.queries import progress
from tiendo.work.directives.rules import missing
from tiendo.work.programmes.actions import programmes
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.rules.periods import calendars

CHUNK = 1 << 20
BULK = "bulk"


class Command(HouseCommand):
    help = "Nhận một văn bản, đọc, xác nhận các dòng đủ căn cứ và mở chương trình."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--office", required=True, metavar="CODE", help="mã cơ quan nhận văn bản")
        parser.add_argument(
            "--as", dest="user", required=True, metavar="USER", help="tên đăng nhập của người thực hiện"
        )
        parser.add_argument("--confirm", action="store_true", help="xác nhận hàng loạt các dòng không thiếu gì")
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
        user, office = person(options["user"]), by_code(options["office"])
        # Asked before anything is done: an approval cannot be taken back.
        confirming, monitor = (by_code(code) if (code := options[name]) else None for name in ("confirming", "monitor"))
        document = self._received(options["file"], office, user)
        self._report(account.of_reading(document))
        if options["confirm"] and document.state == Document.State.READ:
            self._confirm(document, user, prose=not options["no_prose"])
        self._report(account.waiting(document))
        if options["open"]:
            self._open(document, user, options, confirming=confirming, monitor=monitor)

    def _received(self, path: Path, office: Organisation, user: User) -> Document:
        received = documents.receive(
            office=office, filename=path.name, chunks=_chunks(path), by=user, at=timezone.now(), queue=False
        )
        document = received.document
        if received.again:
            day = timezone.localtime(document.received_at)
            self.say(f"Văn bản này đã được nhận trước đây ({day:%d/%m/%Y}), không nhận lại.")
        if document.state == Document.State.FAILED:
            documents.read_again(document=document, by=user, at=timezone.now())
        with claimed(document):
            readings.make(document_id=document.pk, at=timezone.now())
        document.refresh_from_db()
        if document.state in {Document.State.FAILED, Document.State.REFUSED}:
            raise ShellError(document.failure_message)
        return document

    def _confirm(self, document: Document, user: User, *, prose: bool) -> None:
        now = timezone.now()
        origins = ("table", "list", "prose") if prose else ("table", "list")
        signed = sum(
            duties.sign_table(document=document, origin=origin, signed_as=BULK, by=user, at=now)
            for origin in origins
            if _can_be_signed(document, origin)
        )
        self.say(f"Đã xác nhận hàng loạt {signed} dòng.")

    def _open(
        self,
        document: Document,
        user: User,
        options: dict[str, Any],
        *,
        confirming: Organisation | None,
        monitor: Organisation | None,
    ) -> None:
        programme = Programme.objects.filter(document=document).first()
        if programme is None:
            with transaction.atomic():  # what cannot be opened is not approved either
                if document.state == Document.State.READ:
                    _may_be_approved(document, confirm=options["confirm"])
                    document = documents.approve(document=document, leave_waiting=True, by=user, at=timezone.now())
                programme = programmes.open(
                    document=document,
                    by=user,
                    at=timezone.now(),
                    confirming=confirming,
                    monitor=monitor,
                    tracked_from=options["tracked_from"],
                    standing_every=options["standing_every"],
                )
        else:
            self.say("Chương trình của văn bản này đã được mở trước đây.")
            if more := programmes.open_more(programme=programme, by=user, at=timezone.now()):
                self.say(f"Đã mở thêm {more} nhiệm vụ từ các dòng vừa được xác nhận.")
        self._report(account.of_programme(programme))

    def _report(self, lines: Iterator[str]) -> None:
        for line in lines:
            self.say(line)


def _can_be_signed(document: Document, origin: str) -> bool:
    """An act that would sign nothing is not done, and leaves no event."""
    rows = document.duties.filter(state=Duty.State.PROPOSED, origin=origin)
    return any(missing(content=row.content, leads=row.leads) is None for row in rows)


def _may_be_approved(document: Document, *, confirm: bool) -> None:
    """Raises ShellError."""
    counted = progress(document)
    if not counted.total:
        raise ShellError(
            "Chưa mở chương trình: không tìm thấy dòng giao việc nào trong văn bản. Hãy xem văn bản trên "
            "trang, thêm dòng bằng tay nếu có, hoặc kiểm tra lại tệp."
        )
    if counted.waiting and not counted.signed:
        hint = "" if confirm else " (hoặc thêm --confirm)"
        raise ShellError(
            f"Chưa mở chương trình: cả {counted.waiting} dòng còn chờ người xem. Hãy xác nhận các dòng này "
            f"trên trang của văn bản{hint}, rồi chạy lại lệnh này."
        )


def _chunks(path: Path) -> Iterator[bytes]:
    """Raises ShellError: what goes wrong here is the matter of this file, not of the data folder."""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except OSError as error:
        raise ShellError(f"Không mở được tệp {path}: {why(error)}.") from error
