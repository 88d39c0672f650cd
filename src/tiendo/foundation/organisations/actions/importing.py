"""Lists taken into the register: kept as they came, looked at, then written by somebody's word, all or nothing."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations import reading
from tiendo.foundation.organisations.actions.parts import writing
from tiendo.foundation.organisations.errors import (
    ListDoubtedError,
    ListRefusedError,
    ListSettledError,
    ListUnreadableError,
    RegisterChangedError,
)
from tiendo.foundation.organisations.models import Organisation, RegisterList
from tiendo.foundation.organisations.previews import preview
from tiendo.foundation.organisations.queries import rights
from tiendo.foundation.organisations.rules.importing.lines import Plan, What

EACH = 500
"""Bodies added by one list up to which each has an event of its own; beyond, the list's event tells their number."""


@transaction.atomic
def upload(*, filename: str, data: bytes, by: User, at: datetime) -> RegisterList:
    """Keep a list as it came; nothing is read yet. Raises NotAllowedError, ListUnreadableError (too large, empty)."""
    if not rights(by, timezone.localdate(at)).may(Permission.MANAGE_BODIES):
        raise NotAllowedError
    if not data or len(data) > reading.LARGEST:
        reading.read(data)  # says why
        raise ListUnreadableError(what=filename)
    sha256 = hashlib.sha256(data).hexdigest()
    kept = RegisterList.objects.create(
        filename=filename[-200:], data=data, sha256=sha256, size=len(data), uploaded_by=by, uploaded_at=at
    )
    _event("uploaded", kept.pk, by.actor, at, _office(by, at), {"sha256": sha256, "size": len(data)})
    return kept


@transaction.atomic
def discard(*, kept: RegisterList, by: User, at: datetime) -> None:
    """Put a list away unwritten; its bytes go. Raises NotAllowedError, ListSettledError."""
    kept = _hold(kept, by)
    kept.state, kept.data = RegisterList.State.DISCARDED, b""
    kept.save(update_fields=["state", "data"])
    _event("discarded", kept.pk, by.actor, at, _office(by, at), {"sha256": kept.sha256})


@transaction.atomic
def write_kept(
    *,
    kept: RegisterList,
    digest: str,
    decode: reading.Decode,
    by: User,
    at: datetime,
    renamed_on: date | None = None,
    looked_at: bool = False,
) -> Plan:
    """Write a kept list, exactly as it was seen (`digest`). Its bytes go; its hash and the counts stay.

    Raises NotAllowedError, ListSettledError, ListUnreadableError, ListRefusedError, ListDoubtedError,
    RegisterChangedError.
    """
    kept = _hold(kept, by)
    book = reading.read(bytes(kept.data), decode)
    plan = write(
        book=book,
        digest=digest,
        registrar=by,
        by=by.actor,
        at=at,
        sha256=kept.sha256,
        renamed_on=renamed_on,
        looked_at=looked_at,
    )
    kept.state, kept.data, kept.counts, kept.written_at = RegisterList.State.WRITTEN, b"", plan.counts, at
    kept.save(update_fields=["state", "data", "counts", "written_at"])
    return plan


@transaction.atomic
def write(
    *,
    book: reading.Book,
    digest: str,
    registrar: User | None,
    by: str,
    at: datetime,
    sha256: str = "",
    renamed_on: date | None = None,
    looked_at: bool = False,
) -> Plan:
    """Write the tables of a file. `registrar`: whose rights bound what is taken; None: the shell's, the whole register.

    `renamed_on`: from which day names hold that change and have no day of their own; else they were slips, and that is
    a doubt. `looked_at`: somebody saw what is doubted. The plan is made anew under the register's lock and must be the
    one that was seen. Raises ListRefusedError, ListDoubtedError, RegisterChangedError.
    """
    list(Organisation.objects.select_for_update().filter(parent=None).order_by("pk").values_list("pk", flat=True)[:1])
    plan = preview(book, registrar=registrar, at=at, renamed_on=renamed_on)
    if plan.refused:
        raise ListRefusedError(count=len(plan.refused))
    if plan.digest != digest:
        raise RegisterChangedError
    if plan.doubtful and not looked_at:
        raise ListDoubtedError(count=len(plan.doubtful))
    added = writing.write(plan, registrar=registrar, by=by, at=at)
    bodies = list(Organisation.objects.filter(pk__in=added).only("pk", "code", "name", "path")) if added else []
    for body in bodies if len(bodies) <= EACH else ():
        events.record(
            actor=by,
            verb="organisations.organisation.added",
            subject=f"organisations.organisation:{body.pk}",
            at=at,
            office=body.path,
            data={"code": body.code, "name": body.name},
        )
    office = _office(registrar, at) if registrar else ""
    told: dict[str, object] = {"count": len(plan.changing), "digest": digest, "sha256": sha256}
    if plan.doubtful:
        told["doubts"] = len(plan.doubtful)
    told |= {what.value: plan.counts[what.value] for what in (What.ADDED, What.CHANGED)}
    _event("written", 0, by, at, office, told)
    return plan


def _hold(kept: RegisterList, by: User) -> RegisterList:
    kept = RegisterList.objects.select_for_update().get(pk=kept.pk)
    if kept.uploaded_by_id != by.pk:
        raise NotAllowedError
    if kept.state != RegisterList.State.WAITING:
        raise ListSettledError
    return kept


def _office(user: User, at: datetime) -> str:
    return next(iter(rights(user, timezone.localdate(at)).paths(Permission.MANAGE_BODIES)), "")


def _event(verb: str, pk: int, by: str, at: datetime, office: str, data: dict[str, object]) -> None:
    events.record(
        actor=by,
        verb=f"organisations.register_list.{verb}",
        subject=f"organisations.register_list:{pk}",
        at=at,
        office=office,
        data=data,
    )
