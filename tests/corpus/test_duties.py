"""The real documents beside the repository: every row of their task tables and lists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from vanban import duties, outline, targets
from vanban.duties import Found
from vanban.model import Heading
from vanban.scoring import duties as scoring
from vanban.source import open_sheet

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
CORE = CORPUS / "core" / "55-ctr-tu.txt"
TASKS = sorted((CORPUS / "tasks").glob("*.md"))
DOCX = sorted((CORPUS / "formats").glob("*.docx"))
ASKED = {
    "duty",
    *(f"duty.{field}" for field in ("number", "content", "lead_text", "leads", "coordinators", "deadline")),
}

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not CORE.exists(), reason="the corpus is not here")]


def read(path: Path) -> Found:
    sheet = open_sheet(path.read_bytes(), name=path.name)
    return duties.find(sheet, outline.build(sheet), Heading())


def misses(path: Path, gold: Path) -> list[str]:
    marked = json.loads(gold.read_text("utf-8"))["duties"]
    facts = scoring.compare(path.stem, marked, read(path).duties)
    return [f"{fact.field} {fact.item}" for fact in facts if fact.field in ASKED and not fact.right]


def test_every_row_of_the_core_programme() -> None:
    found = read(CORE)
    assert sum(duty.origin == "table" for duty in found.duties) == 51
    assert misses(CORE, CORE.with_suffix(".gold.json")) == []


def test_the_years_the_core_programme_aims_at() -> None:
    sheet = open_sheet(CORE.read_bytes(), name=CORE.name)
    found = targets.find(sheet, outline.build(sheet))
    assert {target.year for target in found if target.kind == "milestone"} == {2025, 2030, 2050}


@pytest.mark.parametrize("path", TASKS, ids=lambda path: path.stem)
def test_tables_and_lists_of_tasks_and_what_is_none(path: Path) -> None:
    assert misses(path, path.with_suffix(".gold.json")) == []


@pytest.mark.parametrize("path", DOCX, ids=lambda path: path.stem)
def test_the_same_tables_as_docx(path: Path) -> None:
    """Two of these files lost a table's middle when they were made: most rows, not all."""
    marked = len(json.loads((CORPUS / "tasks" / f"{path.stem}.gold.json").read_text("utf-8"))["duties"])
    wrong = {miss.partition(" ")[2] for miss in misses(path, CORPUS / "tasks" / f"{path.stem}.gold.json")}
    assert len(wrong) <= max(2, 0.1 * marked)
