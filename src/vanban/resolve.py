"""The bodies that a document names against those that somebody knows: through a finder that the caller passes in.

The reader has no register of its own; who has one says of each name whether it is known, and what comes near.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from msgspec.structs import replace

from vanban.fold import key
from vanban.model import Doubt, Duty, Reading

_NEAR = 80.0
"""Likeness, 0 to 100, from which a name is proposed."""
_PROPOSED = 3


@dataclass(frozen=True, slots=True)
class Nearest:
    """What is known of a name."""

    known: bool
    proposals: tuple[str, ...] = ()
    """Names of known bodies that come near, the nearest first."""


Finder = Callable[[str], Nearest]


def resolve(reading: Reading, *, bodies: Finder) -> Reading:
    """The reading, with a doubt for every lead that is no known body."""
    from vanban.doubts import ordered  # only now: it loads the word lists

    found = [one for index, duty in enumerate(reading.duties) for one in unknown_leads(duty, bodies, index)]
    return replace(reading, doubts=ordered([*reading.doubts, *found])) if found else reading


def unknown_leads(duty: Duty, bodies: Finder, index: int | None = None) -> Iterator[Doubt]:
    """One doubt for each lead that nobody knows; a group is a matter of naming its bodies, not of knowing it."""
    for party in duty.leads:
        if party.group:
            continue
        nearest = bodies(party.name)
        if not nearest.known:
            yield lead_unknown(party.name, nearest, index, duty)


def lead_unknown(name: str, nearest: Nearest, index: int | None = None, duty: Duty | None = None) -> Doubt:
    """The doubt about one name, with what comes near."""
    from vanban.doubts import doubt

    span = duty.spans[0] if duty is not None and duty.spans else None
    if nearest.proposals:
        return doubt("lead_unknown_near", span=span, duty=index, name=name, near="; ".join(nearest.proposals))
    return doubt("lead_unknown", span=span, duty=index, name=name)


def among(names: Iterable[str]) -> Finder:
    """A finder over a list of names: known where one is the same but for case, marks, tone and blanks."""
    from rapidfuzz import fuzz, process  # only who resolves needs it

    by_key = {key(name): name for name in names if name.strip()}
    keys = list(by_key)

    def find(name: str) -> Nearest:
        wanted = key(name)
        if wanted in by_key:
            return Nearest(known=True)
        near = process.extract(wanted, keys, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=_PROPOSED)
        return Nearest(known=False, proposals=tuple(by_key[one] for one, _, _ in near))

    return find
