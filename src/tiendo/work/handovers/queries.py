"""What a hand-over would touch, and what was decided so far."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.models import Organisation, Post, Seat, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import Rights
from tiendo.foundation.organisations.rules.succession import ENDING
from tiendo.work.handovers.models import Line
from tiendo.work.programmes.models import Assignment, Programme
from tiendo.work.programmes.queries import internal
from tiendo.work.programmes.queries.passing import Touched, open_rows, touched

SHORTEST = 4
"""Letters: shorter words stand in every text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What recording a succession will touch: counts, and the bodies below."""

    work: Touched
    posts: tuple[Post, ...]
    """Of people who can sign in."""
    below: tuple[Organisation, ...]
    seated_below: int
    lines: int
    undecided: int
    acting: int = 0
    """People who will answer for a body that acts through theirs."""


def kept_from(rights: Rights) -> QuerySet[Programme]:
    """Internal programmes of which whoever keeps the register from outside learns nothing, a count included."""
    return internal.kept_from(rights.bodies(Permission.MANAGE_BODIES))


def preview(
    succession: Succession, befores: Sequence[Organisation], afters: Sequence[Organisation], rights: Rights
) -> Preview:
    """Ten queries, however much is open. A rename touches no work; a body that acts through another keeps its own, and
    the others' people answer for it.
    """
    pks = [body.pk for body in befores]
    ends = succession.kind in ENDING
    kept = kept_from(rights)
    rows = open_rows(pks if ends else [], kept)
    decided = chosen(succession)
    single = len(afters) == 1
    return Preview(
        work=touched([] if succession.kind == Succession.Kind.RENAME else pks, kept),
        posts=tuple(posts_in(pks, succession).filter(user__is_active=True)) if ends else (),
        below=tuple(Organisation.objects.on(None).filter(parent__in=pks)) if ends else (),
        seated_below=Seat.objects.on(None).filter(above__in=pks).count() if ends else 0,
        lines=rows.count(),
        acting=0 if ends else _people_in([body.pk for body in afters], succession),
        undecided=0 if single or not afters else rows.exclude(pk__in=decided).count(),
    )


def posts_in(bodies: Collection[int], succession: Succession) -> QuerySet[Post]:
    """Posts in these bodies that last into the new state of things."""
    rows = Post.objects.filter(organisation__in=bodies).filter(Q(ends__isnull=True) | Q(ends__gte=succession.on))
    return rows.select_related("user", "organisation", "scope")


def _people_in(bodies: Collection[int], succession: Succession) -> int:
    held = posts_in(bodies, succession).filter(user__is_active=True) if bodies else Post.objects.none()
    return held.values("user").distinct().count()


def chosen(succession: Succession) -> dict[int, tuple[int, ...]]:
    """Charge → heirs, as decided line by line."""
    found: dict[int, list[int]] = {}
    for assignment, heir in Line.objects.filter(succession=succession).values_list("assignment", "heir"):
        found.setdefault(assignment, []).append(heir)
    return {assignment: tuple(heirs) for assignment, heirs in found.items()}


def proposals(rows: Sequence[Assignment], afters: Sequence[Organisation], shares: dict[int, str]) -> dict[int, int]:
    """For lines of a split: the heir whose name, or whose part as the decision words it, stands in the task; else the
    one that has a part in the task already. A line that speaks of none gets no proposal.
    """
    words = {body.pk: _words(body, shares.get(body.pk, "")) for body in afters}
    parts: dict[int, set[int]] = {}
    others = Assignment.objects.on(None).filter(task__in={row.task_id for row in rows}, organisation__in=words)
    for task, body in others.values_list("task", "organisation"):
        parts.setdefault(task, set()).add(body)
    found: dict[int, int] = {}
    for row in rows:
        text = f" {key(row.task.content)} "
        named = [body for body, said in words.items() if any(f" {word} " in text for word in said)]
        fitting = named or [body for body in words if body in parts.get(row.task_id, ())]
        if len(fitting) == 1:
            found[row.pk] = fitting[0]
    return found


def _words(body: Organisation, share: str) -> list[str]:
    """What a task says when it means this heir: its name, its name without the kind of body, the parts of its share."""
    name = key(body.name)
    own = " ".join(name.split()[-2:])
    return [word for word in (name, own, *(key(part) for part in re.split("[;,]", share))) if len(word) >= SHORTEST]
