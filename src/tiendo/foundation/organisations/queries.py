"""Reading the register: posts, rights, bodies by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, wraps
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import REACHING, Permission, roles, roles_with
from tiendo.foundation.organisations.errors import UnknownOrganisationError
from tiendo.foundation.organisations.models import Absence, Heir, Kind, Organisation, Post, Succession
from tiendo.foundation.organisations.rules.succession import ENDING


def posts_of(user: User, on: date) -> QuerySet[Post]:
    """The posts a person holds on a day."""
    return (
        Post.objects.filter(user=user, starts__lte=on)
        .filter(Q(ends__isnull=True) | Q(ends__gte=on))
        .select_related("organisation", "scope")
    )


def posts_held(users: Iterable[int], on: date) -> dict[int, list[Post]]:
    """The posts that each of these people holds on a day, in one query."""
    found: dict[int, list[Post]] = {}
    rows = Post.objects.filter(user__in=list(users), starts__lte=on).filter(Q(ends__isnull=True) | Q(ends__gte=on))
    for post in rows.select_related("organisation", "scope"):
        found.setdefault(post.user_id, []).append(post)
    return found


def administering(on: date) -> QuerySet[Post]:
    """Posts that keep accounts on a day, or will: their holders run the system and see no content."""
    keeps = Post.objects.filter(role__in=roles_with(Permission.MANAGE_ACCOUNTS))
    return keeps.filter(Q(ends__isnull=True) | Q(ends__gte=on))


def stranded(bodies: Collection[int] | None, on: date) -> QuerySet[Post]:
    """Posts that ended with their body, or outlive it, of people who can sign in and hold none in a living body; in
    these bodies, or (None) anywhere.
    """
    alive = Post.objects.filter(user=OuterRef("user"), organisation__ends__isnull=True)
    alive = alive.filter(Q(ends__isnull=True) | Q(ends__gte=on))
    rows = Post.objects.filter(
        Q(ends__isnull=True) | Q(ends__gte=F("organisation__ends")), ~Exists(alive), organisation__ends__isnull=False
    )
    if bodies is not None:
        rows = rows.filter(organisation__in=bodies)
    return rows.filter(user__is_active=True).select_related("user", "organisation", "scope")


def managed_by(rights: Rights, on: date) -> QuerySet[User]:
    """The people whose accounts an administrator keeps: all they hold, or will, lies in the trees looked after.

    Who holds nothing (no longer, or not yet) is everybody's; nobody is shared between two trees.
    """
    held = Post.objects.filter(user=OuterRef("pk")).filter(Q(ends__isnull=True) | Q(ends__gte=on))
    mine = within(rights.paths(Permission.MANAGE_ACCOUNTS), "organisation__path")
    return User.objects.exclude(Exists(held.exclude(mine)))


@dataclass(frozen=True)
class Rights:
    """What one person may do on one day. Loaded once, then asked many times."""

    posts: tuple[Post, ...]
    """Own ones, those stood in for, and those of bodies that act through them."""
    standing_in: tuple[Post, ...] = ()
    """Posts of others that this person has for the day, as their holders have them."""
    forebears: tuple[tuple[Organisation, Organisation], ...] = ()
    """(body of a post, a body that ended and whose heir it is, directly or through others): what those did is read."""
    through: tuple[tuple[int, int], ...] = ()
    """(a body, the one of a post that it acts through)"""

    @cached_property
    def built(self) -> dict[Any, Any]:
        """What was put together for this person on the way: it is asked for many times on one page."""
        return {}

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        return tuple({post.organisation_id: post.organisation for post in self.posts}.values())

    @cached_property
    def seats(self) -> tuple[Organisation, ...]:
        """The bodies in which this person has posts, their own or for the day: what one can choose between. A body that
        merely acts through one of them goes with it.
        """
        led = {before for before, _after in self.through}
        return tuple(body for body in self.organisations if body.pk not in led)

    def in_body(self, body: int) -> Rights:
        """What the posts in one of the `seats` give, and no more. For whom one stands in is told all the same, so that
        nobody's own hand is offered a word about itself.
        """
        there = {body, *(before for before, after in self.through if after == body)}
        posts = tuple(post for post in self.posts if post.organisation_id in there)
        forebears = tuple(pair for pair in self.forebears if pair[0].pk in there)
        return Rights(posts, self.standing_in, forebears, self.through)

    def may(self, permission: Permission, organisation: Organisation | None = None) -> bool:
        """In this very body, or (None) in any."""
        return any(
            permission in roles().get(post.role, frozenset())
            and (organisation is None or post.organisation_id == organisation.pk)
            for post in self.posts
        )

    def bodies(self, permission: Permission) -> tuple[Organisation, ...]:
        """The bodies in which the person has this right."""
        held = {p.organisation_id: p.organisation for p in self.posts if permission in roles().get(p.role, frozenset())}
        return tuple(held.values())

    def paths(self, permission: Permission) -> tuple[str, ...]:
        """The subtrees over which the right reaches: below the bodies of the posts, or what the posts look after."""
        return tuple(dict.fromkeys(path for _body, path in self.reaches(permission)))

    def reaches(self, permission: Permission) -> tuple[tuple[Organisation, str], ...]:
        """(body of a post, the subtree over which the right reaches by that post)"""
        held = (post for post in self.posts if permission in roles().get(post.role, frozenset()))
        far = permission in REACHING
        pairs = ((post.organisation, (post.looks_after if far else post.organisation).path) for post in held)
        return tuple(dict.fromkeys(pairs))

    def reads(self) -> tuple[tuple[Organisation, str], ...]:
        """As `reaches(SEE_WORK)`, and what the forebears of these bodies did: to be read, never to be answered for."""
        own = self.reaches(Permission.SEE_WORK)
        held = {body.pk for body, _path in own}
        return (*own, *((body, before.path) for body, before in self.forebears if body.pk in held))


def once[Rows: QuerySet[Any, Any]](build: Callable[[Rights], Rows]) -> Callable[[Rights], Rows]:
    """What a person may see of some table: put together once for their rights, and given out anew each time, unread."""

    @wraps(build)
    def built(rights: Rights) -> Rows:
        if build not in rights.built:
            rights.built[build] = build(rights)
        found: Rows = rights.built[build].all()
        return found

    return built


_HELD = """
    (organisations_post.user_id = %s OR organisations_post.id IN (
        SELECT post_id FROM organisations_absence WHERE deputy_id = %s AND starts <= %s AND ends >= %s
    )) AND organisations_post.starts <= %s AND (organisations_post.ends IS NULL OR organisations_post.ends >= %s)
"""
"""Posts that are somebody's own, or stood in for, on a day. Written out as text: every act and every page asks for
them, and put together of Django's own they took twice as long.
"""
_BEHIND = "EXISTS (SELECT 1 FROM organisations_heir WHERE after_id = organisations_post.organisation_id)"
"""Before most bodies stands nothing: that comes with the posts, and nothing more is asked."""


def rights(user: User, on: date) -> Rights:
    """Own posts and those stood in for; also of the bodies that act through theirs: whoever has a role in the office
    has it for them.
    """
    day = connection.ops.adapt_datefield_value(on)
    mine = RawSQL(_HELD, (user.pk, user.pk, day, day, day, day), BooleanField())  # noqa: S611 (a constant; values bound)
    behind = RawSQL(_BEHIND, (), BooleanField())  # noqa: S611 (a constant)
    held = Post.objects.filter(mine).annotate(has_behind=behind).select_related("organisation", "scope")
    found = tuple(held)
    others = tuple(post for post in found if post.user_id != user.pk)
    own = tuple(post for post in found if post.user_id == user.pk)
    for post in own:
        post.user = user
    posts = own + tuple(_lent(user, post) for post in others)
    some = {post.organisation_id for post in found if post.has_behind}
    lines = _behind(some, on, {Succession.Kind.ACTS_THROUGH, *ENDING}) if some else []
    acting = {line.before_id: line for line in lines if line.succession.kind == Succession.Kind.ACTS_THROUGH}
    posts += tuple(
        Post(user=user, organisation=line.before, role=post.role, title=post.title, starts=post.starts)
        for line in acting.values()
        for post in posts
        if post.organisation_id == line.after_id
    )
    ended = [line for line in lines if line.succession.kind in ENDING]
    ended += _behind(set(acting), on, ENDING) if acting else []
    led = tuple((before, line.after_id) for before, line in acting.items() if line.after_id is not None)
    return Rights(posts, others, _forebears(ended, posts, on) if ended else (), led)


def _behind(bodies: Iterable[int], on: date, kinds: Iterable[str]) -> list[Heir]:
    """What stands before these bodies in successions of these kinds that hold on a day. One query."""
    rows = _lines(kinds, on).filter(after__in=bodies).select_related("before", "succession")
    return list(rows.order_by("succession__on", "pk"))


def _lines(kinds: Iterable[str], on: date) -> QuerySet[Heir]:
    """Of successions of these kinds that hold on a day."""
    rows = Heir.objects.filter(
        succession__state=Succession.State.IN_FORCE, succession__kind__in=kinds, succession__on__lte=on
    )
    return rows.exclude(_over(on))


def _over(on: date) -> Q:
    """Nobody acts for a body that is no more: its work is its heirs'."""
    return Q(succession__kind=Succession.Kind.ACTS_THROUGH, before__ends__lt=on)


def _forebears(lines: list[Heir], posts: Iterable[Post], on: date) -> tuple[tuple[Organisation, Organisation], ...]:
    """Each body of a post with all that it came from. `lines`: the last step; one query for each step before it."""
    befores: dict[int, dict[int, Organisation]] = {}
    while lines:
        known = {pk for found in befores.values() for pk in found}
        for line in lines:
            if line.after_id is not None:
                befores.setdefault(line.after_id, {})[line.before_id] = line.before
        new = {line.before_id for line in lines} - known
        lines = _behind(new, on, ENDING) if new else []
    bodies = {post.organisation_id: post.organisation for post in posts}
    return tuple((body, before) for pk, body in bodies.items() for before in _all_before(pk, befores).values())


def _all_before(body: int, befores: dict[int, dict[int, Organisation]]) -> dict[int, Organisation]:
    found: dict[int, Organisation] = {}
    wanted = [body]
    while wanted:
        step = befores.get(wanted.pop(), {})
        wanted += step.keys() - found.keys()
        found |= step
    return found


def stood_in(on: date) -> QuerySet[Absence]:
    """Absences that hold on a day, of posts that do."""
    held = Absence.objects.filter(starts__lte=on, ends__gte=on, post__starts__lte=on, post__user__is_active=True)
    held = held.filter(Q(post__ends__isnull=True) | Q(post__ends__gte=on))
    return held.select_related("post__organisation", "post__scope", "post__user", "deputy")


def _lent(user: User, post: Post) -> Post:
    return Post(
        user=user,
        organisation=post.organisation,
        role=post.role,
        title=post.title,
        scope=post.scope,
        starts=post.starts,
        ends=post.ends,
    )


def through(on: date) -> QuerySet[Heir]:
    """Lines body → the body it acts through, that hold on a day."""
    return Heir.objects.filter(
        succession__state=Succession.State.IN_FORCE,
        succession__kind=Succession.Kind.ACTS_THROUGH,
        succession__on__lte=on,
    ).exclude(_over(on))


def require(user: User, permission: Permission, organisation: Organisation, on: date) -> None:
    """Raise NotAllowedError unless the person holds the right in this body."""
    if not rights(user, on).may(permission, organisation):
        raise NotAllowedError


def require_over(user: User, permission: Permission, bodies: Iterable[Organisation], on: date) -> None:
    """Raise NotAllowedError unless a right that reaches over subtrees reaches over every one of these bodies."""
    paths = rights(user, on).paths(permission)
    if not paths or not all(body.path.startswith(paths) for body in bodies):
        raise NotAllowedError


def within(paths: Iterable[str], field: str = "path") -> Q:
    """Rows whose path lies in one of these subtrees (none: nothing)."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def enclosing(bodies: Iterable[Organisation]) -> set[int]:
    """Ids of the bodies in whose subtrees these lie, themselves included."""
    return {int(pk) for body in bodies for pk in body.path.strip("/").split("/")}


def by_code(code: str) -> Organisation:
    """Raises UnknownOrganisationError."""
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist as error:
        raise UnknownOrganisationError(code_=code) from error


def own_tree(office: Organisation, field: str = "path") -> Q:
    """Bodies of an office's own tree: below its nearest root (`gốc`). Those below no root are one tree. One query."""
    roots = list(Organisation.objects.filter(kind=Kind.ROOT).values_list("path", flat=True))
    home = max((path for path in roots if office.path.startswith(path)), key=len, default="")
    return Q(**{f"{field}__startswith": home}) if home else ~within(roots, field)
