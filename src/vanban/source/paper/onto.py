"""Two readings of one text, laid one onto the other: where the words of a document stand on its own print.

The print says the same words in nearly the same order (a running head more, a repeated table head less), so runs of
words that occur once in both are anchors; what stands between two anchors is compared in the same way with shorter
runs, and what touches an anchor and agrees belongs to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from vanban.model import Place
from vanban.sheet import Sheet

_WORD = re.compile(r"\w+")
_RUNS = (4, 2, 1)
"""Words in an anchor, at first and between the anchors found so far."""

Words = Sequence[str]
Window = tuple[int, int, int, int]
"""Beginning and end in the one, beginning and end in the other."""


def onto(text: str, printed: Sheet) -> tuple[Place, ...]:
    """The places of the printed sheet, counted in `text`: sorted, apart, those left out whose words are not there."""
    ours, theirs = list(_WORD.finditer(text)), list(_WORD.finditer(printed.text))
    pairs = matched([word[0].lower() for word in theirs], [word[0].lower() for word in ours])
    starts = [word.start() for word in theirs]
    found: list[Place] = []
    for place in printed.places:
        first, last = bisect_left(starts, place.start), bisect_left(starts, place.end)
        there = [pairs[at] for at in range(first, last) if at in pairs]
        if there:
            start, end = ours[there[0]].start(), ours[there[-1]].end()
            found.append(Place(start=start, end=end, page=place.page, box=place.box, confidence=place.confidence))
    return tuple(found)


def matched(ones: Words, others: Words) -> dict[int, int]:
    """Which word of the one is which of the other, both rising. About linear for texts that are nearly the same."""
    pairs: dict[int, int] = {}
    windows: list[Window] = [(0, len(ones), 0, len(others))]
    for run in _RUNS:
        following: list[Window] = []
        for window in windows:
            following.extend(_anchored(ones, others, window, run, pairs))
        windows = following
    return pairs


def _anchored(ones: Words, others: Words, window: Window, run: int, pairs: dict[int, int]) -> list[Window]:
    """Pairs the words around each anchor in a window; returns the windows that are left between them."""
    low, high, other_low, other_high = window
    left: list[Window] = []
    for one, other in _anchors(ones, others, window, run):
        if one < low or other < other_low:  # grown over already
            continue
        start, other_start = one, other
        while start > low and other_start > other_low and ones[start - 1] == others[other_start - 1]:
            start, other_start = start - 1, other_start - 1
        left.append((low, start, other_low, other_start))
        end, other_end = one, other
        while end < high and other_end < other_high and ones[end] == others[other_end]:
            end, other_end = end + 1, other_end + 1
        pairs.update(zip(range(start, end), range(other_start, other_end), strict=True))
        low, other_low = end, other_end
    left.append((low, high, other_low, other_high))
    return [(a, b, c, d) for a, b, c, d in left if a < b and c < d]


def _anchors(ones: Words, others: Words, window: Window, run: int) -> list[tuple[int, int]]:
    """Runs of words that occur once in each half of the window, in the same order in both."""
    there = _once(others, window[2], window[3], run)
    both = [(at, there[words]) for words, at in _once(ones, window[0], window[1], run).items() if words in there]
    both.sort()
    kept = _rising([other for _, other in both])
    return [both[place] for place in kept]


def _once(words: Words, low: int, high: int, run: int) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    twice: set[tuple[str, ...]] = set()
    for at in range(low, high - run + 1):
        key = tuple(words[at : at + run])
        if key in seen:
            twice.add(key)
        seen[key] = at
    return {key: at for key, at in seen.items() if key not in twice}


def _rising(numbers: Sequence[int]) -> list[int]:
    """Places of the longest rising subsequence."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        at = bisect_left(tails, number)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(number)
            ends.append(place)
        else:
            tails[at], ends[at] = number, place
    kept: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.append(place)
        place = before[place]
    return kept[::-1]
