"""The plan of an import becomes rows of the register. Parts of the act that asked for rights and compared the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from django.db.models import CharField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from tiendo.foundation.accounts.models import User
from tiendo.foundation.organisations.actions import trees
from tiendo.foundation.organisations.actions.parts import correcting
from tiendo.foundation.organisations.actions.parts.correcting import day
from tiendo.foundation.organisations.models import Heir, Name, Organisation, Seat, Succession
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.rules.importing.lines import Line, Plan, What
from tiendo.foundation.organisations.rules.sheets import (
    BODIES,
    NAMES,
    SEATS,
    SUCCESSIONS,
    BodyRow,
    NameRow,
    SeatRow,
    SuccessionRow,
    split_names,
)
from tiendo.foundation.organisations.rules.trees import TREES

Ids = dict[str, int]
"""Code, as the file has it, → id."""
IMPORTED = {"imported": True}
"""What stood before is not known: such a record is not undone (parts.register.restore)."""


def write(plan: Plan, *, registrar: User | None, by: str, at: datetime) -> list[int]:
    """Write everything the plan says. Returns the ids of bodies that were added."""
    ids: Ids = dict(Organisation.objects.values_list("code", "pk"))
    added = [line.new for line in plan.of(BODIES, What.ADDED)]
    _bodies(added, ids)
    for line in plan.of(BODIES, What.CHANGED):
        _correct(line, plan, ids, registrar, by, at)
    names = plan.of(NAMES, What.ADDED, What.CHANGED)
    told = {line.new.body for line in names if line.what is What.ADDED}
    _names([line.new for line in names if line.what is What.ADDED], ids)
    _names([row for body in added if body.code not in told for row in _own_names(body)], ids)
    for line in names:
        if line.what is What.CHANGED:
            _name_changed(line.old, line.new, ids)
    _seats(plan.of(SEATS, What.ADDED, What.CHANGED), added, ids, by, at)
    _successions([line.new for line in plan.of(SUCCESSIONS, What.ADDED)], ids, registrar, at)
    return [ids[body.code] for body in added]


# -- bodies ----------------------------------------------------------------------------------------------------------


def _bodies(rows: Sequence[BodyRow], ids: Ids) -> None:
    """Level by level, whatever the order in the file."""
    above = Subquery(Organisation.objects.filter(pk=OuterRef("parent")).values("path")[:1])
    waiting = list(rows)
    while waiting:
        ready = [row for row in waiting if not row.parent or row.parent in ids]
        made = Organisation.objects.bulk_create((_body(row, ids) for row in ready), batch_size=500)
        ids.update((body.code, body.pk) for body in made)
        Organisation.objects.filter(path="").update(
            path=Concat(Coalesce(above, Value("/")), Cast("pk", CharField()), Value("/"))
        )
        waiting = [row for row in waiting if row.code not in ids]


def _body(row: BodyRow, ids: Ids) -> Organisation:
    return Organisation(
        code=row.code,
        name=row.name,
        short_name=row.short,
        kind=row.kind,
        parent_id=ids.get(row.parent),
        path="",
        national_code=row.national_code,
        national_code_old=row.national_code_old,
        starts=day(row.starts),
        ends=day(row.ends),
    )


def _correct(line: Line, plan: Plan, ids: Ids, registrar: User | None, by: str, at: datetime) -> None:
    body = Organisation.objects.get(pk=ids[line.old.code])
    parent = Organisation.objects.get(pk=ids[line.new.parent]) if line.new.parent != line.old.parent else None
    correcting.correct(
        body,
        line.old,
        line.new,
        parent=parent,
        renamed_on=line.renamed_on,
        new_code=line.new_code,
        naming=line.old.code not in plan.named,
        seating=not any(seat.new.body == line.old.code for seat in plan.of(SEATS)),
        told={name for code, name in plan.told if code == line.old.code},
        registrar=registrar,
        by=by,
        at=at,
    )


# -- names -----------------------------------------------------------------------------------------------------------


def _own_names(body: BodyRow) -> list[NameRow]:
    """The names of a new body of which no line tells: its own and its abbreviations, each once."""
    texts = [(body.name, "own"), (body.short, "abbreviation")]
    texts += [(text, "abbreviation") for text in split_names(body.abbreviations)]
    rows: dict[str, NameRow] = {}
    for text, source in texts:
        if text:
            rows.setdefault(key(text), NameRow(body.code, text, source, ends=body.ends))
    return list(rows.values())


def _names(rows: Iterable[NameRow], ids: Ids) -> None:
    Name.objects.bulk_create(
        (
            Name(
                organisation_id=ids[row.body],
                text=row.text,
                key=key(row.text),
                source=row.source,
                office_id=ids.get(row.office),
                starts=day(row.starts),
                ends=day(row.ends),
            )
            for row in rows
        ),
        batch_size=500,
    )


def _name_changed(old: NameRow, new: NameRow, ids: Ids) -> None:
    """Its last day may have been set already, with that of its body."""
    rows = Name.objects.filter(
        organisation=ids[old.body], office=ids.get(old.office), key=key(old.text), starts=day(old.starts)
    )
    row = next(one for one in rows if one.ends in {day(old.ends), day(new.ends)})
    row.text, row.source, row.starts, row.ends = new.text, new.source, day(new.starts), day(new.ends)
    row.save()


# -- seats -----------------------------------------------------------------------------------------------------------


def _seats(lines: Sequence[Line], added: Sequence[BodyRow], ids: Ids, by: str, at: datetime) -> None:
    """Bodies that sit already are moved, with all below them; other rows are written as they are told."""
    living = set(Seat.objects.on(None).values_list("tree", "organisation"))
    told = {line.new.body for line in lines}
    moves = [line for line in lines if not line.new.ends and (line.new.tree, ids[line.new.body]) in living]
    for line in moves:
        _move(line.new, ids, by, at)
    plain = [line.new for line in lines if line.what is What.ADDED and line not in moves]
    _plain(plain + _first_seats([body for body in added if body.code not in told], ids), ids)
    for line in lines:
        if line.what is What.CHANGED and line.new.ends:
            row: SeatRow = line.new
            rows = Seat.objects.filter(
                tree=row.tree, organisation=ids[row.body], above=ids.get(row.above), starts=day(row.starts)
            )
            rows.update(ends=day(row.ends))


def _move(row: SeatRow, ids: Ids, by: str, at: datetime) -> None:
    bodies = Organisation.objects.in_bulk([ids[row.body], *([ids[row.above]] if row.above else [])])
    above = bodies[ids[row.above]] if row.above else None
    trees.seat(organisation=bodies[ids[row.body]], tree=row.tree, above=above, on=day(row.starts), by=by, at=at)


def _first_seats(bodies: Sequence[BodyRow], ids: Ids) -> list[SeatRow]:
    """The seats of new bodies of which no line tells: in the tree of its kind, below the nearest that sits there."""
    rows = {row.code: row for row in bodies}
    codes = {pk: code for code, pk in ids.items()}
    sitting = {
        (tree, codes[pk]) for tree, pk in Seat.objects.on(None).values_list("tree", "organisation") if pk in codes
    }
    for body in bodies:
        sitting |= {(tree, body.code) for tree in _trees(body)}
    parents = {
        codes[pk]: codes.get(parent or 0, "")
        for pk, parent in Organisation.objects.values_list("pk", "parent")
        if pk in codes
    }
    found = []
    for body in rows.values():
        for tree in _trees(body):
            above = parents[body.code]
            while above and (tree, above) not in sitting:
                above = parents[above]
            found.append(SeatRow(tree, body.code, above, body.starts, body.ends))
    return found


def _trees(body: BodyRow) -> list[str]:
    return sorted(set(TREES.values())) if body.kind == "root" else [TREES[body.kind]]


class _Paths:
    """Where rows of seats lie in their trees: below the seat that the body above holds on their last day."""

    def __init__(self, rows: Iterable[SeatRow], ids: Ids) -> None:
        self.ids = ids
        self.new: dict[tuple[str, int], list[SeatRow]] = {}
        for row in rows:
            self.new.setdefault((row.tree, ids[row.body]), []).append(row)
        self.held: dict[tuple[str, int], list[Seat]] = {}
        for seat in Seat.objects.all():
            self.held.setdefault((seat.tree, seat.organisation_id), []).append(seat)
        self.known: dict[SeatRow, str] = {}

    def of(self, row: SeatRow) -> str:
        """Up to the first whose path is known, then down again: without recursion, however deep a tree is."""
        way: list[SeatRow] = []
        at: SeatRow | None = row
        base = "/"
        while at is not None and at not in self.known and at not in way:
            way.append(at)
            place = (at.tree, self.ids.get(at.above, 0))
            held = [seat.path for seat in self.held.get(place, ()) if _meets(at, _row(seat))]
            above = [one for one in self.new.get(place, ()) if _meets(at, one)]
            base = held[-1] if held and not above else "/"
            at = above[-1] if above else None
        if at is not None:
            base = self.known.get(at, "/")
        for one in reversed(way):
            base = self.known[one] = f"{base}{self.ids[one.body]}/"
        return self.known[row]


def _row(seat: Seat) -> SeatRow:
    starts, ends = (one.isoformat() if one else "" for one in (seat.starts, seat.ends))
    return SeatRow(seat.tree, "", "", starts, ends)


def _meets(row: SeatRow, other: SeatRow) -> bool:
    """Whether the other row holds on this one's last day."""
    if not row.ends:
        return not other.ends
    return (not other.starts or other.starts <= row.ends) and (not other.ends or row.ends <= other.ends)


def _plain(rows: Sequence[SeatRow], ids: Ids) -> None:
    paths = _Paths(rows, ids)
    Seat.objects.bulk_create(
        (
            Seat(
                tree=row.tree,
                organisation_id=ids[row.body],
                above_id=ids.get(row.above),
                path=paths.of(row),
                starts=day(row.starts),
                ends=day(row.ends),
            )
            for row in rows
        ),
        batch_size=500,
    )


# -- successions -----------------------------------------------------------------------------------------------------


def _successions(rows: Sequence[SuccessionRow], ids: Mapping[str, int], registrar: User | None, at: datetime) -> None:
    """As facts: nothing is ended, renamed or given on by them. Whoever imports stands for having recorded them."""
    made = Succession.objects.bulk_create((_succession(row, registrar, at) for row in rows), batch_size=200)
    Heir.objects.bulk_create(
        (
            Heir(succession=one, before_id=ids[heir.before], after_id=ids.get(heir.after), share=heir.share)
            for one, row in zip(made, rows, strict=True)
            for heir in row.heirs
        ),
        batch_size=500,
    )


def _succession(row: SuccessionRow, registrar: User | None, at: datetime) -> Succession:
    state, on = Succession.State(row.state), date.fromisoformat(row.on)
    verified = day(row.verified)
    recorded = state != Succession.State.DRAFT
    undone = state == Succession.State.UNDONE
    return Succession(
        kind=row.kind,
        state=state,
        on=on,
        decision=row.decision,
        decided_on=day(row.decided_on),
        note=row.note,
        new_name=row.new_name,
        new_short_name=row.new_short_name,
        drafted_by=registrar,
        drafted_at=at,
        recorded_by=registrar if recorded else None,
        recorded_at=at if recorded else None,
        confirmed_at=timezone.make_aware(datetime.combine(verified, time(12))) if verified else None,
        undone_by=registrar if undone else None,
        undone_at=at if undone else None,
        undoing=IMPORTED if recorded else {},
    )
