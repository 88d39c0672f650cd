"""How an event's digest and its seal are made. Pure."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime


def digest(
    *,
    sequence: int,
    at: datetime,
    actor: str,
    verb: str,
    subject: str,
    office: str,
    data: Mapping[str, object],
    previous: str,
) -> str:
    """SHA-256 over the canonical JSON of the event and the digest before it (64 hex digits)."""
    body = json.dumps(
        [sequence, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, verb, subject, office, data, previous],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()


def which(ids: Iterable[int]) -> str:
    """SHA-256 of the rows that a set-based act touched, whatever their order: one event can say which they were."""
    return hashlib.sha256(",".join(str(one) for one in sorted(ids)).encode()).hexdigest()


KEY_NAME = 12
"""Hex digits in the name of a key."""


def key_name(key: str) -> str:
    """What a key is called in the open: says which one sealed, and nothing of the key itself."""
    return hashlib.sha256(f"tiendo.audit.key:{key}".encode()).hexdigest()[:KEY_NAME]


def seal(digest: str, key: str) -> str:
    """`name of the key:HMAC-SHA-256`: this digest was made by someone who has the key.

    The digest covers the event and, link by link, all before it: one seal that holds fixes the whole chain up to it.
    """
    return f"{key_name(key)}:{_mac('seal', digest, key)}"


def head_line(*, day: str, sequence: int, digest: str, key: str) -> str:
    """One line of the file of heads: day (ISO), number and digest of the last event then, sealed: no line can be made
    or changed without the key.
    """
    told = f"{day} {sequence} {digest}"
    return f"{told} {key_name(key)}:{_mac('head', told, key)}"


def signature(text: str, key: str) -> str:
    """`name of the key:HMAC-SHA-256` of an archive's own SHA-256."""
    return f"{key_name(key)}:{_mac('archive', text, key)}"


def same(one: str, other: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _mac(purpose: str, text: str, key: str) -> str:
    """A seal for one purpose is none for another."""
    return hmac.new(key.encode(), f"tiendo.audit.{purpose}/1:{text}".encode(), hashlib.sha256).hexdigest()
