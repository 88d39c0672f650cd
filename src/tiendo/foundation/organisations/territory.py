"""Vietnam's provinces and communes since 1/7/2025, and what they came from, as lists for the register.

The data are those of the package `vietnamadminunits` (MIT), read from its files: nothing of it is imported, for it
would load its parsers and three libraries that a register has no use for. Nobody has verified here what it tells.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rapidfuzz import fuzz, process

from tiendo.foundation.organisations.errors import NoTerritoryDataError, UnknownProvinceError
from tiendo.foundation.organisations.naming import key

PACKAGE = "vietnamadminunits"
PROPOSAL = 60
"""Similarity (0–100) from which a province is proposed for a name that none has."""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone of today; `code`: of the General Statistics Office, five digits."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Former:
    """A commune, or a district without communes, until 30/6/2025; `into`: codes of communes that took it over."""

    code: str
    name: str
    district_code: str
    district: str
    province: str
    into: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    code: str
    name: str
    communes: tuple[Commune, ...]
    formers: tuple[Former, ...]


def province(asked: str) -> Province:
    """By code, or by name with or without accents and its kind. Raises UnknownProvinceError with what comes near,
    NoTerritoryDataError.
    """
    with _data() as data:
        code, name, mark = _find(asked, _provinces(data))
        communes = tuple(
            Commune(*row)
            for row in data.execute("SELECT wardCode, ward FROM admin_units WHERE provinceCode = ? ORDER BY 1", [code])
        )
        return Province(code, name, communes, _formers(data, mark))


def provinces() -> list[tuple[str, str]]:
    """(code, name) of all 34."""
    with _data() as data:
        return [(code, name) for code, name, _short, _mark in _provinces(data)]


def _folder() -> Path:
    found = find_spec(PACKAGE)  # finds, and runs nothing of it
    if found is None or found.origin is None:
        raise NoTerritoryDataError
    return Path(found.origin).parent / "data"


def _data() -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(f"file:{_folder() / 'dataset.db'}?mode=ro&immutable=1", uri=True))


def _provinces(data: sqlite3.Connection) -> list[tuple[str, str, str, str]]:
    asked = "SELECT DISTINCT provinceCode, province, provinceShort, provinceKey FROM admin_units ORDER BY 1"
    return list(data.execute(asked))


def _find(asked: str, rows: Sequence[tuple[str, str, str, str]]) -> tuple[str, str, str]:
    names = {key(text): row for row in rows for text in row[:3]}
    row = names.get(key(asked)) or names.get(asked.strip().zfill(2))
    if row is None:
        near = process.extract(key(asked), names.keys(), scorer=fuzz.WRatio, score_cutoff=PROPOSAL, limit=6)
        proposals = list(dict.fromkeys(names[name][1] for name, _score, _place in near))[:3]
        raise UnknownProvinceError(name=asked, near="; ".join(proposals or [one[1] for one in rows[:3]]))
    code, name, _short, mark = row
    return code, name, mark


@cache
def _conversion() -> dict[str, dict[str, tuple[str, ...]]]:
    """Province of today → former commune → communes that took it over, all by the package's own keys."""
    raw = json.loads((_folder() / "converter_2025.json").read_text(encoding="utf-8"))
    found: dict[str, dict[str, list[str]]] = {}
    for province_key, communes in raw["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                found.setdefault(province_key, {}).setdefault(old, []).append(commune)
    for province_key, divided in raw["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            found.setdefault(province_key, {})[old] = [part["newWardKey"] for part in parts]
    return {one: {old: tuple(into) for old, into in olds.items()} for one, olds in found.items()}


def _formers(data: sqlite3.Connection, mark: str) -> tuple[Former, ...]:
    codes = dict(data.execute("SELECT wardKey, wardCode FROM admin_units WHERE provinceKey = ?", [mark]))
    into = _conversion()[mark]
    return tuple(_former(row, codes, into) for row in _legacy(data, into))


def _legacy(data: sqlite3.Connection, into: Iterable[str]) -> list[tuple[str, ...]]:
    """Former communes of the provinces that are this one today, by their codes."""
    marks = sorted({old.split("_")[0] for old in into})
    asked = (
        "SELECT provinceKey || '_' || districtKey || '_' || ifnull(wardKey, ''), wardCode, ward, districtCode, "
        "district, province FROM admin_units_legacy WHERE provinceKey IN (SELECT value FROM json_each(?)) "
        "ORDER BY districtCode, wardCode"
    )
    return list(data.execute(asked, [json.dumps(marks)]))


def _former(row: tuple[str, ...], codes: dict[str, str], into: dict[str, tuple[str, ...]]) -> Former:
    old, code, name, district_code, district, province_name = row
    heirs = tuple(sorted(codes[one] for one in into[old]))
    return Former(code or "", name or district, district_code, district, province_name, heirs)
