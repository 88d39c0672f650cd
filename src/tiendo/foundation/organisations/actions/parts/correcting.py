"""What a correction of a body does to its rows. Parts of acts: rights and rules are asked before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db.models import Q

from tiendo.foundation.accounts.models import User
from tiendo.foundation.audit.actions import events
from tiendo.foundation.organisations.actions import trees
from tiendo.foundation.organisations.actions.parts import register
from tiendo.foundation.organisations.models import Heir, Name, Organisation, Seat, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules.sheets import BodyRow, split_names
from tiendo.foundation.organisations.rules.trees import TREES
from tiendo.foundation.organisations.uses import leaves_tree

FIELDS = {
    "code": "code",
    "name": "name",
    "kind": "kind",
    "short": "short_name",
    "national_code": "national_code",
    "national_code_old": "national_code_old",
}
"""Columns of the sheet → fields of the body that are simply written over."""


def correct(
    body: Organisation,
    old: BodyRow,
    new: BodyRow,
    *,
    parent: Organisation | None,
    renamed_on: str,
    new_code: str,
    naming: bool,
    registrar: User | None,
    by: str,
    at: datetime,
    told: Collection[str] = (),
    seating: bool = True,
) -> None:
    """Write what differs between two rows of a body.

    `naming`: its names follow, else lines of their own tell them. `seating`: it is seated in the tree of its kind, else
    lines of their own tell its seats. `told`: what names are compared by that lines of their own tell to hold: those
    are neither added nor written over.
    """
    if naming and renamed_on:
        _rename(body, new, date.fromisoformat(renamed_on), registrar, at)
    elif naming:
        _called(body, old.name, new.name, "own")
        if key(new.short) not in told:
            _called(body, "" if key(old.short) in told else old.short, new.short, "abbreviation")
    more = set(split_names(new.abbreviations)) - set(split_names(old.abbreviations))
    _more_names(body, [text for text in more if key(text) not in told], day(new.ends))
    _lived(body, old, new)
    target = new._replace(code=new_code or new.code)
    for column, attribute in FIELDS.items():
        setattr(body, attribute, getattr(target, column))
    body.starts, body.ends = day(new.starts), day(new.ends)
    body.save(update_fields=[*FIELDS.values(), "starts", "ends"])
    if parent is not None and parent.pk != body.parent_id:
        trees.place(organisation=body, parent=parent, by=by, at=at)
        body.refresh_from_db()
    if seating and leaves_tree(old, new):
        trees.change_tree(organisation=body, old=TREES[old.kind], new=TREES[new.kind], by=by, at=at)
    _event(body, old, target, renamed_on, by, at)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rename(body: Organisation, new: BodyRow, on: date, registrar: User | None, at: datetime) -> None:
    """From a day on: a succession like any other, whose decision is not verified yet."""
    made = Succession.objects.create(
        kind=Succession.Kind.RENAME,
        state=Succession.State.IN_FORCE,
        on=on,
        new_name=new.name,
        new_short_name=new.short,
        drafted_by=registrar,
        drafted_at=at,
        recorded_by=registrar,
        recorded_at=at,
        undoing=register.rename(body, new.name, new.short, on=on),
    )
    Heir.objects.create(succession=made, before=body)


def _called(body: Organisation, old: str, new: str, source: str) -> None:
    """A slip in a name: the row is written over, as if it had always been right."""
    if old == new:
        return
    rows = Name.objects.filter(Q(ends=None) | Q(ends=body.ends), organisation=body, office=None)
    held = rows.filter(key=key(old)).first() if old else None
    if not new:
        if held is not None and held.source == source:
            held.delete()
        return
    same = rows.filter(key=key(new))
    named = (same.exclude(pk=held.pk) if held is not None else same).first()
    if named is not None and held is not None and held.source == source:
        held.delete()
    row = named or (held if held is not None and held.source == source else Name(organisation=body, ends=body.ends))
    if row.source != "own":
        row.source = source
    row.text, row.key = new, key(new)
    row.save()


def _more_names(body: Organisation, texts: Iterable[str], ends: date | None) -> None:
    known = set(Name.objects.filter(organisation=body, office=None).values_list("key", flat=True))
    rows = {key(text): text for text in sorted(texts) if key(text) not in known}
    Name.objects.bulk_create(
        Name(organisation=body, text=text, key=one, source="abbreviation", ends=ends) for one, text in rows.items()
    )


def _lived(body: Organisation, old: BodyRow, new: BodyRow) -> None:
    """Names and seats that began or ended with the body go with it."""
    seats, names = Seat.objects.filter(organisation=body), Name.objects.filter(organisation=body, office=None)
    if old.ends != new.ends:
        seats.filter(ends=day(old.ends)).update(ends=day(new.ends))
        names.filter(ends=day(old.ends)).update(ends=day(new.ends))
    if old.starts != new.starts:
        begun = seats.filter(starts=day(old.starts))
        if new.starts:
            begun = begun.filter(Q(ends=None) | Q(ends__gte=day(new.starts)))
        begun.update(starts=day(new.starts))


def _event(body: Organisation, old: BodyRow, new: BodyRow, renamed_on: str, by: str, at: datetime) -> None:
    changed = {
        name: [before, after] for name, before, after in zip(BodyRow._fields, old, new, strict=True) if before != after
    }
    events.record(
        actor=by,
        verb="organisations.organisation.corrected",
        subject=f"organisations.organisation:{body.pk}",
        at=at,
        office=body.path,
        data={"changes": changed, **({"renamed_on": renamed_on} if renamed_on else {})},
    )
