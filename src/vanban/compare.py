"""Two readings of one programme → what changed: an amended programme against the first, or a newer reader's against the
last one's.

A row that kept its words is the same row wherever it stands now; of the others, those most alike belong together. A row
is renumbered whenever one is put in before it: a new number alone is no change.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from typing import Literal

from vanban.fold import key, squeeze
from vanban.model import Duty, Party, Reading, Value

ALIKE = 70
"""Likeness (0–100) from which two contents may be one row that was reworded."""
_SAME_NUMBER, _SAME_LEADS = 10, 5
"""What the same number and the same leads add to it."""
_LONGEST = 600
"""Characters of a content that likeness is measured on."""
_NEAREST = 8

Fields = tuple[str, ...]


class Change(Value, frozen=True, kw_only=True):
    """One row that differs. `before` and `after` are indices into `Reading.duties`."""

    what: Literal["added", "dropped", "changed", "moved"]
    before: int | None = None
    after: int | None = None
    fields: Fields = ()
    """Of a changed row: content, leads, coordinators, deadline, product, restricted."""
    moved: bool = False
    """It stands under another section, or at another place among the rows that are in both."""


def compare(before: Reading, after: Reading) -> tuple[Change, ...]:
    """Changes in the order of the later reading; a dropped row stands where it was."""
    pairs = _pairs(before.duties, after.duties)
    moved = _moved(before.duties, after.duties, pairs)
    changes = [*_differing(before.duties, after.duties, pairs, moved)]
    gone = set(range(len(before.duties))) - {old for old, _ in pairs}
    new = set(range(len(after.duties))) - {now for _, now in pairs}
    changes += [Change(what="dropped", before=old) for old in gone]
    changes += [Change(what="added", after=now) for now in new]
    return tuple(sorted(changes, key=_Order(pairs)))


def _differing(
    before: Sequence[Duty], after: Sequence[Duty], pairs: Sequence[tuple[int, int]], moved: set[tuple[int, int]]
) -> Iterator[Change]:
    for pair in pairs:
        old, now = pair
        fields, away = _fields(before[old], after[now]), pair in moved
        if fields or away:
            yield Change(what="changed" if fields else "moved", before=old, after=now, fields=fields, moved=away)


def _pairs(before: Sequence[Duty], after: Sequence[Duty]) -> list[tuple[int, int]]:
    """Which row is which, in the order of the earlier reading."""
    found = _same_words(before, after)
    taken_before, taken_after = {old for old, _ in found}, {now for _, now in found}
    left = [index for index in range(len(before)) if index not in taken_before]
    right = [index for index in range(len(after)) if index not in taken_after]
    return sorted([*found, *_alike(before, after, left, right)])


def _same_words(before: Sequence[Duty], after: Sequence[Duty]) -> list[tuple[int, int]]:
    """Rows of the same content: those with the same leads first, else in order."""
    found: list[tuple[int, int]] = []
    for same in (_content_and_leads, _content):
        old_left = sorted(set(range(len(before))) - {old for old, _ in found})
        now_left = sorted(set(range(len(after))) - {now for _, now in found})
        waiting: dict[object, deque[int]] = defaultdict(deque)
        for now in now_left:
            waiting[same(after[now])].append(now)
        pairs = ((old, waiting.get(same(before[old]))) for old in old_left)
        found += [(old, queue.popleft()) for old, queue in pairs if queue]
    return found


def _content(duty: Duty) -> object:
    return key(duty.content)


def _content_and_leads(duty: Duty) -> object:
    return key(duty.content), _names(duty.leads)


def _alike(
    before: Sequence[Duty], after: Sequence[Duty], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The likeliest pairs of what is left, each row once."""
    from rapidfuzz import fuzz, process  # only now: most readings are never compared

    words = {now: key(after[now].content)[:_LONGEST] for now in right}
    candidates = []
    for old in left:
        nearest = process.extract(
            key(before[old].content)[:_LONGEST],
            words,
            scorer=fuzz.ratio,
            score_cutoff=ALIKE - _SAME_NUMBER - _SAME_LEADS,
            limit=_NEAREST,
        )
        for _, score, now in nearest:
            likeness = score + _nearness(before[old], after[now])
            if likeness >= ALIKE:
                candidates.append((-likeness, old, now))
    olds, news = set(left), set(right)
    for _, old, now in sorted(candidates):
        if old in olds and now in news:
            olds.discard(old)
            news.discard(now)
            yield old, now


def _nearness(old: Duty, now: Duty) -> int:
    same_number = bool(old.number) and old.number == now.number
    return _SAME_NUMBER * same_number + _SAME_LEADS * (_names(old.leads) == _names(now.leads))


def _moved(before: Sequence[Duty], after: Sequence[Duty], pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The fewest rows that must be taken out for the rest to stand in the same order; and those of another section."""
    sections = {pair for pair in pairs if key(before[pair[0]].section or "") != key(after[pair[1]].section or "")}
    stay = _rising([now for _, now in pairs])
    return sections | {pair for index, pair in enumerate(pairs) if index not in stay}


def _rising(values: Sequence[int]) -> set[int]:
    """Indices of a longest rising run of values, not necessarily side by side."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        previous.append(ends[at - 1] if at else None)
        tails[at : at + 1], ends[at : at + 1] = [value], [index]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = previous[last]
    return found


def _fields(old: Duty, now: Duty) -> Fields:
    differ = {
        "content": _printed(old.content) != _printed(now.content),
        "leads": _names(old.leads) != _names(now.leads),
        "coordinators": _names(old.coordinators) != _names(now.coordinators),
        "deadline": _when(old) != _when(now),
        "product": _printed(old.product_text) != _printed(now.product_text),
        "restricted": bool(old.restricted) != bool(now.restricted),
    }
    return tuple(field for field, differs in differ.items() if differs)


def _when(duty: Duty) -> tuple[object, ...]:
    """What a deadline obliges to; its phrase only where nothing more is known of it."""
    deadline = duty.deadline
    known = (deadline.kind, deadline.start, deadline.end, deadline.every)
    return known if any(known[1:]) else (*known, _printed(duty.deadline_text))


def _names(parties: Sequence[Party]) -> frozenset[str]:
    return frozenset(key(party.name) for party in parties)


def _printed(text: str) -> str:
    """With its marks, but whatever its blanks, capitals and the place of its tone marks (uỷ, ủy)."""
    words = squeeze(unicodedata.normalize("NFD", text.casefold())).split()
    return " ".join("".join(sorted(word)) if any(map(unicodedata.combining, word)) else word for word in words)


class _Order:
    """Where a change belongs in the later reading; a dropped row behind the last row before it that stayed."""

    def __init__(self, pairs: Sequence[tuple[int, int]]) -> None:
        self._olds = [old for old, _ in pairs]
        self._news = [now for _, now in pairs]

    def __call__(self, change: Change) -> tuple[int, int, int]:
        if change.after is not None:
            return change.after, 0, 0
        assert change.before is not None
        at = bisect_left(self._olds, change.before)
        return (self._news[at - 1] if at else -1), 1, change.before
