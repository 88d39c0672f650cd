"""A body is merged, split, absorbed, dissolved: its open work is given on, line by line, in one act over all rooms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.rules import which
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.actions import succession as register
from tiendo.foundation.organisations.actions.parts.register import hold
from tiendo.foundation.organisations.models import Organisation, Post, Succession
from tiendo.foundation.organisations.queries import rights
from tiendo.foundation.organisations.rules.succession import ENDING
from tiendo.work.handovers.actions.parts import telling
from tiendo.work.handovers.errors import NotItsHeirError, NotItsLineError
from tiendo.work.handovers.models import Line
from tiendo.work.handovers.queries import chosen, kept_from, posts_in
from tiendo.work.programmes.actions.parts import regrouping, rehoming
from tiendo.work.programmes.actions.parts.passing import Passed
from tiendo.work.programmes.models import Passage, Programme
from tiendo.work.programmes.queries.passing import open_rows

State = Succession.State


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """Counts of what went on to the heirs."""

    succession: Succession
    passed: Passed
    posts: int


def choose(
    *, succession: Succession, assignments: Collection[int], heirs: Sequence[Organisation], by: User, at: datetime
) -> int:
    """Decide who takes these charges over, all by the same heirs: see `choose_each`."""
    return choose_each(succession=succession, heirs=dict.fromkeys(assignments, heirs), by=by, at=at)


@transaction.atomic
def choose_each(*, succession: Succession, heirs: Mapping[int, Sequence[Organisation]], by: User, at: datetime) -> int:
    """Decide who takes each charge over (by its id), in place of what was decided before; no heirs: undecided again.
    The first named takes what was owed before. What is decided so already stays, and is no event.

    Returns how many lines now stand decided. Raises NotAllowedError, SuccessionStateError, NotItsHeirError,
    NotItsLineError.
    """
    held, befores, afters = hold(succession, by, at, State.DRAFT)
    for body in {body.pk: body for bodies in heirs.values() for body in bodies}.values():
        if body.pk not in {after.pk for after in afters}:
            raise NotItsHeirError(name=body.name)
    rows = set(open_rows([body.pk for body in befores], _kept(by, at)).values_list("pk", flat=True))
    if not set(heirs) <= rows:
        raise NotItsLineError
    before = chosen(held)
    wanted = {one: tuple(dict.fromkeys(body.pk for body in bodies)) for one, bodies in heirs.items()}
    changed = {one: bodies for one, bodies in wanted.items() if before.get(one, ()) != bodies}
    if changed:
        Line.objects.filter(succession=held, assignment__in=changed).delete()
        Line.objects.bulk_create(
            (
                Line(succession=held, assignment_id=one, heir_id=body)
                for one, bodies in changed.items()
                for body in bodies
            ),
            batch_size=500,
        )
        named = sorted({body for bodies in changed.values() for body in bodies})
        _event("lines_chosen", held, by, at, befores, sorted(changed), heirs=named)
    return len(chosen(held))


@transaction.atomic
def carry_out(
    *,
    succession: Succession,
    by: User,
    at: datetime,
    children: Mapping[int, Organisation] | None = None,
    move_posts: bool = True,
    post_heirs: Mapping[int, Organisation] | None = None,
) -> CarriedOut:
    """Put a prepared succession in force everywhere: register, open work, reports under way, posts.

    All or nothing. Of a split every line must be decided; with one heir it takes all that is not decided otherwise;
    without an heir, open work stands in the orphans' list. There stand also the lines of a split that are internal and
    kept from `by`, as far as nobody inside decided them, and what would go to an heir outside (rehoming.rehome).
    `move_posts`: people keep their roles in the one heir; of several, in that of `post_heirs` (by the post's id). Whom
    it concerns is told. Raises what `organisations.actions.succession.record` raises, LinesMissingError,
    NotItsHeirError.
    """
    held, befores, afters = hold(succession, by, at, State.DRAFT)
    pks = [body.pk for body in befores]
    held = register.record(succession=held, by=by, at=at, children=children)
    if held.kind not in ENDING:
        telling.recorded(telling.Done(held, befores, afters), by=by, at=at)
        regrouping.tell(bodies=[*befores, *afters], cause=f"succession:{held.pk}", by=by, at=at)
        return CarriedOut(held, Passed(), 0)
    heirs = chosen(held)
    if held.kind == Succession.Kind.SPLIT:
        seen = list(open_rows(pks, _kept(by, at)))
        rehoming.require_lines(seen, heirs, [body.pk for body in afters])
        undecided: dict[int, tuple[int, ...]] = dict.fromkeys(open_rows(pks).values_list("pk", flat=True), ())
        heirs = undecided | heirs
    main = afters[0].pk if afters else None
    done = rehoming.rehome(succession=held, befores=pks, heirs=heirs, main=main, at=at)
    single = afters[0] if move_posts and len(afters) == 1 else None
    going = [(post, single or (post_heirs or {}).get(post.pk)) for post in posts_in(pks, held)]
    moved = _move_posts(going, afters, held, by, at)
    held.undoing = {**held.undoing, "roles": done.roles, "posts": moved}
    held.save(update_fields=["undoing"])
    passed = done.passed
    _event(
        "carried_out",
        held,
        by,
        at,
        befores,
        sorted({line.before_id for line in passed.passages if line.before.organisation_id in pks}),
        orphaned=passed.orphaned,
        carried=passed.moved,
        posts=len(moved["ended"]),
    )
    telling.recorded(telling.Done(held, befores, afters, passed.passages, going), by=by, at=at)
    regrouping.tell(bodies=afters, cause=f"succession:{held.pk}", by=by, at=at)
    return CarriedOut(held, passed, len(moved["ended"]))


def _move_posts(
    going: Sequence[tuple[Post, Organisation | None]],
    afters: Sequence[Organisation],
    succession: Succession,
    by: User,
    at: datetime,
) -> dict[str, list[Any]]:
    """Posts end with their bodies and begin where each is held on, as `posts.close` tells it."""
    known = {body.pk for body in afters}
    groups: dict[int | None, list[Post]] = {}
    to: dict[int | None, Organisation | None] = {}
    for post, heir in going:
        if heir is not None and heir.pk not in known:
            raise NotItsHeirError(name=heir.name)
        key = heir.pk if heir else None
        to[key] = heir
        groups.setdefault(key, []).append(post)
    moved: dict[str, list[Any]] = {"ended": [], "begun": [], "away": []}
    for key, some in groups.items():
        for name, rows in posts.close(posts=some, to=to[key], on=succession.on, by=by.actor, at=at).items():
            moved[name] += rows
    return moved


@transaction.atomic
def undo(*, succession: Succession, by: User, at: datetime) -> int:
    """Take a wrong record back, while nothing was built on it: work, posts and register are as they were.

    Returns how many obligations returned. Raises NotAllowedError, SuccessionStateError, BuiltOnPassageError,
    BuiltUponError.
    """
    held, befores, afters = hold(succession, by, at, State.IN_FORCE)
    returned = 0
    lines = list(Passage.objects.filter(succession=held).values_list("pk", flat=True))
    roles = [tuple(row) for row in held.undoing.get("roles", [])]
    pks = [body.pk for body in befores]
    rehoming.refuse_if_built_on(succession=held, befores=pks, afters=afters, roles=roles, kept=_kept(by, at))
    if held.kind in ENDING:
        returned = rehoming.give_back(succession=held, roles=roles, at=at)
        posts.reopen(moved=held.undoing.get("posts", {}), by=by.actor, at=at)
    Line.objects.filter(succession=held).delete()  # what was chosen holds no body back that began with this
    undone = register.undo(succession=held, by=by, at=at)
    _event("undone", held, by, at, befores, lines, returned=returned)
    telling.undone(undone, befores, afters, by=by, at=at)
    return returned


def _kept(by: User, at: datetime) -> QuerySet[Programme]:
    return kept_from(rights(by, timezone.localdate(at)))


def _event(
    verb: str,
    succession: Succession,
    by: User,
    at: datetime,
    befores: Sequence[Organisation],
    rows: Sequence[int],
    **data: object,
) -> None:
    """One event, with a count and a digest of which rows they were."""
    events.record(
        actor=by.actor,
        verb=f"handovers.handover.{verb}",
        subject=f"organisations.succession:{succession.pk}",
        at=at,
        office=befores[0].path,
        data={"count": len(rows), "digest": which(rows), **data},
    )
