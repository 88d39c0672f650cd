"""Letters that the system drafts: of whom, about what, and what was written before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.queries import Rights
from tiendo.work.programmes.models import Letter, Obligation, Obstacle, Programme, Reminder
from tiendo.work.programmes.queries.reminding import owed_now
from tiendo.work.programmes.queries.seeing import sees_whole
from tiendo.work.programmes.queries.work import visible_to as programmes_visible_to
from tiendo.work.programmes.queries.work import whole_visible_to
from tiendo.work.programmes.rules.reminding import OF_ITS_BODY


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A row of a letter: as it stood on the letter's day."""

    obligation: Obligation
    due: date
    late: int
    """Days."""
    reminded: tuple[date, ...]
    """Days on which its body was reminded, up to the letter's day."""
    obstacle: str
    """The level that has to decide an obstacle, where one waits for that."""
    sent_back: date | None = None
    """It was reported that day, and more was asked for."""
    taken: date | None = None
    """The body took it over that day, when it was overdue already."""

    @property
    def own(self) -> int:
        """Days of the lateness that are the body's own."""
        return self.late - (max((self.taken - self.due).days, 0) if self.taken else 0)


def overdue(programme: Programme, organisation: Organisation, on: date) -> QuerySet[Any]:
    """What a body owes and has not answered past its day, each with `owed`; the oldest first."""
    rows = owed_now().filter(programme=programme, organisation=organisation, owed__lt=on)
    found: QuerySet[Any] = rows.order_by("owed", "task__position", "pk")
    return found


def addressees(programme: Programme, on: date) -> QuerySet[Organisation]:
    """The bodies to which a letter can be drafted."""
    late = owed_now().filter(programme=programme, owed__lt=on).order_by()
    return Organisation.objects.filter(pk__in=late.values("organisation"))


FOLLOWING = (Permission.CONFIRM_REPORT, Permission.ASSIGN)
"""Who follows for the monitoring body: either."""


def writers(rights: Rights, programme: Programme) -> list[Organisation]:
    """The bodies in whose name this person drafts letters of a programme that they see whole: its office, and the body
    that follows it.
    """
    found = [body for body in rights.bodies(Permission.ASSIGN) if body.pk == programme.office_id]
    follows = {body.pk: body for permission in FOLLOWING for body in rights.bodies(permission)}
    monitor = follows.get(programme.monitor_id or 0)
    if monitor is not None and monitor.pk != programme.office_id and sees_whole(rights, programme):
        found.append(monitor)
    return found


def keeps(rights: Rights, letter: Letter) -> bool:
    """Whether this person issues, answers or throws away a letter, for the body whose letter it is. That of a body that
    ended is the office's.
    """
    body = letter.written_by
    if body is None or body.ends is not None:
        return rights.may(Permission.ASSIGN, letter.programme.office)
    return any(rights.may(permission, body) for permission in FOLLOWING) and sees_whole(rights, letter.programme)


def visible_to(rights: Rights) -> QuerySet[Letter]:
    """All letters of programmes that one sees whole; of the others those issued to one's own body."""
    own = Q(organisation__in=rights.bodies(Permission.SEE_WORK), issued_on__isnull=False)
    own &= Q(programme__in=programmes_visible_to(rights).order_by().values("pk"))
    whole = Q(programme__in=whole_visible_to(rights).order_by().values("pk"))
    return Letter.objects.filter(whole | own).select_related(
        "programme__office__parent", "programme__document", "written_by__parent", "organisation", "drafted_by"
    )


def lines(letter: Letter) -> list[LetterLine]:
    """The rows of a letter, in its order. Three queries."""
    keys = [key for key, *_facts in letter.lines]
    owed = Obligation.objects.select_related("task").in_bulk(keys)
    reminded: dict[int, list[date]] = {}
    told = Reminder.objects.filter(obligation__in=keys, on__lte=letter.as_of, told__gt=0, level__in=OF_ITS_BODY)
    for key, on in told.order_by("on").values_list("obligation", "on"):
        reminded.setdefault(key, []).append(on)
    waits = Obstacle.objects.filter(obligation__in=keys, raised_on__lte=letter.as_of, decided_on=None)
    levels = {one.obligation_id: _level(one) for one in waits.select_related("level")}
    return [
        LetterLine(
            owed[key],
            date.fromisoformat(due),
            late,
            tuple(dict.fromkeys(reminded.get(key, ()))),
            levels.get(key, ""),
            *(date.fromisoformat(day) if day else None for day in more),
        )
        for key, due, late, *more in letter.lines  # drafts of older versions say less
        if key in owed
    ]


def _level(obstacle: Obstacle) -> str:
    return obstacle.level.name if obstacle.level else obstacle.level_text


def before(letter: Letter) -> QuerySet[Letter]:
    """Letters to the same body in the same programme that were issued before this one, the oldest first."""
    issued = Letter.objects.filter(programme=letter.programme_id, organisation=letter.organisation_id)
    until = letter.issued_on or letter.as_of
    rows = issued.filter(issued_on__lte=until).exclude(pk=letter.pk).order_by("issued_on", "pk")
    return rows.select_related("written_by", "programme__office")
