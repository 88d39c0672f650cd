"""Letters to a body that is late: the system drafts them, a person signs them, their number is entered back."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import rights
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions.parts import telling
from tiendo.work.programmes.errors import (
    LetterAnsweredError,
    LetterDayError,
    LetterIssuedError,
    LetterNotIssuedError,
    LetterNumberError,
    NothingOverdueError,
)
from tiendo.work.programmes.models import Letter, Programme
from tiendo.work.programmes.queries.letters import keeps, overdue, writers
from tiendo.work.programmes.queries.taking_over import taken_late

NUMBER_LIMIT = 80
"""Characters of a letter's number and symbol."""


@transaction.atomic
def draft(
    *,
    programme: Programme,
    organisation: Organisation,
    kind: str,
    writer: Organisation | None = None,
    by: User,
    at: datetime,
) -> Letter:
    """Draft a letter about what a body owes past its day (`kind`: of Letter.Kind), in the name of `writer`: the
    programme's office (unless said), or the body that follows the programme. One that it drafted before and did not
    issue yet is drawn up anew. Raises NotAllowedError, NothingOverdueError.
    """
    today = timezone.localdate(at)
    held = Programme.objects.select_for_update(of=("self",)).select_related("office", "document")
    programme = held.get(pk=programme.pk)
    writer = writer or programme.office
    if writer not in writers(rights(by, today), programme) or writer == organisation:
        raise NotAllowedError  # nobody writes to their own body
    late = list(overdue(programme, organisation, today))
    taken = taken_late((one.pk for one in late), today)
    rows = [
        [
            one.pk,
            one.owed.isoformat(),
            (today - one.owed).days,
            one.submitted_on.isoformat() if one.submitted_on else "",
            taken[one.pk].isoformat() if one.pk in taken else "",
        ]
        for one in late
    ]
    if not rows:
        raise NothingOverdueError(body=organisation.name)
    drawn = {"as_of": today, "lines": rows, "drafted_by": by, "drafted_at": at}
    letter, _made = Letter.objects.update_or_create(
        programme=programme,
        organisation=organisation,
        written_by=None if writer == programme.office else writer,
        kind=Letter.Kind(kind),
        issued_on=None,
        defaults=drawn,
    )
    _event("letter_drafted", letter, by, at, count=len(rows))
    return letter


@transaction.atomic
def discard(*, letter: Letter, by: User, at: datetime) -> None:
    """Throw away a draft that is not to be sent. Raises NotAllowedError, LetterIssuedError."""
    letter = _held(letter, by, at)
    if letter.issued_on:
        raise LetterIssuedError(number=letter.number)
    _event("letter_discarded", letter, by, at)
    letter.delete()


@transaction.atomic
def issue(*, letter: Letter, number: str, issued_on: date, by: User, at: datetime) -> Letter:
    """Enter the number and day under which the signed letter went out.

    Raises NotAllowedError, LetterIssuedError, LetterNumberError, LetterDayError.
    """
    letter = _held(letter, by, at)
    if letter.issued_on:
        raise LetterIssuedError(number=letter.number)
    _check_day(issued_on, letter.as_of, at)
    letter.number, letter.issued_on = _number(number), issued_on
    letter.save(update_fields=["number", "issued_on"])
    _event("letter_issued", letter, by, at)
    key, words = f"letter:{letter.pk}", partial(messages.letter_issued, letter)
    telling.body(letter.organisation_id, kind="programmes.letter", key=key, words=words, but=by, at=at)
    return letter


@transaction.atomic
def answered(*, letter: Letter, number: str, on: date, by: User, at: datetime) -> Letter:
    """Enter the document by which the body answered.

    Raises NotAllowedError, LetterNotIssuedError, LetterAnsweredError, LetterNumberError, LetterDayError.
    """
    letter = _held(letter, by, at)
    if letter.issued_on is None:
        raise LetterNotIssuedError
    if letter.answered_on:
        raise LetterAnsweredError(number=letter.answer_number)
    _check_day(on, letter.issued_on, at)
    letter.answer_number, letter.answered_on = _number(number), on
    letter.save(update_fields=["answer_number", "answered_on"])
    _event("letter_answered", letter, by, at)
    return letter


def _held(letter: Letter, by: User, at: datetime) -> Letter:
    rows = Letter.objects.select_for_update(of=("self",)).select_related(
        "programme__office", "programme__document", "written_by", "organisation"
    )
    letter = rows.get(pk=letter.pk)
    if not keeps(rights(by, timezone.localdate(at)), letter):
        raise NotAllowedError
    return letter


def _number(said: str) -> str:
    number = " ".join(said.split())
    if not number or len(number) > NUMBER_LIMIT:
        raise LetterNumberError(limit=NUMBER_LIMIT)
    return number


def _check_day(day: date, first: date, at: datetime) -> None:
    today = timezone.localdate(at)
    if not first <= day <= today:
        raise LetterDayError(first=f"{first:%d/%m/%Y}", last=f"{today:%d/%m/%Y}")


def _event(verb: str, letter: Letter, by: User, at: datetime, **data: object) -> None:
    events.record(
        actor=by.actor,
        verb=f"programmes.programme.{verb}",
        subject=f"programmes.programme:{letter.programme_id}",
        at=at,
        office=letter.programme.office.path,
        data={"letter": letter.pk, "organisation": letter.organisation_id, **data},
    )
