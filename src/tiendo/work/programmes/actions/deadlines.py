"""The only ways in which a date moves: an extension that is asked for and decided, a suspension and its end, and a new
rule or holiday. The first date stays; each change keeps its reason, who asked, who decided (DESIGN, idea 7).
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.queries import require, rights
from tiendo.work.programmes.actions.parts import moving, reasons
from tiendo.work.programmes.errors_of_changes import (
    ExtensionLimitError,
    HandedInLateError,
    NewDayError,
    NotOpenError,
    NotSuspendedError,
    OwnRequestError,
    RequestClosedError,
    RequestOpenError,
    SuspensionDayError,
)
from tiendo.work.programmes.models import Asked, DateChange, Obligation, Programme
from tiendo.work.programmes.queries.dates import deciding_body, earliest_suspension, following, granted, suspension
from tiendo.work.programmes.queries.owing import calendar_of
from tiendo.work.programmes.rules.dates import movable, resumed
from tiendo.work.programmes.rules.terms import LATEST

Kind = DateChange.Kind


@transaction.atomic
def ask(*, obligation: Obligation, wanted: date, reason: str, basis: str = "", by: User, at: datetime) -> DateChange:
    """The owing body asks for a later day. One open request at a time.

    Raises NotAllowedError, NotOpenError, RequestOpenError, ExtensionLimitError, HandedInLateError, NewDayError and what
    reasons.kept raises.
    """
    obligation = _held(obligation)
    require(by, Permission.WRITE_REPORT, obligation.organisation, timezone.localdate(at))
    _check_extensible(obligation, wanted)
    request = DateChange.objects.create(
        obligation=obligation,
        kind=Kind.EXTEND,
        reason=reasons.kept(obligation.task, reason),
        basis=reasons.basis(obligation.task, basis),
        wanted=wanted,
        before=obligation.owed_by,
        asked_by=by,
        asked_at=at,
    )
    _event("asked", request, by, at, wanted=wanted)
    return request


@transaction.atomic
def withdraw_request(*, request: DateChange, by: User, at: datetime) -> DateChange:
    """The owing body takes its request back while nobody decided. Raises NotAllowedError, RequestClosedError."""
    request = _held_request(request)
    require(by, Permission.WRITE_REPORT, request.obligation.organisation, timezone.localdate(at))
    _close(request, Asked.WITHDRAWN, by, at)
    _event("request_withdrawn", request, by, at)
    return request


@transaction.atomic
def decide(
    *,
    request: DateChange,
    day: date | None,
    word: str = "",
    number: str = "",
    issued_on: date | None = None,
    by: User,
    at: datetime,
) -> DateChange:
    """Grant a request with a day, or refuse it (None) with the reason. By the office, never by people of the body that
    owes the work. `number`, `issued_on`: of the document that decided, if there is one.

    Raises NotAllowedError, OwnRequestError, RequestClosedError, BecauseMissingError (refused without a word),
    NotOpenError, ExtensionLimitError, HandedInLateError, NewDayError, PaperIncompleteError.
    """
    request = _held_request(request)
    one, today = request.obligation, timezone.localdate(at)
    _require_deciding(one, by, today)
    _check_asked(request)
    request.word = reasons.kept(one.task, word, needed=day is None)
    _paper(request, number, issued_on, today)
    if day is None:
        _close(request, Asked.REFUSED, by, at)
        _event("request_refused", request, by, at)
        return request
    _check_new_day(one, day)
    request.before, request.after = one.owed_by, day
    _close(request, Asked.GRANTED, by, at)
    moving.put([(one, day)], on=today)
    _event("request_granted", request, by, at, due=day)
    return request


@transaction.atomic
def extend(
    *,
    obligation: Obligation,
    day: date,
    reason: str,
    basis: str = "",
    number: str = "",
    issued_on: date | None = None,
    by: User,
    at: datetime,
) -> DateChange:
    """A later day by decision of the office, without a request. Raises as `ask` and `decide`."""
    one, today = _held(obligation), timezone.localdate(at)
    _require_deciding(one, by, today)
    _check_extensible(one, day)
    change = _decided(one, Kind.EXTEND, reason, basis, number, issued_on, by, at)
    change.after = day
    change.save()
    moving.put([(one, day)], on=today)
    _event("extended", change, by, at, due=day)
    return change


@transaction.atomic
def suspend(
    *,
    obligation: Obligation,
    from_day: date,
    reason: str,
    basis: str = "",
    number: str = "",
    issued_on: date | None = None,
    by: User,
    at: datetime,
) -> DateChange:
    """Stop the clock from a day on, not after today: by decision of the office. The work is nobody's meanwhile.

    Past figures stay as they were: it stands suspended from the day on which this is recorded; the days that are added
    in the end count from `from_day`. Raises NotAllowedError, OwnRequestError, NotOpenError, RequestOpenError,
    SuspensionDayError, PaperIncompleteError and what reasons.kept raises.
    """
    one, today = _held(obligation), timezone.localdate(at)
    _require_deciding(one, by, today)
    _check_open(one)
    _check_no_request(one)
    _check_between(earliest_suspension(one), from_day, today)
    change = _decided(one, Kind.SUSPEND, reason, basis, number, issued_on, by, at)
    change.wanted, change.after = from_day, one.owed_by
    change.save()
    moving.put([(one, one.owed_by)], on=today, state=Obligation.State.SUSPENDED)
    _event("suspended", change, by, at, from_day=from_day)
    return change


@transaction.atomic
def resume(
    *,
    obligation: Obligation,
    on_day: date,
    reason: str,
    basis: str = "",
    number: str = "",
    issued_on: date | None = None,
    by: User,
    at: datetime,
) -> DateChange:
    """The clock runs again from a day on; every day of the suspension is added to the day by which it is owed.

    Raises NotAllowedError, OwnRequestError, NotSuspendedError, SuspensionDayError, PaperIncompleteError and what
    reasons.kept raises.
    """
    one, today = _held(obligation), timezone.localdate(at)
    _require_deciding(one, by, today)
    began = suspension(one)
    if one.state != Obligation.State.SUSPENDED or began is None or began.wanted is None:
        raise NotSuspendedError
    _check_between(began.wanted, on_day, today)
    change = _decided(one, Kind.RESUME, reason, basis, number, issued_on, by, at)
    day = resumed(one.facts, suspended=began.wanted, on=on_day)
    change.wanted, change.after = on_day, day
    change.save()
    moving.put([(one, day)], on=today, state=Obligation.State.OPEN)
    _event("resumed", change, by, at, from_day=on_day, due=day)
    return change


@transaction.atomic
def recompute(*, programme: Programme, by: User, at: datetime) -> list[DateChange]:
    """A rule of the calendar or a holiday changed: what is open and follows the calendar gets the day it names now.

    Whose day a decision moved stays as decided. Safe to repeat. Returns what changed (none: no event). Beforehand:
    queries.dates.following. Raises NotAllowedError, CalendarGoneError.
    """
    today = timezone.localdate(at)
    require(by, Permission.DECIDE_DATES, programme.office, today)
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=programme.pk)
    moves = following(programme, lock=True)
    if not moves:
        return []
    calendar = calendar_of(programme)
    changes = DateChange.objects.bulk_create(
        DateChange(
            obligation=one,
            kind=Kind.RULE,
            state=Asked.GRANTED,
            reason=calendar.name,
            basis=calendar.source[:300],
            before=one.due,
            after=day,
            asked_at=at,
            decided_by=by,
            decided_at=at,
        )
        for one, day in moves
    )
    moving.put(moves, on=today)
    events.record(
        actor=by.actor,
        verb="programmes.programme.dates_recomputed",
        subject=f"programmes.programme:{programme.pk}",
        at=at,
        office=programme.office.path,
        data={"count": len(changes), "digest": which(change.obligation_id for change in changes)},
    )
    return changes


# -- what is asked first -----------------------------------------------------------------------------------------------


def _held(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "task", "programme__office", "confirming").get(pk=obligation.pk)


def _held_request(request: DateChange) -> DateChange:
    one = _held(request.obligation)
    held = DateChange.objects.select_for_update(of=("self",)).get(pk=request.pk)
    held.obligation = one
    return held


def _require_deciding(one: Obligation, by: User, today: date) -> None:
    held, body = rights(by, today), deciding_body(one)
    if body is None or not held.may(Permission.DECIDE_DATES, body):
        raise NotAllowedError
    if any(mine.pk == one.organisation_id for mine in held.organisations):
        raise OwnRequestError


def _check_open(one: Obligation) -> None:
    if one.state != Obligation.State.OPEN:
        raise NotOpenError(state=one.get_state_display())


def _check_no_request(one: Obligation) -> None:
    if one.date_changes.filter(state=Asked.ASKED).exists():
        raise RequestOpenError


def _check_extensible(one: Obligation, day: date) -> None:
    _check_open(one)
    _check_no_request(one)
    _check_new_day(one, day)


def _check_new_day(one: Obligation, day: date) -> None:
    _check_open(one)
    if granted(one) >= settings.EXTENSIONS:
        raise ExtensionLimitError(count=granted(one))
    if not movable(one.facts):
        raise HandedInLateError
    if not one.owed_by < day <= LATEST:
        raise NewDayError(first=f"{one.owed_by:%d/%m/%Y}", last=f"{LATEST:%d/%m/%Y}")


def _check_between(first: date, day: date, last: date) -> None:
    if not first <= day <= last:
        raise SuspensionDayError(first=f"{first:%d/%m/%Y}", last=f"{last:%d/%m/%Y}")


def _check_asked(request: DateChange) -> None:
    if request.state != Asked.ASKED:
        raise RequestClosedError(state=request.get_state_display())


# -- what is kept ------------------------------------------------------------------------------------------------------


def _close(request: DateChange, state: Asked, by: User, at: datetime) -> None:
    _check_asked(request)
    request.state, request.decided_by, request.decided_at = state, by, at
    request.save()


def _paper(change: DateChange, number: str, issued_on: date | None, today: date) -> None:
    number, change.issued_on = reasons.paper(number, issued_on, today)
    change.number = reasons.number(change.obligation.task, number)


def _decided(
    one: Obligation,
    kind: Kind,
    reason: str,
    basis: str,
    number: str,
    issued_on: date | None,
    by: User,
    at: datetime,
) -> DateChange:
    """A change that the office makes by itself, unsaved."""
    change = DateChange(
        obligation=one,
        kind=kind,
        state=Asked.GRANTED,
        reason=reasons.kept(one.task, reason),
        basis=reasons.basis(one.task, basis),
        before=one.owed_by,
        asked_by=by,
        asked_at=at,
        decided_by=by,
        decided_at=at,
    )
    _paper(change, number, issued_on, timezone.localdate(at))
    return change


def _event(verb: str, change: DateChange, by: User, at: datetime, **days: date) -> None:
    one = change.obligation
    events.record(
        actor=by.actor,
        verb=f"programmes.deadline.{verb}",
        subject=f"programmes.task:{one.task_id}",
        at=at,
        office=one.programme.office.path,
        data={
            "organisation": one.organisation_id,
            "change": change.pk,
            **{name: day.isoformat() for name, day in days.items()},
        },
    )
