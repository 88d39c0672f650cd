"""Reading the register: posts, rights, bodies by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from django.db.models import Exists, OuterRef, Q, QuerySet
from rapidfuzz import fuzz, process

from tiendo.foundation.accounts.errors import NotAllowedError
from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import REACHING, Permission, roles
from tiendo.foundation.organisations.errors import UnknownOrganisationError
from tiendo.foundation.organisations.models import Kind, Name, Organisation, Post
from tiendo.foundation.organisations.naming import key

PROPOSAL = 80
"""Similarity (0–100) from which a body is proposed for a name that fits none exactly."""


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

    @cached_property
    def organisations(self) -> tuple[Organisation, ...]:
        return tuple({post.organisation_id: post.organisation for post in self.posts}.values())

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
        if permission not in REACHING:
            return tuple(body.path for body in self.bodies(permission))
        held = (post for post in self.posts if permission in roles().get(post.role, frozenset()))
        return tuple(dict.fromkeys(post.looks_after.path for post in held))


def rights(user: User, on: date) -> Rights:
    return Rights(tuple(posts_of(user, on)))


def require(user: User, permission: Permission, organisation: Organisation, on: date) -> None:
    """Raise NotAllowedError unless the person holds the right in this body."""
    if not rights(user, on).may(permission, organisation):
        raise NotAllowedError


def within(paths: Iterable[str], field: str = "path") -> Q:
    """Rows whose path lies in one of these subtrees (none: nothing)."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{field}__startswith": path})
    return condition


def by_code(code: str) -> Organisation:
    """Raises UnknownOrganisationError."""
    try:
        return Organisation.objects.get(code=code)
    except Organisation.DoesNotExist as error:
        raise UnknownOrganisationError(code_=code) from error


@dataclass(frozen=True, slots=True)
class Match:
    """A body for a printed name: `exact`, or merely proposed with a similarity."""

    organisation_id: int
    exact: bool
    score: float = 100.0


def own_tree(office: Organisation, field: str = "path") -> Q:
    """Bodies of an office's own tree: below its nearest root (`gốc`). Those below no root are one tree. One query."""
    roots = list(Organisation.objects.filter(kind=Kind.ROOT).values_list("path", flat=True))
    home = max((path for path in roots if office.path.startswith(path)), key=len, default="")
    return Q(**{f"{field}__startswith": home}) if home else ~within(roots, field)


class Matcher:
    """Names → bodies, as one office means them; loaded once.

    Only bodies of the office's own tree, by the names everyone knows and those this very office confirmed: what another
    office calls a body, and what stands in another province's tree, charges nobody here. Of several bodies of one name
    the nearest to the office is meant (a commune's own before the neighbour's). Without an office: the whole register
    by the names everyone knows, for proposals to whoever runs the system.
    """

    def __init__(self, office: Organisation | None = None) -> None:
        self._by_key: dict[str, set[int]] = {}
        self._paths: dict[int, str] = {}
        self._at = office.path if office else ""
        names = Name.objects.filter(Q(office__isnull=True) | Q(office=office))
        if office is not None:
            names = names.filter(own_tree(office, "organisation__path"))
        for body, path, name_key in names.values_list("organisation_id", "organisation__path", "key"):
            self._by_key.setdefault(name_key, set()).add(body)
            self._paths[body] = path

    def holders(self, name: str) -> tuple[int, ...]:
        """Every body of this very name."""
        return tuple(sorted(self._by_key.get(key(name), ())))

    def near(self, name: str, most: int = 3) -> list[str]:
        """Names in the register that come near this one, the nearest first, as their bodies are called."""
        found = process.extract(
            key(name), self._by_key.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=PROPOSAL, limit=most
        )
        held = {min(self._by_key[one]): None for one, _, _ in found}
        named = Organisation.objects.in_bulk(list(held))
        return [named[pk].name for pk in held]

    def exact(self, name: str) -> int | None:
        """The one body that the office can mean by this very name; None when there is none, or no nearest one."""
        held = self._by_key.get(key(name), set())
        near = {body: self._nearness(body) for body in held}
        nearest = [body for body in held if near[body] == max(near.values())]
        return nearest[0] if len(nearest) == 1 else None

    def match(self, name: str) -> Match | None:
        """The body of this name; else the nearest proposal; else None. A name of two bodies is only proposed."""
        exact = self.exact(name)
        if exact is not None:
            return Match(exact, exact=True)
        best = process.extractOne(key(name), self._by_key.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=PROPOSAL)
        if best is None:
            return None
        return Match(min(self._by_key[best[0]]), exact=False, score=float(best[1]))

    def _nearness(self, body: int) -> int:
        """How many bodies on the way down from the root the office and this body share."""
        mine, other = self._at.strip("/").split("/"), self._paths[body].strip("/").split("/")
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, other, strict=False)))
