"""Điều chỉnh số liệu: a recorded day was wrong. One person proposes the right one, a second one decides."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes.actions.parts import ledger, matters
from tiendo.work.programmes.errors_of_matters import (
    CorrectedDayError,
    CorrectionExistsError,
    NothingToCorrectError,
    SecondPersonError,
)
from tiendo.work.programmes.models import Asked, Correction, Obligation
from tiendo.work.programmes.queries.matters import is_second_person, may_decide_corrections, proposes_correction
from tiendo.work.programmes.queries.turns import correctable, said_to, spans_of
from tiendo.work.programmes.rules.corrections import CONFIRMED_ON, corrected


@transaction.atomic
def propose(*, obligation: Obligation, field: str, after: date, reason: str, by: User, at: datetime) -> Correction:
    """Say that the day of handing in, or of confirmation, was another. Until it is decided the figure is marked.

    Raises NotAllowedError, WhyRequiredError, RestrictedTaskError, TextTooLongError, NothingToCorrectError (there is no
    such day yet), CorrectedDayError (the same, or an impossible one), CorrectionExistsError.
    """
    obligation = matters.hold(obligation)
    if not proposes_correction(rights(by, timezone.localdate(at)), obligation):
        raise NotAllowedError
    said = matters.words(obligation, reason, needed=True)
    if obligation.corrections.filter(state=Asked.ASKED).exists():
        raise CorrectionExistsError
    before = _possible(obligation, field, after, at)
    asked = Correction.objects.create(
        obligation=obligation,
        field=Correction.Field(field),
        before=before,
        after=after,
        reason=said,
        asked_by=by,
        asked_at=at,
    )
    matters.tell(
        obligation, by, at, verb="programmes.correction.proposed", was=before.isoformat(), becomes=after.isoformat()
    )
    return asked


@transaction.atomic
def withdraw(*, correction: Correction, by: User, at: datetime) -> None:
    """Whoever proposed it takes it back. Raises NotAllowedError, DecidedAlreadyError."""
    correction = _held(correction)
    if correction.asked_by_id != by.pk:
        raise NotAllowedError
    matters.withdraw(correction, by=by, at=at)
    matters.tell(correction.obligation, by, at, verb="programmes.correction.withdrawn")


@transaction.atomic
def decide(*, correction: Correction, granted: bool, word: str = "", by: User, at: datetime) -> Correction:
    """A second person of the office or the confirming body decides. Granted: the obligation and its turns are as if the
    right day had been recorded, so that past days, boards and clocks follow; the old value stays readable here.

    Raises NotAllowedError, SecondPersonError (who proposed it, or somebody of the body that reported),
    DecidedAlreadyError, WhyRequiredError (a refusal), CorrectedDayError (impossible by now), RestrictedTaskError.
    """
    correction = _held(correction)
    owed = correction.obligation
    held = rights(by, timezone.localdate(at))
    if not may_decide_corrections(held, owed):
        raise NotAllowedError
    if not is_second_person(held, correction, by):
        raise SecondPersonError
    matters.decide(correction, granted=granted, word=matters.words(owed, word, needed=not granted), by=by, at=at)
    if granted:
        correction.before = _possible(owed, correction.field, correction.after, at)
        correction.save(update_fields=["before"])
        spans = corrected(spans_of(owed), correction.field, correction.after, said=said_to(owed))
        confirmed = correction.after if correction.field == CONFIRMED_ON else owed.confirmed_on
        ledger.recut(owed, spans, confirmed_on=confirmed)
    days = {"was": correction.before and correction.before.isoformat(), "becomes": correction.after.isoformat()}
    if granted:
        matters.tell(owed, by, at, verb="programmes.correction.granted", **days)
    else:
        matters.tell(owed, by, at, verb="programmes.correction.refused", **days)
    return correction


def _possible(owed: Obligation, field: str, after: date, at: datetime) -> date:
    """The day that is recorded now. Raises NothingToCorrectError, CorrectedDayError."""
    if field not in Correction.Field.values:
        raise NothingToCorrectError
    before: date | None = getattr(owed, field)
    found = correctable(owed, field, today=timezone.localdate(at))
    if before is None or found is None:
        raise NothingToCorrectError
    first, last = found
    if after == before or not first <= after <= last:
        raise CorrectedDayError(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")
    return before


def _held(correction: Correction) -> Correction:
    found = Correction.objects.select_for_update(of=("self",)).get(pk=correction.pk)
    found.obligation = matters.hold(found.obligation)
    return found
