"""Silence climbs: each morning what came near, passed its day or waits for a word is told to whom it concerns, once.

A run goes in three steps, each of which may be cut off and is taken up again by the next run without telling anybody
twice: what is owed is raised (some programmes at a time); reminders are raised (per programme, in one transaction with
their event); each person gets one digest of the day's reminders, under the day's key. Two events mark how far it came.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles, roles_with
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.organisations.actions import absences
from tiendo.foundation.organisations.holding import Watch, deputies, holders, watches
from tiendo.work.programmes import messages
from tiendo.work.programmes.actions import obligations
from tiendo.work.programmes.models import Obligation, Programme, Reminder
from tiendo.work.programmes.queries import awaited, reminding
from tiendo.work.programmes.queries.reminding import RAISED
from tiendo.work.programmes.rules.digests import Digest, Line, Part
from tiendo.work.programmes.rules.reminding import OF_ITS_BODY, Hears, Level, Schedule, schedule_for

ACTOR = "job:remind"
KIND = "programmes.digest"
PARTS = {Level.CONFIRM: Part.CONFIRM, Level.INSTRUCTED: Part.NAMED}
"""In which part those whose turn it is hear of a level; of the others, as what they owe."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: how much was raised, reminded of, how many people were told; where nothing could be raised."""

    raised: int
    reminded: int
    told: int
    failed: tuple[tuple[Programme, str], ...] = ()


@dataclass(frozen=True, slots=True)
class People:
    """Who may be told what, on a day: body → people; posts of leaders with what they look after."""

    writers: dict[int, set[int]]
    deputies: dict[tuple[int, int], set[int]]
    """Of somebody who is away, in a body."""
    confirmers: dict[int, set[int]]
    office: dict[int, set[int]]
    finders: dict[int, set[int]]
    """Of an office: who can give a body an account or a link."""
    leaders: list[Watch]
    deciding: awaited.Deciders
    """Of what waits for a word."""


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
    people = _people(today)
    reminded = 0
    if not reminding.marked(RAISED, today):
        for pk in reminding.programmes_to_remind(today, schedule):
            reminded += _remind(pk, schedule, people, at)
        _record("raised", today, at, reminded)
    last, told = reminding.last_told(today), 0
    for day in [*reminding.left_over(today), today]:
        told += _tell(awaited.Span(last, day), schedule, people, at)
        last = day
    _record("told", today, at, told)
    return Ran(raised.new, reminded, told, raised.failed)


def _people(on: date) -> People:
    def who(permission: Permission) -> dict[int, set[int]]:
        return holders(roles_with(permission), on)

    writers, confirmers, office = (
        who(one) for one in (Permission.WRITE_REPORT, Permission.CONFIRM_REPORT, Permission.OPEN_PROGRAMME)
    )
    away = deputies(on)
    return People(
        writers=writers,
        deputies=away,
        confirmers=confirmers,
        office=office,
        finders=who(Permission.ASSIGN),
        leaders=watches(["leader"], on),
        deciding=awaited.Deciders(
            dates=who(Permission.DECIDE_DATES),
            refusals=office,
            confirmers=confirmers,
            recorders=who(Permission.OPEN_EVENT),
            members=holders(list(roles()), on),
            writers=writers,
            deputies=away,
        ),
    )


@transaction.atomic
def _record(verb: str, day: date, at: datetime, count: int) -> None:
    """How far the run of a day came; of two runs at once the first to come there says it."""
    events.record_once(
        actor=ACTOR, verb=f"programmes.reminder.{verb}", subject=reminding.subject(day), at=at, data={"count": count}
    )


@transaction.atomic
def _remind(pk: int, schedule: Schedule, people: People, at: datetime) -> int:
    """Raise a programme's reminders of the day. Returns how many were new."""
    programme = Programme.objects.select_for_update(of=("self",)).select_related("office").get(pk=pk)
    today = timezone.localdate(at)
    new = [
        Reminder(obligation=owed, level=level, owed_by=owed.owed, on=today, told=len(_own(owed, level, people)))
        for level in Level
        for owed in reminding.to_remind(programme.obligations.all(), level, today, schedule)
    ]
    Reminder.objects.bulk_create(new, batch_size=500, ignore_conflicts=True)
    if new:
        events.record(
            actor=ACTOR,
            verb="programmes.programme.reminded",
            subject=f"programmes.programme:{programme.pk}",
            at=at,
            office=programme.office.path,
            data={"count": len(new), "digest": which(one.obligation_id for one in new)},
        )
    return len(new)


def _own(owed: Obligation, level: Level, people: People) -> set[int]:
    """The people of the body whose turn it is."""
    own = people.writers.get(owed.organisation_id, set())
    if level == Level.CONFIRM:
        return people.confirmers.get(owed.confirming_id or 0, set()) - own
    if level == Level.INSTRUCTED:
        named: int = owed.named  # type: ignore[attr-defined]
        return own & {named, *people.deputies.get((named, owed.organisation_id), ())}
    return own


def _tell(span: awaited.Span, schedule: Schedule, people: People, at: datetime) -> int:
    """Hand everybody over one digest of a day (`span.last`): its reminders, and what came to wait for a word, or was
    decided, on the days since the digest before. Returns how many people were told.
    """
    day = span.last
    digests: dict[int, Digest] = {}
    rows = reminding.still_so(day).select_related(
        "obligation__organisation",
        "obligation__task",
        "obligation__programme__office",
        "obligation__programme__document__office",
    )
    for row in rows.order_by("owed_by", "pk").iterator(chunk_size=2000):
        for hearer, part in _hearers(row, schedule, people):
            digests.setdefault(hearer, Digest(day)).add(part, _line(row))
    for heard in awaited.awaited(span, people.deciding):
        for hearer in heard.users:
            digests.setdefault(hearer, Digest(day)).add(heard.part, heard.line)
    users = User.objects.filter(is_active=True).in_bulk(digests) if digests else {}
    for pk, user in sorted(users.items()):
        with translation.override(user.language):
            told = messages.digest(digests[pk])
        notices.hand_over(user=user, kind=KIND, key=f"daily:{day.isoformat()}", mail=True, at=at, **told)
    return len(users)


def _line(row: Reminder) -> Line:
    owed = row.obligation
    period = (owed.programme_id, owed.organisation_id, owed.period_start, owed.period_end)
    return Line(
        level=Level(row.level),
        programme=str(owed.programme),
        body=owed.organisation.label,
        number=str(owed.task.number or owed.task.position),
        period=owed.period_name if owed.standing else "",
        due=row.owed_by if row.level == Level.INSTRUCTED else owed.owed_by,
        group=period if owed.standing else owed.pk,
    )


def _hearers(row: Reminder, schedule: Schedule, people: People) -> Iterable[tuple[int, Part]]:
    """Each person once, in the part that concerns them most."""
    owed, level = row.obligation, Level(row.level)
    programme = owed.programme
    to = schedule.steps[level].to
    heard: dict[int, Part] = {}

    def also(users: Iterable[int], part: Part) -> None:
        for user in users:
            heard.setdefault(user, part)

    owed.named = row.named  # type: ignore[attr-defined]
    if to & {Hears.WRITERS, Hears.CONFIRMERS, Hears.NAMED}:
        also(_own(owed, level, people), PARTS.get(level, Part.OWN))
    if not row.told and level in OF_ITS_BODY:
        also(people.finders.get(programme.office_id, ()), Part.UNREACHED)
    if Hears.MONITOR in to:
        also(people.confirmers.get(programme.monitor_id or programme.confirming_id, ()), Part.FOLLOW)
    if Hears.OFFICE in to:
        also(people.office.get(programme.office_id, ()), Part.FOLLOW)
    if Hears.LEADERS in to:
        for watch in people.leaders:
            if _sees(watch, programme):
                also(watch.users, Part.LEAD)
    return heard.items()


def _sees(watch: Watch, programme: Programme) -> bool:
    """As queries.work: leaders see the programmes of the offices below; of an internal one only those inside do."""
    if not programme.office.path.startswith(watch.over):
        return False
    document = programme.document
    return not document.internal or watch.body_path.startswith((programme.office.path, document.office.path))
