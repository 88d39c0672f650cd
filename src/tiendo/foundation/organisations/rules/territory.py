"""A province's communes, and what they came from, as lines of the register's sheets. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from tiendo.foundation.organisations.rules.importing.lines import Entry, Table
from tiendo.foundation.organisations.rules.sheets import (
    BODIES,
    HEIRS,
    SEATS,
    SUCCESSIONS,
    BodyRow,
    HeirRow,
    SeatRow,
    Sheet,
    SuccessionRow,
)

SINCE, UNTIL = "2025-07-01", "2025-06-30"
"""The first day of two levels of administration, and the last of three."""
PART = "một phần, theo địa bàn"
WITH = {"dang-uy": ("DU", "Đảng ủy", "party_committee"), "ubnd": ("UB", "Ủy ban nhân dân", "peoples_committee")}
"""Bodies that may be made with each commune: end of the code, name before that of the commune, kind."""


class CommuneLike(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...


class FormerLike(CommuneLike, Protocol):
    @property
    def district_code(self) -> str: ...
    @property
    def district(self) -> str: ...
    @property
    def into(self) -> tuple[str, ...]: ...


def code(commune: str) -> str:
    """The register's code of a commune.

    >>> code("00004")
    'DV.00004'
    """
    return f"DV.{commune}"


def former_code(one: FormerLike) -> str:
    """Codes of former communes were given again: theirs stand apart in the register."""
    return f"DVC.{one.code}" if one.code else district_code(one.district_code)


def district_code(number: str) -> str:
    return f"DVC.H{number}"


def tables(
    communes: Sequence[CommuneLike], formers: Sequence[FormerLike], *, root: str, former: bool, bodies: Collection[str]
) -> list[Table]:
    """`former`: also what they came from, with successions; `bodies`: keys of WITH."""
    kept = unchanged(communes, formers) if former else {}
    rows: list[BodyRow] = []
    for one in communes:
        starts = "" if one.code in kept else SINCE
        rows.append(BodyRow(code(one.code), one.name, "commune", root, starts=starts))
        rows += [_with(one, *WITH[name]) for name in bodies]
    found = []
    if former:
        gone = [one for one in formers if one.code not in kept.values()]
        districts = {one.district_code: one.district for one in formers}
        rows += [BodyRow(district_code(n), name, "other", root, ends=UNTIL) for n, name in districts.items()]
        rows += [
            BodyRow(former_code(one), one.name, "commune", district_code(one.district_code), ends=UNTIL)
            for one in gone
            if one.code
        ]
        found = _past(gone, formers, {one.code: one.name for one in communes}, root)
    return [_table(BODIES, [row._asdict() for row in rows]), *found]


def unchanged(communes: Sequence[CommuneLike], formers: Sequence[FormerLike]) -> dict[str, str]:
    """Communes that were not rearranged (code now → code then): one whole former commune of the same name."""
    whole: dict[str, list[FormerLike]] = {}
    for one in formers:
        for heir in one.into:
            whole.setdefault(heir, []).append(one)
    found = {}
    for commune in communes:
        origins = whole.get(commune.code, [])
        if len(origins) == 1 and origins[0].code and len(origins[0].into) == 1 and origins[0].name == commune.name:
            found[commune.code] = origins[0].code
    return found


def _with(commune: CommuneLike, end: str, what: str, kind: str) -> BodyRow:
    name = f"{what} {commune.name[:1].lower()}{commune.name[1:]}"
    return BodyRow(f"{code(commune.code)}.{end}", name, kind, code(commune.code), starts=SINCE)


def _past(gone: Sequence[FormerLike], formers: Sequence[FormerLike], names: dict[str, str], root: str) -> list[Table]:
    districts = list(dict.fromkeys(one.district_code for one in formers))
    seats = [SeatRow("territory", district_code(number), root, ends=UNTIL) for number in districts]
    facts = [*_communes(gone), *_districts(formers, names)]
    return [
        _table(SEATS, [seat._asdict() for seat in seats]),
        _table(SUCCESSIONS, [{"number": str(n), **one._replace(heirs=())._asdict()} for n, one in enumerate(facts, 1)]),
        _table(HEIRS, [{"number": str(n), **heir._asdict()} for n, one in enumerate(facts, 1) for heir in one.heirs]),
    ]


def _communes(gone: Sequence[FormerLike]) -> Iterator[SuccessionRow]:
    """Several whole ones into one: a merger; one alone: the same place as a new body; one into several: a split."""
    whole: dict[str, list[str]] = {}
    for one in gone:
        if not one.code:
            continue
        if len(one.into) == 1:
            whole.setdefault(one.into[0], []).append(former_code(one))
        else:
            yield _fact("split", [HeirRow(former_code(one), code(heir), PART) for heir in one.into])
    for heir, befores in whole.items():
        kind = "merge" if len(befores) > 1 else "reconstituted"
        yield _fact(kind, [HeirRow(before, code(heir)) for before in befores])


def _districts(formers: Sequence[FormerLike], names: dict[str, str]) -> Iterator[SuccessionRow]:
    """The level of districts ended: each into the communes on its ground."""
    ground: dict[str, dict[str, None]] = {}
    for one in formers:
        ground.setdefault(one.district_code, {}).update(dict.fromkeys(one.into))
    for number, communes in ground.items():
        here = [one for one in communes if one in names]
        heirs = [
            HeirRow(district_code(number), code(one), f"địa bàn {names[one]}" if len(here) > 1 else "") for one in here
        ]
        yield _fact("split" if len(heirs) > 1 else "reconstituted", heirs)


def _fact(kind: str, heirs: Sequence[HeirRow]) -> SuccessionRow:
    return SuccessionRow(kind, SINCE, heirs=tuple(sorted(heirs)))


def _table(sheet: Sheet, rows: Sequence[dict[str, str]]) -> Table:
    heads = frozenset(column.name for column in sheet.written)
    return Table(sheet, "", heads, tuple(Entry(number, row) for number, row in enumerate(rows, 1)))
