"""Headings of the reference corpus: what share is read right. The floors are a little below what is reached."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from vanban import heading, outline
from vanban.fold import key
from vanban.model import Heading
from vanban.source.text import read_text

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORPUS.exists(), reason=f"no corpus at {CORPUS}")]


def find(path: Path) -> Heading:
    sheet = read_text(path.read_text("utf-8"))
    return heading.find(sheet, outline.build(sheet))


def gold() -> list[tuple[Path, dict[str, Any]]]:
    pairs = []
    for marked in sorted(CORPUS.glob("*/*.gold.json")):
        for suffix in (".txt", ".md"):
            document = marked.with_name(marked.name.replace(".gold.json", suffix))
            if document.exists():
                pairs.append((document, json.loads(marked.read_text("utf-8"))["heading"]))
    return pairs


def test_marked_headings() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for document, expected in gold():
        found = find(document)
        read = {"date": str(found.date) if found.date else None}
        for name in ("kind", "symbol", "date", "issuer", "number", "term"):
            if name in expected:
                total[name] += 1
                value = read.get(name, getattr(found, name))
                right[name] += key(str(value)) == key(str(expected[name]))
    assert total["symbol"] >= 25
    assert {name: right[name] / total[name] for name in total if right[name] < 0.96 * total[name]} == {}


def test_known_metadata() -> None:
    right: Counter[str] = Counter()
    with (CORPUS / "headings" / "headings.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        found = find(CORPUS / "headings" / row["file"])
        day, month, year = row["date"].split("/")
        right["symbol"] += found.symbol == row["symbol"]
        right["kind"] += key(found.kind or "") == key(row["kind"])
        right["date"] += str(found.date) == f"{year}-{month}-{day}"
        place = key(row["issuer"]).removeprefix("tinh ").removeprefix("thanh pho ")
        right["issuer"] += place in key(found.issuer or "")
    floors = {"symbol": 0.98, "kind": 0.98, "date": 0.98, "issuer": 0.95}
    assert {name: right[name] for name, floor in floors.items() if right[name] < floor * len(rows)} == {}


def test_the_core_case_is_exact() -> None:
    expected = json.loads((CORPUS / "core" / "55-ctr-tu.gold.json").read_text("utf-8"))["heading"]
    found = find(CORPUS / "core" / "55-ctr-tu.txt")
    assert found.signature is not None
    assert (found.symbol, found.number, str(found.date)) == (expected["symbol"], expected["number"], expected["date"])
    assert (found.kind, found.issuer, found.term) == (expected["kind"], expected["issuer"], expected["term"])
    assert found.signature.authority == expected["signature"]["authority"]
    assert found.signature.position == expected["signature"]["position"]


def test_the_core_case_has_its_outline() -> None:
    sheet = read_text((CORPUS / "core" / "55-ctr-tu.txt").read_text("utf-8"))
    found = outline.build(sheet)
    assert [node.id for node in found.provisions] == ["I", "II", "III", "IV"]
    assert len(found.provisions[2].children) == 7
    assert len(found.annexes) == 1
    assert len(found.recipients) == 10
    assert {len(table.rows[0].cells) for table in sheet.tables()} == {5}
