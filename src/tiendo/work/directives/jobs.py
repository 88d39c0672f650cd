"""Background entries: take ids, call one action."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone


@task
def read_document(document_id: int) -> None:
    from tiendo.work.directives.actions import readings

    readings.make(document_id=document_id, at=timezone.now())
