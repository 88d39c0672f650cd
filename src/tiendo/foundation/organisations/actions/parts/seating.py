"""The first seat of a new body."""

from __future__ import annotations

from tiendo.foundation.organisations.models import Kind, Organisation, Seat, Tree
from tiendo.foundation.organisations.rules.trees import TREES


def seat_new(organisation: Organisation) -> None:
    """The first seat of a body that is being added: in the tree of its kind, below the nearest body that stands there.

    A part of the act that adds it; the root stands in every tree.
    """
    trees = list(Tree.values) if organisation.kind == Kind.ROOT else [TREES[organisation.kind]]
    up = [int(pk) for pk in organisation.path.strip("/").split("/")][-2::-1]
    for tree in trees:
        seats = {seat.organisation_id: seat for seat in Seat.objects.on(None).filter(tree=tree, organisation__in=up)}
        above = next((seats[pk] for pk in up if pk in seats), None)
        Seat.objects.create(
            tree=tree,
            organisation=organisation,
            above_id=above.organisation_id if above else None,
            path=f"{above.path if above else '/'}{organisation.pk}/",
            starts=organisation.starts,
        )
