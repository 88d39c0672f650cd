"""Reasons and papers of decisions, looked at before they are kept. Parts of the acts that ask and decide."""

from __future__ import annotations

from datetime import date
from typing import Any

from tiendo.work.programmes.errors_of_changes import (
    BecauseMissingError,
    BecauseTooLongError,
    PaperIncompleteError,
    RestrictedReasonError,
)
from tiendo.work.programmes.models import DateChange, Opening, Refusal, Stage, Task, TaskChange
from tiendo.work.programmes.rules.reasons import BASIS_LIMIT, NUMBER_LIMIT, REASON_LIMIT, Wrong, document_alone, wrong

WIPED = "(đã xóa)"


def kept(task: Task, text: str, *, needed: bool = True, limit: int = REASON_LIMIT) -> str:
    """The text as it is stored. Raises BecauseMissingError, BecauseTooLongError, RestrictedReasonError."""
    text = text.strip()
    found = wrong(text, limit=limit, needed=needed, restricted=task.restricted)
    if found == Wrong.MISSING:
        raise RestrictedReasonError if task.restricted else BecauseMissingError
    if found == Wrong.RESTRICTED:
        raise RestrictedReasonError
    if found == Wrong.TOO_LONG:
        raise BecauseTooLongError(limit=limit)
    return text


def basis(task: Task, text: str) -> str:
    """The legal basis, as printed; it may be empty. Raises as `kept`."""
    return kept(task, text, needed=False, limit=BASIS_LIMIT)


def paper(number: str, issued_on: date | None, today: date, *, needed: bool = False) -> tuple[str, date | None]:
    """Number and day of the document that decided: both, or (where it is not needed) neither.

    Raises PaperIncompleteError, also for a day to come; BecauseTooLongError.
    """
    number = number.strip()
    if len(number) > NUMBER_LIMIT:
        raise BecauseTooLongError(limit=NUMBER_LIMIT)
    if bool(number) != (issued_on is not None) or (needed and not number) or (issued_on and issued_on > today):
        raise PaperIncompleteError
    return number, issued_on


def number(task: Task, text: str) -> str:
    """Of a restricted task, the number of a document is a number: no words. Raises RestrictedReasonError."""
    if task.restricted and text and not document_alone(text):
        raise RestrictedReasonError
    return text


SAID: tuple[tuple[type[Any], str, tuple[str, ...]], ...] = (
    (DateChange, "obligation__task", ("reason", "basis", "word")),
    (TaskChange, "task", ("reason", "number")),
    (Refusal, "assignment__task", ("reason", "word")),
    (Opening, "task", ("basis",)),
    (Stage, "task", ("number",)),
)
"""Where words about a task stand in what was decided on it, and the fields that hold them."""


def wipe(task: Task) -> int:
    """A task has become a restricted one: words about it go, numbers and dates of documents stay. How many went."""
    gone = 0
    for model, about, fields in SAID:
        rows: list[Any] = list(model.objects.filter(**{about: task}))
        for row in rows:
            for field in fields:
                if (said := getattr(row, field)) and not document_alone(said) and said != WIPED:
                    setattr(row, field, WIPED)
                    gone += 1
        model.objects.bulk_update(rows, fields, batch_size=200)
    return gone
