"""`vanban score DIR`: reads every document that has a gold, and says how well, per document, per folder and in sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vanban.errors import VanbanError
from vanban.model import Reading
from vanban.reading import READER, read
from vanban.scoring import citations, duties, headings
from vanban.scoring.facts import Fact, Sum, sums
from vanban.scoring.pairs import Pair, pairs

SCHEMA = "vanban.score/1"


@dataclass(frozen=True, slots=True)
class Score:
    """What was measured. `unread`: documents that could not be read, and why; nothing of theirs is in the sums."""

    facts: tuple[Fact, ...]
    folders: Mapping[str, str]
    """Document to folder, of every document that was read."""
    unread: Mapping[str, str]
    gained: frozenset[str] = field(default=frozenset())
    lost: frozenset[str] = field(default=frozenset())

    def of_folder(self, folder: str) -> dict[str, Sum]:
        return sums(fact for fact in self.facts if self.folders[fact.document] == folder)

    def of_document(self, document: str) -> dict[str, Sum]:
        return sums(fact for fact in self.facts if fact.document == document)

    def misses(self) -> list[Fact]:
        return [fact for fact in self.facts if not fact.right]

    def right_keys(self) -> frozenset[str]:
        return frozenset(fact.key for fact in self.facts if fact.right)


def score(root: Path, *, last: Mapping[str, Any] | None = None) -> Score:
    """Read and compare everything under `root`. `last` is the JSON of an earlier run that the caller kept."""
    facts: list[Fact] = []
    folders, unread = {}, {}
    for pair in pairs(root):
        try:
            reading = read(pair.path.read_bytes(), name=pair.path.name)
        except VanbanError as error:
            unread[pair.name] = f"{error.code}: {error.message}"
            continue
        folders[pair.name] = pair.folder
        facts.extend(_compare(pair, reading))
    result = Score(tuple(facts), folders, unread)
    if last is None:
        return result
    now, then = result.right_keys(), frozenset(last["right"])
    return Score(result.facts, folders, unread, now - then, then - now)


def _compare(pair: Pair, reading: Reading) -> Iterable[Fact]:
    gold, name = pair.gold, pair.name
    if "heading" in gold:
        yield from headings.compare(name, gold["heading"], reading.heading)
    if pair.site:
        yield from headings.compare_site(name, pair.site, reading.heading)
    if "duties" in gold:
        yield from duties.compare(name, gold["duties"], reading.duties)
    if "citations" in gold:
        yield from citations.compare(name, gold, reading.citations)
        yield from citations.compare_self(name, gold, reading.citations)
        yield from citations.compare_works(name, gold, reading.works)


def as_json(result: Score) -> dict[str, Any]:
    """Stable: what `--last` takes. `right` are hashed keys, so that a kept file holds nothing of the documents."""
    return {
        "schema": SCHEMA,
        "reader": READER,
        "sums": _dicts(sums(result.facts)),
        "folders": {name: _dicts(result.of_folder(name)) for name in sorted(set(result.folders.values()))},
        "documents": {name: _dicts(result.of_document(name)) for name in sorted(result.folders)},
        "read": len(result.folders),
        "unread": dict(sorted(result.unread.items())),
        "gained": sorted(result.gained),
        "lost": sorted(result.lost),
        "right": sorted(result.right_keys()),
    }


def _dicts(table: Mapping[str, Sum]) -> dict[str, dict[str, Any]]:
    return {name: one.as_dict() for name, one in table.items()}
