"""What an office keeps to itself: a document, and all that came of it, seen in the office's own subtree alone."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.models import Document
from tiendo.work.programmes.actions.parts.inside import hold, named
from tiendo.work.programmes.errors import OutsidersError
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries.internal import outsiders


@transaction.atomic
def mark(*, document: Document, by: User, at: datetime) -> Document:
    """From now on nobody whose post lies outside the office's subtree sees the document or anything of it.

    A body must know what it owes: refused while bodies outside have a part in the programme. Twice is once.
    Raises NotAllowedError, OutsidersError.
    """
    office = _require(document, by, at)
    document = hold(document.pk)
    if document.internal:
        return document
    if strangers := list(outsiders(document)):
        raise OutsidersError(bodies=named(strangers), office=office.name)
    return _set(document, by, at, internal=True)


@transaction.atomic
def unmark(*, document: Document, by: User, at: datetime) -> Document:
    """Whoever would see it by their posts sees it again. Twice is once. Raises NotAllowedError."""
    _require(document, by, at)
    document = hold(document.pk)
    return _set(document, by, at, internal=False) if document.internal else document


def _require(document: Document, by: User, at: datetime) -> Organisation:
    """The word of the head of the office that follows it: another than the document's since a hand-over."""
    programme = Programme.objects.select_related("office").filter(document=document).first()
    office = programme.office if programme else document.office
    require(by, Permission.APPROVE, office, timezone.localdate(at))
    return office


def _set(document: Document, by: User, at: datetime, *, internal: bool) -> Document:
    document.internal = internal
    document.save(update_fields=["internal"])
    _record("marked_internal" if internal else "unmarked_internal", document, by, at)
    return document


def _record(verb: str, document: Document, by: User, at: datetime) -> None:
    events.record(
        actor=by.actor,
        verb=f"directives.document.{verb}",
        subject=f"directives.document:{document.pk}",
        at=at,
        office=document.office.path,
        data={},
    )
