"""Silence climbs: each morning what came near, passed its day or waits for a word is told to whom it concerns, once.

A run goes in three steps, each of which may be cut off and is taken up again by the next run without telling anybody
twice: what is owed is raised; reminders are raised (both some programmes at a time, in one transaction with an event of
each); each person gets one digest of the day's reminders, under the day's key (some people at a time). Two events mark
how far it came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import batched

from django.db import transaction
from django.utils import timezone, translation

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.actions import absences
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.models import Programme, Reminder
from tiendo.work.programmes.queries import hearing, reminding
from tiendo.work.programmes.queries.awaited import Span
from tiendo.work.programmes.queries.hearing import People, digests, own
from tiendo.work.programmes.queries.reminding import RAISED
from tiendo.work.programmes.rules.digests import Digest
from tiendo.work.programmes.rules.reminding import Level, Schedule, schedule_for

ACTOR = "job:remind"
KIND = "programmes.digest"
PROGRAMMES, ROWS, PEOPLE = 200, 2000, 500
"""In one transaction: programmes that are reminded of, with so many reminders at most where there is more than one
programme; people who are told. Others who write wait a fraction of a second.
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: how much was raised, reminded of, how many people were told; where nothing could be raised."""

    raised: int
    reminded: int
    told: int
    failed: tuple[tuple[Programme, str], ...] = ()


def run_daily(*, at: datetime) -> Ran:
    """Raise what falls due, remind, tell; tell also whoever stood in for somebody until yesterday. The run of a day
    that came to its end is not repeated. On a day off nobody is reminded or told: the next working day makes up for it.
    """
    today = timezone.localdate(at)
    if reminding.done(today):
        return Ran(0, 0, 0)
    raised = obligations.raise_everywhere(at=at)
    if reminding.rests(today):
        _record("raised", today, at, 0)
        return Ran(raised.new, 0, 0, raised.failed)
    absences.tell_over(at=at)
    schedule = schedule_for(today)
    people = hearing.people(today)
    reminded = 0
    if not reminding.marked(RAISED, today):
        for some in _together(reminding.programmes_to_remind(today, schedule)):
            reminded += _remind(some, schedule, people, at)
        _record("raised", today, at, reminded)
    last, told = reminding.last_told(today), 0
    for day in [*reminding.left_over(today), today]:
        told += _tell(Span(last, day), schedule, people, at)
        last = day
    _record("told", today, at, told)
    return Ran(raised.new, reminded, told, raised.failed)


@transaction.atomic
def _record(verb: str, day: date, at: datetime, count: int) -> None:
    """How far the run of a day came; of two runs at once the first to come there says it."""
    events.record_once(
        actor=ACTOR, verb=f"programmes.reminder.{verb}", subject=reminding.subject(day), at=at, data={"count": count}
    )


def _together(sizes: Mapping[int, int]) -> Iterator[list[int]]:
    """Programmes that are reminded of in one transaction; `sizes`: how much has come to a level in each."""
    some: list[int] = []
    rows = 0
    for pk, size in sizes.items():
        if some and (len(some) == PROGRAMMES or rows + size > ROWS):
            yield some
            some, rows = [], 0
        some.append(pk)
        rows += size
    if some:
        yield some


@transaction.atomic
def _remind(keys: Collection[int], schedule: Schedule, people: People, at: datetime) -> int:
    """Raise the reminders of the day of some programmes. Returns how many were new."""
    held = Programme.objects.select_for_update(of=("self",)).select_related("office").filter(pk__in=keys)
    offices = {one.pk: one.office.path for one in held.order_by("pk")}
    today = timezone.localdate(at)
    new: list[Reminder] = []
    of: dict[int, list[int]] = {}
    for level in Level:
        for one in reminding.come(offices, level, today, schedule):
            told = len(own(one, level, people))
            new.append(Reminder(obligation_id=one.obligation, level=level, owed_by=one.owed, on=today, told=told))
            of.setdefault(one.programme, []).append(one.obligation)
    Reminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    said = [
        events.Said(f"programmes.programme:{pk}", offices[pk], {"count": len(owed), "digest": which(owed)})
        for pk, owed in sorted(of.items())
    ]
    if said:
        events.record_all(actor=ACTOR, verb="programmes.programme.reminded", said=said, at=at)
    return len(new)


def _tell(span: Span, schedule: Schedule, people: People, at: datetime) -> int:
    """Hand everybody over one digest of a day (`span.last`). Returns how many people were told."""
    found = digests(span, schedule, people)
    key, told = f"daily:{span.last.isoformat()}", 0
    for keys in batched(sorted(found), PEOPLE):
        users = User.objects.filter(is_active=True, pk__in=keys).order_by("pk")
        words = [(user, _words(user, found[user.pk])) for user in users]
        notices.hand_over_all(words=words, kind=KIND, key=key, mail=True, at=at)
        told += len(words)
    return told


def _words(user: User, digest: Digest) -> dict[str, str]:
    with translation.override(user.language):
        return messages.digest(digest)
