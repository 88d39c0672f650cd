"""Citations against the gold of real documents. The floors stand slightly below what is reached."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from vanban import citations
from vanban.model import Heading, Outline
from vanban.scoring import citations as scoring
from vanban.source import open_sheet

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CITING = sorted((CORPUS / "citations").glob("*.gold.json"))
CORE = CORPUS / "core" / "55-ctr-tu.gold.json"
LAWS = {"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORE.exists(), reason="the corpus is not beside this checkout"),
]


def read(path: Path) -> tuple[dict[str, Any], citations.Found]:
    gold = json.loads(path.read_text("utf-8"))
    source = path.with_name(path.name.replace(".gold.json", ".txt"))
    sheet = open_sheet(source.read_bytes(), name=source.name)
    return gold, citations.find(sheet, Outline(), Heading(symbol=gold["heading"]["symbol"]))


def counts(paths: list[Path]) -> Counter[str]:
    """wanted, found and right mentions of (kind, symbol, date); and of laws by name."""
    total: Counter[str] = Counter()
    for path in paths:
        gold, found = read(path)
        for fact in scoring.compare(path.name, gold, found.citations):
            if fact.field == "citation":
                total["wanted"] += fact.gold is not None
                total["found"] += fact.found is not None
                total["right"] += fact.right
        wanted: Counter[str] = Counter()
        for law in gold["named_laws"]:
            wanted[law["name"]] += law["mentions"]
        named = Counter(one.title for one in found.citations if one.form == "name" and one.kind in LAWS)
        total["laws wanted"] += wanted.total()
        total["laws found"] += named.total()
        total["laws right"] += (wanted & named).total()
    return total


def test_the_core_document_is_exact():
    total = counts([CORE])
    assert (total["wanted"], total["found"], total["right"]) == (93, 93, 93)
    assert (total["laws wanted"], total["laws found"], total["laws right"]) == (3, 3, 3)


def test_the_core_documents_works_are_told_apart():
    gold, found = read(CORE)
    facts = [
        *scoring.compare_self(CORE.name, gold, found.citations),
        *scoring.compare_works(CORE.name, gold, found.works),
    ]
    assert len(facts) == 7
    assert [fact for fact in facts if not fact.right] == []


def test_the_core_documents_named_works():
    gold, found = read(CORE)
    named = [one.title for one in found.citations if one.form == "name" and one.kind not in LAWS]
    assert named == gold["named_works"]


def test_what_the_core_document_carries_out():
    gold, found = read(CORE)
    source = CORE.with_name("55-ctr-tu.txt")
    sheet = open_sheet(source.read_bytes(), name=source.name)
    heading = Heading(symbol=gold["heading"]["symbol"])
    assert citations.implemented(heading, sheet, found.citations) == gold["heading"]["implements"]


def test_mentions_in_documents_of_all_kinds():
    total = counts(CITING)
    assert total["right"] / total["found"] >= 0.99
    assert total["right"] / total["wanted"] >= 0.99


def test_laws_by_name_in_documents_of_all_kinds():
    total = counts(CITING)
    assert total["laws right"] / total["laws found"] >= 0.95
    assert total["laws right"] / total["laws wanted"] >= 0.95
