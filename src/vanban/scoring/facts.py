"""What a comparison yields: one Fact per thing that a person marked or the reader claimed, and their sums."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any


@dataclass(frozen=True, slots=True)
class Fact:
    """`gold` None: the reader claimed what is not there; `found` None: the reader missed it."""

    document: str
    field: str
    item: str
    gold: str | None
    found: str | None
    right: bool

    @property
    def key(self) -> str:
        """What a caller keeps to see later which right readings were gained and lost."""
        return hashed(f"{self.document}\0{self.field}\0{self.item}")


def hashed(name: str) -> str:
    """What a kept file holds instead of a document's name or words."""
    return sha256(name.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Sum:
    """`n` gold values, `found` claimed ones, `right` of both."""

    n: int
    found: int
    right: int

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.n if self.n else None

    @property
    def exact(self) -> bool:
        return self.n == self.found == self.right

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.n + other.n, self.found + other.found, self.right + other.right)

    def as_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "found": self.found,
            "right": self.right,
            "precision": _rounded(self.precision),
            "recall": _rounded(self.recall),
            "exact": self.exact,
        }


def sums(facts: Iterable[Fact]) -> dict[str, Sum]:
    """By field, in alphabetical order."""
    result: dict[str, Sum] = {}
    for fact in facts:
        one = Sum(int(fact.gold is not None), int(fact.found is not None), int(fact.right))
        result[fact.field] = result.get(fact.field, Sum(0, 0, 0)) + one
    return dict(sorted(result.items()))


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)
