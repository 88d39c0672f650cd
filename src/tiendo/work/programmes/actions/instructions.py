"""Bút phê: inside a body, its head says who does it and by when."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions.parts import matters
from tiendo.work.programmes.errors import (
    NotAWriterError,
)
from tiendo.work.programmes.errors_of_matters import (
    AskedDueError,
)
from tiendo.work.programmes.models import Instruction, Obligation
from tiendo.work.programmes.rules.terms import LATEST


@transaction.atomic
def give(
    *, obligation: Obligation, to: User, text: str = "", due: date | None = None, by: User, at: datetime
) -> Instruction:
    """The head of the body gives an obligation to one of its people, in a line, until a day. The last one holds; all
    stay. It is the body's own affair: nobody outside reads it, and the event is about the body, not the task.

    Raises NotAllowedError, NotAWriterError (`to` does not write there), AskedDueError (the day is over),
    RestrictedTaskError (words on a restricted task), TextTooLongError.
    """
    today = timezone.localdate(at)
    obligation = matters.hold(obligation)
    body = obligation.organisation
    require(by, Permission.SUBMIT_REPORT, body, today)
    if not rights(to, today).may(Permission.WRITE_REPORT, body):
        raise NotAWriterError(name=to.full_name, body=body.name)
    if due is not None and not today <= due <= LATEST:
        raise AskedDueError(first=f"{today:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")
    given = Instruction.objects.create(
        obligation=obligation, organisation=body, to=to, text=matters.words(obligation, text), due=due, by=by, at=at
    )
    events.record(
        actor=by.actor,
        verb="programmes.instruction.given",
        subject=f"organisations.organisation:{body.pk}",
        at=at,
        office=body.path,
        data={"obligation": obligation.pk, **({"due": due.isoformat()} if due else {})},
    )
    if to != by:
        words = partial(messages.instructed, obligation, by.full_name, due)
        notices.tell(user=to, kind="programmes.instructed", key=f"instructed:{given.pk}", words=words, mail=True, at=at)
    return given
