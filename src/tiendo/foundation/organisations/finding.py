"""Bodies by what somebody typed of a name or a code: for boxes to tick, among tens of thousands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from rapidfuzz import fuzz, process

from tiendo.foundation.organisations.models import Name, Organisation
from tiendo.foundation.organisations.naming import key

WORDS = 8
"""Words of a search that count."""
NEAR = 78
"""Similarity (0–100) of a piece of a name from which it is proposed for what was typed wrongly."""
SHORTEST = 0.6
"""How long a name is at least, beside what was typed: every short name is nearly a piece of a long text."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids, the nearest first; `total`: of how many these are the first; `near`: no name has what was typed, these come
    near it.
    """

    ids: tuple[int, ...]
    total: int
    near: bool = False


def find(bodies: QuerySet[Organisation], asked: str, most: int) -> Found:
    """Those of `bodies` that bear or bore, for everyone, a name with these words, or have this code; two queries.

    Without any such, names that come near. Nothing asked: nothing found.
    """
    wanted = key(asked)
    if not wanted:
        return Found((), 0)
    names = Name.objects.filter(office=None, organisation__in=bodies)
    having = names
    for word in wanted.split()[:WORDS]:
        having = having.filter(key__contains=word)
    coded = bodies.filter(code__iexact=asked.strip()).values_list("pk", flat=True)
    ranked = sorted((_rank(one, wanted), pk) for pk, one in having.values_list("organisation", "key"))
    ids = list(dict.fromkeys([*coded, *(pk for _rank, pk in ranked)]))
    if ids:
        return Found(tuple(ids[:most]), len(ids))
    known: dict[str, set[int]] = {}
    for pk, one in names.values_list("organisation", "key"):
        known.setdefault(one, set()).add(pk)
    keys = [one for one in known if len(one) >= len(wanted) * SHORTEST]
    near = process.extract(wanted, keys, scorer=fuzz.partial_ratio, score_cutoff=NEAR, limit=most)
    ids = list(dict.fromkeys(pk for one, _score, _place in near for pk in sorted(known[one])))
    return Found(tuple(islice(ids, most)), len(ids), near=True)


def _rank(name: str, wanted: str) -> tuple[bool, bool, bool, int]:
    """The very name comes first, then those that begin with it, then those that have it in one piece; the shortest."""
    return name != wanted, not name.startswith(wanted), f" {wanted} " not in f" {name} ", len(name)
