"""Reports: drafted, answered, submitted, confirmed or sent back with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions.parts import answering, ledger, passing, progressing, rehoming, telling
from tiendo.work.programmes.errors import (
    OwnWorkError,
    ReasonRequiredError,
    ReportChangedError,
    ReportStateError,
    RoundChangedError,
)
from tiendo.work.programmes.errors_of_matters import NotDoneToConfirmError, WhyRequiredError
from tiendo.work.programmes.models import Decision, Obligation, Programme, Progress, Report
from tiendo.work.programmes.queries.rounds import frozen, own_work
from tiendo.work.programmes.rules.answers import ALL_OF_IT
from tiendo.work.programmes.rules.standing import supplement_due

WRITABLE = answering.WRITABLE
Said = answering.Said
UNTOLD = answering.UNTOLD
TYPING = timedelta(minutes=15)
"""What one person keeps by typing within so long is recorded once."""


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
    rows = programme.obligations.filter(organisation=organisation, standing=True, period_start=start, period_end=cutoff)
    return _draft(programme, organisation, period, list(rows), by, at)


@transaction.atomic
def save(
    *, report: Report, answers: Mapping[int, Said], version: int, by: User, at: datetime, typing: bool = False
) -> Report:
    """Keep what was typed so far (answers by obligation id). `typing`: by itself, while somebody types; where that says
    nothing new, nothing is written, and what one person types within a while is one event.

    Raises NotAllowedError, ReportStateError, ReportChangedError, AnswerTooLongError, RestrictedTaskError (content for a
    restricted task), NothingAndTextError, PercentError, Obligation.DoesNotExist (none of this report's).
    """
    report = _hold(report, by, at, Permission.WRITE_REPORT)
    if report.version != version:
        raise ReportChangedError
    new = answering.says_new(report, answers)
    if typing and not new:
        return report
    goes_on = typing and report.drafted_by_id == by.pk and at - report.saved_at < TYPING
    stays = not new or _signs(report, by, at)
    return answering.put(report, answers, by=by, actor=by.actor, at=at, recorded=not goes_on, stays=stays)


def _signs(report: Report, by: User, at: datetime) -> bool:
    """Whether it was put before this person, who may put its words right."""
    if report.presented_by_id in {None, by.pk}:
        return False
    return rights(by, timezone.localdate(at)).may(Permission.SUBMIT_REPORT, report.organisation)


@transaction.atomic
def submit(*, report: Report, by: User, at: datetime) -> Report:
    """Hand the report in, signed off by the head of the body. The day of the first handing in fixes whether it is late.

    One that was sent back is handed in again only with something new in it.

    Raises NotAllowedError, ReportStateError, AnswerMissingError, EvidenceMissingError, NotDoneYetError (its percentage
    says that the work is not done), NothingOwedError, NothingNewError.
    """
    report = _hold(report, by, at, Permission.SUBMIT_REPORT)
    return answering.hand_in(report, by=by, at=at)


@transaction.atomic
def send_progress(*, report: Report, by: User, at: datetime) -> Progress:
    """What a draft on work with an end says so far goes to the confirming body as progress, signed off as a report is.
    The work stays open and due as it was, and the draft goes on (parts.progressing.send).

    Raises NotAllowedError, ReportStateError, ProgressOfPeriodError, NothingOwedError, ProgressDoneError,
    ProgressEmptyError, EvidenceMissingError.
    """
    return progressing.send(_hold(report, by, at, Permission.SUBMIT_REPORT), by=by, at=at)


@transaction.atomic
def confirm(*, report: Report, seen_round: int, by: User, at: datetime) -> Report:
    """The confirming body takes the result as reported; it does not grade. `seen_round`: the round that was read.

    Raises NotAllowedError, OwnWorkError, ReportStateError, RoundChangedError, NotDoneToConfirmError.
    """
    report = _decide(report, "confirm", "", seen_round, by, at)
    _check_done(report)
    today = timezone.localdate(at)
    with ledger.kept(answering.owed(report), on=today):
        answering.obligations(report).update(state=Obligation.State.CONFIRMED, confirmed_on=today)
    return report


@transaction.atomic
def ask_more(*, report: Report, reason: str, seen_round: int, by: User, at: datetime) -> Report:
    """Send the report back with what is wanted. The obligation is open again until the supplement's own day; the day on
    which it was first handed in stays. Where the body's work was handed over meanwhile, its heirs answer on.

    Raises ReasonRequiredError, NotAllowedError, OwnWorkError, ReportStateError, RoundChangedError.
    """
    if not reason.strip():
        raise ReasonRequiredError
    report = _decide(report, "ask_more", reason.strip(), seen_round, by, at)
    today = timezone.localdate(at)
    owed = list(answering.obligations(report).select_related("task"))
    if closed := {one.task_id for one in owed if one.task.closed_at}:  # a body may have ended while it was
        rehoming.catch_up(report.programme, at=at, tasks=closed)
    for one in owed:
        one.state = Obligation.State.OPEN
        assert one.submitted_on is not None
        if not one.facts.supplemented_late:  # as a report that came late: it stays so, whatever more is asked
            one.supplement_due = supplement_due(
                due=one.due, submitted_on=one.submitted_on, returned_on=today, days=settings.SUPPLEMENT_DAYS
            )
            one.supplemented_on = None
    with ledger.kept([one.pk for one in owed], on=today):
        Obligation.objects.bulk_update(owed, ["state", "supplement_due", "supplemented_on"], batch_size=500)
    passing.catch_up(owed, at=at)
    return report


@transaction.atomic
def revoke(*, report: Report, reason: str, seen_round: int, by: User, at: datetime) -> Report:
    """The confirming body takes its confirmation back, with a reason: the report waits for its word again, and the
    figures follow. The confirmation stays readable, as one that was revoked; the day of handing in stays.
    `seen_round`: the round that was read.

    Raises WhyRequiredError, NotAllowedError, OwnWorkError, ReportStateError, RoundChangedError.
    """
    if not reason.strip():
        raise WhyRequiredError
    report = _deciding(report, by, at)
    if report.state != Report.State.CONFIRMED:
        raise ReportStateError(state=report.get_state_display())
    _check_round(report, seen_round)
    report.decisions.filter(round=report.round, verdict="confirm").update(revoked=True)
    _say(report, "revoke", reason.strip(), Report.State.SUBMITTED, by, at)
    with ledger.kept(answering.owed(report), on=timezone.localdate(at)):
        answering.obligations(report).update(state=Obligation.State.SUBMITTED, confirmed_on=None)
    first = answering.obligations(report).select_related("task").order_by("task__position", "pk")[0]
    key = f"revoked:{report.pk}:{at:%Y%m%d%H%M%S}"
    words = partial(messages.revoked, report, first)
    telling.body(report.organisation_id, kind="programmes.revoked", key=key, words=words, but=by, at=at)
    return report


def _draft(
    programme: Programme, organisation: Organisation, key: str, rows: list[Obligation], by: User, at: datetime
) -> Report:
    require(by, Permission.WRITE_REPORT, organisation, timezone.localdate(at))
    return answering.begin(programme, organisation, key, rows, by=by, actor=by.actor, at=at)


def _hold(report: Report, by: User, at: datetime, permission: Permission) -> Report:
    report = Report.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=report.pk)
    require(by, permission, report.organisation, timezone.localdate(at))
    if report.state not in WRITABLE:
        raise ReportStateError(state=report.get_state_display())
    return report


def _decide(report: Report, verdict: str, reason: str, seen_round: int, by: User, at: datetime) -> Report:
    report = _deciding(report, by, at)
    if report.state != Report.State.SUBMITTED:
        raise ReportStateError(state=report.get_state_display())
    _check_round(report, seen_round)
    after = Report.State.CONFIRMED if verdict == "confirm" else Report.State.RETURNED
    return _say(report, verdict, reason, after, by, at)


def _check_done(report: Report) -> None:
    """What says itself that it is not done is no completion: nothing such is handed in any more, but some was."""
    open_ = report.answers.filter(obligation__standing=False, percent__lt=ALL_OF_IT).select_related("obligation__task")
    if (answer := open_.first()) is not None:
        task = answer.obligation.task
        raise NotDoneToConfirmError(number=task.number or task.position, percent=answer.percent)


def _check_round(report: Report, seen_round: int) -> None:
    if report.round != seen_round:
        raise RoundChangedError(round=report.round)


def _deciding(report: Report, by: User, at: datetime) -> Report:
    """The report, held, for a word of its confirming body."""
    report = (
        Report.objects.select_for_update(of=("self",))
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
    return report


def _say(report: Report, verdict: str, reason: str, after: Report.State, by: User, at: datetime) -> Report:
    Decision.objects.create(
        report=report, verdict=verdict, reason=reason, round=report.round, said=frozen(report), by=by, at=at
    )
    report.state = after
    report.version += 1
    report.save(update_fields=["state", "version"])
    answering.decided(report, verdict, by=by, at=at)
    return report
