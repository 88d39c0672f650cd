"""The communes that `tiendo add-territory` adds, against two lists kept with the corpus."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tiendo.foundation.organisations import territory
from tiendo.foundation.organisations.naming import key, told_apart

ORGS = Path(__file__).parents[3] / "shared" / "corpus" / "orgs"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not ORGS.exists(), reason=f"no corpus at {ORGS}")]
KNOWN = {"06970", "06978"}
"""Xã Ba Chẽ: the two lists give it different codes."""
LATER = {"25270", "25357", "25363", "26116", "26170", "26248", "26326", "26368", "26425", "26485"}
"""Ten xã of Đồng Nai that the list of 2026 calls phường; the package has them as they were founded."""


def rows(name: str) -> list[dict[str, str]]:
    with (ORGS / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def provinces() -> list[territory.Province]:
    return [territory.province(code) for code, _name in territory.provinces()]


def test_34_provinces_and_3321_communes_as_the_corpus_has_them(provinces):
    ours = {(one.code, commune.code, commune.name) for one in provinces for commune in one.communes}
    listed = rows("vietnamadminunits_2025_34p_3321w.csv")
    assert ours == {(row["provinceCode"].zfill(2), row["wardCode"].zfill(5), row["ward"]) for row in listed}
    assert (len(provinces), len(ours)) == (34, 3321)


def test_what_they_came_from_is_what_the_corpus_has(provinces):
    ours = {(one.district_code, one.code): set(one.into) for province in provinces for one in province.formers}
    theirs: dict[tuple[str, str], set[str]] = {}
    for row in rows("vietnamadminunits_convert_legacy_2025.csv"):
        code = str(int(float(row["wardCode"]))).zfill(5) if row["wardCode"] else ""
        theirs.setdefault((row["districtCode"].zfill(3), code), set()).add(row["newWardCode"].zfill(5))
    assert ours == theirs
    assert len(ours) == 10_040


def test_another_list_knows_the_same_communes_but_for_a_code_and_later_wards(provinces):
    other = {
        ward["Code"]: ward["FullName"]
        for province in json.loads((ORGS / "thanglequoc_full_2026.json").read_text(encoding="utf-8"))
        for ward in province["Wards"]
    }
    ours = {commune.code: commune.name for one in provinces for commune in one.communes}
    assert set(ours) ^ set(other) == KNOWN
    differ = {code for code in set(ours) & set(other) if ours[code] != other[code]}
    assert {one for one in differ if key(ours[one]) != key(other[one]) or told_apart(ours[one], other[one])} == LATER
