"""A document cited as evidence, and taken back, whoever does it. Parts of actions/evidence.py and actions/links.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.models import Answer, Evidence, Report


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that an answer refers to."""

    number: str
    issued_on: date
    level: str = ""


def cite(answer: Answer, one: Cited, *, report: Report, by: User | None, actor: str, at: datetime) -> Evidence:
    piece = Evidence.objects.create(
        answer=answer,
        number=one.number.strip()[:80],
        issued_on=one.issued_on,
        level=one.level.strip()[:200],
        added_by=by,
        added_at=at,
    )
    _event("cited", report, actor, at, evidence=piece.pk, number=piece.number)
    return piece


def withdraw(piece: Evidence, *, report: Report, actor: str, at: datetime) -> None:
    """That it was there stays on record. Twice is once."""
    if Evidence.objects.filter(pk=piece.pk, withdrawn_at=None).update(withdrawn_at=at):
        _event("withdrawn", report, actor, at, evidence=piece.pk)


def _event(verb: str, report: Report, actor: str, at: datetime, **data: object) -> None:
    events.record(
        actor=actor,
        verb=f"programmes.evidence.{verb}",
        subject=f"programmes.report:{report.pk}",
        at=at,
        office=report.organisation.path,
        data=data,
    )
