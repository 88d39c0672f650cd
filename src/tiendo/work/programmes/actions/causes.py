"""Objective causes (nguyên nhân khách quan): asked for with proof, decided by the competent body. They stand beside
"late" and change no figure.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions.parts import matters, reasons
from tiendo.work.programmes.actions.parts.inside import require_inside
from tiendo.work.programmes.errors_of_matters import (
    CauseExistsError,
    CompetentBodyError,
    DecidedAlreadyError,
    NobodyCompetentError,
    ProofMissingError,
)
from tiendo.work.programmes.models import Asked, Cause, Obligation
from tiendo.work.programmes.queries.matters import above_or_beside, competent_for, decides_cause, gives_cause_on

NUMBER_LIMIT = 80


@transaction.atomic
def ask(
    *,
    obligation: Obligation,
    reason: str,
    number: str,
    proved_on: date | None,
    proposed: Organisation | None = None,
    by: User,
    at: datetime,
) -> Cause:
    """The body asks that an objective cause be confirmed: the reason, the number and day of the document that proves
    it. On a restricted task the number and day alone. Who is competent is not its to choose (queries.matters
    .competent_for); it may propose another, to whom that body gives the request on.

    Raises NotAllowedError, WhyRequiredError, RestrictedTaskError, TextTooLongError, ProofMissingError, DecidedOnError
    (a document of a day to come), CompetentBodyError (itself, or one below it), NobodyCompetentError, OutsideError,
    CauseExistsError, RestrictedReasonError.
    """
    obligation = matters.hold(obligation)
    today = timezone.localdate(at)
    require(by, Permission.SUBMIT_REPORT, obligation.organisation, today)
    said = matters.words(obligation, reason, needed=True)
    number = reasons.number(obligation.task, number.strip()[:NUMBER_LIMIT])
    if not number or proved_on is None:
        raise ProofMissingError
    competent = competent_for(obligation)
    if competent is None:
        raise NobodyCompetentError
    _check_competent(obligation, proposed)
    if obligation.causes.filter(state__in=[Asked.ASKED, Asked.GRANTED]).exists():
        raise CauseExistsError
    asked = Cause.objects.create(
        obligation=obligation,
        organisation=obligation.organisation,
        competent=competent,
        proposed=proposed,
        reason=said,
        proof=f"{number}, {matters.day(proved_on, today):%d/%m/%Y}",
        asked_by=by,
        asked_at=at,
    )
    matters.tell(obligation, by, at, verb="programmes.cause.asked", competent=competent.pk)
    return asked


@transaction.atomic
def give_on(*, cause: Cause, competent: Organisation, by: User, at: datetime) -> Cause:
    """The body that was to decide, or the programme's office, gives the request on to the one that is competent (whom
    the body that asks may have proposed). Never by anyone of that body, and never to it or below it.

    Raises NotAllowedError, DecidedAlreadyError, CompetentBodyError, OutsideError.
    """
    cause = _held(cause)
    if not gives_cause_on(rights(by, timezone.localdate(at)), cause):
        raise NotAllowedError
    if cause.state != Asked.ASKED:
        raise DecidedAlreadyError
    _check_competent(cause.obligation, competent)
    cause.competent, cause.given_at = competent, at
    cause.save(update_fields=["competent", "given_at"])
    matters.tell(cause.obligation, by, at, verb="programmes.cause.given_on", competent=competent.pk)
    return cause


@transaction.atomic
def withdraw(*, cause: Cause, by: User, at: datetime) -> None:
    """The body takes it back before it was decided. Raises NotAllowedError, DecidedAlreadyError."""
    cause = _held(cause)
    require(by, Permission.SUBMIT_REPORT, cause.organisation, timezone.localdate(at))
    matters.withdraw(cause, by=by, at=at)
    matters.tell(cause.obligation, by, at, verb="programmes.cause.withdrawn")


@transaction.atomic
def decide(*, cause: Cause, granted: bool, word: str = "", by: User, at: datetime) -> Cause:
    """The competent body says whether it was so; a refusal says why. Never anyone of the body that asks.

    Raises NotAllowedError, DecidedAlreadyError, WhyRequiredError, RestrictedTaskError, TextTooLongError.
    """
    cause = _held(cause)
    if not decides_cause(rights(by, timezone.localdate(at)), cause):
        raise NotAllowedError
    matters.decide(cause, granted=granted, word=matters.words(cause.obligation, word, needed=not granted), by=by, at=at)
    if granted:
        matters.tell(cause.obligation, by, at, verb="programmes.cause.granted")
    else:
        matters.tell(cause.obligation, by, at, verb="programmes.cause.refused")
    return cause


def _check_competent(owed: Obligation, body: Organisation | None) -> None:
    if body is not None and not above_or_beside(body, owed.organisation):
        raise CompetentBodyError
    require_inside(owed.programme, [body])


def _held(cause: Cause) -> Cause:
    rows = Cause.objects.select_for_update(of=("self",))
    return rows.select_related(
        "organisation", "competent", "obligation__task", "obligation__organisation", "obligation__programme__office"
    ).get(pk=cause.pk)
