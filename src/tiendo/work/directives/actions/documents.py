"""Documents: receiving them, reading them again, approving what was confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives import queries, storage
from tiendo.work.directives.actions import works
from tiendo.work.directives.errors import (
    DocumentStateError,
    EmptyUploadError,
    NothingSignedError,
    NotReadyToApproveError,
    ReasonRequiredError,
    UnreadPartsError,
    UploadTooLargeError,
)
from tiendo.work.directives.models import Document, Duty
from tiendo.work.directives.rules import clean_name


@dataclass(frozen=True, slots=True)
class Received:
    document: Document
    again: bool
    """The office already had these very bytes: it is the same Document."""


def receive(
    *, office: Organisation, filename: str, chunks: Iterable[bytes], by: User, at: datetime, queue: bool = True
) -> Received:
    """Store a file for an office and have it read (`queue=False`: the caller reads it itself, as the shell does).

    Raises NotAllowedError, UploadTooLargeError, EmptyUploadError. The bytes are on disk before the Document exists.
    """
    require(by, Permission.RECEIVE, office, timezone.localdate(at))
    limit = settings.UPLOAD_LIMIT_MB
    put = storage.put(chunks, office=office.pk, limit=limit << 20)
    if put is None:
        raise UploadTooLargeError(limit=limit)
    sha256, size = put
    if size == 0:
        storage.wipe(sha256, office=office.pk)
        raise EmptyUploadError
    with transaction.atomic():
        document, made = Document.objects.get_or_create(
            office=office,
            sha256=sha256,
            defaults={
                "filename": clean_name(filename),
                "size": size,
                "received_by": by,
                "received_at": at,
            },
        )
        if made:
            # Neither name nor hash: should the file turn out to be classified, both are forgotten, and an event stays.
            _record("received", document, by=by, at=at)
            if queue:
                _enqueue(document)
        elif document.state in {Document.State.READ, Document.State.APPROVED, Document.State.SET_ASIDE}:
            transaction.on_commit(lambda: storage.release(sha256, office=office.pk))
    return Received(document, again=not made)


@transaction.atomic
def read_again(*, document: Document, by: User, at: datetime) -> None:
    """Queue a document whose reading failed. Raises NotAllowedError, DocumentStateError."""
    require(by, Permission.RECEIVE, document.office, timezone.localdate(at))
    changed = Document.objects.filter(pk=document.pk, state=Document.State.FAILED).update(
        state=Document.State.QUARANTINED, stage="received", attempts=0, failure="", failure_message=""
    )
    if not changed:
        raise DocumentStateError(state=document.get_state_display())
    _record("queued_again", document, by=by, at=at)
    _enqueue(document)


@transaction.atomic
def correct_heading(
    *,
    document: Document,
    kind: str,
    symbol: str,
    issuer: str,
    title: str,
    issued_on: date | None,
    by: User,
    at: datetime,
) -> Document:
    """Write number, date, issuer and title as they really are; the machine's reading stays as it was.

    Raises NotAllowedError, DocumentStateError (once approved).
    """
    require(by, Permission.WORK_ROWS, document.office, timezone.localdate(at))
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.READ:
        raise DocumentStateError(state=document.get_state_display())
    texts = {"kind": kind[:60], "symbol": symbol[:80], "issuer": issuer[:300], "title": title}
    fields = {**{name: text.strip() for name, text in texts.items()}, "issued_on": issued_on}
    changed = [name for name, value in fields.items() if getattr(document, name) != value]
    for name, value in fields.items():
        setattr(document, name, value)
    document.search_text = document.words()
    document.save()
    _record("heading_corrected", document, by=by, at=at, fields=changed)
    return document


@transaction.atomic
def approve(
    *, document: Document, by: User, at: datetime, leave_waiting: bool = False, compared: bool = False
) -> Document:
    """The office head's word: every row is signed or left out; works are tied; now other bodies may hear of it.

    With `leave_waiting` rows that nobody could sign yet stay with a person; `programmes.open_more` opens them later.
    `compared`: somebody has looked through the original where the machine could not read it.

    Raises NotAllowedError, DocumentStateError, NotReadyToApproveError, NothingSignedError, UnreadPartsError.
    """
    require(by, Permission.APPROVE, document.office, timezone.localdate(at))
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.READ:
        raise DocumentStateError(state=document.get_state_display())
    rows = document.duties.exclude(state=Duty.State.REPLACED)
    left = rows.filter(state=Duty.State.PROPOSED).count()
    if left and not leave_waiting:
        raise NotReadyToApproveError(left=left)
    if not rows.filter(state=Duty.State.SIGNED).exists():
        raise NothingSignedError
    reading = queries.reading_of(document)
    if not compared and reading is not None and (parts := queries.unread_parts(reading)):
        raise UnreadPartsError(what=" ".join(doubt.message for doubt in parts))
    document.state, document.approved_by, document.approved_at = Document.State.APPROVED, by, at
    document.save(update_fields=["state", "approved_by", "approved_at"])
    tied = works.link(document=document)
    _record(
        "approved",
        document,
        by=by,
        at=at,
        signed=rows.filter(state=Duty.State.SIGNED).count(),
        left_out=rows.filter(state=Duty.State.LEFT_OUT).count(),
        waiting=left,
        works=tied,
    )
    return document


@transaction.atomic
def set_aside(*, document: Document, reason: str, by: User, at: datetime) -> Document:
    """Nothing to follow: sent by mistake, or it orders nothing. The file and its reading stay.

    Raises NotAllowedError, ReasonRequiredError, DocumentStateError (once approved, or before it was read).
    """
    require(by, Permission.WORK_ROWS, document.office, timezone.localdate(at))
    if not reason.strip():
        raise ReasonRequiredError
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state not in {Document.State.READ, Document.State.FAILED}:
        raise DocumentStateError(state=document.get_state_display())
    document.state, document.set_aside_because = Document.State.SET_ASIDE, reason.strip()
    document.save(update_fields=["state", "set_aside_because"])
    _record("set_aside", document, by=by, at=at)
    return document


@transaction.atomic
def take_back(*, document: Document, by: User, at: datetime) -> Document:
    """Follow it after all. Raises NotAllowedError, DocumentStateError."""
    require(by, Permission.WORK_ROWS, document.office, timezone.localdate(at))
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.SET_ASIDE:
        raise DocumentStateError(state=document.get_state_display())
    document.state = Document.State.FAILED if document.failure else Document.State.READ
    document.set_aside_because = ""
    document.save(update_fields=["state", "set_aside_because"])
    _record("taken_back", document, by=by, at=at)
    return document


def _enqueue(document: Document) -> None:
    """In the document's own transaction: the jobs lie in the same database, so that neither is without the other."""
    from tiendo.work.directives.jobs import read_document

    read_document.enqueue(document.pk)


def _record(verb: str, document: Document, *, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"directives.document.{verb}",
        subject=f"directives.document:{document.pk}",
        at=at,
        office=document.office.path,
        data=data,
    )
