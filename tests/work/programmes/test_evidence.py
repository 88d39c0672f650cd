"""Evidence: a document's number and date, or a file of a kind that is taken; added, withdrawn, never overwritten."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from django.db import IntegrityError, transaction

import factories as make
import snapshots
from factories import NOW, days
from tiendo.foundation.audit.models import Event
from tiendo.work.directives import storage
from tiendo.work.directives.errors import EmptyUploadError, UploadTooLargeError
from tiendo.work.programmes.actions import evidence, reports, tasks
from tiendo.work.programmes.errors import (
    EvidenceClassifiedError,
    EvidenceDayError,
    EvidenceIncompleteError,
    EvidenceMismatchError,
    EvidenceTypeError,
    ReportStateError,
    RestrictedLevelError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_changes import RestrictedReasonError
from tiendo.work.programmes.models import Answer, Evidence, Task
from tiendo.work.programmes.storage import OFFICE, media_type

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 noi dung"


@pytest.fixture
def answer() -> Answer:
    return make.answer()


@pytest.fixture
def clerk(answer):
    return make.person("clerk", answer.report.organisation)


@pytest.fixture
def kept(answer):
    """The files that lie there beside the directive's own, by path."""
    before = snapshots.files()
    return lambda: {name: content for name, content in snapshots.files().items() if name not in before}


def attach(answer: Answer, by, *chunks: bytes, filename: str = "bao-cao.pdf") -> Evidence:
    return evidence.attach(answer=answer, filename=filename, chunks=chunks or [PDF], by=by, at=NOW)


def cite(answer: Answer, by, **more: object) -> Evidence:
    facts = {"number": " 31/BC-SKHCN ", "issued_on": days(-1), "level": " Tỉnh ủy ", **more}
    return evidence.cite(answer=answer, by=by, at=NOW, **facts)


def test_a_document_is_cited_by_number_date_and_receiver(answer, clerk):
    piece = cite(answer, clerk)
    assert (piece.number, piece.issued_on, piece.level, piece.sha256) == ("31/BC-SKHCN", days(-1), "Tỉnh ủy", "")
    assert (piece.added_by, piece.added_at, piece.withdrawn_at, str(piece)) == (clerk, NOW, None, "31/BC-SKHCN")


@pytest.mark.parametrize("facts", [{"number": ""}, {"number": "  "}, {"issued_on": None}])
def test_number_and_date_are_both_needed(answer, clerk, facts):
    with pytest.raises(EvidenceIncompleteError):
        cite(answer, clerk, **facts)
    assert not Evidence.objects.exists()


def test_long_facts_are_cut_to_their_columns(answer, clerk):
    piece = cite(answer, clerk, number="x" * 300, level="y" * 300)
    assert (len(piece.number), len(piece.level)) == (80, 200)


def test_a_file_is_kept_with_its_hash(answer, clerk, kept, committed):
    with committed():
        piece = attach(answer, clerk, PDF[:5], PDF[5:])
    office = answer.report.organisation_id
    assert (piece.sha256, piece.size, piece.media_type) == (
        hashlib.sha256(PDF).hexdigest(),
        len(PDF),
        "application/pdf",
    )
    assert (piece.filename, str(piece)) == ("bao-cao.pdf", "bao-cao.pdf")
    assert storage.find(piece.sha256, office=office).read_bytes() == PDF
    assert list(kept()) == [f"files/{office}/{piece.sha256[:2]}/{piece.sha256}"]


def test_a_filename_is_only_a_name(answer, clerk):
    assert attach(answer, clerk, filename="..\\..\\etc/bao cao.pdf").filename == "bao cao.pdf"
    assert attach(answer, clerk, PDF + b"2", filename="/").filename == "khong-ten"


@pytest.mark.parametrize("chunks", [[b""], []])
def test_an_empty_file_is_none(answer, clerk, kept, chunks):
    with pytest.raises(EmptyUploadError):
        evidence.attach(answer=answer, filename="a.pdf", chunks=chunks, by=clerk, at=NOW)
    assert kept() == {}


def test_over_the_limit_nothing_is_kept(answer, clerk, kept, settings):
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(UploadTooLargeError):
        attach(answer, clerk, PDF, b"x" * (1 << 20))
    assert kept() == {}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("head", "filename", "kind"),
    [
        (b"%PDF-1.4", "a.pdf", "application/pdf"),
        (b"%PDF-1.4", "a.exe", None),
        (b"%PDF-1.4", "A.PDF", "application/pdf"),
        (b"%PDF-1.4", "Báo cáo 12.3", "application/pdf"),
        (b"%PDF-1.4", "a.txt", None),
        (b"\x89PNG\r\n\x1a\n", "a", "image/png"),
        (b"\xff\xd8\xff\xe0", "a.docx", None),
        (b"\xff\xd8\xff\xe0", "a.jpeg", "image/jpeg"),
        (b"PK\x03\x04", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04", "A.XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (b"PK\x03\x04", "a.zip", None),
        (b"PK\x03\x04", "a.docm", None),
        (b"PK\x03\x04", "docx", None),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "application/msword"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.xls", "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.msi", None),
        ("Nội dung".encode(), "a.txt", "text/plain"),
        (b"a;b", "a.csv", "text/plain"),
        (b"a\0b", "a.txt", None),
        (b"<html>", "a.html", None),
        (b"<svg onload=1>", "a.svg", None),
        (b"MZ\x90", "a.pdf", None),
        (b"#!/bin/sh", "a.sh", None),
    ],
)
def test_what_a_file_may_be(head, filename, kind):
    assert media_type(head, filename) == kind


def test_a_file_of_another_kind_is_refused_before_it_is_stored(answer, clerk, kept):
    with pytest.raises(EvidenceTypeError):
        attach(answer, clerk, b"MZ\x90\x00", filename="bao-cao.exe")
    assert kept() == {}


def package(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "filename", "told"),
    [
        (b"\xff\xd8\xff\xe0 JFIF", "bao-cao.docx", r"đuôi \.docx nhưng nội dung là ảnh JPEG"),
        (b"%PDF-1.7", "bao-cao.docx", r"đuôi \.docx nhưng nội dung là PDF"),
        (b"%PDF-1.7", "bao-cao.txt", r"đuôi \.txt nhưng nội dung là PDF"),
        (b"%PDF-1.7", "bao-cao.exe", r"đuôi \.exe nhưng nội dung là PDF"),
        (b"MZ\x90\x00", "bao-cao.pdf", r"đuôi \.pdf nhưng nội dung là loại khác"),
        (package("word/document.xml"), "bao-cao.doc", r"đuôi \.doc nhưng nội dung là tệp nén ZIP"),
        (package("word/document.xml"), "bao-cao.xlsx", r"đuôi \.xlsx nhưng nội dung là tài liệu Word"),
        (package("xl/workbook.xml"), "bao-cao.docx", r"đuôi \.docx nhưng nội dung là bảng tính Excel"),
        (package("anh.jpg"), "bao-cao.docx", r"đuôi \.docx nhưng nội dung là tệp nén ZIP"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_what_it_is(answer, clerk, kept, content, filename, told):
    with pytest.raises(EvidenceMismatchError, match=told):
        attach(answer, clerk, content, filename=filename)
    assert kept() == {}
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(("part", "filename"), [("word/document.xml", "a.docx"), ("xl/workbook.xml", "a.xlsx")])
def test_a_package_that_is_what_its_name_says_is_taken(answer, clerk, part, filename):
    content = package("[Content_Types].xml", part)
    assert attach(answer, clerk, content, filename=filename).media_type == OFFICE[f".{filename[-4:]}"]


def test_refused_for_its_name_it_takes_nothing_that_is_held_for_another_reason(answer, clerk, kept, committed):
    content = package("word/document.xml")
    with committed():
        attach(answer, clerk, content, filename="a.docx")
    with pytest.raises(EvidenceMismatchError):
        attach(answer, clerk, content, filename="a.xlsx")
    assert len(kept()) == 1


def test_a_restricted_task_takes_number_and_date_only(answer, clerk, kept):
    Task.objects.update(restricted=True)
    with pytest.raises(RestrictedTaskError):
        attach(answer, clerk)
    assert kept() == {}
    assert cite(answer, clerk).number


@pytest.mark.parametrize("number", ["Ông A có biểu hiện lạ", "đã mời làm việc 3 lần", "15"])
def test_of_a_restricted_task_a_number_is_no_sentence(answer, clerk, number):
    Task.objects.update(restricted=True)
    if number == "15":
        assert cite(answer, clerk, number=number).number == "15"
        return
    with pytest.raises(RestrictedReasonError):
        cite(answer, clerk, number=number)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("level", "fits"),
    [
        ("Ban Thường vụ Tỉnh ủy", True),
        ("ban thường vụ tỉnh uỷ", True),
        ("Sở Y tế", True),
        ("Thường trực Sở Y tế", True),
        ("", True),
        ("Ông B, thôn C, có tư tưởng bất mãn", False),
        ("Ban Thường vụ biết ông B", False),
    ],
)
def test_of_a_restricted_task_a_receiver_is_a_body(answer, clerk, level, fits):
    Task.objects.update(restricted=True)
    make.organisation("Sở Y tế")
    if fits:
        assert cite(answer, clerk, level=level).level == level
        return
    with pytest.raises(RestrictedLevelError):
        cite(answer, clerk, level=level)
    assert not Evidence.objects.exists()


def test_a_document_of_a_day_to_come_is_none(answer, clerk):
    with pytest.raises(EvidenceDayError):
        cite(answer, clerk, issued_on=days(1))
    assert not Evidence.objects.exists()


def test_words_of_a_task_that_becomes_restricted_go_from_numbers_and_receivers(answer, clerk):
    cite(answer, clerk, number="Báo cáo về ông A", level="Thôn C biết chuyện")
    cite(answer, clerk, number="16/BC", level="Ban Thường vụ Tỉnh ủy")
    task = answer.obligation.task
    tasks.set_restricted(task=task, restricted=True, by=make.person("office_head", task.programme.office), at=NOW)
    kept = list(Evidence.objects.order_by("pk").values_list("number", "level"))
    assert kept == [("(đã xóa)", ""), ("16/BC", "Ban Thường vụ Tỉnh ủy")]


def test_a_task_restricted_while_the_file_came_in_keeps_no_piece(answer, clerk, kept):
    def slow():
        yield PDF
        Task.objects.update(restricted=True)
        yield b"rest"

    with pytest.raises(RestrictedTaskError):
        evidence.attach(answer=answer, filename="a.pdf", chunks=slow(), by=clerk, at=NOW)
    assert not Evidence.objects.exists()
    assert not any(name.startswith("files/") for name in kept())


def test_a_report_handed_in_meanwhile_takes_nothing_more(answer, clerk):
    stale = Answer.objects.select_related("report").get(pk=answer.pk)
    head = make.person("head", answer.report.organisation)
    piece = cite(answer, clerk)
    reports.submit(report=answer.report, by=head, at=NOW)
    for act in (
        lambda: cite(stale, clerk),
        lambda: attach(stale, clerk),
        lambda: evidence.withdraw(evidence=piece, by=clerk, at=NOW),
    ):
        with pytest.raises(ReportStateError):
            act()
    assert Evidence.objects.get().withdrawn_at is None


SECRET = "TỈNH ỦY AN BÌNH\nSố 12-BC/TU\nTỐI MẬT\n\nBÁO CÁO\nvề việc\n".encode()


def test_a_file_with_a_secrecy_mark_is_wiped_and_only_that_this_happened_is_kept(answer, clerk, kept):
    before = snapshots.rows()
    with pytest.raises(EvidenceClassifiedError, match="dấu chỉ độ mật"):
        attach(answer, clerk, SECRET, filename="bao-cao-rieng.txt")
    assert kept() == {}
    event = Event.objects.latest("sequence")
    assert (event.verb, event.data) == ("programmes.evidence.refused", {"code": "classified"})
    assert (event.subject, event.actor) == (f"programmes.report:{answer.report_id}", clerk.actor)
    after = snapshots.rows()
    assert {name for name in after if after[name] != before[name]} <= {"audit.Event", "audit.Head"}


def test_bytes_that_were_taken_before_the_mark_was_known_go_with_it(answer, clerk, kept, monkeypatch, committed):
    with monkeypatch.context() as blind, committed():
        blind.setattr(evidence, "is_marked", lambda *_a, **_k: False)
        old = attach(answer, clerk, SECRET, filename="a.txt")
    assert len(kept()) == 1
    with pytest.raises(EvidenceClassifiedError):
        attach(answer, clerk, SECRET, filename="b.txt")
    assert kept() == {}
    old.refresh_from_db()
    assert (old.sha256, old.filename, old.wiped_at, str(old)) == ("", "", NOW, f"#{old.pk}")


def test_bytes_held_for_another_reason_stay_for_it(answer, clerk, kept, committed):
    with committed():
        one, two = attach(answer, clerk), attach(answer, clerk)
    with committed():
        assert evidence.wipe(pieces=Evidence.objects.filter(pk=one.pk), by=clerk, at=NOW) == 1
    assert len(kept()) == 1
    with committed():
        assert evidence.wipe(pieces=Evidence.objects.all(), by=clerk, at=NOW) == 1
    assert kept() == {}
    assert Event.objects.filter(verb="programmes.evidence.wiped").count() == 2
    two.refresh_from_db()
    assert two.withdrawn_at == NOW


def test_withdrawn_it_stays_on_record(answer, clerk):
    piece = cite(answer, clerk)
    evidence.withdraw(evidence=piece, by=clerk, at=NOW)
    before = snapshots.rows()
    evidence.withdraw(evidence=piece, by=clerk, at=make.moment(days(3)))
    assert snapshots.rows() == before, "the first moment stands"
    assert Evidence.objects.get().withdrawn_at == NOW


def test_the_database_too_wants_a_file_or_a_document(answer, clerk):
    for facts in ({}, {"number": "1/BC"}, {"issued_on": days(0)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Evidence.objects.create(answer=answer, added_by=clerk, added_at=NOW, **facts)
