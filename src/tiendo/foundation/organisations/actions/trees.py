"""Where bodies stand: in the register, by which rights go, and in the dated trees of Party, State, Front, territory."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.errors import CycleError, MoveDateError
from tiendo.foundation.organisations.models import FormerPath, Organisation, Seat
from tiendo.foundation.organisations.rules.succession import eve
from tiendo.foundation.organisations.rules.trees import lies_within, moved


@transaction.atomic
def place(*, organisation: Organisation, parent: Organisation, by: str, at: datetime) -> None:
    """Put a body, with all below it, below another one in the register, from now on. Raises CycleError."""
    _lock()
    organisation = Organisation.objects.get(pk=organisation.pk)
    parent = Organisation.objects.get(pk=parent.pk)
    if lies_within(parent.path, organisation.path):
        raise CycleError(name=organisation.name, above=parent.name)
    if organisation.parent_id == parent.pk:
        return
    old, new = organisation.path, f"{parent.path}{organisation.pk}/"
    _keep_paths(old)
    Organisation.objects.filter(pk=organisation.pk).update(parent=parent)
    Organisation.objects.filter(path__startswith=old).update(path=Concat(Value(new), Substr("path", len(old) + 1)))
    _event("placed", organisation, by, at, parent=parent.pk)


def _keep_paths(top: str) -> None:
    """What happened up to now in this subtree is found again by the paths that its bodies had."""
    going = Organisation.objects.filter(path__startswith=top).values_list("pk", "path")
    FormerPath.objects.bulk_create(
        (FormerPath(organisation_id=pk, path=path) for pk, path in going), ignore_conflicts=True, batch_size=1000
    )


@transaction.atomic
def seat(
    *, organisation: Organisation, tree: str, above: Organisation | None, on: date | None, by: str, at: datetime
) -> Seat:
    """Seat a body in a tree from a day on (None: it has always stood there), with all below it that stands there.

    `above` None, or a body that has no seat in that tree: right below the root. Raises CycleError, MoveDateError.
    """
    _lock()
    if above is not None and above.pk == organisation.pk:
        raise CycleError(name=organisation.name, above=above.name)
    held = Seat.objects.on(None).filter(tree=tree, organisation=organisation).first()
    over = _path_of(tree, above)
    above = above if over != "/" else None
    path = f"{over}{organisation.pk}/"
    if held is None:
        made = Seat.objects.create(tree=tree, organisation=organisation, above=above, path=path, starts=on)
    else:
        made = _move(held, above, path, on)
    _event("seated", organisation, by, at, tree=tree, above=above and above.pk, on=on and on.isoformat())
    return made


@transaction.atomic
def change_tree(*, organisation: Organisation, old: str, new: str, by: str, at: datetime) -> None:
    """A body stood in the wrong tree: its seat becomes one in the right tree, below the nearest that stands there.

    Nobody may sit below it in the old one. A body that has a seat in the new tree already keeps both.
    """
    _lock()
    living = Seat.objects.on(None)
    held = living.filter(tree=old, organisation=organisation).first()
    if held is None or living.filter(tree=new, organisation=organisation).exists():
        return
    up = [int(pk) for pk in organisation.path.strip("/").split("/")][-2::-1]
    seats = {seat.organisation_id: seat for seat in living.filter(tree=new, organisation__in=up)}
    over = next((seats[pk] for pk in up if pk in seats), None)
    held.tree, held.above_id = new, over.organisation_id if over else None
    held.path = f"{over.path if over else '/'}{organisation.pk}/"
    held.save(update_fields=["tree", "above", "path"])
    _event("seated", organisation, by, at, tree=new, above=held.above_id, instead_of=old)


def _move(held: Seat, above: Organisation | None, path: str, on: date | None) -> Seat:
    """End the rows of the subtree and write new ones; those that began that very day are written over."""
    if above is not None and lies_within(_path_of(held.tree, above), held.path):
        raise CycleError(name=held.organisation.name, above=above.name)
    if held.path == path:
        return held
    subtree = list(Seat.objects.on(None).filter(tree=held.tree, path__startswith=held.path))
    latest = max((seat.starts for seat in subtree if seat.starts), default=None)
    if latest is not None and (on is None or on < latest):
        raise MoveDateError(name=held.organisation.name, day=f"{latest:%d/%m/%Y}")
    past = [seat for seat in subtree if on is not None and seat.starts != on]
    Seat.objects.filter(pk__in=[seat.pk for seat in past]).update(ends=eve(on) if on else None)
    Seat.objects.filter(pk__in=[seat.pk for seat in subtree]).exclude(pk__in=[seat.pk for seat in past]).delete()
    Seat.objects.bulk_create(
        (
            Seat(
                tree=seat.tree,
                organisation_id=seat.organisation_id,
                above_id=(above.pk if above else None) if seat.pk == held.pk else seat.above_id,
                path=moved(seat.path, held.path, path),
                starts=on,
            )
            for seat in subtree
        ),
        batch_size=1000,
    )
    return Seat.objects.on(None).get(tree=held.tree, organisation=held.organisation_id)


def _path_of(tree: str, above: Organisation | None) -> str:
    seat = Seat.objects.on(None).filter(tree=tree, organisation=above).first() if above else None
    return seat.path if seat else "/"


def _lock() -> None:
    """Whoever moves bodies holds the root: two moves side by side could make a circle."""
    list(Organisation.objects.select_for_update().filter(parent=None).order_by("pk").values_list("pk", flat=True)[:1])


def _event(verb: str, organisation: Organisation, by: str, at: datetime, **data: object) -> None:
    events.record(
        actor=by,
        verb=f"organisations.organisation.{verb}",
        subject=f"organisations.organisation:{organisation.pk}",
        at=at,
        office=organisation.path,
        data=data,
    )
