"""Printed names → bodies of the register, as one office means them on one day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from django.db.models import Q
from rapidfuzz import fuzz, process

from tiendo.foundation.organisations.models import Name, Organisation
from tiendo.foundation.organisations.naming import key
from tiendo.foundation.organisations.queries import own_tree

PROPOSAL = 80
"""Similarity (0–100) from which a body is proposed for a name that fits none exactly."""


@dataclass(frozen=True, slots=True)
class Match:
    """A body for a printed name: `exact`, or merely proposed with a similarity."""

    organisation_id: int
    exact: bool
    score: float = 100.0


class Matcher:
    """Names → bodies, as one office means them; loaded once.

    Only bodies of the office's own tree, by the names everyone knows and those this very office confirmed: what another
    office calls a body, and what stands in another province's tree, charges nobody here. Of several bodies of one name
    the nearest to the office is meant (a commune's own before the neighbour's). Without an office: the whole register
    by the names everyone knows, for proposals to whoever runs the system.

    `on`: the day of the document; a name that a body bore later or no longer, and a body that ended or did not exist
    yet, is merely proposed. None: those that live on.
    """

    def __init__(self, office: Organisation | None = None, *, on: date | None = None) -> None:
        self._by_key: dict[str, set[int]] = {}
        self._then: dict[str, set[int]] = {}
        self._paths: dict[int, str] = {}
        self._at = office.path if office else ""
        names = Name.objects.filter(Q(office__isnull=True) | Q(office=office), organisation__planned=False)
        if office is not None:
            names = names.filter(own_tree(office, "organisation__path"))
        rows = names.values_list(
            "organisation_id",
            "organisation__path",
            "key",
            "starts",
            "ends",
            "organisation__starts",
            "organisation__ends",
        )
        for body, path, name_key, *life in rows:
            held = self._by_key if _holds(on, *life[:2]) and _holds(on, *life[2:]) else self._then
            held.setdefault(name_key, set()).add(body)
            self._paths[body] = path

    @cached_property
    def _by_length(self) -> tuple[list[str], list[str], list[int]]:
        """Keys, the same with their words in order (else rapidfuzz sorts every name for every question), and their
        lengths: the shortest first.
        """
        keys = sorted(self._by_key, key=len)
        words = [" ".join(sorted(one.split())) for one in keys]
        return keys, words, [len(one) for one in keys]

    def _near_keys(self, wanted: str, most: int) -> list[tuple[str, float]]:
        """Keys whose words are nearly these, whatever their order. Only those of a like length are compared."""
        keys, words, lengths = self._by_length
        least = len(wanted) * PROPOSAL / (200 - PROPOSAL)
        start, stop = bisect_left(lengths, least), bisect_right(lengths, len(wanted) ** 2 / least if least else 0)
        asked = " ".join(sorted(wanted.split()))
        found = process.extract(asked, words[start:stop], scorer=fuzz.ratio, score_cutoff=PROPOSAL, limit=most)
        return [(keys[start + place], float(score)) for _words, score, place in found]

    def holders(self, name: str) -> tuple[int, ...]:
        """Every body of this very name."""
        return tuple(sorted(self._by_key.get(key(name), ())))

    def near(self, name: str, most: int = 3) -> list[str]:
        """Names in the register that come near this one, the nearest first, as their bodies are called."""
        held = dict.fromkeys(min(bodies) for bodies in self.like(name, most))
        named = Organisation.objects.in_bulk(list(held))
        return [named[pk].name for pk in held]

    def exact(self, name: str) -> int | None:
        """The one body that the office can mean by this very name; None when there is none, or no nearest one."""
        held = self._by_key.get(key(name), set())
        near = {body: self._nearness(body) for body in held}
        nearest = [body for body in held if near[body] == max(near.values())]
        return nearest[0] if len(nearest) == 1 else None

    def match(self, name: str) -> Match | None:
        """The body of this name; else the nearest proposal; else None. A name of two bodies is only proposed."""
        exact = self.exact(name)
        if exact is not None:
            return Match(exact, exact=True)
        return next(
            (Match(min(bodies), exact=False, score=score) for bodies, score in self.like(name, 1).items()), None
        )

    def like(self, name: str, most: int) -> dict[frozenset[int], float]:
        """Bodies whose names come near this one, with how near (100: this very name). The same name of another time
        comes first.
        """
        wanted = key(name)
        found: dict[frozenset[int], float] = {}
        if wanted in self._then and wanted not in self._by_key:
            found[frozenset(self._then[wanted])] = 100.0
        for one, score in self._near_keys(wanted, most):
            found.setdefault(frozenset(self._by_key[one]), score)
        return dict(list(found.items())[:most])

    def _nearness(self, body: int) -> int:
        """How many bodies on the way down from the root the office and this body share."""
        mine, other = self._at.strip("/").split("/"), self._paths[body].strip("/").split("/")
        return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(mine, other, strict=False)))


def _holds(on: date | None, starts: date | None, ends: date | None) -> bool:
    if on is None:
        return ends is None
    return (starts is None or starts <= on) and (ends is None or on <= ends)
