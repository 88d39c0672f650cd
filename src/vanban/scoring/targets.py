"""What a run must reach (issue 2, "Done when"): by source, headings also by family; and why it missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from vanban.fold import key
from vanban.scoring.facts import Fact, Sum, sums

CLEAN, SCANS = "nguồn sạch", "bản quét"
HEADING = {f"heading.{field}": 0.98 for field in ("symbol", "date", "kind")}
CITATION = {"citation": 0.97}
DUTY = {"duty": 0.95}
ROW = dict.fromkeys(("duty.leads", "duty.coordinators", "duty.deadline"), 0.95)
SCANNED_ROW = dict.fromkeys(ROW, 0.85)
_LIKE = 0.75
"""From this likeness on (0 to 1, folded) a wrong value of a scan is a few letters that were recognised wrongly."""


@dataclass(frozen=True, slots=True)
class Target:
    """A field's share that is wanted of a group of documents, and what it came to."""

    group: str
    field: str
    wanted: float
    sum: Sum

    @property
    def share(self) -> float:
        """F1: what was missed counts as much as what was made up."""
        return 2 * self.sum.right / (self.sum.n + self.sum.found) if self.sum.n + self.sum.found else 0.0

    @property
    def met(self) -> bool:
        return self.share >= self.wanted


def targets(facts: Iterable[Fact], formats: Mapping[str, str], families: Mapping[str, str]) -> list[Target]:
    """`formats`, `families` (of the gold's symbol; "" without one): by document."""
    known = list(facts)
    scans = {name for name, form in formats.items() if form == "scan"}
    found: list[Target] = []
    for group, rows in ((CLEAN, ROW), (SCANS, SCANNED_ROW)):
        some = [fact for fact in known if (fact.document in scans) == (group == SCANS)]
        found += _of(group, some, {**HEADING, **CITATION, **DUTY, **rows})
    for family in sorted(set(families.values()) - {""}):
        some = [fact for fact in known if families.get(fact.document) == family]
        found += _of(f"họ văn bản: {family}", some, HEADING)
    return found


def _of(group: str, facts: Iterable[Fact], wanted: Mapping[str, float]) -> Iterator[Target]:
    table = sums(facts)
    for field, share in wanted.items():
        if field in table:
            yield Target(group, field, share, table[field])


def causes(facts: Iterable[Fact], formats: Mapping[str, str]) -> Counter[tuple[str, str]]:
    """(field, cause) of what was missed in the fields that have a target, as far as it can be told from the values."""
    wanted = {**HEADING, **CITATION, **DUTY, **ROW}
    missed = (fact for fact in facts if not fact.right and fact.field in wanted)
    return Counter((fact.field, _cause(fact, formats.get(fact.document, ""))) for fact in missed)


def _cause(fact: Fact, form: str) -> str:
    if fact.gold is None:
        return "đọc ra chỗ không có"
    if fact.found is None:
        return "bỏ sót"
    gold, found = key(fact.gold), key(fact.found)
    if gold == found:
        return "sai dấu"
    if gold in found or found in gold:
        return "thừa hoặc thiếu chữ ở đầu, cuối"
    if form == "scan" and SequenceMatcher(None, gold, found).ratio() >= _LIKE:
        return "nhận dạng sai chữ"
    return "giá trị khác"
