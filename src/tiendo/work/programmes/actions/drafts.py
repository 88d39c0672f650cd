"""Drafts under way go to somebody else of the same body, when who wrote them leaves the post."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require_over, rights
from tiendo.work.programmes.errors import NotAWriterError
from tiendo.work.programmes.models import Report
from tiendo.work.programmes.queries.drafts import under_way


@transaction.atomic
def entrust(*, of: User, organisation: Organisation, to: User, by: User, at: datetime) -> int:
    """What `of` last saved for this body and is not handed in goes to `to`, who writes for the same body. The words are
    not touched; whoever had a hand in them still confirms none of it. Returns how many drafts.

    By whoever keeps the accounts there. Raises NotAllowedError, NotAWriterError.
    """
    today = timezone.localdate(at)
    require_over(by, Permission.MANAGE_ACCOUNTS, [organisation], today)
    if to == by:
        raise NotAllowedError  # who keeps the accounts sees no content
    if not to.is_active or not rights(to, today).may(Permission.WRITE_REPORT, organisation):
        raise NotAWriterError(name=to.full_name, body=organisation.label)
    found = list(under_way(of).filter(organisation=organisation).select_for_update(of=("self",)))
    Report.objects.filter(pk__in=[report.pk for report in found]).update(drafted_by=to)
    for report in found:
        events.record(
            actor=by.actor,
            verb="programmes.report.entrusted",
            subject=f"programmes.report:{report.pk}",
            at=at,
            office=organisation.path,
            data={"from": of.pk, "to": to.pk},
        )
    return len(found)
