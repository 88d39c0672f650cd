"""What a succession does to the rows of the register, and how that is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from tiendo.foundation.accounts.models import User
from tiendo.foundation.accounts.permissions import Permission
from tiendo.foundation.organisations.actions import trees
from tiendo.foundation.organisations.ancestry import sides
from tiendo.foundation.organisations.errors import (
    BuiltUponError,
    SuccessionInvalidError,
    SuccessionStateError,
)
from tiendo.foundation.organisations.models import Heir, Name, Organisation, Seat, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import require_over
from tiendo.foundation.organisations.rules.succession import eve

Undoing = dict[str, Any]
"""What stood before, as JSON: `ended` bodies and `names`, names `made`, `called` [name, short name], `placed` bodies
with their parents, `seats` that ended and seats that were `seated`; `dropped`: rows of seats and names that had begun
on the very day, and never held."""


def hold(
    succession: Succession, by: User, at: datetime, state: str
) -> tuple[Succession, list[Organisation], list[Organisation]]:
    """The succession as it is now, locked, with its bodies before and after. Raises NotAllowedError,
    SuccessionStateError.
    """
    held = Succession.objects.select_for_update(of=("self",)).get(pk=succession.pk)
    befores, afters = sides(held)
    require_over(by, Permission.MANAGE_BODIES, [*befores, *afters], timezone.localdate(at))
    if held.state != state:
        raise SuccessionStateError(state=held.get_state_display())
    return held, befores, afters


def rename(body: Organisation, name: str, short_name: str, *, on: date) -> Undoing:
    """The old names end on the eve; the new one begins. The body stays, and what it is called still."""
    _nothing_since([body], on)
    old = Name.objects.on(None).filter(organisation=body, office=None, source__in=["own", "abbreviation"])
    called_so = {key(body.name), key(body.short_name)}
    ended = [one.pk for one in old if one.key in called_so and one.text not in {name, short_name}]
    Name.objects.filter(pk__in=ended).update(ends=eve(on))
    made = [
        Name.objects.create(organisation=body, text=text, key=key(text), source=source, starts=on).pk
        for text, source in ((name, "own"), (short_name, "abbreviation"))
        if text and not Name.objects.on(None).filter(organisation=body, office=None, key=key(text)).exists()
    ]
    called = [body.name, body.short_name]
    Organisation.objects.filter(pk=body.pk).update(name=name, short_name=short_name)
    return {"names": ended, "made": made, "called": called}


def end_all(
    bodies: Sequence[Organisation],
    *,
    heir: Organisation | None,
    on: date,
    children: Mapping[int, Organisation],
    by: str,
    at: datetime,
) -> Undoing:
    """The bodies end on the eve with their names and seats; what stands below them goes on below another."""
    _nothing_since(bodies, on)
    undoing: Undoing = {"ended": [body.pk for body in bodies], "placed": [], "seated": []}
    for body in bodies:
        _below(body, heir, on, children, undoing, by, at)
    seats = Seat.objects.on(None).filter(organisation__in=bodies)
    names = Name.objects.on(None).filter(organisation__in=bodies, office=None)
    undoing["dropped"] = _drop(seats.filter(starts=on), names.filter(starts=on))
    undoing["seats"] = list(seats.values_list("pk", flat=True))
    undoing["names"] = list(names.values_list("pk", flat=True))
    seats.update(ends=eve(on))
    names.update(ends=eve(on))
    Organisation.objects.filter(pk__in=[body.pk for body in bodies]).update(ends=eve(on))
    return undoing


def _nothing_since(bodies: Sequence[Organisation], on: date) -> None:
    """Nobody ends, or is called otherwise, before what is known of them later. Raises SuccessionInvalidError."""
    later = {"organisation__in": bodies, "starts__gt": on, "ends": None}
    for model in (Seat, Name):
        if (row := model.objects.filter(**later).select_related("organisation").first()) is not None:
            raise SuccessionInvalidError(
                what=_("“{name}” có thay đổi đã ghi từ ngày {day}, sau ngày này.").format(
                    name=row.organisation.name, day=f"{row.starts:%d/%m/%Y}"
                )
            )


def _drop(seats: QuerySet[Seat], names: QuerySet[Name]) -> dict[str, list[dict[str, Any]]]:
    """Rows that begin on the day on which their body is no more; the rows before them end on the eve already."""
    dropped: dict[str, list[dict[str, Any]]] = {
        "seats": [dict(row) for row in seats.values("tree", "organisation_id", "above_id", "path")],
        "names": [dict(row) for row in names.values("organisation_id", "text", "key", "source")],
    }
    seats.delete()
    names.delete()
    return dropped


def _below(
    body: Organisation,
    heir: Organisation | None,
    on: date,
    children: Mapping[int, Organisation],
    undoing: Undoing,
    by: str,
    at: datetime,
) -> None:
    """Living bodies below the one that ends: where they were told to go, else below its heir, else below its parent."""
    for child in Organisation.objects.on(None).filter(parent=body):
        new = children.get(child.pk) or (heir if heir and heir.pk != child.pk else None) or body.parent
        if new is None or new.pk == child.pk:
            continue
        undoing["placed"].append([child.pk, body.pk])
        trees.place(organisation=child, parent=new, by=by, at=at)
    for seat in Seat.objects.on(None).filter(above=body):
        new = children.get(seat.organisation_id) or heir
        if new is None or new.pk == seat.organisation_id or not new.seats.on(None).filter(tree=seat.tree).exists():
            own = Seat.objects.on(None).filter(tree=seat.tree, organisation=body).first()
            new = own.above if own else None
        undoing["seated"].append([seat.tree, seat.organisation_id, body.pk])
        trees.seat(organisation=seat.organisation, tree=seat.tree, above=new, on=on, by=by, at=at)


def restore(succession: Succession, *, by: str, at: datetime) -> None:
    """Put back what `succession.undoing` tells. Raises BuiltUponError: a later record stands on this one."""
    undoing: Undoing = succession.undoing
    if undoing.get("imported"):
        raise BuiltUponError(what=_("việc này được nạp từ danh sách, không rõ danh bạ trước đó. Hãy sửa danh bạ."))
    _nothing_later(succession)
    Name.objects.filter(pk__in=undoing.get("made", [])).delete()
    Name.objects.filter(pk__in=undoing.get("names", [])).update(ends=None)
    Organisation.objects.filter(pk__in=undoing.get("ended", [])).update(ends=None)
    Seat.objects.filter(pk__in=undoing.get("seats", [])).update(ends=None)
    dropped = undoing.get("dropped", {})
    Seat.objects.bulk_create(Seat(**row, starts=succession.on) for row in dropped.get("seats", []))
    Name.objects.bulk_create(Name(**row, starts=succession.on) for row in dropped.get("names", []))
    if called := undoing.get("called"):
        body = succession.heirs.get().before_id
        Organisation.objects.filter(pk=body).update(name=called[0], short_name=called[1])
    bodies = Organisation.objects.in_bulk([pk for row in undoing.get("placed", []) for pk in row])
    for child, parent in reversed(undoing.get("placed", [])):
        trees.place(organisation=bodies[child], parent=bodies[parent], by=by, at=at)
    seated = Organisation.objects.in_bulk([pk for row in undoing.get("seated", []) for pk in row[1:]])
    for tree, child, above in reversed(undoing.get("seated", [])):
        trees.seat(organisation=seated[child], tree=tree, above=seated[above], on=succession.on, by=by, at=at)


def _nothing_later(succession: Succession) -> None:
    """Neither the bodies before nor those after may have gone on to something else since."""
    bodies = {pk for row in succession.heirs.all() for pk in (row.before_id, row.after_id) if pk}
    later = Heir.objects.filter(
        succession__state=Succession.State.IN_FORCE, succession__recorded_at__gt=succession.recorded_at
    )
    for row in later.select_related("succession", "before"):
        if {row.before_id, row.after_id} & bodies:
            raise BuiltUponError(
                what=_("sau đó đã ghi “{kind}” đối với “{name}” từ ngày {day}. Hãy hủy việc đó trước.").format(
                    kind=row.succession.get_kind_display(), name=row.before.name, day=f"{row.succession.on:%d/%m/%Y}"
                )
            )
