"""A draft is put before whoever signs for the body ("trình ký"), and goes back from them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone, translation

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.holding import people_of
from tiendo.foundation.organisations.queries import require
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions.parts import answering
from tiendo.work.programmes.errors import ReportStateError
from tiendo.work.programmes.errors_of_matters import NoSignerError, NotPresentedError
from tiendo.work.programmes.models import Report
from tiendo.work.programmes.queries.progress import is_progress


@transaction.atomic
def present(*, report: Report, by: User, at: datetime) -> Report:
    """A draft that is ready, be it of what is done or of how far it has come, waits for the head: who signs for the
    body, and whoever stands in, is told at once. Writing on in it, or handing it in, ends that.

    Raises NotAllowedError, ReportStateError, AnswerMissingError, EvidenceMissingError, NoSignerError.
    """
    report = _hold(report, by, at, Permission.WRITE_REPORT)
    if not is_progress(report):  # less than all is sent as progress, which needs no evidence
        answering.check_complete(answering.answers(report))
    signers = people_of(report.organisation_id, roles_with(Permission.SUBMIT_REPORT), timezone.localdate(at))
    if not signers:
        raise NoSignerError(body=report.organisation.name)
    report.presented_by, report.presented_at = by, at
    report.save(update_fields=["presented_by", "presented_at"])
    for signer in signers:
        if signer != by:
            _tell(signer, report, by, at, back=False)
    answering.presented(report, back=False, by=by, at=at)
    return report


@transaction.atomic
def give_back(*, report: Report, by: User, at: datetime) -> Report:
    """Who signs gives the draft back unsigned; who put it before them is told.

    Raises NotAllowedError, ReportStateError, NotPresentedError.
    """
    report = _hold(report, by, at, Permission.SUBMIT_REPORT)
    to = report.presented_by
    if to is None:
        raise NotPresentedError
    report.presented_by = report.presented_at = None
    report.save(update_fields=["presented_by", "presented_at"])
    if to.is_active and to != by:
        _tell(to, report, by, at, back=True)
    answering.presented(report, back=True, by=by, at=at)
    return report


def _hold(report: Report, by: User, at: datetime, permission: Permission) -> Report:
    rows = Report.objects.select_for_update(of=("self",)).select_related("organisation", "programme", "presented_by")
    report = rows.get(pk=report.pk)
    require(by, permission, report.organisation, timezone.localdate(at))
    if report.state not in answering.WRITABLE:
        raise ReportStateError(state=report.get_state_display())
    return report


def _tell(user: User, report: Report, by: User, at: datetime, *, back: bool) -> None:
    first = answering.obligations(report).select_related("task").order_by("task__position", "pk")[0]
    with translation.override(user.language):
        told = messages.to_sign(str(report.programme), first, by.full_name, back=back)
    key = f"{'given_back' if back else 'presented'}:{report.pk}:{at:%Y%m%d%H%M%S}"
    notices.hand_over(user=user, kind="programmes.presented", key=key, mail=True, at=at, **told)
