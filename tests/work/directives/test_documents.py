"""Documents: received once per office, stored before anything reads them, approved when nothing waits."""

from __future__ import annotations

import hashlib

import pytest

import factories as make
import snapshots
from factories.readings import encoded
from tiendo.foundation.audit.models import Event
from tiendo.foundation.organisations.naming import key
from tiendo.work.directives import queries, storage
from tiendo.work.directives.actions import documents, duties, readings
from tiendo.work.directives.errors import (
    DocumentStateError,
    EmptyUploadError,
    NothingSignedError,
    NotReadyToApproveError,
    ReasonRequiredError,
    UnreadPartsError,
    UploadTooLargeError,
)
from tiendo.work.directives.models import Document, Work, WorkLink
from vanban import model
from worlds import Office

pytestmark = pytest.mark.django_db
State = Document.State


def receive(office: Office, *chunks: bytes, filename: str = "ke-hoach.docx", body=None, by=None, **more):
    body = body or office.body
    by = by or (office.clerk if body == office.body else office.who("clerk", body))
    return documents.receive(office=body, filename=filename, chunks=chunks or [b"noi dung"], by=by, at=make.NOW, **more)


def jobs() -> list[dict[str, object]]:
    return snapshots.rows()["django_ox.OxTask"]


def test_what_is_received_rests_in_quarantine(office: Office):
    got = receive(office, b"mot ", b"hai")
    document = got.document
    digest = hashlib.sha256(b"mot hai").hexdigest()
    assert not got.again
    assert (document.state, document.stage, document.sha256, document.size) == (
        State.QUARANTINED,
        "received",
        digest,
        7,
    )
    assert (document.filename, document.received_by, document.received_at) == ("ke-hoach.docx", office.clerk, make.NOW)
    assert storage.stored(digest, office=office.body.pk, quarantined=True).read_bytes() == b"mot hai"
    assert not storage.stored(digest, office=office.body.pk, quarantined=False).exists()


def test_a_job_to_read_it_waits_in_the_same_transaction(office: Office):
    document = receive(office).document
    assert [(job["task_path"], job["args"]) for job in jobs()] == [
        ("tiendo.work.directives.jobs.read_document", [document.pk])
    ]


def test_the_shell_reads_it_itself(office: Office):
    receive(office, queue=False)
    assert jobs() == []


def test_the_same_file_twice_is_the_same_document(office: Office):
    first = receive(office, b"noi dung")
    second = receive(office, b"noi", b" dung", filename="ban-sao.docx", by=office.officer)
    assert (second.document, second.again) == (first.document, True)
    assert (Document.objects.get().filename, len(jobs())) == ("ke-hoach.docx", 1)
    assert Event.objects.filter(verb="directives.document.received").count() == 1


def test_the_same_file_of_two_offices_is_two_documents(office: Office):
    one, other = receive(office).document, receive(office, body=office.elsewhere).document
    assert one != other
    assert one.sha256 == other.sha256
    for document in (one, other):
        assert storage.find(document.sha256, office=document.office_id).read_bytes() == b"noi dung"


def test_received_again_after_its_reading_nothing_stays_in_quarantine(office: Office, committed):
    document = make.document(office=office.body, by=office.clerk, content=b"noi dung")
    with committed():
        readings.record(document=document, content=encoded(), at=make.NOW)
    with committed():
        assert receive(office).again
    assert list(snapshots.files()) == [f"files/{office.body.pk}/{document.sha256[:2]}/{document.sha256}"]


def test_received_again_after_a_failure_it_still_waits_for_a_person(office: Office, committed):
    document = make.document(office=office.body, by=office.clerk, content=b"noi dung")
    readings.fail(document=document, code="locked", message="Có mật khẩu.", at=make.NOW)
    with committed():
        assert receive(office).again
    document.refresh_from_db()
    assert document.state == State.FAILED
    assert storage.find(document.sha256, office=office.body.pk) is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("ke-hoach.docx", "ke-hoach.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\van thu\\Kế hoạch.docx", "Kế hoạch.docx"),
        ("/tuyet/doi/a.txt", "a.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("bad\udcff.txt", "bad?.txt"),
        ("", "khong-ten"),
        ("thu-muc/", "khong-ten"),
        ("x" * 300 + ".docx", "x" * 255),
        ("Kế hoạch.docx", "Kế hoạch.docx"),
    ],
)
def test_a_filename_is_only_a_name(office: Office, given, kept):
    document = receive(office, filename=given).document
    document.refresh_from_db()
    assert document.filename == kept
    assert set(snapshots.files()) == {f"quarantine/{office.body.pk}/{document.sha256[:2]}/{document.sha256}"}


def test_over_the_limit_nothing_is_kept(office: Office, settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(UploadTooLargeError, match="1 MB"):
        receive(office, *[b"x" * (1 << 19)] * 3)
    assert snapshots.files() == {}
    assert not Document.objects.exists()
    assert receive(office, b"x" * (1 << 20)).document.size == 1 << 20


def test_the_limit_is_met_while_reading_not_afterwards(office: Office, settings):
    settings.UPLOAD_LIMIT_MB = 1
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield b"x" * (1 << 19)

    with pytest.raises(UploadTooLargeError):
        documents.receive(office=office.body, filename="a", chunks=endless(), by=office.clerk, at=make.NOW)
    assert len(taken) == 3


@pytest.mark.parametrize("chunks", [[], [b""], [b"", b""]])
def test_an_empty_file_is_refused(office: Office, chunks):
    with pytest.raises(EmptyUploadError):
        documents.receive(office=office.body, filename="a", chunks=chunks, by=office.clerk, at=make.NOW)
    assert snapshots.files() == {}
    assert not Document.objects.exists()


def test_an_upload_that_breaks_off_leaves_nothing(office: Office):
    def broken():
        yield b"noi"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        documents.receive(office=office.body, filename="a", chunks=broken(), by=office.clerk, at=make.NOW)
    assert snapshots.files() == {}
    assert not Document.objects.exists()


def test_the_event_of_receiving_holds_neither_name_nor_hash(office: Office):
    document = receive(office, filename="ten-mat.docx").document
    event = Event.objects.get(verb="directives.document.received")
    assert document.sha256 not in str(event.data)
    assert "ten-mat" not in str(event.data)


def test_a_failed_document_is_queued_again(office: Office):
    document = receive(office).document
    readings.fail(document=document, code="locked", message="Có mật khẩu.", at=make.NOW)
    documents.read_again(document=document, by=office.clerk, at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.stage, document.failure, document.failure_message) == (
        State.QUARANTINED,
        "received",
        "",
        "",
    )
    assert len(jobs()) == 2


@pytest.mark.parametrize("state", [State.QUARANTINED, State.READ, State.REFUSED, State.APPROVED])
def test_only_a_failed_document_is_queued_again(office: Office, state):
    document = receive(office).document
    Document.objects.filter(pk=document.pk).update(state=state)
    with pytest.raises(DocumentStateError):
        documents.read_again(document=document, by=office.clerk, at=make.NOW)
    assert len(jobs()) == 1


def _two_rows(office: Office, **more) -> Document:
    seen = make.machine(make.row("Việc một", "Sở A"), make.row("Việc hai", "Sở B"), **more)
    return make.read(seen, office=office.body, by=office.clerk)


def test_approved_when_every_row_was_seen(office: Office):
    document = _two_rows(office)
    one, two = document.duties.all()
    duties.sign(duty=one, by=office.officer, at=make.NOW)
    duties.leave_out(duty=two, reason="Đã xong từ 2025", by=office.officer, at=make.NOW)
    done = documents.approve(document=document, by=office.chief, at=make.NOW)
    assert (done.state, done.approved_by, done.approved_at) == (State.APPROVED, office.chief, make.NOW)
    said = Event.objects.get(verb="directives.document.approved").data
    assert (said["signed"], said["left_out"]) == (1, 1)


def test_not_approved_while_a_row_waits(office: Office):
    document = _two_rows(office)
    duties.sign(duty=document.duties.all()[0], by=office.officer, at=make.NOW)
    with pytest.raises(NotReadyToApproveError, match="1 dòng"):
        documents.approve(document=document, by=office.chief, at=make.NOW)
    document.refresh_from_db()
    assert (document.state, document.approved_at) == (State.READ, None)
    assert not Work.objects.exists()


def test_rows_that_were_joined_or_split_do_not_wait(office: Office):
    document = _two_rows(office)
    for part in duties.split(duty=document.duties.all()[0], parts=["a", "b"], by=office.officer, at=make.NOW):
        duties.sign(duty=part, by=office.officer, at=make.NOW)
    duties.sign(duty=document.duties.get(content="Việc hai"), by=office.officer, at=make.NOW)
    assert documents.approve(document=document, by=office.chief, at=make.NOW).state == State.APPROVED


@pytest.mark.parametrize("state", [State.QUARANTINED, State.FAILED, State.REFUSED, State.APPROVED])
def test_only_what_was_read_is_approved(office: Office, state):
    document = _two_rows(office)
    duties.sign_table(document=document, by=office.officer, at=make.NOW)
    who = {"approved_by": office.chief, "approved_at": make.NOW} if state == State.APPROVED else {}
    Document.objects.filter(pk=document.pk).update(state=state, **who)
    with pytest.raises(DocumentStateError):
        documents.approve(document=document, by=office.chief, at=make.NOW)


def test_approval_ties_the_works(office: Office):
    cited = model.WorkRef(kind="Nghị quyết", symbol="57-NQ/TW", date=make.days(-400), mentions=(0,))
    document = _two_rows(office, works=[cited], implements="57-NQ/TW")
    duties.sign_table(document=document, by=office.officer, at=make.NOW)
    documents.approve(document=document, by=office.chief, at=make.NOW)
    assert WorkLink.objects.get().relation == "implements"


def test_a_heading_is_corrected_and_found_again(office: Office):
    document = _two_rows(office)
    fixed = documents.correct_heading(
        document=document,
        kind=" Kế hoạch ",
        symbol="99-KH/TU",
        issuer="Tỉnh ủy",
        title="Về chuyển đổi số",
        issued_on=make.days(-9),
        by=office.officer,
        at=make.NOW,
    )
    fixed.refresh_from_db()
    assert (fixed.kind, fixed.symbol, fixed.issued_on) == ("Kế hoạch", "99-KH/TU", make.days(-9))
    assert key("99-KH/TU") in fixed.search_text
    assert queries.reading_of(fixed).heading.symbol == "12-CTr/TU"
    said = Event.objects.get(verb="directives.document.heading_corrected").data
    assert set(said["fields"]) == {"kind", "symbol", "title", "issued_on"}


def test_a_heading_stands_once_approved(office: Office):
    document = make.approved(office=office.body, by=office.chief)
    with pytest.raises(DocumentStateError):
        documents.correct_heading(
            document=document, kind="", symbol="X", issuer="", title="", issued_on=None, by=office.chief, at=make.NOW
        )


class TestSetAside:
    def test_a_file_sent_by_mistake_and_back(self, office):
        document = make.read(office=office.body)
        aside = documents.set_aside(document=document, reason=" Gửi nhầm tệp. ", by=office.officer, at=make.NOW)
        assert (aside.state, aside.set_aside_because) == ("set_aside", "Gửi nhầm tệp.")
        with pytest.raises(DocumentStateError):
            documents.approve(document=document, by=office.chief, at=make.NOW)
        back = documents.take_back(document=document, by=office.officer, at=make.NOW)
        assert (back.state, back.set_aside_because) == ("read", "")
        with pytest.raises(DocumentStateError):
            documents.take_back(document=document, by=office.officer, at=make.NOW)

    def test_one_that_could_not_be_read(self, office):
        document = make.document(office=office.body)
        readings.fail(document=document, code="unreadable", message="x", at=make.NOW)
        documents.set_aside(document=document, reason="Tệp hỏng.", by=office.officer, at=make.NOW)
        assert documents.take_back(document=document, by=office.officer, at=make.NOW).state == "failed"

    def test_not_without_a_reason_nor_once_approved(self, office):
        document = make.approved(office=office.body)
        with pytest.raises(ReasonRequiredError):
            documents.set_aside(document=document, reason=" ", by=office.officer, at=make.NOW)
        with pytest.raises(DocumentStateError):
            documents.set_aside(document=document, reason="Nhầm.", by=office.officer, at=make.NOW)


def test_a_document_of_which_nothing_is_signed_is_not_approved(office):
    document = make.read(make.machine(), office=office.body)
    with pytest.raises(NothingSignedError):
        documents.approve(document=document, by=office.chief, at=make.NOW)


def test_what_the_machine_could_not_read_must_have_been_compared(office):
    doubt = model.Doubt(code="page_unread", message="Chưa đọc được trang 3.", severity="blocking")
    document = make.read(make.machine(make.row("Việc", "Sở A"), doubts=[doubt]), office=office.body)
    duties.sign_table(document=document, by=office.officer, at=make.NOW)
    with pytest.raises(UnreadPartsError, match="trang 3"):
        documents.approve(document=document, by=office.chief, at=make.NOW)
    assert documents.approve(document=document, compared=True, by=office.chief, at=make.NOW).state == "approved"
