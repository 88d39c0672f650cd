"""`vanban score DIR`: reads every document that has a gold, and says how well, per document, per folder and in sum."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vanban.errors import VanbanError
from vanban.model import Reading
from vanban.reading import READER, read
from vanban.scoring import citations, duties, headings
from vanban.scoring.facts import Fact, Sum, hashed, sums
from vanban.scoring.pairs import Pair, pairs
from vanban.symbols import parse

SCHEMA = "vanban.score/2"


@dataclass(frozen=True, slots=True)
class Score:
    """What was measured. `unread`: documents that could not be read, and why; nothing of theirs is in the sums."""

    facts: tuple[Fact, ...]
    folders: Mapping[str, str]
    """Document to folder, of every document that was read."""
    unread: Mapping[str, str]
    formats: Mapping[str, str] = field(default_factory=dict)
    """Document to the format in which it was read (model.Reading.format)."""
    families: Mapping[str, str] = field(default_factory=dict)
    """Document to the family of its own symbol as the gold has it ("" without one)."""
    gained: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By document: keys of what is right now and was not in the last run."""
    lost: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By document: keys of what was right in the last run and is not now."""

    def of_folder(self, folder: str) -> dict[str, Sum]:
        return sums(fact for fact in self.facts if self.folders[fact.document] == folder)

    def of_document(self, document: str) -> dict[str, Sum]:
        return sums(fact for fact in self.facts if fact.document == document)

    def misses(self) -> list[Fact]:
        return [fact for fact in self.facts if not fact.right]

    def right_keys(self, document: str) -> frozenset[str]:
        return frozenset(fact.key for fact in self.facts if fact.document == document and fact.right)


def score(root: Path, *, last: Mapping[str, Any] | None = None, tell: Callable[[str], None] | None = None) -> Score:
    """Read and compare everything under `root`. `last` is the JSON of an earlier run that the caller kept; `tell` is
    told each document's name before it is read.
    """
    facts: list[Fact] = []
    folders, unread, formats, families = {}, {}, {}, {}
    for pair in pairs(root):
        if tell:
            tell(pair.name)
        try:
            reading = read(pair.path.read_bytes(), name=pair.path.name)
        except VanbanError as error:
            unread[pair.name] = f"{error.code}: {error.message}"
            continue
        folders[pair.name], formats[pair.name], families[pair.name] = pair.folder, reading.format, _family(pair)
        facts.extend(_compare(pair, reading))
    result = Score(tuple(facts), folders, unread, formats, families)
    return result if last is None else _against(result, last["right"])


def _against(result: Score, then: Mapping[str, Iterable[str]]) -> Score:
    """The result with what was gained and lost; a document that the last run did not know is no gain."""
    gained, lost = {}, {}
    for document in (*result.folders, *result.unread):
        before = then.get(hashed(document))
        if before is None:
            continue
        now = result.right_keys(document)
        gained[document], lost[document] = now - set(before), frozenset(before) - now
    return replace(result, gained=_filled(gained), lost=_filled(lost))


def _filled(table: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    return {document: keys for document, keys in table.items() if keys}


def _family(pair: Pair) -> str:
    own = (pair.gold.get("heading") or pair.site).get("symbol")
    symbol = parse(own) if own else None
    return symbol.family if symbol else ""


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
    """Stable: what `--last` takes."""
    return {
        **kept(result),
        "documents": {name: _dicts(result.of_document(name)) for name in sorted(result.folders)},
        "unread": dict(sorted(result.unread.items())),
        "gained": {name: sorted(keys) for name, keys in sorted(result.gained.items())},
        "lost": {name: sorted(keys) for name, keys in sorted(result.lost.items())},
    }


def kept(result: Score) -> dict[str, Any]:
    """Numbers and hashed keys only: what may lie in a repository without anything of the documents."""
    read_or_not = sorted((*result.folders, *result.unread))
    return {
        "schema": SCHEMA,
        "reader": READER,
        "read": len(result.folders),
        "sums": _dicts(sums(result.facts)),
        "folders": {name: _dicts(result.of_folder(name)) for name in sorted(set(result.folders.values()))},
        "right": dict(sorted((hashed(name), sorted(result.right_keys(name))) for name in read_or_not)),
    }


def _dicts(table: Mapping[str, Sum]) -> dict[str, dict[str, Any]]:
    return {name: one.as_dict() for name, one in table.items()}
