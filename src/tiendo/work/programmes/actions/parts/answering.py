"""How a draft begins, is written and is handed in, whoever does it: someone with a post, or whoever holds a link.

Parts of actions/reports.py and actions/links.py, which ask who may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Case, DateField, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.actions.parts import ledger, matters, receiving
from tiendo.work.programmes.errors import (
    AnswerMissingError,
    AnswerTooLongError,
    EvidenceMissingError,
    NothingAndTextError,
    NothingNewError,
    RestrictedTaskError,
)
from tiendo.work.programmes.errors_of_changes import NothingOwedError
from tiendo.work.programmes.errors_of_matters import NotDoneYetError, PercentError
from tiendo.work.programmes.models import Answer, Obligation, Programme, Report
from tiendo.work.programmes.queries.rounds import frozen
from tiendo.work.programmes.rules.answers import ALL_OF_IT, TEXT_LIMIT, AnswerFacts, lacks, unfinished

UNTOLD = -1
FIELDS = ("text", "nothing_arose", "percent")
"""What is typed into an answer."""
HANDED_IN = (
    "state", "submitted_by", "submitted_at", "paper", "paper_on", "received_on", "presented_by", "presented_at",
)  # fmt: skip
WRITABLE = {Report.State.DRAFT, Report.State.RETURNED}


@dataclass(frozen=True, slots=True)
class Said:
    """What a body says to one obligation."""

    nothing_arose: bool = False
    text: str = ""
    percent: int | None = UNTOLD
    """How much of a quantity is done; None: not told. UNTOLD: what stands stays."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed paper of a body on which its report is handed in by the office."""

    number: str = ""
    signed_on: date | None = None
    received_on: date | None = None
    """When the office received it: the day of handing in. None: on the day on which it is typed."""


def begin(
    programme: Programme,
    organisation: Organisation,
    key: str,
    rows: Sequence[Obligation],
    *,
    by: User | None,
    actor: str,
    at: datetime,
) -> Report:
    """The draft of these rows, or the one already begun; rows that came after it was handed in stand in another.

    Rows that are not owed any more are none of it.
    """
    rows = [row for row in rows if row.state != Obligation.State.NOT_OWED]
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
            return begin(programme, organisation, f"{key}+", late, by=by, actor=actor, at=at)
    else:
        Answer.objects.bulk_create((Answer(report=report, obligation=row) for row in rows), ignore_conflicts=True)
    if made:
        _record("drafted", report, actor, at)
    return report


def says_new(report: Report, answers: Mapping[int, Said]) -> bool:
    """Whether any of this differs from what the draft holds."""
    rows = {answer.obligation_id: answer for answer in report.answers.all()}

    def same(answer: Answer, said: Said) -> bool:
        told = said.percent in {UNTOLD, answer.percent}
        return told and (answer.text, answer.nothing_arose) == (said.text.strip(), said.nothing_arose)

    return not all(key in rows and same(rows[key], said) for key, said in answers.items())


def _check(answer: Answer, said: Said) -> None:
    """Raises AnswerTooLongError, RestrictedTaskError, NothingAndTextError, PercentError."""
    percent = None if said.percent == UNTOLD else said.percent
    if answer.obligation.task.restricted and (said.text.strip() or percent is not None):
        raise RestrictedTaskError
    if said.nothing_arose and said.text.strip():
        raise NothingAndTextError
    if len(said.text) > TEXT_LIMIT:
        raise AnswerTooLongError(limit=TEXT_LIMIT)
    if percent is not None and not 0 <= percent <= ALL_OF_IT:
        raise PercentError


def put(
    report: Report,
    answers: Mapping[int, Said],
    *,
    by: User | None,
    actor: str,
    at: datetime,
    recorded: bool = True,
    stays: bool = False,
) -> Report:
    """Write what was typed into a draft that is held. `recorded`: not where an event tells of it already. `stays`
    before whoever signs, where it was put before them; else what is written on is put before them anew.

    Raises AnswerTooLongError, RestrictedTaskError, NothingAndTextError, PercentError, Obligation.DoesNotExist.
    """
    kept = report.answers.select_related("obligation__task").only(*FIELDS, "obligation__task__restricted")
    rows = {answer.obligation_id: answer for answer in kept}
    before = {pk: _typed(answer) for pk, answer in rows.items()}
    for obligation_id, said in answers.items():
        if obligation_id not in rows:
            raise Obligation.DoesNotExist
        answer = rows[obligation_id]
        _check(answer, said)
        answer.text, answer.nothing_arose = said.text.strip(), said.nothing_arose
        if said.percent != UNTOLD:
            answer.percent = said.percent
    changed = [answer for pk, answer in rows.items() if _typed(answer) != before[pk]]
    Answer.objects.bulk_update(changed, FIELDS, batch_size=500)
    report.version += 1
    report.saved_at, report.drafted_by = at, by
    if not stays:
        report.presented_by = report.presented_at = None
    report.save(update_fields=["version", "saved_at", "drafted_by", "presented_by", "presented_at"])
    if recorded:
        _record("saved", report, actor, at)
    return report


def _typed(answer: Answer) -> tuple[object, ...]:
    return tuple(getattr(answer, name) for name in FIELDS)


def hand_in(report: Report, *, by: User, at: datetime, paper: Paper | None = None) -> Report:
    """A draft that is held goes to the confirming body. What is suspended or not owed any more is left out of it.

    What is done is handed in: a report on progress (parts/progressing.py) that waits is replaced by it. On paper, the
    day on which the office received it is the day of handing in.

    Raises AnswerMissingError, EvidenceMissingError, NotDoneYetError, NothingOwedError, NothingNewError,
    ReceivedDayError.
    """
    rows = _leave_out(report, answers(report), at)
    check_complete(rows)
    if _is_what_was_sent_back(report):
        raise NothingNewError
    paper, today = paper or Paper(), timezone.localdate(at)
    received = paper.received_on or today
    receiving.check(report, received, signed_on=paper.signed_on, at=at)
    report.state, report.submitted_by, report.submitted_at = Report.State.SUBMITTED, by, at
    report.paper, report.paper_on = paper.number, paper.signed_on
    report.received_on = received if paper.number else None
    report.presented_by = report.presented_at = None
    report.round += 1
    report.version += 1
    report.save(update_fields=[*HANDED_IN, "round", "version"])
    came = Value(received, output_field=DateField())
    again = When(submitted_on__isnull=False, then=Coalesce("supplemented_on", came))
    answered = [row.obligation_id for row in rows]
    with ledger.kept(answered, on=today):
        Obligation.objects.filter(pk__in=answered).update(
            state=Obligation.State.SUBMITTED,
            submitted_on=Coalesce("submitted_on", came),
            supplemented_on=Case(again, default=None, output_field=DateField()),
        )
    receiving.counted(report, received, at=at)
    matters.replace_progress(answered, by=by, at=at)
    said = {"name": paper.number, "received": received.isoformat()} if paper.number else {}
    _record("submitted_on_paper" if paper.number else "submitted", report, by.actor, at, round=report.round, **said)
    return report


def answers(report: Report) -> list[Answer]:
    """The rows of a report with what they answer and their evidence. Two queries."""
    return list(report.answers.select_related("obligation__task").prefetch_related("evidence"))


def check_complete(rows: Iterable[Answer]) -> None:
    """Every row that is owed is answered, on evidence. Raises AnswerMissingError, EvidenceMissingError,
    NotDoneYetError.
    """
    for answer in rows:
        if answer.obligation.state != Obligation.State.OPEN:
            continue
        task = answer.obligation.task
        evidence = sum(1 for piece in answer.evidence.all() if piece.withdrawn_at is None)
        said = AnswerFacts(
            answer.obligation.standing, task.restricted, answer.nothing_arose, answer.text, evidence, answer.percent
        )
        if unfinished(said):
            raise NotDoneYetError(number=task.number or task.position, percent=answer.percent)
        if missing := lacks(said):
            error = EvidenceMissingError if missing == "evidence" else AnswerMissingError
            raise error(number=task.number or task.position)


def _is_what_was_sent_back(report: Report) -> bool:
    """More was asked, of this body or of the one whose answer it goes on with, and every row is as it was then."""
    before = report if report.round else report.follows
    last = before.decisions.last() if before else None
    if last is None or last.verdict != "ask_more":
        return False
    return all(row in last.said for row in frozen(report))


def _leave_out(report: Report, rows: list[Answer], at: datetime) -> list[Answer]:
    """Rows that are not owed at this moment: empty ones go, what was written waits in a draft of its own. Returns those
    that stay. Raises NothingOwedError.
    """
    out = [row for row in rows if row.obligation.state != Obligation.State.OPEN]
    if not out:
        return rows
    if len(out) == len(rows):
        raise NothingOwedError
    said = [row for row in out if row.text or row.nothing_arose or row.evidence.all()]
    Answer.objects.filter(pk__in=[row.pk for row in out if row not in said]).delete()
    if said:
        key = f"{report.key}+"
        while Report.objects.filter(programme=report.programme, organisation=report.organisation, key=key).exists():
            key += "+"
        waiting = Report.objects.create(
            programme=report.programme,
            organisation=report.organisation,
            standing=report.standing,
            key=key,
            confirming=report.confirming,
            drafted_by=report.drafted_by,
            saved_at=at,
        )
        Answer.objects.filter(pk__in=[row.pk for row in said]).update(report=waiting)
    return [row for row in rows if row not in out]


def presented(report: Report, *, back: bool, by: User, at: datetime) -> None:
    """The event of a draft that goes to whoever signs, or back from them."""
    _record("given_back" if back else "presented", report, by.actor, at)


def decided(report: Report, verdict: str, *, by: User, at: datetime) -> None:
    """The event of the confirming body's word."""
    if verdict == "revoke":
        _record("confirmation_revoked", report, by.actor, at, round=report.round)
    else:
        _record("confirmed" if verdict == "confirm" else "sent_back", report, by.actor, at, round=report.round)


def owed(report: Report) -> list[int]:
    """The ids of what a report answers."""
    return list(report.answers.order_by().values_list("obligation", flat=True))


def obligations(report: Report) -> QuerySet[Obligation]:
    return Obligation.objects.filter(answer__report=report)


def _record(verb: str, report: Report, actor: str, at: datetime, **data: object) -> None:
    events.record(
        actor=actor,
        verb=f"programmes.report.{verb}",
        subject=f"programmes.report:{report.pk}",
        at=at,
        office=report.organisation.path,
        data=data,
    )
