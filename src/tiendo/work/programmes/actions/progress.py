"""Báo cáo tiến độ: the confirming body's word on it, and what is taken back. The work stays open, its days as they are.

It is sent by `reports.send_progress`, or on paper by `links.progress_on_paper` and `forms.write`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions.parts import matters
from tiendo.work.programmes.errors import OwnWorkError
from tiendo.work.programmes.errors_of_matters import ProgressStateError
from tiendo.work.programmes.models import Progress
from tiendo.work.programmes.queries.progress import may_confirm, own_hand

State = Progress.State


@transaction.atomic
def confirm(*, progress: Progress, by: User, at: datetime) -> Progress:
    """The confirming body takes it as reported; the work stays open, in term or overdue as it was.

    Raises NotAllowedError, OwnWorkError, DecidedAlreadyError.
    """
    progress = _deciding(progress, by, at)
    matters.decide(progress, granted=True, word="", by=by, at=at)
    matters.tell(progress.obligation, by, at, verb="programmes.progress.confirmed", progress=progress.pk)
    return progress


@transaction.atomic
def send_back(*, progress: Progress, word: str, by: User, at: datetime) -> Progress:
    """It is not taken so, with a reason; the last one that was confirmed stands.

    Raises NotAllowedError, OwnWorkError, DecidedAlreadyError, WhyRequiredError, RestrictedTaskError, TextTooLongError.
    """
    progress = _deciding(progress, by, at)
    said = matters.words(progress.obligation, word, needed=True)
    matters.decide(progress, granted=False, word=said, by=by, at=at)
    matters.tell(progress.obligation, by, at, verb="programmes.progress.sent_back", progress=progress.pk)
    return progress


@transaction.atomic
def revoke(*, progress: Progress, word: str, by: User, at: datetime) -> Progress:
    """The confirming body takes its confirmation back, with a reason; the one confirmed before stands again.

    Raises NotAllowedError, OwnWorkError, ProgressStateError (not confirmed), WhyRequiredError, RestrictedTaskError,
    TextTooLongError.
    """
    progress = _deciding(progress, by, at)
    said = matters.words(progress.obligation, word, needed=True)
    if progress.state != State.GRANTED:
        raise ProgressStateError(state=progress.get_state_display())
    progress.state, progress.word, progress.decided_by, progress.decided_at = State.REFUSED, said, by, at
    progress.save(update_fields=["state", "word", "decided_by", "decided_at"])
    matters.tell(progress.obligation, by, at, verb="programmes.progress.revoked", progress=progress.pk)
    return progress


@transaction.atomic
def withdraw(*, progress: Progress, by: User, at: datetime) -> None:
    """The body takes it back before it was confirmed. Raises NotAllowedError, DecidedAlreadyError."""
    progress = _held(progress)
    require(by, Permission.SUBMIT_REPORT, progress.organisation, timezone.localdate(at))
    matters.withdraw(progress, by=by, at=at)
    matters.tell(progress.obligation, by, at, verb="programmes.progress.withdrawn", progress=progress.pk)


def _deciding(progress: Progress, by: User, at: datetime) -> Progress:
    """Held, for a word of the confirming body: never of the reporting one, nor of anyone who had a hand in it."""
    progress = _held(progress)
    held = rights(by, timezone.localdate(at))
    if not may_confirm(held, progress):
        raise NotAllowedError
    if own_hand(held, progress, by):
        raise OwnWorkError
    return progress


def _held(progress: Progress) -> Progress:
    found = Progress.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=progress.pk)
    found.obligation = matters.hold(found.obligation)
    return found
