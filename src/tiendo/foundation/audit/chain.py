"""Does a chain of events hold? The same walk for the table and for an archive of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from tiendo.foundation.audit.rules import digest, key_name, same, seal

KEY_REPLACED = "audit.key.replaced"
"""`data.former`: names of keys that are gone and whose seals are taken on trust up to this event, which is sealed."""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which the chain does not hold."""

    sequence: int
    reason: str


class Link(Protocol):
    """What the chain covers of an event."""

    sequence: int
    at: datetime
    actor: str
    verb: str
    subject: str
    office: str
    data: Any
    previous: str
    digest: str
    seal: str | None


@dataclass(slots=True)
class Walk:
    """From the first event on: which number comes next, which digest was the last, which keys have sealed so far.

    `keys`: oldest first. `heads`: number → digests that were kept elsewhere for it; where two differ, none fits.
    """

    keys: Sequence[str]
    heads: Mapping[int, set[str]] = field(default_factory=dict)
    expected: int = 1
    previous: str = ""
    unsealed: int = 0
    """Events from before there was a key; the first sealed one fixes them."""
    on_trust: int = 0
    """Events whose key is lost; the event that says so fixes them."""
    _key: int = -1
    _last_sealed: bool = True
    _unknown: dict[str, list[int]] = field(default_factory=dict)

    def over(self, events: Iterable[Link]) -> Break | None:
        for event in events:
            if (reason := self._wrong(event)) is not None:
                return Break(self.expected, reason)
            self.expected, self.previous = self.expected + 1, event.digest
        return None

    def ended(self) -> Break | None:
        """What only the end shows: who has no key leaves events without a seal, or with one of a key nobody knows."""
        if not self._last_sealed:
            return Break(self.expected - 1, "unsealed")
        if self._unknown:
            return Break(min(first for first, _ in self._unknown.values()), "unknown_key")
        return None

    def _wrong(self, event: Link) -> str | None:
        if event.sequence != self.expected:
            return "missing"
        if event.previous != self.previous or _digest(event) != event.digest:
            return "changed"
        if self.heads.get(event.sequence, {event.digest}) != {event.digest}:
            return "replaced"
        return self._wrongly_sealed(event)

    def _wrongly_sealed(self, event: Link) -> str | None:
        if event.seal is None:
            self.unsealed += 1
            self._last_sealed = False
            return None if self.unsealed == event.sequence else "unsealed"
        self._last_sealed = True
        name = event.seal.partition(":")[0]
        place = next((place for place, key in enumerate(self.keys) if key_name(key) == name), None)
        if place is None:
            self._unknown.setdefault(name, [event.sequence, 0])[1] += 1
            return None
        if place < self._key or not same(event.seal, seal(event.digest, self.keys[place])):
            return "forged"
        self._key = place
        self._believe(event)
        return None

    def _believe(self, event: Link) -> None:
        if event.verb == KEY_REPLACED:
            for name in event.data["former"]:
                self.on_trust += self._unknown.pop(name, [0, 0])[1]


def _digest(event: Link) -> str:
    names = ("sequence", "at", "actor", "verb", "subject", "office", "data", "previous")
    return digest(**{name: getattr(event, name) for name in names})
