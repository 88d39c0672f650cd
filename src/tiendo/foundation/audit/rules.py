"""How an event's digest is made. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
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
