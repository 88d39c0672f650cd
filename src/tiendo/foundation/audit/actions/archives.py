"""A signed copy of the older events, to be kept elsewhere. Nothing is deleted (docs/adr/0006)."""

from __future__ import annotations

import hashlib
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from tiendo.foundation.audit import archives
from tiendo.foundation.audit.actions import events
from tiendo.foundation.audit.models import Event


@transaction.atomic
def archive(*, path: Path, before: datetime, by: str, at: datetime) -> Event | None:
    """Write every event up to the last one before this moment to a file, and say so in the audit; None: there are none.

    The file appears whole or not at all, readable by its owner only. Raises OSError.
    """
    last = Event.objects.filter(at__lt=before).order_by("-sequence").values_list("sequence", flat=True).first()
    if last is None:
        return None
    part = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            rows = Event.objects.filter(sequence__lte=last).order_by("sequence").iterator(chunk_size=2000)
            made = archives.write(out, rows, at=at, key=settings.AUDIT_KEYS[-1])
            out.flush()
            os.fsync(out.fileno())
        with part.open("rb") as whole:
            sha256 = hashlib.file_digest(whole, "sha256").hexdigest()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return events.record(
        actor=by,
        verb="audit.chain.archived",
        subject="audit.chain:1",
        at=at,
        data={"count": made.last, "digest": made.digest, "sha256": sha256},
    )
