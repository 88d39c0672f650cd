"""The spans through which an obligation went, as rules.turns takes them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone

from tiendo.work.programmes.models import Decision, Obligation, Report, Turn
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
    """The first and the last day to which a recorded day can be corrected; None: there is none yet. Three queries."""
    return corrections.bounds(spans_of(owed), field, today=today, said=said_to(owed))


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
