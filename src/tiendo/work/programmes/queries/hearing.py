"""Who hears of what is reminded of, in which part of their digest: one for each, out of a few queries for all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from tiendo.foundation.accounts.permissions import Permission, roles, roles_with
from tiendo.foundation.organisations.holding import Watch, deputies, holders, watches
from tiendo.foundation.organisations.models import Organisation
from tiendo.work.programmes.models import Programme
from tiendo.work.programmes.queries import awaited, reminding
from tiendo.work.programmes.queries.reminding import Come, Row
from tiendo.work.programmes.rules.digests import Digest, Line, Part
from tiendo.work.programmes.rules.reminding import OF_ITS_BODY, Hears, Level, Schedule

AT_ONCE = 2000
"""Reminders whose programmes and bodies are looked up together."""
PARTS = {Level.CONFIRM: Part.CONFIRM, Level.INSTRUCTED: Part.NAMED}
"""In which part those whose turn it is hear of a level; of the others, as what they owe."""
Users = Collection[int]


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
    leaders: dict[str, list[Watch]]
    """By the path of what they look after."""
    deciding: awaited.Deciders
    """Of what waits for a word."""


def people(on: date) -> People:
    def who(permission: Permission) -> dict[int, set[int]]:
        return holders(roles_with(permission), on)

    writers, confirmers, office = (
        who(one) for one in (Permission.WRITE_REPORT, Permission.CONFIRM_REPORT, Permission.OPEN_PROGRAMME)
    )
    away = deputies(on)
    leaders: dict[str, list[Watch]] = {}
    for watch in watches(["leader"], on):
        leaders.setdefault(watch.over, []).append(watch)
    return People(
        writers=writers,
        deputies=away,
        confirmers=confirmers,
        office=office,
        finders=who(Permission.ASSIGN),
        leaders=leaders,
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


def own(one: Come | Row, level: Level, people: People) -> set[int]:
    """The people of the body whose turn it is."""
    writers = people.writers.get(one.body, set())
    if level == Level.CONFIRM:
        return people.confirmers.get(one.confirming or 0, set()) - writers
    if level == Level.INSTRUCTED:
        named = one.named or 0
        return writers & {named, *people.deputies.get((named, one.body), ())}
    return writers


def digests(span: awaited.Span, schedule: Schedule, people: People) -> dict[int, Digest]:
    """Person → the digest of a day (`span.last`): its reminders, and what came to wait for a word, or was decided, on
    the days since the digest before.
    """
    found: dict[int, Digest] = {}
    for users, part, line in _lines(span, schedule, people):
        for user in users:
            if user not in found:
                found[user] = Digest(span.last)
            found[user].add(part, line)
    return found


def _lines(span: awaited.Span, schedule: Schedule, people: People) -> Iterator[tuple[Users, Part, Line]]:
    known = _Known(schedule, people)
    for rows in batched(reminding.rows(span.last), AT_ONCE):
        known.learn(rows)
        for row in rows:
            line = _line(row, known)
            for part, users in _hearers(row, known, people):
                yield users, part, line
    for heard in awaited.awaited(span, people.deciding):
        yield heard.users, heard.part, heard.line


@dataclass(frozen=True, slots=True)
class _Above:
    """A programme: what it is called, who can reach its bodies, and who beside the body hears of each level."""

    name: str
    finders: Users
    heard: dict[Level, tuple[tuple[Part, Users], ...]]


class _Known:
    """Programmes and bodies that reminders speak of, each looked up once."""

    def __init__(self, schedule: Schedule, people: People) -> None:
        self.schedule, self.people = schedule, people
        self.programmes: dict[int, _Above] = {}
        self.bodies: dict[int, str] = {}

    def learn(self, rows: Iterable[Row]) -> None:
        """Two queries at most."""
        programmes = {row.programme for row in rows} - self.programmes.keys()
        if programmes:
            found = Programme.objects.filter(pk__in=programmes).select_related("office", "document__office")
            self.programmes |= {one.pk: self._above(one) for one in found}
        bodies = {row.body for row in rows} - self.bodies.keys()
        if bodies:
            self.bodies |= {one.pk: one.label for one in Organisation.objects.filter(pk__in=bodies)}

    def _above(self, programme: Programme) -> _Above:
        people = self.people
        monitor = people.confirmers.get(programme.monitor_id or programme.confirming_id, set())
        by: dict[Hears, list[tuple[Part, Users]]] = {
            Hears.MONITOR: [(Part.FOLLOW, monitor)],
            Hears.OFFICE: [(Part.FOLLOW, people.office.get(programme.office_id, set()))],
            Hears.LEADERS: [(Part.LEAD, watch.users) for watch in _watching(programme, people)],
        }
        heard = {
            level: tuple(pair for hears, pairs in by.items() if hears in step.to for pair in pairs if pair[1])
            for level, step in self.schedule.steps.items()
        }
        return _Above(str(programme), people.finders.get(programme.office_id, set()), heard)


def _hearers(row: Row, known: _Known, people: People) -> Iterator[tuple[Part, Users]]:
    """Each person once, in the part that concerns them most."""
    level, above = Level(row.level), known.programmes[row.programme]
    heard: set[int] = set()
    parts: list[tuple[Part, Users]] = []
    if known.schedule.steps[level].to & {Hears.WRITERS, Hears.CONFIRMERS, Hears.NAMED}:
        parts.append((PARTS.get(level, Part.OWN), own(row, level, people)))
    if not row.told and level in OF_ITS_BODY:
        parts.append((Part.UNREACHED, above.finders))
    for part, users in (*parts, *above.heard[level]):
        yield part, [user for user in users if user not in heard]
        heard.update(users)


def _watching(programme: Programme, people: People) -> Iterator[Watch]:
    """As queries.work: leaders see the programmes of the offices below; of an internal one only those inside do."""
    path, document = programme.office.path, programme.document
    steps = path.strip("/").split("/")
    for depth in range(1, len(steps) + 1):
        for watch in people.leaders.get(f"/{'/'.join(steps[:depth])}/", ()):
            if not document.internal or watch.body_path.startswith((path, document.office.path)):
                yield watch


def _line(row: Row, known: _Known) -> Line:
    period = (row.programme, row.body, row.period_start, row.period_end)
    return Line(
        level=Level(row.level),
        programme=known.programmes[row.programme].name,
        body=known.bodies[row.body],
        number=str(row.number or row.position),
        period=row.period if row.standing else "",
        due=row.owed_by if row.level == Level.INSTRUCTED else row.owed,
        group=period if row.standing else row.obligation,
    )
