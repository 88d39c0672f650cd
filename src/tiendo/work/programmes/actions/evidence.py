"""Evidence: a document's number and date, or a file. Added, withdrawn, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.errors import TiendoError
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives import storage
from tiendo.work.directives.errors import EmptyUploadError, UploadTooLargeError
from tiendo.work.directives.models import Document
from tiendo.work.directives.rules import clean_name
from tiendo.work.directives.secrecy import is_marked
from tiendo.work.programmes.actions.parts import citing
from tiendo.work.programmes.errors import (
    EvidenceClassifiedError,
    EvidenceIncompleteError,
    EvidenceMismatchError,
    EvidenceTypeError,
    ReportStateError,
    RestrictedTaskError,
)
from tiendo.work.programmes.models import Answer, Evidence, Report
from tiendo.work.programmes.storage import media_type, package_unlike, suffix, unlike_its_name

HEAD = 512
MARKS_SECONDS = 30
"""So long a file is looked at for a secrecy mark while its sender waits."""


@transaction.atomic
def cite(*, answer: Answer, number: str, issued_on: date | None, by: User, at: datetime, level: str = "") -> Evidence:
    """Cite a document by number, date and the level that received it: all that a restricted task keeps.

    Raises EvidenceIncompleteError, NotAllowedError, ReportStateError and what citing.cite raises.
    """
    answer = _writable(answer, by, at)
    if not number.strip() or issued_on is None:
        raise EvidenceIncompleteError
    one = citing.Cited(number, issued_on, level)
    return citing.cite(answer, one, report=answer.report, by=by, actor=by.actor, at=at)


@transaction.atomic
def cite_whole(*, report: Report, one: citing.Cited, by: User, at: datetime) -> list[Evidence]:
    """Cite one document for every row of a report that has no evidence of its own and is not "không phát sinh".

    Raises NotAllowedError, ReportStateError and what citing.cite raises.
    """
    report = _held(report.pk, by, at)
    return citing.cite_whole(report, one, by=by, actor=by.actor, at=at)


def attach(*, answer: Answer, filename: str, chunks: Iterable[bytes], by: User, at: datetime) -> Evidence:
    """Keep a file with its hash. One that carries a secrecy mark is wiped, and only that this happened is kept.

    Raises NotAllowedError, ReportStateError, RestrictedTaskError, EvidenceTypeError, EvidenceMismatchError (its name
    says something else than its bytes), UploadTooLargeError, NoRoomError, EmptyUploadError, EvidenceClassifiedError.
    """
    with transaction.atomic():
        answer = _open_to_files(answer, by, at)
    name = clean_name(filename)
    pieces = iter(chunks)
    head = next(pieces, b"")
    if not head:
        raise EmptyUploadError
    kind = _kind(head[:HEAD], name)
    put = storage.put(_chain(head, pieces), office=answer.report.organisation_id, limit=settings.UPLOAD_LIMIT_MB << 20)
    if put is None:
        raise UploadTooLargeError(limit=settings.UPLOAD_LIMIT_MB)
    try:
        return _take_up(Came(name, kind, *put), answer, by, at)
    except TiendoError:
        _remove(put[0], answer.report.organisation_id)
        raise


@dataclass(frozen=True, slots=True)
class Came:
    """A file that lies in the quarantine."""

    name: str
    kind: str
    sha256: str
    size: int


def _take_up(file: Came, answer: Answer, by: User, at: datetime) -> Evidence:
    office = answer.report.organisation
    _check_package(file, office.pk)
    _look_for_marks(file.sha256, answer, by, at)
    with transaction.atomic():
        answer = _open_to_files(answer, by, at)  # again: the file may have taken its time
        piece = Evidence.objects.create(
            answer=answer,
            filename=file.name,
            sha256=file.sha256,
            size=file.size,
            media_type=file.kind,
            kept_by=office,
            added_by=by,
            added_at=at,
        )
        _event("attached", piece, by, at, sha256=file.sha256, size=file.size)
        transaction.on_commit(lambda: storage.release(file.sha256, office=office.pk))
    return piece


@transaction.atomic
def withdraw(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece of evidence back before the report is handed in; that it was there stays on record."""
    answer = _writable(evidence.answer, by, at)
    citing.withdraw(evidence, report=answer.report, actor=by.actor, at=at)


@transaction.atomic
def wipe(*, pieces: QuerySet[Evidence], by: User, at: datetime) -> int:
    """Forget files, name and hash, and remove their bytes once that is committed; that there was one stays on record.

    A part of the act that found that they must not be kept, which asks who may. Bytes that the same office holds for
    another reason stay for that one. Returns how many files were forgotten.
    """
    found = list(pieces.exclude(sha256="").select_related("answer__report__organisation"))
    for piece in found:
        office, sha256 = piece.kept_by_id, piece.sha256
        assert office is not None, "a file lies somewhere"
        piece.filename, piece.sha256, piece.size, piece.media_type = "", "", 0, ""
        piece.wiped_at, piece.withdrawn_at = at, piece.withdrawn_at or at
        piece.save(update_fields=["filename", "sha256", "size", "media_type", "wiped_at", "withdrawn_at"])
        _event("wiped", piece, by, at)
        transaction.on_commit(partial(_remove, sha256, office))
    return len(found)


def _remove(sha256: str, office: int) -> None:
    """Unless the office holds the same bytes for another reason."""
    if Evidence.objects.filter(sha256=sha256, kept_by=office).exists():
        storage.release(sha256, office=office)  # they may have come in a second time
    elif not Document.objects.filter(sha256=sha256, office=office).exists():
        storage.wipe(sha256, office=office)


def _kind(head: bytes, name: str) -> str:
    if (what := unlike_its_name(head, name)) is not None:
        raise EvidenceMismatchError(ending=suffix(name), what=what)
    kind = media_type(head, name)
    if kind is None:
        raise EvidenceTypeError
    return kind


def _check_package(file: Came, office: int) -> None:
    """A ZIP that is called .docx is one only if it holds the parts of one."""
    path = storage.find(file.sha256, office=office)
    what = package_unlike(path, file.kind) if path is not None else None
    if what is not None:
        raise EvidenceMismatchError(ending=suffix(file.name), what=what)


def _look_for_marks(sha256: str, answer: Answer, by: User, at: datetime) -> None:
    """Before the file leaves its quarantine. The event holds neither name nor hash; nothing of the file outlives it."""
    office = answer.report.organisation
    path = storage.find(sha256, office=office.pk)
    limits = {"seconds": MARKS_SECONDS, "megabytes": settings.READING_MEMORY_MB}
    if path is None or not is_marked(path, **limits):
        return
    with transaction.atomic():
        wipe(pieces=Evidence.objects.filter(sha256=sha256, kept_by=office), by=by, at=at)
        _record("refused", answer.report, by, at, code="classified")
    storage.wipe(sha256, office=office.pk)
    raise EvidenceClassifiedError


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _writable(answer: Answer, by: User, at: datetime) -> Answer:
    """The answer as it is now, its report held until the act is done."""
    report = _held(answer.report_id, by, at)
    held = Answer.objects.select_related("obligation__task").get(pk=answer.pk)
    held.report = report
    return held


def _held(pk: int, by: User, at: datetime) -> Report:
    report = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
    require(by, Permission.WRITE_REPORT, report.organisation, timezone.localdate(at))
    if report.state not in {Report.State.DRAFT, Report.State.RETURNED}:
        raise ReportStateError(state=report.get_state_display())
    return report


def _open_to_files(answer: Answer, by: User, at: datetime) -> Answer:
    held = _writable(answer, by, at)
    if held.obligation.task.restricted:
        raise RestrictedTaskError
    return held


def _event(verb: str, piece: Evidence, by: User, at: datetime, **data: object) -> None:
    _record(verb, piece.answer.report, by, at, evidence=piece.pk, **data)


def _record(verb: str, report: Report, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.evidence.{verb}",
        subject=f"programmes.report:{report.pk}",
        at=at,
        office=report.organisation.path,
        data=data,
    )
