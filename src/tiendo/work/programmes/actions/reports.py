"""Reports: drafted, answered, submitted, confirmed or sent back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import DateField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.errors import (
    AnswerMissingError,
    AnswerTooLongError,
    EvidenceMissingError,
    NothingAndTextError,
    OwnWorkError,
    ReasonRequiredError,
    ReportChangedError,
    ReportStateError,
    RestrictedTaskError,
    RoundChangedError,
)
from tiendo.work.programmes.models import Answer, Decision, Obligation, Programme, Report
from tiendo.work.programmes.queries.rounds import frozen, own_work
from tiendo.work.programmes.rules.answers import TEXT_LIMIT, AnswerFacts, lacks
from tiendo.work.programmes.rules.standing import supplement_due

WRITABLE = {Report.State.DRAFT, Report.State.RETURNED}


@dataclass(frozen=True, slots=True)
class Said:
    """What a body says to one obligation."""

    nothing_arose: bool = False
    text: str = ""


@transaction.atomic
def draft_once(*, obligation: Obligation, by: User, at: datetime) -> Report:
    """The report on one piece of work with an end; the one already begun, if there is one.

    Standing work is never answered alone: for it, this is the report of its period. Raises NotAllowedError.
    """
    if obligation.standing:
        period = f"{obligation.period_start.isoformat()}/{obligation.period_end.isoformat()}"
        return draft_period(
            programme=obligation.programme, organisation=obligation.organisation, period=period, by=by, at=at
        )
    return _draft(obligation.programme, obligation.organisation, f"obligation:{obligation.pk}", [obligation], by, at)


@transaction.atomic
def draft_period(*, programme: Programme, organisation: Organisation, period: str, by: User, at: datetime) -> Report:
    """The one report of a body for a period (`START/CUTOFF`, ISO dates), covering all its standing rows.

    Rows it was charged with after that report was handed in get a second one, its key marked with "+".
    Raises NotAllowedError, Obligation.DoesNotExist.
    """
    start, _, cutoff = period.partition("/")
    rows = programme.obligations.filter(
        organisation=organisation, standing=True, period_start=start, period_end=cutoff
    ).select_related("task")
    return _draft(programme, organisation, period, list(rows), by, at)


@transaction.atomic
def save(*, report: Report, answers: Mapping[int, Said], version: int, by: User, at: datetime) -> Report:
    """Keep what was typed so far (answers by obligation id).

    Raises NotAllowedError, ReportStateError, ReportChangedError, AnswerTooLongError, RestrictedTaskError (content for a
    restricted task), NothingAndTextError, Obligation.DoesNotExist (none of this report's).
    """
    report = _hold(report, by, at, Permission.WRITE_REPORT)
    if report.version != version:
        raise ReportChangedError
    rows = {answer.obligation_id: answer for answer in report.answers.select_related("obligation__task")}
    for obligation_id, said in answers.items():
        if obligation_id not in rows:
            raise Obligation.DoesNotExist
        answer = rows[obligation_id]
        if answer.obligation.task.restricted and said.text.strip():
            raise RestrictedTaskError
        if said.nothing_arose and said.text.strip():
            raise NothingAndTextError
        if len(said.text) > TEXT_LIMIT:
            raise AnswerTooLongError(limit=TEXT_LIMIT)
        answer.text, answer.nothing_arose = said.text.strip(), said.nothing_arose
    Answer.objects.bulk_update(rows.values(), ["text", "nothing_arose"])
    report.version += 1
    report.saved_at, report.drafted_by = at, by
    report.save(update_fields=["version", "saved_at", "drafted_by"])
    _event("saved", report, by, at)
    return report


@transaction.atomic
def submit(*, report: Report, by: User, at: datetime) -> Report:
    """Hand the report in, signed off by the head of the body. The day of the first handing in fixes whether it is late.

    Raises NotAllowedError, ReportStateError, AnswerMissingError, EvidenceMissingError.
    """
    report = _hold(report, by, at, Permission.SUBMIT_REPORT)
    for answer in report.answers.select_related("obligation__task").prefetch_related("evidence"):
        task = answer.obligation.task
        evidence = sum(1 for piece in answer.evidence.all() if piece.withdrawn_at is None)
        missing = lacks(
            AnswerFacts(answer.obligation.standing, task.restricted, answer.nothing_arose, answer.text, evidence)
        )
        if missing:
            error = EvidenceMissingError if missing == "evidence" else AnswerMissingError
            raise error(number=task.number or task.position)
    report.state, report.submitted_by, report.submitted_at = Report.State.SUBMITTED, by, at
    report.round += 1
    report.version += 1
    report.save(update_fields=["state", "submitted_by", "submitted_at", "round", "version"])
    first = Coalesce("submitted_on", Value(timezone.localdate(at)), output_field=DateField())
    _obligations(report).update(state=Obligation.State.SUBMITTED, submitted_on=first)
    _event("submitted", report, by, at, round=report.round)
    return report


@transaction.atomic
def confirm(*, report: Report, seen_round: int, by: User, at: datetime) -> Report:
    """The confirming body takes the result as reported; it does not grade. `seen_round`: the round that was read.

    Raises NotAllowedError, OwnWorkError, ReportStateError, RoundChangedError.
    """
    report = _decide(report, "confirm", "", seen_round, by, at)
    _obligations(report).update(state=Obligation.State.CONFIRMED, confirmed_on=timezone.localdate(at))
    return report


@transaction.atomic
def ask_more(*, report: Report, reason: str, seen_round: int, by: User, at: datetime) -> Report:
    """Send the report back with what is wanted. The obligation is open again until the supplement's own day; the day on
    which it was first handed in stays.

    Raises ReasonRequiredError, NotAllowedError, OwnWorkError, ReportStateError, RoundChangedError.
    """
    if not reason.strip():
        raise ReasonRequiredError
    report = _decide(report, "ask_more", reason.strip(), seen_round, by, at)
    today = timezone.localdate(at)
    owed = list(_obligations(report))
    for one in owed:
        one.state = Obligation.State.OPEN
        assert one.submitted_on is not None
        one.supplement_due = supplement_due(due=one.due, submitted_on=one.submitted_on, returned_on=today)
    Obligation.objects.bulk_update(owed, ["state", "supplement_due"], batch_size=500)
    return report


def _draft(
    programme: Programme, organisation: Organisation, key: str, rows: list[Obligation], by: User, at: datetime
) -> Report:
    require(by, Permission.WRITE_REPORT, organisation, timezone.localdate(at))
    if not rows:
        raise Obligation.DoesNotExist
    report, made = Report.objects.get_or_create(
        programme=programme,
        organisation=organisation,
        key=key,
        defaults={
            "standing": rows[0].standing,
            "confirming_id": rows[0].confirming_id,
            "drafted_by": by,
            "saved_at": at,
        },
    )
    if report.state not in WRITABLE:
        answered = set(report.answers.values_list("obligation_id", flat=True))
        if late := [row for row in rows if row.pk not in answered]:
            return _draft(programme, organisation, f"{key}+", late, by, at)
    else:
        Answer.objects.bulk_create((Answer(report=report, obligation=row) for row in rows), ignore_conflicts=True)
    if made:
        _event("drafted", report, by, at)
    return report


def _hold(report: Report, by: User, at: datetime, permission: Permission) -> Report:
    report = Report.objects.select_for_update().select_related("organisation", "programme__office").get(pk=report.pk)
    require(by, permission, report.organisation, timezone.localdate(at))
    if report.state not in WRITABLE:
        raise ReportStateError(state=report.get_state_display())
    return report


def _decide(report: Report, verdict: str, reason: str, seen_round: int, by: User, at: datetime) -> Report:
    report = (
        Report.objects.select_for_update()
        .select_related("organisation", "confirming", "programme__office")
        .get(pk=report.pk)
    )
    if report.confirming is None:
        raise NotAllowedError
    held = rights(by, timezone.localdate(at))
    if not held.may(Permission.CONFIRM_REPORT, report.confirming):
        raise NotAllowedError
    if report.confirming_id == report.organisation_id or own_work(report, by, held):
        raise OwnWorkError
    if report.state != Report.State.SUBMITTED:
        raise ReportStateError(state=report.get_state_display())
    if report.round != seen_round:
        raise RoundChangedError(round=report.round)
    Decision.objects.create(
        report=report, verdict=verdict, reason=reason, round=report.round, said=frozen(report), by=by, at=at
    )
    report.state = Report.State.CONFIRMED if verdict == "confirm" else Report.State.RETURNED
    report.version += 1
    report.save(update_fields=["state", "version"])
    _event("confirmed" if verdict == "confirm" else "sent_back", report, by, at, round=report.round)
    return report


def _obligations(report: Report) -> QuerySet[Obligation]:
    return Obligation.objects.filter(answer__report=report)


def _event(verb: str, report: Report, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.report.{verb}",
        subject=f"programmes.report:{report.pk}",
        at=at,
        office=report.organisation.path,
        data=data,
    )
