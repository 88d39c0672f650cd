"""Readings: having the machine read a document, and recording what it saw. At least once in effect exactly once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.conf import settings
from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.work.directives import child, pages, storage
from tiendo.work.directives.duties import duty_of
from tiendo.work.directives.models import Document, Duty, Reading
from vanban import model

ACTOR = "job:read"
ATTEMPTS = 3
"""So often the process may die under a reading; then the document is said to have failed, and a person decides."""


def make(*, document_id: int, at: datetime) -> Document | None:
    """Read a document in a child process and record the outcome. Safe to repeat: a document is read once.

    Returns the document, or None when there is nothing (left) to do.
    """
    waiting = Document.objects.filter(pk=document_id, state=Document.State.QUARANTINED).select_related("office")
    document = waiting.first()
    if document is None:
        finish_refusals(documents=[document_id])
        return None
    if document.attempts >= ATTEMPTS:
        return fail(document=document, code=child.CRASHED.code, message=child.CRASHED.message, at=at)
    waiting.update(attempts=document.attempts + 1, stage="open")
    path = storage.find(document.sha256, office=document.office_id)
    if path is None:
        return fail(document=document, code="lost", message="Không tìm thấy tệp gốc trong kho. Hãy gửi lại tệp.", at=at)
    outcome = child.read(
        path,
        name=document.filename,
        seconds=settings.READING_SECONDS,
        megabytes=settings.READING_MEMORY_MB,
        progress=lambda stage: _stage(document, stage),
    )
    if outcome.reading is not None:
        return record(document=document, content=outcome.reading, at=at)
    if outcome.code == "classified":
        return refuse(document=document, message=outcome.message, at=at)
    return fail(document=document, code=outcome.code, message=outcome.message, at=at)


@transaction.atomic
def record(*, document: Document, content: bytes, at: datetime) -> Document:
    """Keep a Reading and lay out its duties as rows to be confirmed. Done twice, it changes nothing."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.QUARANTINED:
        return document
    seen = msgspec.json.decode(content, type=model.Reading)
    reading = Reading.objects.create(
        document=document, reader=seen.reader, schema=seen.schema, content=content.decode(), made_at=at
    )
    Duty.objects.bulk_create(duty_of(reading, document, index, duty) for index, duty in enumerate(seen.duties))
    heading = seen.heading
    document.kind, document.symbol = (heading.kind or "")[:60], (heading.symbol or "")[:80]
    document.issuer, document.title = (heading.issuer or "")[:300], heading.title or ""
    document.issued_on = heading.date
    document.search_text = document.words()
    document.state, document.stage = Document.State.READ, "recorded"
    document.save()
    found = {"reader": seen.reader, "duties": len(seen.duties), "doubts": len(seen.doubts)}
    _event("read", document, at, sha256=document.sha256, size=document.size, **found)
    transaction.on_commit(lambda: storage.release(document.sha256, office=document.office_id))
    transaction.on_commit(lambda: pages.ask(document, seen, at=at))
    return document


@transaction.atomic
def fail(*, document: Document, code: str, message: str, at: datetime) -> Document:
    """It could not be read; the original stays. Nothing is changed for one that has been read meanwhile."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.state != Document.State.QUARANTINED:
        return document
    document.state, document.failure, document.failure_message = Document.State.FAILED, code, message
    document.save(update_fields=["state", "failure", "failure_message"])
    _event("not_read", document, at, code=code)
    return document


def refuse(*, document: Document, message: str, at: datetime) -> Document:
    """It carries a secrecy mark: forget its name, wipe the bytes, forget the hash; only that this happened is kept.

    The mark is written down before the bytes are wiped and the hash is forgotten after, so that whoever takes the job
    up again finishes what was begun.
    """
    with transaction.atomic():
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.state != Document.State.QUARANTINED:
            return held
        held.state, held.failure, held.failure_message = Document.State.REFUSED, "classified", message
        held.filename, held.size = "", 0
        held.save()
        _event("refused", held, at, code="classified")
    finish_refusals(documents=[held.pk])
    held.refresh_from_db()
    return held


def finish_refusals(*, documents: Sequence[int] = ()) -> int:
    """Wipe what refused documents (these, or all) still have in the store. Returns how many. Safe to repeat."""
    left = Document.objects.filter(state=Document.State.REFUSED).exclude(sha256="")
    if documents:
        left = left.filter(pk__in=documents)
    done = 0
    for document in left:
        storage.wipe(document.sha256, office=document.office_id)
        Document.objects.filter(pk=document.pk).update(sha256="")
        done += 1
    return done


def _stage(document: Document, stage: str) -> None:
    Document.objects.filter(pk=document.pk, state=Document.State.QUARANTINED).update(stage=stage)


def _event(verb: str, document: Document, at: datetime, **data: object) -> None:
    events.record(
        actor=ACTOR,
        verb=f"directives.document.{verb}",
        subject=f"directives.document:{document.pk}",
        at=at,
        office=document.office.path,
        data=data,
    )
