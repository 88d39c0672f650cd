"""Which bodies the printed names of a document mean, said while its rows are looked at."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import organisations
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require
from tiendo.work.directives.errors import NameNotPrintedError
from tiendo.work.directives.models import Document, Duty


@transaction.atomic
def mean(*, document: Document, name: str, organisation: Organisation, by: User, at: datetime) -> bool:
    """The office takes a name that its document prints for this body, here and from now on; the rows keep the name as
    it is printed. Returns whether that is new.

    Raises NotAllowedError, NameNotPrintedError (no row of the document names a body so).
    """
    require(by, Permission.ASSIGN, document.office, timezone.localdate(at))
    rows = document.duties.exclude(state=Duty.State.REPLACED).values_list("leads", "coordinators")
    if not any(party["name"] == name and not party["group"] for row in rows for parties in row for party in parties):
        raise NameNotPrintedError(name=name)
    return organisations.add_alias(
        organisation=organisation,
        text=name,
        office=document.office,
        by=by.actor,
        at=at,
        told=not document.internal,
    )
