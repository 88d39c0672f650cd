"""An office's own register, received as a document: its rows become the document's rows, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.duties import duty_of
from tiendo.work.directives.errors import (
    DocumentStateError,
    RegisterChangedError,
    RegisterRowsError,
    RowsTouchedError,
)
from tiendo.work.directives.intake import columns, laying
from tiendo.work.directives.intake.columns import Mapped
from tiendo.work.directives.intake.rows import Entry
from tiendo.work.directives.models import Document, Duty, Reading, RegisterColumns
from tiendo.work.directives.queries import reading_of
from tiendo.work.directives.registers import preview
from vanban import model


@transaction.atomic
def take_in(*, document: Document, mapped: Mapped, digest: str, by: User, at: datetime) -> int:
    """Lay the rows of a register out as the document's rows, as they were previewed (`digest`), in place of what the
    machine proposed by itself. Each waits for a person, as any row does; what the register says is done says so.

    The choice of columns is remembered for the office. Returns how many rows. Raises NotAllowedError,
    DocumentStateError, RowsTouchedError, RegisterUnreadableError, RegisterColumnsError, RegisterRowsError,
    RegisterChangedError.
    """
    today = timezone.localdate(at)
    document = Document.objects.select_for_update(of=("self",)).select_related("office").get(pk=document.pk)
    require(by, Permission.WORK_ROWS, document.office, today)
    if document.state != Document.State.READ:
        raise DocumentStateError(state=document.get_state_display())
    proposed = document.duties.all()
    if proposed.filter(edited=True).exists() or proposed.exclude(state=Duty.State.PROPOSED).exists():
        raise RowsTouchedError
    seen = preview(document, mapped, today=today)
    if seen.taken.refused:
        raise RegisterRowsError(count=len(seen.taken.refused))
    if seen.digest != digest or not seen.taken.entries:
        raise RegisterChangedError
    proposed.delete()
    machine = reading_of(document)
    read = laying.reading(
        seen.pages,
        mapped.sheet,
        seen.taken.entries,
        reader=f"{laying.READER}.{document.readings.count()}",
        heading=machine.heading if machine else model.Heading(),
    )
    _keep(document, read, seen.taken.entries, at)
    RegisterColumns.objects.update_or_create(
        office=document.office,
        digest=columns.digest(seen.labels),
        defaults={"columns": dict(mapped.columns), "by": by, "at": at},
    )
    done = sum(entry.done for entry in seen.taken.entries)
    events.record(
        actor=by.actor,
        verb="directives.register.taken_in",
        subject=f"directives.document:{document.pk}",
        at=at,
        office=document.office.path,
        data={"count": len(seen.taken.entries), "done": done, "digest": digest},
    )
    return len(seen.taken.entries)


def _keep(document: Document, read: model.Reading, entries: Sequence[Entry], at: datetime) -> None:
    reading = Reading.objects.create(
        document=document,
        reader=read.reader,
        schema=read.schema,
        content=msgspec.json.encode(read).decode(),
        made_at=at,
    )
    rows = [duty_of(reading, document, index, duty) for index, duty in enumerate(read.duties)]
    for row, entry in zip(rows, entries, strict=True):
        row.done, row.done_on = entry.done, entry.done_on
    Duty.objects.bulk_create(rows, batch_size=500)
