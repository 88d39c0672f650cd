"""Files that are too large, a disk that is nearly full, the same file for fifty tasks, a file of work handed over."""

from __future__ import annotations

import errno
import hashlib
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.urls import reverse

import factories as make
import snapshots
from factories import NOW, days
from tiendo.config import uploads
from tiendo.foundation.audit.models import Event
from tiendo.work.directives import storage
from tiendo.work.directives.errors import NoRoomError, UploadTooLargeError
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.errors import ReportStateError
from tiendo.work.programmes.models import Evidence, Obligation
from worlds import HEALTH, SCIENCE, Office

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 noi dung"
MB = 1 << 20
GB = 1 << 30


@pytest.fixture
def answer():
    return make.answer()


@pytest.fixture
def clerk(answer):
    return make.person("clerk", answer.report.organisation)


def attach(answer, by, chunks=(PDF,), filename="bao-cao.pdf") -> Evidence:
    return evidence.attach(answer=answer, filename=filename, chunks=chunks, by=by, at=NOW)


class Huge:
    """Two GB that come in chunks, and how many of them were asked for."""

    taken = 0

    def __iter__(self) -> Iterator[bytes]:
        yield b"%PDF-1.7"
        for _ in range(2 * GB // (64 << 10)):
            self.taken += 1
            yield bytes(64 << 10)


def free(monkeypatch, *megabytes: int) -> None:
    """So much is free, look for look; the last for ever."""
    left = list(megabytes)
    told = lambda _path: SimpleNamespace(free=(left.pop(0) if len(left) > 1 else left[0]) * MB)  # noqa: E731
    monkeypatch.setattr(storage.shutil, "disk_usage", told)


class TestTooLarge:
    def test_no_more_is_read_than_the_limit_and_nothing_stays(self, answer, clerk, settings):
        settings.UPLOAD_LIMIT_MB = 3
        huge, before = Huge(), snapshots.files()
        with pytest.raises(UploadTooLargeError, match="3 MB"):
            attach(answer, clerk, huge)
        assert huge.taken * (64 << 10) <= 4 * MB
        assert snapshots.files() == before
        assert not Evidence.objects.exists()

    def test_a_disk_that_would_be_full_is_told_before_it_is(self, answer, clerk, monkeypatch, settings):
        settings.UPLOAD_LIMIT_MB, settings.DISK_RESERVE_MB = 1024, 500
        huge, before = Huge(), snapshots.files()
        free(monkeypatch, 10_000, 530, 510)
        with pytest.raises(NoRoomError, match="không còn đủ chỗ"):
            attach(answer, clerk, huge)
        assert huge.taken * (64 << 10) <= 3 * storage.STEP
        assert snapshots.files() == before

    @pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
    def test_a_disk_that_fills_up_meanwhile_loses_nothing(self, answer, clerk, monkeypatch, code):
        def full(_file):
            raise OSError(code, "No space left on device")

        before = snapshots.files()
        monkeypatch.setattr(storage.os, "fsync", full)
        with pytest.raises(NoRoomError):
            attach(answer, clerk)
        monkeypatch.undo()
        assert snapshots.files() == before
        assert attach(answer, clerk).sha256

    def test_another_fault_of_the_disk_is_not_called_full(self, answer, clerk, monkeypatch):
        def broken(_file):
            raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(storage.os, "fsync", broken)
        with pytest.raises(OSError, match="Input/output"):
            attach(answer, clerk)

    def test_what_came_in_and_is_not_taken_leaves_the_quarantine(self, answer, clerk):
        before = snapshots.files()

        def slow():
            yield PDF
            head = make.person("head", answer.report.organisation)
            evidence.cite(answer=answer, number="1/BC", issued_on=days(-1), by=head, at=NOW)
            reports.submit(report=answer.report, by=head, at=NOW)

        with pytest.raises(ReportStateError):
            attach(answer, clerk, slow())
        assert snapshots.files() == before

    def test_a_large_file_is_wiped_in_pieces(self, answer, clerk, committed, monkeypatch):
        with committed():
            piece = attach(answer, clerk, [PDF, *([bytes(MB)] * 3)])
        path = storage.find(piece.sha256, office=piece.kept_by_id)
        sizes, real = [], Path.open
        monkeypatch.setattr(Path, "open", lambda *arguments: Watched(real(*arguments), sizes))
        storage.wipe(piece.sha256, office=piece.kept_by_id)
        assert (max(sizes), sum(sizes), path.exists()) == (MB, piece.size, False)


class Watched:
    """A file, and how much was written into it at once."""

    def __init__(self, file, sizes):
        self.file, self.sizes = file, sizes

    def __enter__(self):
        return self

    def __exit__(self, *_how):
        self.file.close()

    def __getattr__(self, name):
        return getattr(self.file, name)

    def write(self, data):
        self.sizes.append(len(data))
        return self.file.write(data)


class TestOnItsWayIn:
    """Through the web, where the whole file has come in before any act is asked."""

    BODY = bytes(3 * MB)

    @pytest.fixture
    def file(self, settings):
        settings.FILE_UPLOAD_HANDLERS = ["tiendo.config.uploads.UploadHandler"]

        def sent(body: bytes = self.BODY):
            files = {"file": SimpleUploadedFile("a.pdf", body), "other": SimpleUploadedFile("b.pdf", PDF)}
            request = RequestFactory().post("/", {"csrf": "x", **files})
            assert (request.POST["csrf"], request.FILES["other"].read()) == ("x", PDF), "the rest of the form is there"
            return request.FILES["file"]

        return sent

    def resting(self, settings) -> list[int]:
        return sorted(path.stat().st_size for path in settings.FILE_UPLOAD_TEMP_DIR.glob("*"))

    def test_over_the_limit_it_is_let_go_by(self, file, settings):
        settings.UPLOAD_LIMIT_MB = 1
        refused = file()
        assert isinstance(refused, uploads.Refused)
        assert (refused.size, refused.name) == (len(self.BODY), "a.pdf")
        assert self.resting(settings) == [len(PDF)]
        for reading in (refused.chunks, refused.read):
            with pytest.raises(UploadTooLargeError, match="1 MB"):
                reading()

    def test_with_a_disk_that_is_nearly_full_it_is_let_go_by(self, file, settings, monkeypatch):
        free(monkeypatch, 515)
        settings.DISK_RESERVE_MB = 500
        request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", self.BODY)})
        with pytest.raises(NoRoomError):
            request.FILES["file"].read()
        assert self.resting(settings) == []

    def test_a_disk_that_fills_up_while_it_is_written(self, file, settings, monkeypatch):
        def full(self, data):
            if len(data) > len(PDF):
                raise OSError(errno.ENOSPC, "No space left on device")
            return self.file.write(data)

        monkeypatch.setattr(uploads.Resting, "write", full, raising=False)
        with pytest.raises(NoRoomError):
            file().read()
        assert self.resting(settings) == [len(PDF)]

    def test_within_the_limit_it_is_there(self, file):
        assert b"".join(file().chunks()) == self.BODY

    def test_the_page_says_it_and_keeps_the_words(self, enter, office: Office, settings):
        settings.FILE_UPLOAD_HANDLERS = ["tiendo.config.uploads.UploadHandler"]
        settings.UPLOAD_LIMIT_MB = 1
        owed = make.programme(
            make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30))), office=office.body, by=office.chief
        ).obligations.get()
        client = enter(office.who("head", office.science))
        sent = {
            f"o{owed.pk}-text": "Đã trình Thường trực.",
            f"o{owed.pk}-file": SimpleUploadedFile("a.pdf", PDF + self.BODY),
            "version": "1",
            "act": "submit",
        }
        page = client.post(reverse("desk:answer", args=[owed.pk]), sent)
        assert page.status_code == 422
        assert "Tệp lớn hơn 1 MB nên chưa được nhận" in page.content.decode()
        assert Obligation.objects.get().answer.text == "Đã trình Thường trực."
        assert Obligation.objects.get().state == "open"


HEAD = b"--x\r\nContent-Disposition: form-data; name=file; filename=a.pdf\r\n\r\n"
TAIL = b"\r\n--x--\r\n"


def body_of(path: Path, size: int) -> int:
    """A form with a file of so many bytes, as a sparse file that takes no room. Returns the length of the form."""
    with path.open("wb") as file:
        file.write(HEAD + b"%PDF-1.7")
        file.truncate(len(HEAD) + size)
        file.seek(len(HEAD) + size)
        file.write(TAIL)
        return file.tell()


class TestMemory:
    """However large a file is, it costs no memory."""

    MOST = 12 * MB

    @contextmanager
    def flat(self) -> Iterator[None]:
        tracemalloc.start()
        try:
            yield
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < self.MOST

    @pytest.mark.parametrize(("limit", "size"), [(40, 2 * GB), (200, 120 * MB)])
    def test_on_its_way_in(self, settings, tmp_path, limit, size):
        settings.UPLOAD_LIMIT_MB = limit
        length = body_of(tmp_path / "body", size)
        said = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": length}
        with self.flat(), (tmp_path / "body").open("rb") as body:
            request = WSGIRequest({**said, "wsgi.input": body})
            file = request.FILES["file"]
        assert (file.size, isinstance(file, uploads.Refused)) == (size, size > limit * MB)
        request.close()
        assert list(settings.FILE_UPLOAD_TEMP_DIR.glob("*")) == []

    def test_when_it_is_taken_and_when_it_is_wiped(self, answer, clerk, settings, monkeypatch):
        monkeypatch.setattr(evidence, "is_marked", lambda *_a, **_k: False)
        settings.UPLOAD_LIMIT_MB = 200
        chunk = bytes(64 << 10)
        with self.flat():
            piece = attach(answer, clerk, chain([PDF], repeat(chunk, 120 * MB // len(chunk))))
            storage.wipe(piece.sha256, office=piece.kept_by_id)
        assert piece.size == 120 * MB + len(PDF)


FIFTY = 50


class TestTheSameFileForFiftyTasks:
    @pytest.fixture(autouse=True)
    def _nobody_looks_for_marks(self, monkeypatch):
        """A child process for each of the files; tests/work/programmes/test_evidence.py asks for them."""
        monkeypatch.setattr(evidence, "is_marked", lambda *_a, **_k: False)

    @pytest.fixture
    def answers(self, office: Office):
        rows = [make.row(f"Việc {n}", SCIENCE, deadline=make.by_date(days(30))) for n in range(FIFTY)]
        others = make.row("Việc của Y tế", HEALTH, deadline=make.by_date(days(30)))
        programme = make.programme(*rows, others, office=office.body, by=office.chief)
        return [make.report(owed).answers.get() for owed in programme.obligations.order_by("task__position")]

    def stored(self) -> list[str]:
        sha256 = hashlib.sha256(PDF).hexdigest()
        return [name for name in snapshots.files() if name.endswith(sha256)]

    @pytest.fixture
    def pieces(self, answers, office: Office, committed):
        by = {body.pk: office.who("head", body) for body in (office.science, office.health)}
        with committed():
            return [attach(one, by[one.report.organisation_id], filename=f"{one.pk}.pdf") for one in answers]

    def test_it_lies_there_once_for_each_body_and_is_named_fifty_times(self, pieces, office: Office):
        sha256 = pieces[0].sha256
        folders = sorted((office.science.pk, office.health.pk))
        assert self.stored() == [f"files/{body}/{sha256[:2]}/{sha256}" for body in folders]
        assert {(piece.sha256, piece.size) for piece in Evidence.objects.all()} == {(sha256, len(PDF))}
        assert len({piece.filename for piece in Evidence.objects.all()}) == FIFTY + 1

    def test_taken_back_from_one_it_stays_for_the_others(self, pieces, office: Office):
        head = office.who("head", office.science)
        evidence.withdraw(evidence=pieces[0], by=head, at=NOW)
        assert len(self.stored()) == 2
        assert Evidence.objects.filter(withdrawn_at=None).count() == FIFTY
        for piece in pieces[1:FIFTY]:
            assert storage.find(piece.sha256, office=piece.kept_by_id).read_bytes() == PDF

    def test_forgotten_of_one_it_stays_until_the_last_is_forgotten(self, pieces, office: Office, committed):
        ours = [piece.pk for piece in pieces[:FIFTY]]
        with committed():
            evidence.wipe(pieces=Evidence.objects.filter(pk__in=ours[:-1]), by=office.chief, at=NOW)
        assert len(self.stored()) == 2
        with committed():
            evidence.wipe(pieces=Evidence.objects.filter(pk__in=ours), by=office.chief, at=NOW)
        assert self.stored() == [f"files/{office.health.pk}/{pieces[0].sha256[:2]}/{pieces[0].sha256}"]
        assert Event.objects.filter(verb="programmes.evidence.wiped").count() == FIFTY

    def test_attached_to_the_same_task_twice_it_is_two_pieces_of_one_file(self, pieces, office: Office, committed):
        with committed():
            again = attach(pieces[0].answer, office.who("head", office.science))
        assert again.pk != pieces[0].pk
        assert len(self.stored()) == 2


class TestHandedOver:
    """The body was merged away: its file stays where it lies, and is read by whoever answers on."""

    def test_the_heir_reads_it_and_what_is_wiped_is_wiped_where_it_lies(self, enter, office: Office, committed):
        row = make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)))
        owed = make.programme(row, office=office.body, by=office.chief).obligations.get()
        head = office.who("head", office.science)
        with committed():
            piece = attach(make.report(owed, by=head).answers.get(), head)
        draft = make.succession("absorb", [office.science], [office.health])
        handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
        piece.refresh_from_db()
        assert (piece.answer.report.organisation, piece.kept_by) == (office.health, office.science)
        got = enter(office.who("clerk", office.health)).get(reverse("desk:evidence", args=[piece.pk]))
        assert (got.status_code, b"".join(got.streaming_content)) == (200, PDF)
        with committed():
            more = attach(piece.answer, office.who("clerk", office.health))
        with committed():
            evidence.wipe(pieces=Evidence.objects.filter(pk=piece.pk), by=office.chief, at=NOW)
        assert storage.find(more.sha256, office=office.science.pk) is None
        assert storage.find(more.sha256, office=office.health.pk) is not None
        with committed():
            tasks.set_restricted(task=owed.task, restricted=True, by=office.chief, at=NOW)
        assert storage.find(more.sha256, office=office.health.pk) is None
