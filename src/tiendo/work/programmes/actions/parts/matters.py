"""What the acts on obstacles, causes, corrections and instructions share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.work.programmes.actions.parts import reasons
from tiendo.work.programmes.errors import RestrictedTaskError
from tiendo.work.programmes.errors_of_matters import (
    DecidedAlreadyError,
    DecidedOnError,
    TextTooLongError,
    WhyRequiredError,
)
from tiendo.work.programmes.models import (
    Asked,
    Assignment,
    Cause,
    Correction,
    Instruction,
    Obligation,
    Obstacle,
    Progress,
    Task,
)
from tiendo.work.programmes.queries.receivers import is_receiver
from tiendo.work.programmes.rules.answers import TEXT_LIMIT
from tiendo.work.programmes.rules.reasons import document_alone
from tiendo.work.programmes.rules.terms import EARLIEST

UNSAID = "–"
"""In place of words about a restricted task, where a reason is kept."""


def hold(owed: Obligation) -> Obligation:
    """As it is now, and nobody else changes it meanwhile."""
    rows = Obligation.objects.select_for_update(of=("self",))
    of = ("task__confirming", "organisation", "confirming")
    through = [f"programme__{part}" for part in ("office", "confirming", "monitor")]
    return rows.select_related(*of, *through).get(pk=owed.pk)


def words(owed: Obligation, text: str, *, needed: bool = False, limit: int = TEXT_LIMIT) -> str:
    """Free text about an obligation. Raises RestrictedTaskError (any on a restricted task), TextTooLongError,
    WhyRequiredError (`needed`; not on a restricted task, of which numbers and dates alone are kept).
    """
    text = text.strip()
    if owed.task.restricted:
        if text:
            raise RestrictedTaskError
        return UNSAID if needed else ""
    if needed and not text:
        raise WhyRequiredError
    if len(text) > limit:
        raise TextTooLongError(limit=limit)
    return text


def day(said: date, today: date, *, first: date = EARLIEST) -> date:
    """A day that is over or is today. Raises DecidedOnError."""
    if not first <= said <= today:
        raise DecidedOnError(first=f"{first:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")
    return said


def decide(asked: Cause | Correction | Progress, *, granted: bool, word: str, by: User, at: datetime) -> None:
    """Somebody with the right decides what was asked. Raises DecidedAlreadyError."""
    if asked.state != Asked.ASKED:
        raise DecidedAlreadyError
    asked.state = Asked.GRANTED if granted else Asked.REFUSED
    asked.decided_by, asked.decided_at, asked.word = by, at, word
    asked.save(update_fields=["state", "decided_by", "decided_at", "word"])


def withdraw(asked: Cause | Correction | Progress, *, by: User, at: datetime) -> None:
    """Whoever asked takes it back. Raises DecidedAlreadyError."""
    if asked.state != Asked.ASKED:
        raise DecidedAlreadyError
    asked.state, asked.decided_by, asked.decided_at = Asked.WITHDRAWN, by, at
    asked.save(update_fields=["state", "decided_by", "decided_at"])


def wipe(task: Task) -> int:
    """What a task that became restricted may not keep: every word, but for numbers and days. Returns how many rows."""
    about = Obligation.objects.filter(task=task)
    gone = Assignment.objects.filter(task=task).exclude(asked="").update(asked="")
    gone += Obstacle.objects.filter(obligation__in=about).update(text="", proposal="", decision="", level_text="")
    gone += Instruction.objects.filter(obligation__in=about).exclude(text="").update(text="")
    gone += _wipe_progress(task)
    for model in (Cause, Correction):
        rows = model.objects.filter(obligation__in=about)
        gone += rows.exclude(reason=UNSAID).update(reason=UNSAID)
        rows.exclude(word="").update(word=UNSAID)
    return gone


def replace_progress(owed: Iterable[int], *, by: User, at: datetime) -> None:
    """Something newer was reported of these obligations: what waits for its word waits no more."""
    waiting = Progress.objects.filter(obligation__in=list(owed), state=Progress.State.ASKED)
    waiting.update(state=Progress.State.REPLACED, decided_by=by, decided_at=at)


def _wipe_progress(task: Task) -> int:
    """Numbers and days of documents stay; words, also in a number or a receiver, and the percentage go."""
    rows = list(Progress.objects.filter(obligation__task=task))
    for one in rows:
        one.text, one.percent, one.word = "", None, UNSAID if one.word else ""
        one.documents = [[number, day, level if is_receiver(level) else ""] for number, day, level in one.documents]
        one.documents = [[n if document_alone(n) else reasons.WIPED, day, level] for n, day, level in one.documents]
    return Progress.objects.bulk_update(rows, ["text", "percent", "word", "documents"], batch_size=200)


def tell(owed: Obligation, by: User, at: datetime, *, verb: str, **data: object) -> None:
    """One event beside the change, about the task."""
    events.record(
        actor=by.actor,
        verb=verb,
        subject=f"programmes.task:{owed.task_id}",
        at=at,
        office=owed.programme.office.path,
        data={"organisation": owed.organisation_id, **data},
    )
