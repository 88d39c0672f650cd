"""Background entries: take ids, call one action."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone


@task
def read_document(document_id: int) -> None:
    from tiendo.work.directives.actions import readings

    readings.make(document_id=document_id, at=timezone.now())


@task
def lay_out_document(document_id: int) -> None:
    from tiendo.work.directives import pages
    from tiendo.work.directives.models import Document

    document = Document.objects.filter(pk=document_id).first()
    if document is not None:
        pages.lay_out(document)
