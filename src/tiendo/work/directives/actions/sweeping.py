"""Taking up what a process that died left unread."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction

from tiendo.foundation.audit.actions import events
from tiendo.work.directives.claims import is_claimed
from tiendo.work.directives.models import Document

ACTOR = "job:sweep"
AFTER = timedelta(minutes=1)
"""Whoever received a document begins to read it, or to queue it, well within this."""


@transaction.atomic
def take_up(*, queued: Collection[int], at: datetime) -> int:
    """Queue the documents that wait for their first reading and that nobody reads. Returns how many.

    `queued`: those for which a job waits or runs; the engine knows. A shell that was killed in the middle of a reading
    leaves none. How often a document is tried is counted where it is read.
    """
    from tiendo.work.directives.jobs import read_document

    waiting = Document.objects.filter(state=Document.State.QUARANTINED, received_at__lt=at - AFTER)
    left = [
        document for document in waiting.exclude(pk__in=queued).select_related("office") if not is_claimed(document)
    ]
    for document in left:
        events.record(
            actor=ACTOR,
            verb="directives.document.queued_again",
            subject=f"directives.document:{document.pk}",
            at=at,
            office=document.office.path,
        )
        read_document.enqueue(document.pk)
    return len(left)
