"""What an inspector takes along of a programme: work, reports, evidence, what happened, and the sums of all of it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from tiendo.doors.desk.history.exports import csv_lines, rows
from tiendo.doors.desk.history.subjects import about_programme
from tiendo.doors.desk.history.walk import newest_first
from tiendo.doors.desk.packs import sheets
from tiendo.doors.desk.packs.zipped import Member, Zipped, chunks_of
from tiendo.foundation.audit.models import Event
from tiendo.foundation.audit.rules import signature
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.directives import storage
from tiendo.work.programmes.models import Evidence, Programme, Report
from tiendo.work.programmes.queries.progress import visible_to as progress_visible_to
from tiendo.work.programmes.queries.rounds import as_handed_in
from tiendo.work.programmes.queries.work import reports_visible_to

FORMAT = "tiendo.evidence/1"
MANIFEST, SEAL, SUMS, READ_ME = "bang-ke.json", "bang-ke.sig", "SHA256SUMS", "DOC-TRUOC.txt"
NAME_LENGTH = 80
PIECES = (
    "Mã minh chứng", "Số nhiệm vụ", "Cơ quan báo cáo", "Số văn bản", "Ngày văn bản", "Nơi nhận", "Tên tệp",
    "SHA-256 khi nhận", "Cỡ (byte)", "Tệp trong bộ này",
)  # fmt: skip


@dataclass(slots=True)
class Pack:
    """`closing`: the event that says that this pack was taken; what it holds reaches up to it."""

    programme: Programme
    rights: Rights
    closing: Event
    at: datetime
    today: date
    _files: list[tuple[str, Path, str]] = field(default_factory=list)

    def sent(self) -> Iterator[bytes]:
        """The ZIP, piece by piece. In Vietnamese, in whatever language the page is read."""
        zipped = Zipped(self.at)
        pieces = zipped.sent(self._members(zipped))
        while True:
            with override("vi"):  # the request is over, and its language with it
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    def _members(self, zipped: Zipped) -> Iterator[Member]:
        yield Member(READ_ME, [self._read_me().encode()])
        yield Member("nhiem-vu.xlsx", chunks_of(sheets.work(self.programme, self.today)))
        index = io.StringIO()
        yield Member("bao-cao.xlsx", self._reports(csv.writer(index)))
        yield Member("minh-chung.csv", [f"\ufeff{index.getvalue()}".encode()])
        for name, path, _ in self._files:
            yield Member(name, chunks_of(path.open("rb")))
        yield Member("dien-bien.csv", (line.encode() for line in csv_lines(self.events(), self.rights)))
        yield Member("dien-bien.html", (line.encode() for line in self._page()))
        body = self._manifest(zipped)
        yield Member(MANIFEST, [body])
        yield Member(SEAL, [f"{self._signature(zipped.sums[MANIFEST][0])}\n".encode()])
        yield Member(SUMS, ["".join(f"{sha256}  {name}\n" for name, (sha256, _) in zipped.sums.items()).encode()])

    def events(self) -> QuerySet[Event]:
        about = about_programme(self.programme, self.rights)
        return newest_first(about & Q(sequence__lte=self.closing.sequence))

    # -- reports and their evidence ------------------------------------------------------------------------------

    def _reports(self, index: Any) -> Iterator[bytes]:
        """Both sheets; on the way the list of evidence and the files that are to follow."""
        index.writerow(PIECES)
        out = TemporaryFile()  # noqa: SIM115 (closed by chunks_of)
        with sheets.book(out) as made:
            made.sheet("Báo cáo", sheets.ANSWERS)
            made.sheet("Ý kiến", sheets.DECISIONS)
            visible = reports_visible_to(self.rights).filter(programme=self.programme)
            for report in sheets.handed_in(visible).iterator(chunk_size=200):
                handed = as_handed_in(report, own=False)
                sheets.answers(made, report, handed)
                for row in handed:
                    restricted = row.answer.obligation.task.restricted
                    number = sheets.number(row.answer.obligation.task)
                    for piece in row.evidence:
                        self._piece(index, report, number, piece, restricted=restricted)
            made.sheet("Báo cáo tiến độ", sheets.PROGRESS)
            on_the_way = progress_visible_to(self.rights).filter(obligation__programme=self.programme)
            for one in on_the_way.iterator(chunk_size=200):
                sheets.progress(made, one)
        out.seek(0)
        yield from chunks_of(out)

    def _piece(self, index: Any, report: Report, number: str, piece: Evidence, *, restricted: bool) -> None:
        """One line of the list. Of a restricted task the document's number and date; no file, no file's name."""
        day = f"{piece.issued_on:%d/%m/%Y}" if piece.issued_on else ""
        line = [f"#{piece.pk}", number, report.organisation.name, piece.number, day]
        if restricted:
            cells = ["", "", "", "", "Báo cáo theo chế độ riêng: không có tệp"]
        else:
            size = str(piece.size) if piece.sha256 else ""
            cells = [piece.level, piece.filename, piece.sha256, size, self._taken(number, piece)]
        index.writerow([f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell for cell in [*line, *cells]])

    def _taken(self, number: str, piece: Evidence) -> str:
        """Where its file will stand in the ZIP, or why it does not."""
        if not piece.sha256:
            return ""
        if piece.withdrawn_at is not None:
            return "đã rút: không kèm tệp"
        path = storage.find(piece.sha256, office=piece.kept_by_id) if piece.kept_by_id else None
        if path is None:
            return "tệp không còn trong kho"
        name = f"minh-chung/{_plain(number)}-{piece.pk}-{_plain(piece.filename)}"
        self._files.append((name, path, piece.sha256))
        return name

    # -- what happened, and the sums -----------------------------------------------------------------------------

    def _page(self) -> Iterator[str]:
        """The sentences to be read, oldest at the bottom."""
        title = html.escape(f"Diễn biến: {self.programme}")
        yield f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body>\n'
        yield f"<h1>{title}</h1>\n<ol reversed>\n"
        for cells in rows(self.events(), self.rights):
            yield f'<li value="{html.escape(cells[0])}">{html.escape(cells[1])}: {html.escape(cells[-1])}</li>\n'
        yield "</ol></body></html>\n"

    def _manifest(self, zipped: Zipped) -> bytes:
        sums = zipped.sums
        told = {
            "format": FORMAT,
            "programme": str(self.programme),
            "made_at": self.at.isoformat(),
            "made_by": self.closing.actor,
            "audit": {
                "sequence": self.closing.sequence,
                "digest": self.closing.digest,
                "seal": self.closing.seal,
            },
            "changed_since_received": [name for name, _, sha256 in self._files if sums[name][0] != sha256],
            "files": {name: {"sha256": sha256, "size": size} for name, (sha256, size) in sums.items()},
        }
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    def _signature(self, sha256: str) -> str:
        return signature(sha256, settings.AUDIT_KEYS[-1])

    def _read_me(self) -> str:
        return READ_ME_TEXT.format(
            programme=self.programme,
            title=self.programme.title,
            at=f"{timezone.localtime(self.at):%H:%M ngày %d/%m/%Y}",
            sequence=self.closing.sequence,
            digest=self.closing.digest,
        )


READ_ME_TEXT = """BỘ MINH CHỨNG CỦA CHƯƠNG TRÌNH {programme}
{title}
Lập lúc {at}.

nhiem-vu.xlsx      nhiệm vụ và việc phải báo cáo, tình trạng đến ngày lập
bao-cao.xlsx       báo cáo đã gửi, từng nội dung trả lời; ý kiến của cơ quan xác nhận
minh-chung.csv     danh sách minh chứng; minh-chung/ có các tệp
dien-bien.csv      mọi việc đã ghi về văn bản, chương trình, nhiệm vụ, báo cáo; dien-bien.html để đọc
bang-ke.json       bảng kê: mã SHA-256 của từng tệp, điểm cuối của nhật ký khi lập; bang-ke.sig: dấu của hệ thống
SHA256SUMS         kiểm tra mọi tệp bằng lệnh: sha256sum -c SHA256SUMS

Nhiệm vụ báo cáo theo chế độ riêng chỉ có số và ngày.
Bộ này ứng với sự kiện số {sequence} của nhật ký, mã {digest}.
Đối chiếu với hệ thống: tiendo verify-audit --head {sequence}:{digest}
"""


def _plain(name: str) -> str:
    """A name that every system can unpack: no path, nothing that is forbidden somewhere, not too long."""
    clean = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", name).strip(". ") or "tep"
    stem, dot, ending = clean.rpartition(".")
    return clean if len(clean) <= NAME_LENGTH else f"{(stem or ending)[: NAME_LENGTH - 10]}{dot}{ending[:9]}"


def counted(programme: Programme) -> Iterable[int]:
    """How many pieces of evidence with a file, for the event."""
    live = Evidence.objects.filter(answer__report__programme=programme, withdrawn_at=None).exclude(sha256="")
    return live.exclude(answer__obligation__task__restricted=True).values_list("pk", flat=True)
