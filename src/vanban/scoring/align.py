"""Which found duty answers which gold one: in order, by the likeness of their contents."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

THRESHOLD = 0.8


def align(gold: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices, rising on both sides, whose contents are at least 0.8 alike; the best sum of likeness wins."""
    likeness = [[_alike(left, right) for right in found] for left in gold]
    best = _table(likeness, len(gold), len(found))
    pairs, i, j = [], 0, 0
    while i < len(gold) and j < len(found):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _alike(left: str, right: str) -> float:
    return fuzz.ratio(left, right, score_cutoff=100 * THRESHOLD) / 100


def _table(likeness: list[list[float]], height: int, width: int) -> list[list[float]]:
    """`best[i][j]`: the highest sum from gold i and found j onwards."""
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for i in range(height - 1, -1, -1):
        for j in range(width - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return best
