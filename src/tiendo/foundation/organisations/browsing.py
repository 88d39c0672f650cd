"""A tree of the register looked at from the top, a branch at a time: never more at once than a page can hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet

from tiendo.foundation.organisations.models import Organisation, Seat
from tiendo.foundation.organisations.naming import order

MOST = 600
"""Bodies of one page: of a level that has more, the first; the next level only where all of it fits too."""
DEEP = 3
"""Levels of one page at most, the top included."""


@dataclass(slots=True)
class Node:
    body: Organisation
    below: int = 0
    """How many bodies stand directly below it."""
    children: list[Node] = field(default_factory=list)
    """Empty although there are some: they are looked at on a page of their own."""


@dataclass(frozen=True, slots=True)
class Branch:
    above: list[Organisation]
    """From the root down to the body above the top."""
    nodes: list[Node]
    left_out: int
    """Bodies of the first level that are not shown."""


def branch(tree: str, day: date, top: Organisation | None = None) -> Branch:
    """A tree on a day, from one body (None: from the root, or roots) down. At most seven queries, however large."""
    seats = Seat.objects.on(day).filter(tree=tree, organisation__planned=False)
    first = seats.filter(organisation=top) if top else seats.filter(above=None)
    nodes, left_out = _nodes(first)
    level, held = nodes, len(nodes)
    for _level in range(DEEP):
        counted = seats.filter(above__in=[one.body.pk for one in level]).order_by().values_list("above")
        counts = dict(counted.annotate(Count("pk")))
        for one in level:
            one.below = counts.get(one.body.pk, 0)
        following = sum(counts.values())
        alone = len(level) == 1  # whose branch this is: its first ones are shown, however many there are
        if not following or (held + following > MOST and not alone) or _level == DEEP - 1:
            break
        found, more = _nodes(seats.filter(above__in=list(counts)))
        left_out += more
        placed = {one.body.pk: one for one in level}
        for one in found:
            placed[one.body.above].children.append(one)  # type: ignore[attr-defined]
        level, held = found, held + len(found)
    return Branch(_above(seats, top), nodes, left_out)


def _nodes(seats: QuerySet[Seat]) -> tuple[list[Node], int]:
    """As a Vietnamese list has them, and how many are left out."""
    named = sorted(
        seats.order_by().values_list("organisation", "organisation__name", "above"), key=lambda one: order(one[1])
    )
    above = {pk: up for pk, _name, up in named[:MOST]}
    bodies = Organisation.objects.in_bulk(list(above))
    for pk, body in bodies.items():
        body.above = above[pk]  # type: ignore[attr-defined]
    return [Node(bodies[pk]) for pk in above], len(named) - len(above)


def _above(seats: QuerySet[Seat], top: Organisation | None) -> list[Organisation]:
    seat = seats.filter(organisation=top).first() if top else None
    ids = [int(pk) for pk in seat.path.strip("/").split("/")][:-1] if seat else []
    bodies = Organisation.objects.in_bulk(ids) if ids else {}
    return [bodies[pk] for pk in ids if pk in bodies]
