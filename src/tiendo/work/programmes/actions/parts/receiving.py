"""The day on which a body's signed paper was received: it counts as the day of handing in, whenever it was typed.

Parts of acts that hand in on paper (actions/parts/answering.py).
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from tiendo.work.programmes.actions.parts import ledger
from tiendo.work.programmes.errors import ReceivedDayError
from tiendo.work.programmes.models import Obligation, Report
from tiendo.work.programmes.queries.turns import spans_of
from tiendo.work.programmes.rules import turns


def check(report: Report, received_on: date, *, signed_on: date | None, at: datetime) -> None:
    """Raises ReceivedDayError: no paper comes before its own day, before the period or the work of a row began, before
    the body had the work, before more was asked, or after today.
    """
    today = timezone.localdate(at)
    days = [signed_on] if signed_on else []
    if received_on != today:
        for one in Obligation.objects.filter(answer__report=report):
            days += [one.period_start, turns.with_its_body(spans_of(one)) or one.period_start]
        returned = report.decisions.filter(verdict="ask_more").last()
        days += [timezone.localdate(returned.at)] if returned else []
    first = max(days, default=received_on)
    if not first <= received_on <= today:
        raise ReceivedDayError(first=f"{first:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")


def counted(report: Report, received_on: date, *, at: datetime) -> None:
    """A report that was just handed in lay with its confirming body from the day on which its paper came: past days,
    clocks and counts follow, as with a corrected day (actions/corrections.py).
    """
    if received_on >= timezone.localdate(at):
        return
    for one in Obligation.objects.filter(answer__report=report):
        spans = spans_of(one)
        first = turns.first_handing_in(spans) == len(spans) - 1
        ledger.recut(
            one,
            turns.submitted_on(spans, received_on) if first else turns.handed_in_again(spans, received_on),
            confirmed_on=None,
        )
