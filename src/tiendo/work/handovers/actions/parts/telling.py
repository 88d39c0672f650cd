"""Whom a succession concerns hears of it: people with posts in its bodies, and the offices whose work changes hands.

Parts of the acts, which record what they did.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission, roles_with
from tiendo.foundation.notifications.actions import notices
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Organisation, Post, Succession
from tiendo.work.handovers import messages
from tiendo.work.handovers.messages import Concerned
from tiendo.work.programmes.models import Passage, Programme

KIND = "handovers.succession"
ORPHANS = "/viec-chua-co-noi-nhan/"


@dataclass(frozen=True, slots=True)
class Done:
    """A succession that was recorded: its sides, the lines along which open work went, the posts that ended."""

    succession: Succession
    befores: Sequence[Organisation]
    afters: Sequence[Organisation]
    passages: Sequence[Passage] = ()
    posts: Sequence[tuple[Post, Organisation | None]] = ()


def recorded(done: Done, *, by: User, at: datetime) -> int:
    """One notice for each person, whatever of it is theirs; not for whoever recorded it. Returns how many."""
    concerned = _concerned(done, timezone.localdate(at))
    people = User.objects.filter(pk__in=concerned.keys() - {by.pk}, is_active=True)
    befores, afters = _names(done.succession, done.befores, done.afters)
    for who in people.order_by("pk"):
        words = partial(messages.recorded, done.succession, befores, afters, concerned[who.pk])
        notices.tell(user=who, kind=KIND, key=_key(done.succession), words=words, mail=True, at=at)
    return len(people)


def undone(
    succession: Succession, befores: Sequence[Organisation], afters: Sequence[Organisation], *, by: User, at: datetime
) -> int:
    """Whoever heard of it hears that it was a slip. Returns how many."""
    heard = Notice.objects.filter(kind=KIND, key=_key(succession)).values("user")
    people = User.objects.filter(pk__in=heard, is_active=True).exclude(pk=by.pk)
    words = partial(messages.undone, succession, *_names(succession, befores, afters))
    for who in people.order_by("pk"):
        notices.tell(user=who, kind=KIND, key=f"succession_undone:{succession.pk}", words=words, mail=True, at=at)
    return len(people)


def _key(succession: Succession) -> str:
    return f"succession:{succession.pk}"


def _names(succession: Succession, befores: Sequence[Organisation], afters: Sequence[Organisation]) -> tuple[str, str]:
    """As they were called before, and are called since."""
    if succession.kind == Succession.Kind.RENAME:
        return succession.former_name or befores[0].name, succession.new_name
    return "; ".join(body.name for body in befores), "; ".join(body.name for body in afters)


def _concerned(done: Done, today: date) -> dict[int, Concerned]:
    found: dict[int, Concerned] = {}
    page = f"/co-quan/{(done.afters or done.befores)[0].pk}/"
    given, taken = _tasks_of(done.passages)
    moved = {post.user_id for post, _to in done.posts}
    for post, to in done.posts:
        one = found.setdefault(post.user_id, Concerned(url=page))
        one.posts.append((post.role, post.organisation.name, to.name if to else ""))
        one.given[post.organisation.name] = len(given.get(post.organisation_id, ()))
    for post in _held([*done.befores, *done.afters], today).exclude(user__in=moved):
        one = found.setdefault(post.user_id, Concerned(url=page))
        if post.organisation in done.afters and done.passages:
            one.taken[post.organisation.name] = len(taken.get(post.organisation_id, ()))
    for office, tasks, lost in _offices(done.passages):
        for post in _held([office], today).filter(role__in=roles_with(Permission.ASSIGN)):
            one = found.setdefault(post.user_id, Concerned(url=page))
            one.followed, one.orphaned = one.followed + tasks, one.orphaned + lost
            one.url = ORPHANS if one.orphaned else one.url
    return found


def _held(bodies: Iterable[Organisation | int], today: date) -> QuerySet[Post]:
    rows = Post.objects.filter(organisation__in=list(bodies), starts__lte=today).select_related("organisation")
    return rows.filter(Q(ends__isnull=True) | Q(ends__gte=today)).order_by("pk")


def _tasks_of(passages: Sequence[Passage]) -> tuple[dict[int | None, set[int]], dict[int | None, set[int]]]:
    """Body → ids of the tasks that went from it; and that came to it."""
    given: dict[int | None, set[int]] = {}
    taken: dict[int | None, set[int]] = {}
    for line in passages:
        if line.before.organisation_id != line.after.organisation_id:  # else it was on the task all along
            given.setdefault(line.before.organisation_id, set()).add(line.before.task_id)
            taken.setdefault(line.after.organisation_id, set()).add(line.before.task_id)
    return given, taken


def _offices(passages: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """(office, tasks of its programmes that changed hands, of them without a body)"""
    tasks: dict[int, set[int]] = {}
    lost: dict[int, set[int]] = {}
    for line in passages:
        of = line.before.task.programme_id
        tasks.setdefault(of, set()).add(line.before.task_id)
        if line.after.organisation_id is None:
            lost.setdefault(of, set()).add(line.before.task_id)
    counts: dict[int, tuple[int, int]] = {}
    for programme, office in Programme.objects.filter(pk__in=tasks).order_by("pk").values_list("pk", "office"):
        known = counts.get(office, (0, 0))
        counts[office] = known[0] + len(tasks[programme]), known[1] + len(lost.get(programme, ()))
    return [(office, *count) for office, count in counts.items()]
