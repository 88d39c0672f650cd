"""Whether a process is reading a document itself, without a job: the shell does.

It holds the file while it reads. When it dies, the hold goes with it, and the document may be taken up by a job.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from tiendo.work.directives import storage
from tiendo.work.directives.models import Document


@contextmanager
def claimed(document: Document) -> Iterator[None]:
    """Hold the document's file, so that no job takes it up meanwhile."""
    path = storage.find(document.sha256, office=document.office_id) if document.sha256 else None
    if path is None:
        yield
        return
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


def is_claimed(document: Document) -> bool:
    """Is a living process at it?"""
    path = storage.find(document.sha256, office=document.office_id)
    if path is None:
        return False
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:  # read, and moved to the store, this very moment
        return True
    return False
