"""Evidence: a document's number and date, or a file. Added, withdrawn, never overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives import storage
from tiendo.work.directives.errors import EmptyUploadError, UploadTooLargeError
from tiendo.work.directives.rules import clean_name
from tiendo.work.programmes.errors import (
    EvidenceIncompleteError,
    EvidenceTypeError,
    ReportStateError,
    RestrictedTaskError,
)
from tiendo.work.programmes.models import Answer, Evidence, Report
from tiendo.work.programmes.storage import media_type

HEAD = 512


@transaction.atomic
def cite(*, answer: Answer, number: str, issued_on: date | None, by: User, at: datetime, level: str = "") -> Evidence:
    """Cite a document by number, date and the level that received it: all that a restricted task keeps.

    Raises EvidenceIncompleteError, NotAllowedError, ReportStateError.
    """
    answer = _writable(answer, by, at)
    if not number.strip() or issued_on is None:
        raise EvidenceIncompleteError
    piece = Evidence.objects.create(
        answer=answer,
        number=number.strip()[:80],
        issued_on=issued_on,
        level=level.strip()[:200],
        added_by=by,
        added_at=at,
    )
    _event("cited", piece, by, at, number=piece.number)
    return piece


def attach(*, answer: Answer, filename: str, chunks: Iterable[bytes], by: User, at: datetime) -> Evidence:
    """Keep a file with its hash.

    Raises NotAllowedError, ReportStateError, RestrictedTaskError, EvidenceTypeError, UploadTooLargeError,
    EmptyUploadError.
    """
    with transaction.atomic():
        answer = _open_to_files(answer, by, at)
    name = clean_name(filename)
    pieces = iter(chunks)
    head = next(pieces, b"")
    if not head:
        raise EmptyUploadError
    kind = media_type(head[:HEAD], name)
    if kind is None:
        raise EvidenceTypeError
    put = storage.put(_chain(head, pieces), office=answer.report.organisation_id, limit=settings.UPLOAD_LIMIT_MB << 20)
    if put is None:
        raise UploadTooLargeError(limit=settings.UPLOAD_LIMIT_MB)
    sha256, size = put
    with transaction.atomic():
        answer = _open_to_files(answer, by, at)  # again: the file may have taken its time
        piece = Evidence.objects.create(
            answer=answer, filename=name, sha256=sha256, size=size, media_type=kind, added_by=by, added_at=at
        )
        _event("attached", piece, by, at, sha256=sha256, size=size)
        transaction.on_commit(lambda: storage.release(sha256, office=answer.report.organisation_id))
    return piece


@transaction.atomic
def withdraw(*, evidence: Evidence, by: User, at: datetime) -> None:
    """Take a piece of evidence back before the report is handed in; that it was there stays on record."""
    _writable(evidence.answer, by, at)
    if Evidence.objects.filter(pk=evidence.pk, withdrawn_at=None).update(withdrawn_at=at):
        _event("withdrawn", evidence, by, at)


def _chain(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _writable(answer: Answer, by: User, at: datetime) -> Answer:
    """The answer as it is now, its report held until the act is done."""
    report = Report.objects.select_for_update().select_related("organisation").get(pk=answer.report_id)
    require(by, Permission.WRITE_REPORT, report.organisation, timezone.localdate(at))
    if report.state not in {Report.State.DRAFT, Report.State.RETURNED}:
        raise ReportStateError(state=report.get_state_display())
    held = Answer.objects.select_related("obligation__task").get(pk=answer.pk)
    held.report = report
    return held


def _open_to_files(answer: Answer, by: User, at: datetime) -> Answer:
    held = _writable(answer, by, at)
    if held.obligation.task.restricted:
        raise RestrictedTaskError
    return held


def _event(verb: str, piece: Evidence, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.evidence.{verb}",
        subject=f"programmes.report:{piece.answer.report_id}",
        at=at,
        office=piece.answer.report.organisation.path,
        data={"evidence": piece.pk, **data},
    )
