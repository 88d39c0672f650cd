"""Chốt số liệu: the figures of a programme as they stood at the end of a day, frozen with a hash."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes.errors import NoteTooLongError, SnapshotDayError
from tiendo.work.programmes.models import Programme, Snapshot
from tiendo.work.programmes.queries.snapshots import frozen
from tiendo.work.programmes.rules.tally import digest

NOTE_LIMIT = 200


@transaction.atomic
def take(*, programme: Programme, as_of: date, note: str = "", by: User, at: datetime) -> Snapshot:
    """Freeze the figures as they stood at the end of `as_of`, with what is recorded by now. Never changed afterwards.

    Raises NotAllowedError, SnapshotDayError (to come, or before the programme was tracked), NoteTooLongError.
    """
    today = timezone.localdate(at)
    require(by, Permission.OPEN_PROGRAMME, programme.office, today)
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=programme.pk)
    if not programme.tracked_from <= as_of <= today:
        raise SnapshotDayError(first=f"{programme.tracked_from:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")
    if len(note) > NOTE_LIMIT:
        raise NoteTooLongError(limit=NOTE_LIMIT)
    cells = frozen(programme, as_of)
    sha256 = digest(programme=str(programme), as_of=as_of, cells=cells)
    taken = Snapshot.objects.create(
        programme=programme, as_of=as_of, cells=cells, sha256=sha256, note=note.strip(), by=by, at=at
    )
    events.record(
        actor=by.actor,
        verb="programmes.programme.frozen",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"on": as_of.isoformat(), "sha256": sha256},
    )
    return taken
