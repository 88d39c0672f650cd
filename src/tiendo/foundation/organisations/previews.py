"""What taking in a list would do, as things stand: for a page, for the shell, and once more before it is written."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import rights
from tiendo.foundation.organisations.reading import Book
from tiendo.foundation.organisations.rules.importing.lines import Plan
from tiendo.foundation.organisations.rules.importing.plan import make
from tiendo.foundation.organisations.snapshot import choices, register
from tiendo.foundation.organisations.uses import refuse_what_is_used


def preview(book: Book, *, registrar: User | None, at: datetime, renamed_on: date | None = None) -> Plan:
    """The plan of a file's tables over what `registrar` keeps (None: the whole register).

    Six queries, and a few more where a body would begin on another day or be of another kind.

    `renamed_on`: the day from which names hold that change and have no day of their own in the file.
    """
    today = timezone.localdate(at)
    paths = rights(registrar, today).paths(Permission.MANAGE_BODIES) if registrar is not None else None
    plan = make(
        book.tables,
        register(paths),
        known=set(Organisation.objects.values_list("code", flat=True)),
        choices=choices(),
        today=today,
        notes=book.notes,
        renamed_on=renamed_on.isoformat() if renamed_on else "",
    )
    refuse_what_is_used(plan)
    return plan
