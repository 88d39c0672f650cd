"""The spans through which an obligation went, as rules.turns takes them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from tiendo.work.programmes.models import Assignment, Decision, Obligation, Report, Turn
from tiendo.work.programmes.rules import corrections
from tiendo.work.programmes.rules.turns import Span


def spans_of(owed: Obligation) -> list[Span]:
    """What is over, and how it stands now. One query."""
    over = [_span(turn) for turn in Turn.objects.filter(obligation=owed).order_by("since")]
    now = Span(
        since=owed.held_since,
        until=None,
        organisation=owed.organisation_id,
        confirming=owed.confirming_id,
        state=owed.state,
        due=owed.due,
        supplement_due=owed.supplement_due,
        submitted_on=owed.submitted_on,
        supplemented_on=owed.supplemented_on,
    )
    return [*over, now]


def correctable(owed: Obligation, field: str, *, today: date) -> tuple[date, date] | None:
    """The first and the last day to which a recorded day can be corrected; None: there is none yet. Five
    queries at most.
    """
    return corrections.bounds(spans_of(owed), field, today=today, said=said_to(owed), asked_from=asked_from(owed))


def asked_from(owed: Obligation) -> date:
    """The first day on which something can have been handed in: since when the programme is followed, that of its
    document, of the event that opened it, of the period; a coordinator's part was asked of it when it was raised. A
    document that is younger than the work was due (a register that was brought) says nothing.
    """
    programme, issued = owed.programme, owed.programme.document.issued_on
    days = [programme.tracked_from, owed.opening and owed.opening.happened_on]
    days += [issued if issued and issued <= owed.first_due else None]
    days += [owed.period_start if owed.standing else None]
    days += [None if owed.role == Assignment.Role.LEAD else timezone.localdate(owed.raised_at)]
    return max(day for day in days if day)


def said_to(owed: Obligation) -> corrections.Said:
    """The words said to an obligation, also to reports of bodies that had it before. Two queries."""
    report = Report.objects.filter(answers__obligation=owed).first()
    if report is None:
        return corrections.Said(supplement_days=settings.SUPPLEMENT_DAYS)
    key = report.key.rstrip("+")
    decisions = Decision.objects.filter(report__programme=owed.programme_id, report__key__startswith=key)
    days: dict[str, list[date]] = {"confirm": [], "ask_more": [], "revoke": []}
    for verdict, said, at in decisions.order_by("pk").values_list("verdict", "said", "at"):
        if any(row["obligation"] == owed.pk for row in said):
            days[verdict].append(timezone.localdate(at))
    again = report.submitted_at if days["ask_more"] else None
    return corrections.Said(
        days["ask_more"], days["revoke"], timezone.localdate(again) if again else None, settings.SUPPLEMENT_DAYS
    )


def _span(turn: Turn) -> Span:
    return Span(
        since=turn.since,
        until=turn.until,
        organisation=turn.organisation_id,
        confirming=turn.confirming_id,
        state=turn.state,
        due=turn.due,
        supplement_due=turn.supplement_due,
        submitted_on=turn.submitted_on,
        supplemented_on=turn.supplemented_on,
    )
