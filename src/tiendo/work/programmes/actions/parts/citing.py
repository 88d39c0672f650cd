"""A document cited as evidence, and taken back, whoever does it. Parts of actions/evidence.py and actions/links.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.actions.parts import reasons
from tiendo.work.programmes.errors import EvidenceDayError, RestrictedLevelError
from tiendo.work.programmes.models import Answer, Evidence, Report, Task
from tiendo.work.programmes.queries.receivers import is_receiver
from tiendo.work.programmes.rules.reasons import document_alone


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that an answer refers to."""

    number: str
    issued_on: date
    level: str = ""


def cite(answer: Answer, one: Cited, *, report: Report, by: User | None, actor: str, at: datetime) -> Evidence:
    """Of a restricted task neither the number nor the receiving level takes words.

    Raises EvidenceDayError (of a day to come), RestrictedReasonError, RestrictedLevelError.
    """
    task = answer.obligation.task
    if one.issued_on > timezone.localdate(at):
        raise EvidenceDayError
    piece = Evidence.objects.create(
        answer=answer,
        number=reasons.number(task, one.number.strip()[:80]),
        issued_on=one.issued_on,
        level=_level(task, one.level.strip()[:200]),
        added_by=by,
        added_at=at,
    )
    _event("cited", report, actor, at, evidence=piece.pk, number=piece.number)
    return piece


def cite_whole(report: Report, one: Cited, *, by: User | None, actor: str, at: datetime) -> list[Evidence]:
    """One document with which a body answers a whole report: for each row that has no evidence of its own and is not
    "không phát sinh", also for one left empty. Where one row cannot take it, none does. Raises as `cite`.
    """
    held = Evidence.objects.filter(answer=OuterRef("pk"), withdrawn_at=None)
    rows = report.answers.filter(~Exists(held), nothing_arose=False).select_related("obligation__task")
    with transaction.atomic():
        return [cite(answer, one, report=report, by=by, actor=actor, at=at) for answer in rows.order_by("pk")]


def _level(task: Task, level: str) -> str:
    if task.restricted and level and not is_receiver(level):
        raise RestrictedLevelError
    return level


def withdraw(piece: Evidence, *, report: Report, actor: str, at: datetime) -> None:
    """That it was there stays on record. Twice is once."""
    if Evidence.objects.filter(pk=piece.pk, withdrawn_at=None).update(withdrawn_at=at):
        _event("withdrawn", report, actor, at, evidence=piece.pk)


def take_along(piece: Evidence, *, report: Report, actor: str, at: datetime) -> None:
    """A document leaves the draft with a report on progress, in which it stands: nobody took it back."""
    if Evidence.objects.filter(pk=piece.pk, withdrawn_at=None).update(withdrawn_at=at):
        _event("sent_with_progress", report, actor, at, evidence=piece.pk)


def wipe(task: Task) -> int:
    """A task has become a restricted one: numbers and receivers that hold words go, the others stay. How many went."""
    gone = []
    for piece in Evidence.objects.filter(answer__obligation__task=task):
        said = piece.number, piece.level
        if piece.number and not document_alone(piece.number):
            piece.number = reasons.WIPED
        if piece.level and not is_receiver(piece.level):
            piece.level = ""
        if said != (piece.number, piece.level):
            gone.append(piece)
    return Evidence.objects.bulk_update(gone, ["number", "level"], batch_size=200)


def _event(verb: str, report: Report, actor: str, at: datetime, **data: object) -> None:
    events.record(
        actor=actor,
        verb=f"programmes.evidence.{verb}",
        subject=f"programmes.report:{report.pk}",
        at=at,
        office=report.organisation.path,
        data=data,
    )
