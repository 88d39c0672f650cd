"""The whole register as rows of its sheets: what an export writes, and what an import is compared with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from tiendo.foundation.organisations.models import Heir, Kind, Name, Organisation, Seat, Succession, Tree
from tiendo.foundation.organisations.queries import within
from tiendo.foundation.organisations.rules.bodies import tidy
from tiendo.foundation.organisations.rules.sheets import (
    BodyRow,
    Choices,
    HeirRow,
    NameRow,
    SeatRow,
    SuccessionRow,
    join_names,
)


@dataclass(slots=True)
class Register:
    """Rows in an order that depends on nothing but what they say, parents before what stands below them."""

    bodies: dict[str, BodyRow] = field(default_factory=dict)
    names: list[NameRow] = field(default_factory=list)
    seats: list[SeatRow] = field(default_factory=list)
    successions: list[SuccessionRow] = field(default_factory=list)


def choices() -> Choices:
    """What cells of the sheets may choose from, in Vietnamese in whatever language the page is read."""
    source = Name._meta.get_field("source").choices or ()  # noqa: SLF001 (Django's own documented way)
    with override("vi"):
        return {
            "kind": {value: str(label) for value, label in Kind.choices},
            "tree": {value: str(label) for value, label in Tree.choices},
            "succession": {value: str(label) for value, label in Succession.Kind.choices},
            "state": {value: str(label) for value, label in Succession.State.choices},
            "source": {str(value): str(label) for value, label in source},
        }


def register(paths: Iterable[str] | None = None) -> Register:
    """The register as it is, or (`paths`) the subtrees that somebody keeps. Five queries."""
    found = Organisation.objects.all()
    mine = found if paths is None else found.filter(within(paths))
    codes = dict(found.values_list("pk", "code"))
    return Register(
        bodies=_bodies(mine, codes),
        names=_names(mine, codes),
        seats=_seats(mine, codes),
        successions=_successions(mine, codes),
    )


def bodies_only() -> Register:
    """The bodies alone, for what asks of nothing else. Three queries."""
    found = Organisation.objects.all()
    return Register(bodies=_bodies(found, dict(found.values_list("pk", "code"))))


def _bodies(mine: QuerySet[Organisation], codes: dict[int, str]) -> dict[str, BodyRow]:
    short = _abbreviations(mine)
    rows = mine.values_list(
        "pk",
        "path",
        "code",
        "name",
        "kind",
        "parent",
        "short_name",
        "national_code",
        "national_code_old",
        "starts",
        "ends",
    )
    placed = []
    for pk, path, code, name, kind, parent, short_name, national, old, starts, ends in rows:
        way = tuple(codes[int(one)] for one in path.strip("/").split("/"))
        others = join_names(text for text in short.get(pk, ()) if text != tidy(short_name))
        row = BodyRow(
            code,
            tidy(name),
            kind,
            codes.get(parent or 0, ""),
            tidy(short_name),
            others,
            national,
            old,
            _iso(starts),
            _iso(ends),
        )
        placed.append((way, row))
    return {row.code: row for _way, row in sorted(placed)}


def _abbreviations(mine: QuerySet[Organisation]) -> dict[int, list[str]]:
    """Body → the abbreviations that everyone knows it by, as on its last day."""
    rows = Name.objects.filter(organisation__in=mine, office=None, source="abbreviation")
    found: dict[int, list[str]] = {}
    for body, text, ends, last in rows.values_list("organisation", "text", "ends", "organisation__ends"):
        if ends is None or (last is not None and ends >= last):
            found.setdefault(body, []).append(tidy(text))
    return found


def _names(mine: QuerySet[Organisation], codes: dict[int, str]) -> list[NameRow]:
    rows = Name.objects.filter(organisation__in=mine)
    return sorted(
        NameRow(codes[body], tidy(text), source, codes.get(office, ""), _iso(starts), _iso(ends))
        for body, text, source, office, starts, ends in rows.values_list(
            "organisation", "text", "source", "office", "starts", "ends"
        )
    )


def _seats(mine: QuerySet[Organisation], codes: dict[int, str]) -> list[SeatRow]:
    rows = Seat.objects.filter(organisation__in=mine).order_by()
    return sorted(
        SeatRow(tree, codes[body], codes.get(above, ""), _iso(starts), _iso(ends))
        for tree, body, above, starts, ends in rows.values_list("tree", "organisation", "above", "starts", "ends")
    )


def _successions(mine: QuerySet[Organisation], codes: dict[int, str]) -> list[SuccessionRow]:
    heirs: dict[int, list[HeirRow]] = {}
    lines = Heir.objects.filter(succession__in=Heir.objects.filter(before__in=mine).values("succession"))
    for succession, before, after, share in lines.values_list("succession", "before", "after", "share"):
        heirs.setdefault(succession, []).append(HeirRow(codes[before], codes.get(after, ""), tidy(share)))
    rows = Succession.objects.filter(pk__in=heirs)
    return sorted(
        SuccessionRow(
            kind=one.kind,
            on=_iso(one.on),
            decision=one.decision,
            decided_on=_iso(one.decided_on),
            state=one.state,
            verified=_local(one.confirmed_at),
            new_name=one.new_name,
            new_short_name=one.new_short_name,
            note="\n".join(map(tidy, one.note.strip().splitlines())),
            heirs=tuple(sorted(heirs[one.pk])),
        )
        for one in rows
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _local(at: datetime | None) -> str:
    return timezone.localdate(at).isoformat() if at else ""
