"""The walk back: from a task to the sentence it came from."""

from __future__ import annotations

from tiendo.work.directives.queries import Source, source_of
from tiendo.work.programmes.models import Task


def lineage(task: Task) -> Source | None:
    """Walk up: Task → Duty → Reading → pieces of text in the Document. None only when the document has no reading."""
    return source_of(task.duty)
