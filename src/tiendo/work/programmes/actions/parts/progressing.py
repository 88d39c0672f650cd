"""A draft that is not the end of the work is sent as a report on its progress, whoever does it: someone with a post, or
the office on a signed paper.

Parts of actions/reports.py, actions/links.py and actions/forms.py, which ask who may.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.work.programmes.actions.parts import citing, matters, reasons
from tiendo.work.programmes.actions.parts.answering import Paper
from tiendo.work.programmes.errors import EvidenceDayError, EvidenceMissingError
from tiendo.work.programmes.errors_of_changes import NothingOwedError
from tiendo.work.programmes.errors_of_matters import (
    ProgressDoneError,
    ProgressEmptyError,
    ProgressOfPeriodError,
    ProgressSentError,
)
from tiendo.work.programmes.models import Answer, Asked, Evidence, Obligation, Progress, Report
from tiendo.work.programmes.rules.answers import ALL_OF_IT


def send(report: Report, *, by: User, at: datetime, paper: Paper | None = None) -> Progress:
    """What a draft that is held says so far goes to the confirming body as progress: words, percentage, and the
    documents cited since the last round, which are no evidence of completion. Files stay in the draft. The draft goes
    on, empty again but for what was handed in once; a report on progress that still waits is replaced.

    Raises ProgressOfPeriodError, NothingOwedError, ProgressDoneError, ProgressEmptyError, EvidenceMissingError (a
    restricted task, of which number and day are all that is kept), EvidenceDayError, RestrictedReasonError,
    ProgressSentError (the same waits already).
    """
    if report.standing:
        raise ProgressOfPeriodError
    answer = report.answers.select_related("obligation__task").get()
    owed = matters.hold(answer.obligation)
    if owed.state != Obligation.State.OPEN:
        raise NothingOwedError
    pieces = _cited(report, answer)
    documents = [[piece.number, f"{piece.issued_on:%Y-%m-%d}", piece.level] for piece in pieces]
    if paper is not None and paper.signed_on is not None:
        if paper.signed_on > timezone.localdate(at):
            raise EvidenceDayError
        documents.append([reasons.number(owed.task, paper.number), paper.signed_on.isoformat(), ""])
    _check(owed, answer, documents)
    if paper is None and not documents and _waits_already(owed, answer):
        raise ProgressSentError
    matters.replace_progress([owed.pk], by=by, at=at)
    sent = Progress.objects.create(
        obligation=owed, organisation=report.organisation, percent=answer.percent, text=answer.text,
        documents=documents, on_paper=paper is not None, reported_by=by, reported_at=at,
    )  # fmt: skip
    for piece in pieces:
        citing.take_along(piece, report=report, actor=by.actor, at=at)
    _begin_anew(report, answer, at)
    if paper is None:
        matters.tell(owed, by, at, verb="programmes.progress.reported", progress=sent.pk)
    else:
        matters.tell(owed, by, at, verb="programmes.progress.reported_on_paper", progress=sent.pk, name=paper.number)
    return sent


def _cited(report: Report, answer: Answer) -> list[Evidence]:
    """The documents in the draft that no round handed in."""
    last = report.decisions.last()
    handed = {pk for row in last.said for pk in row["evidence"]} if last else set()
    rows = answer.evidence.filter(withdrawn_at=None, issued_on__isnull=False).exclude(number="").exclude(pk__in=handed)
    return list(rows)


def _check(owed: Obligation, answer: Answer, documents: list[list[str]]) -> None:
    task = owed.task
    if task.restricted and not documents:
        raise EvidenceMissingError(number=task.number or task.position)
    if answer.percent == ALL_OF_IT:
        raise ProgressDoneError
    if answer.percent is None and not answer.text.strip() and not documents:
        raise ProgressEmptyError


def _waits_already(owed: Obligation, answer: Answer) -> bool:
    """Whether the same words wait for an answer: a browser that went back holds them still."""
    last = owed.progress.filter(state=Asked.ASKED).last()
    return last is not None and last.text == answer.text and answer.percent in {None, last.percent}


def _begin_anew(report: Report, answer: Answer, at: datetime) -> None:
    if not report.round:
        answer.text = ""
    answer.percent = None
    answer.save(update_fields=["text", "percent"])
    report.version += 1
    report.saved_at = at
    report.presented_by = report.presented_at = None
    report.save(update_fields=["version", "saved_at", "presented_by", "presented_at"])
